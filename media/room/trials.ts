import type { Served, Step, Taken } from '../../shared/media/ladder.ts'
import { ladderLimits, nextTrial, noTrial, triedNext, type Trial } from '../../shared/media/ladder-state.ts'
import { leastEstimate, type MeasuredLine } from './line.ts'
import { Push, pushedBits } from './push.ts'

/** `noMore`: no higher layer of it, whatever the estimate says. `floorBits`: for the moment the congestion control shall take the line for at least that good. */
export interface Tried { taken: Taken; noMore: boolean; floorBits?: number }

/** What waits on the way longer than this, milliseconds, was put there by the trial. */
const queuesMs = 300

/** What is sent to one receiver beyond what its line is known to carry, to find out whether it carries that too. */
export class Trials {
  #trial: Trial = noTrial
  /** A picture without layers that a trial has shown to arrive, with all that stands before it: the estimate knows nothing of it. */
  #proven: { producerId: string; bits: number } | null = null

  readonly #push = new Push()

  /** Bits a second that are known to arrive, whatever the estimate. */
  proven(steps: readonly Step[]): number {
    const proven = this.#proven
    return proven && steps.some(({ taken }) => taken?.producerId === proven.producerId) ? proven.bits : 0
  }

  carriedSince(now: number): number | null {
    return this.#push.carriedSince(now)
  }

  /** `isLayered`: of those that can be had; undefined: it cannot. */
  next(steps: readonly Step[], served: Served, { lossPercent, roundTripMs, queuedMs, estimatedBits, isFresh }: MeasuredLine, isLayered: (producerId: string) => boolean | undefined, now: number): Tried | null {
    const calm = lossPercent < 2 && roundTripMs < 1_000
    if (lossPercent >= 5) this.#proven = null
    // Where pictures play and the estimate is above its least it keeps what is tried within the line.
    const free = calm && isFresh && estimatedBits > leastEstimate * 1.2 ? triedNext(steps, served, (producerId) => isLayered(producerId) === true) : null
    const next = triedNext(steps, served, (producerId) => isLayered(producerId) !== undefined)
    if (free === null) this.#push.fail(now)
    if (next === null || next.taken.producerId === free?.taken.producerId) {
      this.#trial = noTrial
      if (free === null) return null
      const { producerId, layer } = free.taken
      const floorBits = this.#push.next(`${producerId} ${layer?.spatial} ${layer?.temporal}`, free.upTo, estimatedBits, queuedMs < queuesMs, now)
      return { taken: free.taken, noMore: false, ...(floorBits === null ? {} : { floorBits }) }
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
}
