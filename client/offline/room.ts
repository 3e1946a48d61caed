/** Left to everything else on the device, bytes. */
const spare = 20_000_000

/** Bytes that may still be kept here; Infinity where the browser does not say. */
export async function roomLeft(): Promise<number> {
  const { quota, usage } = await navigator.storage?.estimate?.().catch(() => ({ quota: undefined, usage: undefined })) ?? {}
  return quota === undefined || usage === undefined ? Number.POSITIVE_INFINITY : quota - usage - spare
}

/** Whether the browser may throw kept papers away when storage runs low; true where it does not say. */
export async function isLasting(): Promise<boolean> {
  return await navigator.storage?.persisted?.().catch(() => true) ?? true
}

/** Asks the browser not to throw kept papers away; answers whether it will not. Some ask the person, so only after a tap of his. */
export async function askToPersist(): Promise<boolean> {
  return await isLasting() || (await navigator.storage?.persist?.().catch(() => false) ?? false)
}

/** The person has asked his device to save data. */
export function savesData(): boolean {
  return (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true
}
