/** Processes that are heavy go one after the other: so many at a time, the others in the order in which they came. */
export class Places {
  readonly #waiting: (() => void)[] = []
  readonly #count: number
  #busy = 0

  constructor(count: number) {
    this.#count = count
  }

  get waiting(): number {
    return this.#waiting.length
  }

  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#busy >= this.#count) await new Promise<void>(resolve => this.#waiting.push(resolve))
    else this.#busy++
    try {
      return await work()
    } finally {
      const next = this.#waiting.shift()
      if (next) next()
      else this.#busy--
    }
  }
}
