interface Piece { begin: number; bytes: Uint8Array }

export interface ByteRange { begin: number; end: number }

/** The parts of one file that have arrived so far and nobody has taken over yet. Pieces never overlap. */
export class ByteStore {
  readonly size: number
  private pieces: Piece[] = []

  constructor(size: number) { this.size = size }

  /** Adds what is new of `bytes`, which begin at `begin`. */
  add(begin: number, bytes: Uint8Array): void {
    for (const missing of this.missing(begin, Math.min(this.size, begin + bytes.length))) {
      const piece = { begin: missing.begin, bytes: bytes.subarray(missing.begin - begin, missing.end - begin) }
      const at = this.pieces.findIndex(other => other.begin > piece.begin)
      if (at === -1) this.pieces.push(piece)
      else this.pieces.splice(at, 0, piece)
    }
  }

  /** What is not there of [begin, end), in order. */
  missing(begin: number, end: number): ByteRange[] {
    const missing: ByteRange[] = []
    let at = begin
    for (const piece of this.pieces) {
      const pieceEnd = piece.begin + piece.bytes.length
      if (pieceEnd <= at) continue
      if (piece.begin >= end) break
      if (piece.begin > at) missing.push({ begin: at, end: piece.begin })
      at = pieceEnd
    }
    if (at < end) missing.push({ begin: at, end })
    return missing
  }

  /** How far the bytes reach without a hole from `begin` on. */
  reachFrom(begin: number): number {
    return this.missing(begin, this.size)[0]?.begin ?? this.size
  }

  /** A copy of [begin, end), all of which must be there. */
  read(begin: number, end: number): Uint8Array<ArrayBuffer> {
    const copy = new Uint8Array(end - begin)
    for (const piece of this.pieces) {
      const from = Math.max(begin, piece.begin)
      const to = Math.min(end, piece.begin + piece.bytes.length)
      if (from < to) copy.set(piece.bytes.subarray(from - piece.begin, to - piece.begin), from - begin)
    }
    return copy
  }

  /** Lets go of everything before `end`. */
  forgetBefore(end: number): void {
    this.pieces = this.pieces.flatMap(piece => {
      if (piece.begin >= end) return [piece]
      // slice, not subarray: a view of one byte would keep the whole piece in memory.
      return piece.begin + piece.bytes.length > end ? [{ begin: end, bytes: piece.bytes.slice(end - piece.begin) }] : []
    })
  }
}
