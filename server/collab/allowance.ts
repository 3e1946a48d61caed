import type { Rate } from './limits.ts'

/** A token bucket that is drawn from by amounts. */
export class Allowance {
  readonly #rate: Rate
  #left: number
  #at = performance.now()

  constructor(rate: Rate) {
    this.#rate = rate
    this.#left = rate.burst
  }

  /** Takes `amount`; false when there is not so much, and then nothing is taken. */
  take(amount = 1): boolean {
    const now = performance.now()
    this.#left = Math.min(this.#rate.burst, this.#left + ((now - this.#at) / 1000) * this.#rate.perSecond)
    this.#at = now
    if (this.#left < amount) return false
    this.#left -= amount
    return true
  }

  /** Takes `amount` also when there is not so much. Milliseconds until what was taken too much is paid back; 0 when nothing is owed. */
  owe(amount: number): number {
    this.take(0)
    this.#left -= amount
    return this.#left < 0 ? (-this.#left / this.#rate.perSecond) * 1000 : 0
  }

  giveBack(amount = 1): void {
    this.#left = Math.min(this.#rate.burst, this.#left + amount)
  }

  /** Whether it is as good as new. */
  get full(): boolean {
    return this.#left + ((performance.now() - this.#at) / 1000) * this.#rate.perSecond >= this.#rate.burst
  }
}
