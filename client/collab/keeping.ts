import * as Y from 'yjs'
import type { LocalDocuments } from './localDocuments.ts'

/** After so many updates they are put together. */
const compactAfter = 200

/** The origin of what was read from this device: it may never have reached the hub. */
export const fromDevice = { device: true }

/**
 * Keeps a document on this device: reads what is there, then writes whatever is edited here or comes from the hub. `loaded` tells whether there
 * was something; a device that cannot be written to is like one that keeps nothing.
 */
export function keepLocally(doc: Y.Doc, name: string, local: LocalDocuments): { loaded: Promise<boolean>; stop(): void } {
  let appended = 0
  let writing: Promise<void> = Promise.resolve()
  const write = (act: () => Promise<void>) => {
    writing = writing.then(act).catch(() => {})
  }
  const keep = (update: Uint8Array, origin: unknown) => {
    if (origin === fromDevice) return
    write(() => local.append(name, update))
    appended += 1
    if (appended % compactAfter === 0) write(() => local.compact(name, Y.encodeStateAsUpdate(doc)))
  }
  doc.on('update', keep)

  const loaded = local.load(name).catch(() => []).then((updates: Uint8Array[]) => {
    if (doc.isDestroyed) return false
    Y.transact(doc, () => updates.forEach((update) => Y.applyUpdate(doc, update, fromDevice)), fromDevice, false)
    appended = updates.length
    return updates.length > 0
  })
  return { loaded, stop: () => doc.off('update', keep) }
}
