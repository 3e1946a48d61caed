import type { Connection } from './connection.ts'
import type { Message } from './worker/protocol.ts'

export interface Waiting {
  message: Message
  /** Whose; null: the hub's own. */
  connection: Connection | null
  /** Which of the connection's changes; 0 when it is none. */
  number: number
}

/** Messages of one round, so that a hostile one is soon found. */
const mostMessages = 400
/** Fewer than this are little. */
const company = 5

/** The hub's own are nobody's to hold back. */
const bytesOf = ({ message, connection }: Waiting): number =>
  connection === null ? 0 : 'update' in message ? message.update.length : message.vector.length

/** What has come for one document and is in no round yet. When the store is slower than the edits, writers wait at their own end of the line. */
export class Inbox {
  #waiting: Waiting[] = []
  #bytes = 0
  #full = false
  readonly #limit: number
  readonly #writers: { hold(): void; goOn(): void }

  /** `limit`: bytes from which on writers are told to hold; at half of it they go on. */
  constructor(limit: number, writers: { hold(): void; goOn(): void }) {
    this.#limit = limit
    this.#writers = writers
  }

  get empty(): boolean {
    return this.#waiting.length === 0
  }

  /** More than goes into one round. */
  get overflows(): boolean {
    return this.#waiting.length >= mostMessages
  }

  /** Whether it can wait for more: a few changes, and nobody who wants to see what is in the document. */
  get little(): boolean {
    return this.#waiting.length < company && this.#waiting.every(({ message }) => message.kind === 'change')
  }

  put(waiting: Waiting): void {
    this.#waiting.push(waiting)
    this.#bytes += bytesOf(waiting)
    if (this.#full || this.#bytes <= this.#limit) return
    this.#full = true
    this.#writers.hold()
  }

  /** What goes into the next round. */
  take(): Waiting[] {
    const batch = this.#waiting.splice(0, mostMessages)
    this.#bytes = this.#waiting.reduce((sum, one) => sum + bytesOf(one), 0)
    if (this.#full && this.#bytes < this.#limit / 2) {
      this.#full = false
      this.#writers.goOn()
    }
    return batch
  }

  clear(): void {
    this.#waiting = []
  }
}
