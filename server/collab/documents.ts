import type { Logger } from 'pino'
import { collabNameOf, parseCollabName, type CollabName } from '../../shared/contracts/collab.ts'
import type { Store } from '../store/port.ts'
import { Compaction } from './compaction.ts'
import type { Connection } from './connection.ts'
import { Document } from './document.ts'
import { commonOf, DocumentIndex } from './document-index.ts'
import type { CollabLimits } from './limits.ts'
import type { Part } from './worker/protocol.ts'
import { Workers } from './workers.ts'

interface DocumentsParts {
  store: Pick<Store, 'collab' | 'records'>
  limits: CollabLimits
  log: Logger
  poisoned(connection: Connection): void
}

/** The documents that are open: each is opened once, and put aside when nobody has had it open for a while. */
export class Documents {
  readonly count = { edits: 0, rounds: 0, deliveries: 0 }
  readonly #parts: DocumentsParts
  readonly #index: DocumentIndex
  readonly #workers: Workers
  readonly #compaction: Compaction
  readonly #open = new Map<string, Document>()
  readonly #tending: NodeJS.Timeout

  private constructor(parts: DocumentsParts, index: DocumentIndex) {
    this.#parts = parts
    this.#index = index
    this.#workers = new Workers(parts.limits, parts.log)
    this.#compaction = new Compaction({ store: parts.store.collab, index, workers: this.#workers, limits: parts.limits, log: parts.log, isOpen: (id) => this.#open.has(id) })
    this.#tending = setInterval(() => this.#tend(), Math.min(1000, parts.limits.lingerTime)).unref()
  }

  static async open(parts: DocumentsParts): Promise<Documents> {
    return new Documents(parts, await DocumentIndex.open(parts.store.records))
  }

  get size(): number {
    return this.#open.size
  }

  /** The document of a name, to be joined at once. */
  of(name: CollabName): Document {
    const id = collabNameOf(name)
    const known = this.#open.get(id)
    if (known && !known.ended) return known
    const document = this.#make(id, name)
    this.#open.set(id, document)
    // Whoever reaches for another's marks is found while both are there.
    if (isMeetingLayer(name)) this.#common(name).warm()
    return document
  }

  /** Everything that has come is written; the threads end. */
  async close(): Promise<void> {
    clearInterval(this.#tending)
    await Promise.all([...this.#open.values()].map((document) => document.settled()))
    await this.#compaction.close()
    await this.#workers.close()
  }

  #make(id: string, name: CollabName): Document {
    const { store, limits, log, poisoned } = this.#parts
    return new Document({
      id, name, limits, log, poisoned, count: this.count,
      thread: this.#workers.of(id),
      store: name.kind === 'common' ? null : store.collab,
      load: () => (name.kind === 'common' ? this.#loadCommon(id) : this.#load(id)),
      firstChange: () => this.#index.changed(name),
      durable: (update) => this.#durable(name, update),
      excluded: (owners) => this.#exclude(id, owners),
      abandoned: (document) => {
        if (document.ended && this.#open.get(id) === document) this.#open.delete(id)
      },
    })
  }

  async #load(id: string): Promise<Part[]> {
    return [{ owner: null, updates: (await this.#parts.store.collab.load(id)).updates }]
  }

  /** The common layer is kept nowhere: it is what its owners' layers come to, so the two can never differ. */
  async #loadCommon(id: string): Promise<Part[]> {
    const owners = await this.#index.owners(id)
    return Promise.all(owners.map(async ({ ownerId, id: layer }) => ({ owner: ownerId, updates: (await this.#parts.store.collab.load(layer)).updates })))
  }

  #common(name: Extract<CollabName, { kind: 'ink' }>): Document {
    return this.of(parseCollabName(commonOf(name)) as CollabName)
  }

  #durable(name: CollabName, update: Uint8Array): void {
    if (isMeetingLayer(name)) this.#common(name).take(name.ownerId, update)
  }

  #exclude(common: string, owners: string[]): void {
    this.#parts.log.warn({ owners }, 'a layer reached for what is another’s, and is left out of the common layer')
    this.#index.exclude(common, owners).catch((error: unknown) => this.#parts.log.error({ err: error }, 'layer not left out for good'))
  }

  /** Puts aside what nobody uses, and compacts what has grown while it is open. */
  #tend(): void {
    const now = performance.now()
    for (const [id, document] of this.#open) {
      if (document.idle && now - document.emptySince > this.#parts.limits.lingerTime && !this.#isNeeded(document.name)) {
        this.#open.delete(id)
        document.end()
      } else this.#compaction.consider(document)
    }
  }

  /** A common layer stays as long as somebody has a layer open that belongs to it. */
  #isNeeded(name: CollabName): boolean {
    if (name.kind !== 'common') return false
    const id = collabNameOf(name)
    return [...this.#open.values()].some((one) => isMeetingLayer(one.name) && commonOf(one.name) === id)
  }
}

function isMeetingLayer(name: CollabName): name is Extract<CollabName, { kind: 'ink' }> {
  return name.kind === 'ink' && name.layer === 'meeting'
}
