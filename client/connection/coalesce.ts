/**
 * Passes values on, at most one each `interval` milliseconds: the first at once, of those in between only the newest, and the
 * last one always.
 */
export class Coalescer<T> {
  readonly #pass: (value: T) => void
  readonly #interval: number
  #timer: ReturnType<typeof setTimeout> | null = null
  #next: { value: T } | null = null

  constructor(pass: (value: T) => void, interval: number) {
    this.#pass = pass
    this.#interval = interval
  }

  offer(value: T): void {
    if (this.#timer !== null) {
      this.#next = { value }
      return
    }
    this.#pass(value)
    this.#timer = setTimeout(() => this.#due(), this.#interval)
  }

  /** Forgets what has not been passed on. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    this.#next = null
  }

  #due(): void {
    this.#timer = null
    const next = this.#next
    this.#next = null
    if (next) this.offer(next.value)
  }
}
