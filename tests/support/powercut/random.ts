/** Numbers in [0, 1) from a seed (mulberry32): the same seed gives the same run. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** `SEED` from the environment to repeat a run, else a fresh one. Print it. */
export function freshSeed(): number {
  return Number(process.env.SEED) || Math.floor(Math.random() * 2 ** 31)
}
