import { setTimeout as pause } from 'node:timers/promises'
import { Refused } from '../../shared/contracts/refusal.ts'
import type { RoomPart } from './room-part.ts'

/** Milliseconds after which a pipe that could not be made is tried again. */
const againAfter = 1_000

export interface RoomPipesParts {
  /** All that are there now. */
  parts(): Iterable<RoomPart>
  onTrouble(error: unknown): void
}

/**
 * Brings what is sent at one part of a room to another when somebody there shall receive it. The parts know of each other only what the hub tells:
 * what is sent elsewhere, and each the other's end of the pipe between them.
 */
export class RoomPipes {
  readonly #parts: RoomPipesParts
  /** By both parts' names, in their order. */
  readonly #pipes = new Map<string, Promise<void>>()
  /** Under way: by producer and part. */
  readonly #bringing = new Set<string>()

  constructor(parts: RoomPipesParts) {
    this.#parts = parts
  }

  /** Something that is sent is there or gone, or a part is. */
  tellOffers(): void {
    const parts = [...this.#parts.parts()]
    for (const part of parts) part.tellOffers(parts.flatMap((other) => (other === part ? [] : other.sending)))
  }

  /** Somebody at `to` shall receive it. */
  async bring(producerId: string, to: RoomPart): Promise<void> {
    const from = this.#whereSent(producerId)
    // It has ended since.
    const name = `${producerId} ${to.name}`
    if (!from || from === to || this.#bringing.has(name)) return
    this.#bringing.add(name)
    try {
      await this.#pipe(from, to)
      await to.ask('borrow', producerId, from.name, await from.ask('lend', producerId, to.name))
    } catch (error) {
      if (!(error instanceof Refused)) this.#parts.onTrouble(error)
      await pause(againAfter, undefined, { ref: false })
      // Closing tells `to` to want it anew.
      if (this.#isThere(to) && this.#whereSent(producerId) === from) this.close(from, to)
    } finally {
      this.#bringing.delete(name)
    }
  }

  /** The highest layer that anybody at `by` takes. */
  tellTaken(producerId: string, highest: number, by: RoomPart): void {
    this.#whereSent(producerId)?.tell('heedTaken', producerId, by.name, highest)
  }

  /** One of its ends is gone. */
  lost(part: RoomPart, otherName: string): void {
    const other = [...this.#parts.parts()].find(({ name }) => name === otherName)
    if (other) this.close(part, other)
  }

  /** The part is gone, with its ends of all pipes. */
  forget(part: RoomPart): void {
    for (const other of this.#parts.parts()) if (this.#pipes.delete(nameOf(part, other))) other.tell('closePipe', part.name)
    this.tellOffers()
  }

  close(one: RoomPart, other: RoomPart): void {
    this.#pipes.delete(nameOf(one, other))
    one.tell('closePipe', other.name)
    other.tell('closePipe', one.name)
  }

  #pipe(one: RoomPart, other: RoomPart): Promise<void> {
    const name = nameOf(one, other)
    const there = this.#pipes.get(name)
    if (there) return there
    const making = connect(one, other)
    this.#pipes.set(name, making)
    making.catch(() => { if (this.#pipes.get(name) === making) this.#pipes.delete(name) })
    return making
  }

  #whereSent(producerId: string): RoomPart | undefined {
    return [...this.#parts.parts()].find(({ sending }) => sending.some((one) => one.producerId === producerId))
  }

  #isThere(part: RoomPart): boolean {
    return [...this.#parts.parts()].includes(part)
  }
}

async function connect(one: RoomPart, other: RoomPart): Promise<void> {
  const [end, otherEnd] = await Promise.all([one.ask('openPipe', other.name), other.ask('openPipe', one.name)])
  await Promise.all([one.ask('connectPipe', other.name, otherEnd), other.ask('connectPipe', one.name, end)])
}

function nameOf(one: RoomPart, other: RoomPart): string {
  return [one.name, other.name].sort().join(' ')
}
