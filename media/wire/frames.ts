/** Messages as they stand on the line: four octets of length, most significant first, then JSON in UTF-8. */

/** Octets. A plan for a thousand peers takes a tenth of it. */
export const mostFrame = 4_000_000

/** What came was no frame, or a longer one than there are. */
export class FrameRefused extends Error {
  override readonly name = 'FrameRefused'
}

/** @throws FrameRefused when it is too long */
export function frameOf(message: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(message))
  if (body.length > mostFrame) throw new FrameRefused(`a message of ${body.length} octets`)
  const head = Buffer.alloc(4)
  head.writeUInt32BE(body.length)
  return Buffer.concat([head, body])
}

/** Puts together what arrives in pieces. */
export class FrameReader {
  #pieces: Buffer[] = []
  #length = 0

  add(piece: Buffer): void {
    this.#pieces.push(piece)
    this.#length += piece.length
  }

  /** The next whole message; undefined: there is none yet. @throws FrameRefused */
  next(): { message: unknown } | undefined {
    if (this.#length < 4) return undefined
    const length = this.#whole(4).readUInt32BE(0)
    if (length > mostFrame) throw new FrameRefused(`a frame of ${length} octets`)
    if (this.#length < 4 + length) return undefined
    const all = this.#whole(4 + length)
    // `all` stands first among the pieces, with what has come after it.
    this.#pieces = [all.subarray(4 + length), ...this.#pieces.slice(1)].filter((piece) => piece.length > 0)
    this.#length -= 4 + length
    try {
      return { message: JSON.parse(all.subarray(4, 4 + length).toString('utf8')) }
    } catch {
      throw new FrameRefused('a frame that is no JSON')
    }
  }

  /** One piece of at least `length`: a large message that comes in a thousand pieces is joined only when it is whole. */
  #whole(length: number): Buffer {
    const [first] = this.#pieces
    if (first && first.length >= length) return first
    const all = Buffer.concat(this.#pieces, this.#length)
    this.#pieces = [all]
    return all
  }
}
