import type { Connection } from './connection.ts'
import type { Merged } from './worker/protocol.ts'

/** One message of a round: whose it is, and which of his changes; 0 when it is none. */
interface Done { connection: Connection | null; number: number }

/** Tells each connection how many of its changes are on disk. A change that waits for another is in nothing that was written: it waits to be told, too. */
export class Unsettled {
  readonly #waiting = new Map<Connection, number>()

  /** A round is on disk. */
  settle({ pending, waiting, malformed }: Merged, done: readonly Done[]): void {
    for (const index of malformed) done[index]?.connection?.close('malformed')
    if (pending === 0) this.#settleAll()
    else for (const index of waiting) this.#mark(done[index])
    for (const one of done) {
      if (!one.connection || one.number === 0) continue
      if (this.#waiting.has(one.connection)) this.#mark(one)
      else one.connection.saved(one.number)
    }
  }

  left(connection: Connection): void {
    this.#waiting.delete(connection)
  }

  /** Closes all whose changes wait. */
  letGo(): void {
    for (const connection of [...this.#waiting.keys()]) connection.close('malformed')
  }

  #mark(one: Done | undefined): void {
    if (one?.connection && !one.connection.closed) this.#waiting.set(one.connection, one.number)
  }

  #settleAll(): void {
    for (const [connection, number] of this.#waiting) connection.saved(number)
    this.#waiting.clear()
  }
}
