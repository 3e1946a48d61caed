/** The time between two rounds of a document. Who types or draws alone is not made to wait; when much comes, what comes within a moment goes together. */
export class Breath {
  #beganAt = -Infinity
  #hurry: () => void = () => {}

  /** Resolves when `time` milliseconds have passed since the last round began, or somebody hurries. */
  taken(time: number): Promise<void> {
    return this.#wait(this.#beganAt + time - performance.now())
  }

  /** In a flow of rounds, one at least in twice that time: resolves after `time` milliseconds, or when somebody hurries. Else at once. */
  gathered(time: number): Promise<void> {
    return this.#wait(performance.now() - this.#beganAt < 2 * time ? time : 0)
  }

  async #wait(time: number): Promise<void> {
    if (time <= 1) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, time)
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
