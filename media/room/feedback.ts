/** No probe loses such a share of all that was sent lately. */
const notProbes = 0.15

/**
 * What the congestion control tells of packets lost (0–1): a long average, which stands still while no picture is on the line and falls slowly when the line
 * has become good. Taken for the present it ended every trial of a line that had been poor, and a receiver stayed with its voices for minutes.
 */
export class Feedback {
  #last = 0
  #rises = 0
  #estimate: number | null = null

  /** Hundredths; 0 while it stands still: nothing is being measured. */
  fresh(share = 0): number {
    return this.#take(share) === 0 ? 0 : share * 100
  }

  /** Hundredths while it grows, which is sooner than a receiver reports; 0 otherwise: its reports know better. One small leap is of a probe, of which some are always missing; where the estimate (bits a second; null: it was told to the congestion control) falls with it, it is none. */
  rising(share = 0, estimate: number | null = null): number {
    const falls = estimate !== null && this.#estimate !== null && estimate < this.#estimate
    this.#estimate = estimate
    this.#rises = this.#take(share) > 0 ? this.#rises + 1 : 0
    return this.#rises > 1 || (this.#rises === 1 && (falls || share >= notProbes)) ? share * 100 : 0
  }

  /** How much it has changed. */
  #take(share: number): number {
    const grown = share - this.#last
    this.#last = share
    return grown
  }
}
