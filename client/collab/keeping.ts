import * as Y from 'yjs'
import type { LocalDocuments } from './localDocuments.ts'

/** After so many updates they are put together. */
const compactAfter = 200
/** Milliseconds until a device that refused to keep something is asked again. */
const retryAfter = 5000

/** By name: what pages that were left are still writing. A page that is opened again at once must find it, or it would call saved what it has never seen. */
const leaving = new Map<string, Promise<void>>()

/** The origin of what was read from this device: it may never have reached the hub. */
export const fromDevice = { device: true }

export interface Keeping {
  /** Whether there was something; resolves when it is in the document. Never rejects. */
  loaded: Promise<boolean>
  /** kept: everything in the document outlives the page. keeping: it is being written. refused: the device did not take it; it is tried again. */
  readonly standing: 'kept' | 'keeping' | 'refused'
  /** Writes what is still to be written, and nothing that comes after it. */
  stop(): void
}

/**
 * Keeps a document on this device: reads what is there, then writes whatever is edited here or comes from the hub, what came during one writing
 * together in the next. `changed`: the standing may be another.
 */
export function keepLocally(doc: Y.Doc, name: string, local: LocalDocuments, changed: () => void = () => {}): Keeping {
  let appended = 0
  let waiting: Uint8Array[] = []
  let writing = false
  /** Something was refused: only the whole document makes up for it. */
  let lost = false
  let retry: ReturnType<typeof setTimeout> | undefined
  const earlier = leaving.get(name)
  let written = Promise.resolve()

  function write(): void {
    if (!writing) written = writeAll()
  }

  async function writeAll(): Promise<void> {
    writing = true
    if (earlier) await earlier
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      try {
        if (lost) await local.compact(name, Y.encodeStateAsUpdate(doc))
        else await local.append(name, batch.length === 1 ? batch[0] as Uint8Array : Y.mergeUpdates(batch))
        lost = false
        appended += 1
        if (appended % compactAfter === 0) await local.compact(name, Y.encodeStateAsUpdate(doc))
      } catch {
        lost = true
        clearTimeout(retry)
        retry = setTimeout(() => {
          if (doc.isDestroyed) return
          waiting.push(Y.encodeStateAsUpdate(doc))
          write()
        }, retryAfter)
      }
    }
    writing = false
    changed()
  }
  const keep = (update: Uint8Array, origin: unknown) => {
    if (origin === fromDevice) return
    waiting.push(update)
    write()
  }
  doc.on('update', keep)

  const loaded = Promise.resolve(earlier).then(() => local.load(name)).catch(() => []).then((updates: Uint8Array[]) => {
    if (doc.isDestroyed) return false
    Y.transact(doc, () => updates.forEach((update) => Y.applyUpdate(doc, update, fromDevice)), fromDevice, false)
    appended += updates.length
    return updates.length > 0
  })
  return {
    loaded,
    get standing() { return writing || waiting.length > 0 ? 'keeping' : lost ? 'refused' : 'kept' },
    stop() {
      doc.off('update', keep)
      clearTimeout(retry)
      if (!writing) return
      const left = Promise.all([leaving.get(name), written]).then(() => { if (leaving.get(name) === left) leaving.delete(name) })
      leaving.set(name, left)
    },
  }
}
