const minute = 60_000

/** How often somebody did something within the last minute, by his name. */
export class LastMinute {
  readonly #times = new Map<string, number[]>()
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  count(key: string): number {
    return this.#recent(key).length
  }

  note(key: string): void {
    this.#times.set(key, [...this.#recent(key), this.#now()])
  }

  forget(key: string): void {
    this.#times.delete(key)
  }

  /** Whether nothing is left to remember. */
  sweep(): boolean {
    for (const key of this.#times.keys()) if (this.count(key) === 0) this.forget(key)
    return this.#times.size === 0
  }

  #recent(key: string): number[] {
    const now = this.#now()
    return (this.#times.get(key) ?? []).filter((at) => now - at < minute)
  }
}
