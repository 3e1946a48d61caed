interface Awaited {
  seq: number
  resolve: () => void
}

/** Those who wait until the view has come to a certain fact. */
export class Arrivals {
  #seq = 0
  #awaited: Awaited[] = []

  /** The view has come to `seq`. */
  reach(seq: number): void {
    this.#seq = seq
    const there = this.#awaited.filter((one) => one.seq <= seq)
    this.#awaited = this.#awaited.filter((one) => one.seq > seq)
    for (const { resolve } of there) resolve()
  }

  /** Resolves when the view has come to `seq`; calls `late` once when that takes longer than `patience` milliseconds. */
  until(seq: number, patience: number, late: () => void): Promise<void> {
    if (seq <= this.#seq) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = setTimeout(late, patience)
      this.#awaited.push({ seq, resolve: () => (clearTimeout(timer), resolve()) })
    })
  }
}
