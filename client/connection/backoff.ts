/** Waiting times of a screen that comes back: short at first, never in step with the thousand others that were cut off with it. */
export class Backoff {
  #tries = 0
  readonly #first: number
  readonly #longest: number

  /** Milliseconds. */
  constructor(first = 300, longest = 5000) {
    this.#first = first
    this.#longest = longest
  }

  /** Milliseconds to wait before the next try: half to one and a half times the step. */
  next(random: () => number = Math.random): number {
    const step = Math.min(this.#longest, this.#first * 2 ** this.#tries)
    this.#tries += 1
    return step * (0.5 + random())
  }

  reset(): void {
    this.#tries = 0
  }
}
