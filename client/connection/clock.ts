/** The hub's clock as seen from here: screens count by it, since a tablet's own clock may be minutes off. */
export class HubClock {
  #offset = 0
  #now: () => number

  /** `now`: of this device. Asked as the rest of the page asks it: two clocks that disagree would tell an offset that nobody has. */
  constructor(now: () => number = () => Date.now()) {
    this.#now = now
  }

  /** Takes a reading: the hub said `hubTime` somewhere between these two moments of our own clock. */
  set(hubTime: number, askedAt: number, answeredAt: number): void {
    this.#offset = hubTime - (askedAt + answeredAt) / 2
  }

  /** Hub time of a moment of our own clock (default: now), milliseconds since the epoch. */
  at(moment: number = this.#now()): number {
    return Math.round(moment + this.#offset)
  }
}
