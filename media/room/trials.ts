import type { Served, Step, Taken } from '../../shared/media/ladder.ts'
import { ladderLimits, nextTrial, noTrial, trialLimits, triedNext, type Trial } from '../../shared/media/ladder-state.ts'
import { leastEstimate, type MeasuredLine } from './line.ts'

/** `noMore`: no higher layer of it, whatever the estimate says. `floorBits`: for the moment the congestion control shall take the line for at least that good. */
export interface Tried { taken: Taken; noMore: boolean; floorBits?: number }

/** What waits on the way longer than this, milliseconds, was put there by the trial. */
const queuesMs = 300
/** A push asks for no more than so many times what the line is known to carry. */
const steepest = 2

/** What is sent to one receiver beyond what its line is known to carry, to find out whether it carries that too. */
export class Trials {
  #trial: Trial = noTrial
  /** A picture without layers that a trial has shown to arrive, with all that stands before it: the estimate knows nothing of it. */
  #proven: { producerId: string; bits: number } | null = null

  /**
   * Where a picture plays in a layer that leaves the estimate too little room to look further by itself (it sees no more than half as much again as arrives,
   * and looks with bursts only where less than two thirds of it are used), and the next layer is dearer than that: a receiver would stay there for ever.
   */
  #push: Trial & { of: string; bits: number } = { ...noTrial, of: '', bits: 0 }

  /** Bits a second that are known to arrive, whatever the estimate. */
  proven(steps: readonly Step[]): number {
    const proven = this.#proven
    return proven && steps.some(({ taken }) => taken?.producerId === proven.producerId) ? proven.bits : 0
  }

  /** `isLayered`: of those that can be had; undefined: it cannot. */
  next(steps: readonly Step[], served: Served, { lossPercent, roundTripMs, queuedMs, estimatedBits, isFresh }: MeasuredLine, isLayered: (producerId: string) => boolean | undefined, now: number): Tried | null {
    const calm = lossPercent < 2 && roundTripMs < 1_000
    if (lossPercent >= 5) this.#proven = null
    // Where pictures play and the estimate is above its least it keeps what is tried within the line.
    const free = calm && isFresh && estimatedBits > leastEstimate * 1.2 ? triedNext(steps, served, (producerId) => isLayered(producerId) === true) : null
    const next = triedNext(steps, served, (producerId) => isLayered(producerId) !== undefined)
    if (free === null && this.#push.since !== null) this.#push = { ...this.#push, ...nextTrial(this.#push, false, now) }
    if (next === null || next.taken.producerId === free?.taken.producerId) {
      this.#trial = noTrial
      return free && { taken: free.taken, noMore: false, ...this.#pushed(free, estimatedBits, queuedMs < queuesMs, now) }
    }
    const { since } = this.#trial
    this.#trial = nextTrial(this.#trial, calm, now)
    const { producerId } = next.taken
    if (since !== null && this.#trial.since === null && calm && isLayered(producerId) === false) {
      this.#proven = { producerId, bits: next.upTo * ladderLimits.headroom }
      this.#trial = noTrial
    }
    // At its least the estimate would not believe in some seconds what has come over well.
    if (this.#trial.since !== null) return { taken: next.taken, noMore: true, floorBits: pushedBits(leastEstimate, next.upTo) }
    return free && { taken: free.taken, noMore: false }
  }

  #pushed({ taken, upTo }: { taken: Taken; upTo: number }, estimatedBits: number, calm: boolean, now: number): Pick<Tried, 'floorBits'> {
    const of = `${taken.producerId} ${taken.layer?.spatial} ${taken.layer?.temporal}`
    // The next layer is a new beginning; the estimate has its while to come so far by itself.
    if (of !== this.#push.of) this.#push = { ...noTrial, notBefore: now + trialLimits.pauseMs / 2, of, bits: 0 }
    const begun = this.#push.since !== null
    if (!begun && estimatedBits >= upTo) return {}
    this.#push = { ...this.#push, ...nextTrial(this.#push, calm, now) }
    if (this.#push.since === null) return {}
    if (!begun) this.#push.bits = pushedBits(estimatedBits, upTo)
    return { floorBits: this.#push.bits }
  }
}

function pushedBits(estimatedBits: number, upTo: number): number {
  return Math.round(Math.min(estimatedBits * steepest, upTo * ladderLimits.headroom))
}
