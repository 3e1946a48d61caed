import type { Merged, Message, Part } from './worker/protocol.ts'
import { WorkerEnded, type Thread } from './workers.ts'

/** A document has been opened in a thread. */
export interface Arrival {
  parts: Part[]
  /** Owners of a common layer who are left out. */
  excluded: string[]
  /** It had been open in a thread before, which ended. */
  again: boolean
}

interface ResidenceParts<W> {
  id: string
  thread: Thread
  load(): Promise<Part[]>
  opened(arrival: Arrival): void
  /** This one ended the thread. */
  poisoned(waiting: W): void
}

/** Threads that may end over one round before its document is given up. */
const mostTries = 5

/** A document's place in a thread. When the thread ends, it moves into the next one with what is in the store, and whoever waits notices nothing. */
export class Residence<W extends { message: Message; connection: object | null }> {
  readonly #parts: ResidenceParts<W>
  #generation = -1

  constructor(parts: ResidenceParts<W>) {
    this.#parts = parts
  }

  /** @throws when what is in the store cannot be read, or ends every thread */
  async open(): Promise<void> {
    const { thread, id: name } = this.#parts
    for (let tries = 0; this.#generation !== thread.generation; tries += 1) {
      const parts = await this.#parts.load()
      const { generation } = thread
      try {
        const { excluded } = await thread.call({ kind: 'open', name, parts })
        const again = this.#generation >= 0
        this.#generation = generation
        this.#parts.opened({ parts, excluded, again })
      } catch (error) {
        if (!(error instanceof WorkerEnded) || error.here || tries > mostTries) throw error
      }
    }
  }

  /** Has the thread merge; if it ends over one message, another thread does it without that message. */
  async merge(batch: W[]): Promise<{ merged: Merged; done: W[] }> {
    const { thread, id: name } = this.#parts
    let done = batch
    for (let tries = 0; ; tries += 1) {
      await this.open()
      try {
        return { merged: await thread.call({ kind: 'merge', name, messages: done.map(({ message }) => message) }), done }
      } catch (error) {
        if (!(error instanceof WorkerEnded) || tries > mostTries) throw error
        const culprit = error.culprit === null ? undefined : done[error.culprit]
        // At this document, but at no message of somebody's: nobody knows why, and it may happen again.
        if (error.here && !culprit?.connection && tries > 0) throw error
        if (culprit?.connection) {
          this.#parts.poisoned(culprit)
          done = done.filter((one) => one !== culprit)
        }
      }
    }
  }

  /** Takes what is in the store for all there is. */
  forget(): void {
    this.#generation = 0
  }

  leave(): void {
    this.#parts.thread.call({ kind: 'drop', name: this.#parts.id }).catch(() => {})
  }
}
