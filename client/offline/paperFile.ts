import { ByteStore } from '../pdf/byteStore.ts'
import type { PaperBytes } from '../pdf/keptPapers.ts'
import type { Shelf } from './shelf.ts'

/** Sealed and stored at a time; the same as what pdf.js asks for, so that a page turned offline opens few of them. */
export const chunkBytes = 64 * 1024
/** Read in one go at most: what is asked for first must not wait for the whole paper to be opened. */
const readAtOnce = 16

type Chunks = Pick<Shelf, 'readChunk' | 'writeChunk'>

export interface PaperFileEvents {
  /** More of it is kept than before. */
  onKept(): void
  /** The device refused to keep more. */
  onFull(): void
  /** The reader waits for the network, or no longer. */
  onBusy(waiting: boolean): void
}

/** One file of a paper in chunks of `chunkBytes`: what is kept of it, and what arrives. */
export class PaperFile implements PaperBytes {
  readonly sha256: string
  readonly size: number
  readonly #chunks: Chunks
  readonly #events: PaperFileEvents
  readonly #held: Set<number>
  /** Chunks that have arrived in part. */
  readonly #gathering = new Map<number, ByteStore>()
  #writes: Promise<void> = Promise.resolve()

  constructor(chunks: Chunks, sha256: string, size: number, held: Iterable<number>, events: PaperFileEvents) {
    this.#chunks = chunks
    this.sha256 = sha256
    this.size = size
    this.#held = new Set(held)
    this.#events = events
  }

  get count(): number { return Math.ceil(this.size / chunkBytes) }
  get complete(): boolean { return this.#held.size >= this.count }
  /** Bytes that are kept. */
  get bytes(): number { return Math.min(this.size, this.#held.size * chunkBytes) }
  /** Everything that arrived so far is stored, or will not be. */
  get stored(): Promise<void> { return this.#writes }

  async read(begin: number, end: number): Promise<Uint8Array<ArrayBuffer> | number> {
    const first = Math.floor(begin / chunkBytes)
    const parts: Uint8Array<ArrayBuffer>[] = []
    for (let index = first; index < first + readAtOnce && index * chunkBytes < end && this.#held.has(index); index++) {
      const chunk = await this.#chunks.readChunk(this.sha256, index).catch(() => null)
      if (!chunk || chunk.length !== this.#lengthOf(index)) {
        this.#held.delete(index)
        break
      }
      parts.push(chunk.subarray(Math.max(0, begin - index * chunkBytes), Math.min(chunk.length, end - index * chunkBytes)))
    }
    if (parts.length > 0) return parts.length === 1 ? parts[0] as Uint8Array<ArrayBuffer> : joined(parts)
    return Math.min(end, this.#nextHeld(first) * chunkBytes)
  }

  arrived(begin: number, bytes: Uint8Array): void {
    for (let index = Math.floor(begin / chunkBytes); index * chunkBytes < begin + bytes.length && index < this.count; index++) {
      if (this.#held.has(index)) continue
      const from = index * chunkBytes
      const part = this.#gathering.get(index) ?? new ByteStore(this.#lengthOf(index))
      this.#gathering.set(index, part)
      // A copy: a view of a few bytes would keep all that arrived with them in memory.
      part.add(Math.max(0, begin - from), bytes.slice(Math.max(0, from - begin), from + part.size - begin))
      if (part.missing(0, part.size).length > 0) continue
      this.#gathering.delete(index)
      this.#store(index, part.read(0, part.size))
    }
  }

  busy(waiting: boolean): void {
    this.#events.onBusy(waiting)
  }

  /** The first run of bytes that are neither kept nor gathered, at most `most` long; null when there is none. */
  missing(most: number): { begin: number; end: number } | null {
    for (let index = 0; index < this.count; index++) {
      if (this.#held.has(index)) continue
      const from = index * chunkBytes
      const begin = from + (this.#gathering.get(index)?.missing(0, this.#lengthOf(index))[0]?.begin ?? 0)
      return { begin, end: Math.min(this.size, begin + most, this.#nextHeld(index) * chunkBytes) }
    }
    return null
  }

  #store(index: number, bytes: Uint8Array<ArrayBuffer>): void {
    const write = this.#chunks.writeChunk(this.sha256, index, bytes).then(() => {
      this.#held.add(index)
      this.#events.onKept()
    }, () => this.#events.onFull())
    this.#writes = Promise.all([this.#writes, write]).then(() => undefined)
  }

  #lengthOf(index: number): number {
    return Math.min(chunkBytes, this.size - index * chunkBytes)
  }

  /** The first chunk from `index` on that is kept; beyond the last one when none is. */
  #nextHeld(index: number): number {
    let next = index
    while (next < this.count && !this.#held.has(next)) next++
    return next
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
