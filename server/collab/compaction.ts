import type { Logger } from 'pino'
import type { Store } from '../store/port.ts'
import type { Document } from './document.ts'
import type { DocumentIndex } from './document-index.ts'
import type { CollabLimits } from './limits.ts'
import type { Workers } from './workers.ts'

interface CompactionParts {
  limits: Pick<CollabLimits, 'compactUpdates' | 'compactBytes' | 'documentBytes' | 'sweepTime'>
  store: Store['collab']
  index: DocumentIndex
  workers: Workers
  log: Logger
  isOpen(id: string): boolean
}

/** Documents looked at in one sweep: a hub that starts after a long day must serve first. */
const mostInASweep = 20

/**
 * Puts the updates of a document together, one document at a time. It works on what is in the store and not on what is in memory, so it can go
 * wrong without anything being lost, and does the same for documents that nobody has open.
 */
export class Compaction {
  readonly #parts: CompactionParts
  readonly #sweeping: NodeJS.Timeout
  readonly #queued = new Set<string>()
  #working: Promise<void> = Promise.resolve()
  #closed = false

  constructor(parts: CompactionParts) {
    this.#parts = parts
    this.#sweeping = setInterval(() => this.#sweep(), parts.limits.sweepTime).unref()
  }

  /** Compacts an open document that has grown, and finds out whether it is too large. */
  consider(document: Document): void {
    const { compactUpdates, compactBytes, documentBytes } = this.#parts.limits
    if (document.name.kind === 'common' || document.updates < 2) return
    const grown = document.bytes - document.compactedBytes
    const due = document.updates > compactUpdates || (grown > compactBytes && grown > document.compactedBytes) || (document.bytes > documentBytes && grown > documentBytes / 10)
    if (!due) return
    this.#enqueue(document.id, async () => {
      const updates = document.updates
      const bytes = document.bytes
      const size = await this.#compact(document.id)
      if (size !== null) document.compacted(updates, bytes, size)
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#sweeping)
    await this.#working
  }

  #sweep(): void {
    this.#enqueue('', async () => {
      const { index, isOpen } = this.#parts
      for (const record of await index.changedOnes(mostInASweep * 5)) {
        if (this.#closed) return
        if (isOpen(record.id)) continue
        await this.#compact(record.id)
        await index.compacted(record)
      }
    })
  }

  #enqueue(key: string, work: () => Promise<void>): void {
    if (this.#closed || this.#queued.has(key)) return
    this.#queued.add(key)
    this.#working = this.#working
      .then(() => (this.#closed ? undefined : work()))
      .catch((error: unknown) => this.#parts.log.error({ err: error }, 'a document was not compacted'))
      .finally(() => this.#queued.delete(key))
  }

  /** Bytes of the compacted state; null when there was nothing to do. */
  async #compact(id: string): Promise<number | null> {
    const { store, workers } = this.#parts
    const { updates, upTo } = await store.load(id)
    if (updates.length === 0) return null
    const state = updates.length === 1 ? updates[0] as Uint8Array : await workers.of(id).call({ kind: 'pack', updates })
    if (updates.length > 1) await store.compact(id, upTo, state)
    return state.length
  }
}
