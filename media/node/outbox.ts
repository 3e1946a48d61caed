import type { Line } from '../wire/line.ts'
import type { Reply } from '../wire/messages.ts'

interface Telling { room: string; peerIds: string[]; event: string; message: unknown }

/** What one hub is told, in the order in which it happened; one message for all peers that are told the same in one breath. */
export class Outbox {
  readonly #line: Pick<Line, 'send'>
  #last: Telling | null = null

  constructor(line: Pick<Line, 'send'>) {
    this.#line = line
  }

  tell(room: string, peerId: string, event: string, message: unknown): void {
    const last = this.#last
    // The same object, not one like it: a room makes one list of levels for all its peers.
    if (last && last.room === room && last.event === event && last.message === message && message !== undefined) return void last.peerIds.push(peerId)
    this.#flush()
    this.#last = { room, peerIds: [peerId], event, message }
    queueMicrotask(() => this.#flush())
  }

  event(room: string | null, event: string, args: readonly unknown[]): void {
    this.#flush()
    this.#line.send({ room, event, args })
  }

  reply(reply: Reply): void {
    this.#flush()
    this.#line.send(reply)
  }

  #flush(): void {
    const last = this.#last
    if (!last) return
    this.#last = null
    this.#line.send({ room: last.room, event: 'tell', args: [last.peerIds, last.event, last.message ?? null] })
  }
}
