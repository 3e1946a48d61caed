/** Seeded random numbers (mulberry32), so that a generated paper is the same bytes on every machine. */
export interface Random {
  /** 0 ≤ x < 1. */
  next(): number
  /** A whole number, 0 ≤ n < below. */
  below(below: number): number
  pick<T>(from: readonly T[]): T
}

export function random(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return { next, below, pick: <T>(from: readonly T[]): T => from[below(from.length)] as T }
}

/** So many bytes, the same for the same seed. */
export function bytesOf(size: number, seed: number): Uint8Array<ArrayBuffer> {
  const { below } = random(seed)
  return Uint8Array.from({ length: size }, () => below(256))
}
