import type { Logger } from 'pino'
import type { CollabName } from '../../shared/contracts/collab.ts'
import type { Store } from '../store/port.ts'
import { Breath } from './breath.ts'
import type { Connection, Listener } from './connection.ts'
import type { CollabLimits } from './limits.ts'
import { Inbox, type Waiting } from './inbox.ts'
import { answerTo, askFor, updateOf } from './messages.ts'
import { Residence, type Arrival } from './residence.ts'
import type { Merged, Part } from './worker/protocol.ts'
import { Unsettled } from './unsettled.ts'
import type { Thread } from './workers.ts'

export interface DocumentParts {
  /** As it stands in the store. */
  id: string
  name: CollabName
  thread: Thread
  store: Pick<Store['collab'], 'append'> | null
  limits: CollabLimits
  log: Logger
  /** What is in the store. @throws when it cannot be read: the document is then not opened, not taken for empty */
  load(): Promise<Part[]>
  /** Before the first change since it was opened is written. */
  firstChange(): Promise<void>
  /** A change is on disk. */
  durable(update: Uint8Array): void
  /** Owners of a common layer who are left out from now on. */
  excluded(owners: string[]): void
  /** An update ended its thread or would not be read. */
  poisoned(connection: Connection): void
  /** It can be served no more, and whoever comes next opens it anew. */
  abandoned(document: Document): void
  count: { edits: number; rounds: number; deliveries: number }
}

/**
 * One open document. What has come is merged, written and told in rounds: while one round is being written the next one gathers, so however many
 * write, there is one append and one frame a round. Nothing is sent to anybody, not even as the answer to a question, before it is on disk:
 * no reader has seen what a crash could take back, and "saved" is true whoever says it.
 */
export class Document implements Omit<Listener, 'wrote'> {
  readonly connections = new Set<Connection>()
  /** Bytes and updates in the store, and the bytes that the last compaction left. */
  bytes = 0
  updates = 0
  compactedBytes = 0
  emptySince = performance.now()
  readonly #parts: DocumentParts
  readonly #residence: Residence<Waiting>
  readonly #inbox: Inbox
  #running = false
  /** Rounds that are being written, one after the other. */
  #writing: Promise<void> = Promise.resolve()
  #writes = 0
  #ended = false
  #changed = false
  #full = false
  readonly #breath = new Breath()
  /** Little has come so far, and it waits for more. */
  #gathering = false
  readonly #unsettled = new Unsettled()

  constructor(parts: DocumentParts) {
    this.#parts = parts
    const { id, thread, load, poisoned, limits } = parts
    this.#inbox = new Inbox(limits.waitingBytes, {
      hold: () => this.connections.forEach((connection) => connection.hold()),
      goOn: () => this.connections.forEach((connection) => connection.goOn()),
    })
    this.#residence = new Residence<Waiting>({
      id, thread,
      // What is being written must be in what is read.
      load: () => this.#writing.then(load),
      opened: (arrival) => this.#opened(arrival),
      poisoned: ({ connection }) => connection && poisoned(connection),
    })
  }

  get id(): string {
    return this.#parts.id
  }

  get name(): CollabName {
    return this.#parts.name
  }

  get idle(): boolean {
    return this.connections.size === 0 && !this.#running && this.#writes === 0 && this.#inbox.empty
  }

  get ended(): boolean {
    return this.#ended
  }

  join(connection: Connection): void {
    this.connections.add(connection)
    this.#breath.hurry()
  }

  asked(connection: Connection, vector: Uint8Array): void {
    this.#receive({ message: { kind: 'asks', vector }, connection, number: 0 })
  }

  changed(connection: Connection, update: Uint8Array, number: number): void {
    if (this.#full) return connection.close('tooLarge')
    this.#parts.count.edits += 1
    this.#receive({ message: { kind: 'change', update, owner: null }, connection, number })
  }

  left(connection: Connection): void {
    this.connections.delete(connection)
    this.#unsettled.left(connection)
    this.emptySince = performance.now()
  }

  /** A change of one owner's meeting layer, for the common layer. */
  take(owner: string, update: Uint8Array): void {
    this.#receive({ message: { kind: 'change', update, owner }, connection: null, number: 0 })
  }

  /** Opens it now, without waiting for a message. */
  warm(): void {
    void this.#run()
  }

  /** Asks writers who have not been asked what the hub lacks. */
  questionAll(): void {
    if (!this.#ended && [...this.connections].some((one) => one.access === 'write' && one.synced && !one.questioned)) this.#receive({ message: { kind: 'change', update: nothing, owner: null }, connection: null, number: 0 })
  }

  /** Of what was `bytes` and `updates` in the store then, one update of `size` is left. */
  compacted(updates: number, bytes: number, size: number): void {
    this.updates += 1 - updates
    this.bytes += size - bytes
    this.compactedBytes = size
    if (size > this.#parts.limits.documentBytes) this.#full = true
  }

  /** Leaves the thread; what waits is written first by whoever calls this when it is idle. */
  end(): void {
    this.#ended = true
    this.#inbox.clear()
    this.#residence.leave()
  }

  /** Resolves when nothing waits any more. */
  async settled(): Promise<void> {
    while (this.#running || this.#writes > 0) {
      this.#breath.hurry()
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }

  #receive(waiting: Waiting): void {
    if (this.#ended) return
    this.#inbox.put(waiting)
    if (this.#gathering && !this.#inbox.little) this.#breath.hurry()
    void this.#run()
  }

  /** Merges what has come; while one round is being written the next one is merged. */
  async #run(): Promise<void> {
    if (this.#running || this.#ended) return
    this.#running = true
    try {
      await this.#residence.open()
      while (!this.#inbox.empty && !this.#ended) {
        if (!this.#inbox.overflows) await this.#takeBreath()
        this.#breath.begin()
        const { merged, done } = await this.#residence.merge(this.#inbox.take())
        const before = this.#writing
        this.#writes += 1
        this.#writing = before.then(() => this.#write(merged, done)).finally(() => (this.#writes -= 1))
        await before
      }
    } catch (error) {
      this.#fail(error)
    } finally {
      this.#running = false
    }
  }

  async #takeBreath(): Promise<void> {
    const { roundTime, unheardTime, crowd, crowdTime } = this.#parts.limits
    // A common layer that nobody looks at is written nowhere, either: it is only kept from falling behind.
    await this.#breath.taken(this.#parts.store || this.connections.size > 0 ? roundTime : unheardTime)
    // To tell a hall of one stroke costs as much as to tell it of three.
    if (this.connections.size < crowd || !this.#inbox.little) return
    this.#gathering = true
    await this.#breath.gathered(crowdTime)
    this.#gathering = false
  }

  /** Never throws. */
  async #write(merged: Merged, done: Waiting[]): Promise<void> {
    if (this.#ended) return
    try {
      const { update } = merged
      if (update && this.#parts.store) await this.#append(this.#parts.store, update)
      this.#parts.count.rounds += 1
      if (merged.excluded.length > 0) this.#parts.excluded(merged.excluded)
      if (update) {
        this.#parts.durable(update)
        this.#tell(update, done)
      }
      this.#answer(merged, done)
      this.#unsettled.settle(merged, done)
      // An update that waits for another is in nothing that was written. Those who sent it did not send the other: they are let go, and it is forgotten.
      if (merged.pending > this.#parts.limits.messageBytes) {
        this.#unsettled.letGo()
        this.#residence.forget()
      }
    } catch (error) {
      this.#fail(error)
    }
  }

  async #append(store: Pick<Store['collab'], 'append'>, update: Uint8Array): Promise<void> {
    if (!this.#changed) await this.#parts.firstChange()
    this.#changed = true
    await store.append(this.id, update)
    this.bytes += update.length
    this.updates += 1
  }

  /** Sends what is new to all but a lone author, who has it. */
  #tell(update: Uint8Array, done: Waiting[]): void {
    const authors = new Set(done.filter(({ message }) => message.kind === 'change').map(({ connection }) => connection))
    const author = authors.size === 1 ? [...authors][0] : null
    const frame = updateOf(update)
    const now = performance.now()
    for (const connection of this.connections) {
      if (!connection.synced || connection === author) continue
      connection.send(frame, now)
      this.#parts.count.deliveries += 1
    }
  }

  #answer({ answers, vector }: Merged, done: Waiting[]): void {
    let next = 0
    for (const { message, connection } of done) {
      if (message.kind !== 'asks') continue
      const answer = answers[next++]
      if (!connection || !answer || answer.length === 0) continue
      connection.send(answerTo(answer))
      connection.synced = true
    }
    for (const connection of this.connections) {
      if (!connection.synced || connection.questioned || connection.access !== 'write') continue
      connection.questioned = true
      connection.send(askFor(vector))
    }
  }

  #opened({ parts, excluded, again }: Arrival): void {
    this.updates = parts.reduce((sum, { updates }) => sum + updates.length, 0)
    this.bytes = parts.reduce((sum, { updates }) => sum + updates.reduce((all, { length }) => all + length, 0), 0)
    this.compactedBytes = Math.max(0, ...parts.map(({ updates }) => updates[0]?.length ?? 0))
    if (excluded.length > 0) this.#parts.excluded(excluded)
    // What waited in the old thread for other updates is gone; its authors have it.
    if (again) for (const connection of this.connections) connection.questioned = false
  }

  /** Memory and disk may differ now: everybody comes again, finds what was saved, and brings what was not. */
  #fail(error: unknown): void {
    if (this.#ended) return
    this.#parts.log.error({ err: error, document: this.#parts.name.kind }, 'a document can be served no more')
    this.end()
    for (const connection of this.connections) connection.close('workerFailed')
    this.#parts.abandoned(this)
  }
}

/** An update in which nothing is. */
const nothing = new Uint8Array([0, 0])
