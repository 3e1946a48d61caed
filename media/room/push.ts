import { ladderLimits, nextTrial, noTrial, trialLimits, type Trial } from '../../shared/media/ladder-state.ts'

/** A push asks for no more than so many times what the line is known to carry. */
const steepest = 2
/** Milliseconds in which the estimate, no longer held up, is seen to be what the push has made of it. */
const showsMs = 1_500

/**
 * Where a picture plays in a layer that leaves the estimate too little room to look further by itself (it sees no more than half as much again as arrives,
 * and looks with bursts only where less than two thirds of it are used), and the next layer is dearer than that, a receiver would stay there for ever: for
 * some seconds the estimate is held higher than it says.
 */
export class Push {
  #trial: Trial = noTrial
  #of = ''
  #bits = 0
  #carried: { since: number; until: number } | null = null

  /** What the line shall be taken for at the least; null: for what the estimate says. `of`: the next layer, `upTo`: bits a second of everything up to it. */
  next(of: string, upTo: number, estimatedBits: number, calm: boolean, now: number): number | null {
    // The next layer is a new beginning; the estimate has its while to come so far by itself.
    if (of !== this.#of) [this.#of, this.#trial] = [of, { ...noTrial, notBefore: now + trialLimits.pauseMs / 2 }]
    const { since } = this.#trial
    if (since === null && estimatedBits >= upTo) return null
    this.#trial = nextTrial(this.#trial, calm, now)
    if (this.#trial.since === null) {
      if (since !== null && calm) this.#carried = { since, until: now }
      return null
    }
    if (since === null) this.#bits = pushedBits(estimatedBits, upTo)
    return this.#bits
  }

  /** Since when the line has carried more than it was taken for, by a push that went well until a moment ago; null: there is none. */
  carriedSince(now: number): number | null {
    return this.#carried && now - this.#carried.until < showsMs ? this.#carried.since : null
  }

  /** The line is not good enough for one: what is going on has failed. */
  fail(now: number): void {
    this.#carried = null
    if (this.#trial.since !== null) this.#trial = nextTrial(this.#trial, false, now)
  }
}

export function pushedBits(estimatedBits: number, upTo: number): number {
  return Math.round(Math.min(estimatedBits * steepest, upTo * ladderLimits.headroom))
}
