import { openDatabase } from './database.ts'

/** Packages that shall not be kept on this device, by their person's own wish. */
export async function isDeclined(id: string): Promise<boolean> {
  return (await all()).includes(id)
}

export async function setDeclined(id: string, isDeclined: boolean): Promise<void> {
  const others = (await all()).filter((other) => other !== id)
  await (await openDatabase()).put('device', isDeclined ? [...others, id] : others, 'declined')
}

async function all(): Promise<string[]> {
  const list = await (await openDatabase()).get('device', 'declined')
  return Array.isArray(list) ? list : []
}
