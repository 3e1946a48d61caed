/** Left to everything else on the device, bytes. */
const spare = 20_000_000

/** Bytes that may still be kept here; Infinity where the browser does not say. */
export async function roomLeft(): Promise<number> {
  const { quota, usage } = await navigator.storage?.estimate?.().catch(() => ({ quota: undefined, usage: undefined })) ?? {}
  return quota === undefined || usage === undefined ? Number.POSITIVE_INFINITY : quota - usage - spare
}

/** Asks the browser not to throw kept papers away when storage runs low. Some ask the person, so only after a tap of his. */
export async function askToPersist(): Promise<void> {
  if (!(await navigator.storage?.persisted?.().catch(() => true))) await navigator.storage?.persist?.().catch(() => false)
}

/** The person has asked his device to save data. */
export function savesData(): boolean {
  return (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true
}
