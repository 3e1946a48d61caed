/** The time between two rounds of a document. Who types or draws alone is not made to wait; when much comes, what comes within a moment goes together. */
export class Breath {
  #beganAt = -Infinity
  #hurry: () => void = () => {}

  /** Resolves when `time` milliseconds have passed since the last round began, or somebody hurries. */
  async taken(time: number): Promise<void> {
    const wait = this.#beganAt + time - performance.now()
    if (wait <= 1) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, wait)
      this.#hurry = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  /** A round begins now. */
  begin(): void {
    this.#beganAt = performance.now()
  }

  /** Ends the breath that is being taken. */
  hurry(): void {
    this.#hurry()
  }
}
