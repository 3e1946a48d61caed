import { rungs, serve, type Rung, type Served, type Step, type Taken } from './ladder.ts'

/**
 * How one receiver goes down and up the ladder in time. Down at once, as far as it must; up one rung at a time, and only when the line has
 * carried that rung with something to spare for a while. Every fall of the last minutes doubles that while, so a line that sways settles
 * on the rung it always carries.
 */
export interface Ladder {
  /** Bits a second that it is trusted with. */
  trusted: number
  /** Since when the line would carry the next rung; null: it does not. */
  betterSince: number | null
  /** When it had to go down, the latest only. */
  falls: number[]
  /** When it last went down on a line that showed no fault, for an estimate alone. */
  doubtedAt: number
}

/** What is known of a line beside how many bits it carries. */
export interface LineShown {
  /** Next to nothing is lost or late. */
  calm: boolean
  /** Since when it has carried more than it is taken for, while that was tried until a moment ago; null: nothing was. */
  carriedSince: number | null
}
const nothingShown: LineShown = { calm: false, carriedSince: null }

export const ladderLimits = { headroom: 1.15, holdMs: 2_500, longestHoldMs: 64_000, memoryMs: 120_000, oneFallMs: 6_000 } as const

/** A receiver that has just come begins with what is measured of its line. */
export function newLadder(usable: number): Ladder {
  return { trusted: usable, betterSince: null, falls: [], doubtedAt: -Infinity }
}

/** The ladder after a measurement (`usable`: bits a second, `now`: milliseconds), and what is taken. */
export function climbLadder(ladder: Ladder, steps: readonly Step[], usable: number, now: number, { calm, carriedSince } = nothingShown): { ladder: Ladder; served: Served } {
  const falls = ladder.falls.filter((at) => now - at < ladderLimits.memoryMs)
  const trusted = Math.min(ladder.trusted, usable)
  const served = serve(steps, trusted)
  if (served.bitsPerSecond < serve(steps, ladder.trusted).bitsPerSecond) {
    // An estimate that begins anew is too low for a moment: the first time it is no fault of the line.
    const sinceDoubt = now - ladder.doubtedAt
    const isDoubt = calm && (sinceDoubt >= ladderLimits.memoryMs || sinceDoubt < ladderLimits.oneFallMs)
    if (isDoubt) return { ladder: { trusted, betterSince: null, falls, doubtedAt: now }, served }
    // Several steps down at once are one fall.
    const same = now - (falls.at(-1) ?? -Infinity) < ladderLimits.oneFallMs
    return { ladder: { ...ladder, trusted, betterSince: null, falls: same ? falls : [...falls, now].slice(-6) }, served }
  }
  const most = usable / ladderLimits.headroom
  const goal = nextGoal(steps, served, most)
  // Trusted with all that it would carry, so that a picture that comes newly onto a good line need not wait.
  if (goal === null) return { ladder: { ...ladder, trusted: Math.max(trusted, most), betterSince: null, falls }, served }
  const betterSince = ladder.betterSince ?? carriedSince ?? now
  // One fall is made good: the line is not the one that it was then.
  const held = ladder.betterSince === null && carriedSince !== null ? falls.slice(1) : falls
  if (now - betterSince < holdMs(held.length)) return { ladder: { ...ladder, trusted, betterSince, falls: held }, served }
  return { ladder: { ...ladder, trusted: goal, betterSince: now, falls: held }, served: serve(steps, goal) }
}

export function holdMs(falls: number): number {
  return Math.min(ladderLimits.longestHoldMs, ladderLimits.holdMs * 2 ** falls)
}

/**
 * What is tried beyond what is taken: the next picture or layer in the line. An estimate never says much more than what is being sent, so a receiver
 * with nothing but a voice would stay with it for ever; the congestion control sends of this only what fits, and finds out what the line carries.
 * `mayTry`: a picture without layers is sent whole or not at all and would flood a weak line: only for the length of a trial. `upTo`: bits a second of
 * everything up to it.
 */
export function triedNext(steps: readonly Step[], served: Pick<Served, 'bitsPerSecond'>, mayTry: (producerId: string) => boolean): { taken: Taken; upTo: number } | null {
  let spent = 0
  for (const { taken, bitsPerSecond } of steps) {
    spent += bitsPerSecond
    if (spent > served.bitsPerSecond && taken !== null && taken.layer !== null && mayTry(taken.producerId)) return { taken, upTo: spent }
  }
  return null
}

/**
 * A moment in which more is sent than the line is known to carry, because nothing else would tell that it has become good: where the estimate lies at
 * its least, and for pictures that are sent whole or not at all.
 */
export interface Trial {
  /** Null: nothing is being tried. */
  since: number | null
  /** How many have told nothing or ended badly, one after the other. */
  failed: number
  notBefore: number
  endedAt: number
}

export const noTrial: Trial = { since: null, failed: 0, notBefore: 0, endedAt: -Infinity }
/** `echoMs`: so long after a trial what is lost or late may still be its own doing. */
export const trialLimits = { lastsMs: 4_000, pauseMs: 8_000, longestPauseMs: 128_000, echoMs: 10_000 } as const

/**
 * The trial after a measurement. `calm`: next to nothing is lost or late. It ends at once when that is over, and each one that brought nothing doubles the
 * pause before the next. A line that is not calm of itself and becomes so has become another one: what the trials before found out counts no more.
 */
export function nextTrial(trial: Trial, calm: boolean, now: number): Trial {
  const pause = Math.min(trialLimits.longestPauseMs, trialLimits.pauseMs * 2 ** trial.failed)
  if (trial.since !== null) return calm && now - trial.since < trialLimits.lastsMs ? trial : { since: null, failed: trial.failed + 1, notBefore: now + pause, endedAt: now }
  if (!calm) {
    const echoes = now - trial.endedAt < trialLimits.echoMs
    return echoes ? { ...trial, notBefore: Math.max(trial.notBefore, now + trialLimits.pauseMs) } : { ...trial, failed: 0, notBefore: now + trialLimits.pauseMs }
  }
  return now >= trial.notBefore ? { ...trial, since: now } : trial
}

/** How many bits the next rung asks for, or as much of it as `most` carries; null: not one step more. */
function nextGoal(steps: readonly Step[], served: Served, most: number): number | null {
  let spent = 0
  let goal: number | null = null
  let rung: Rung | null = null
  for (const step of steps) {
    spent += step.bitsPerSecond
    if (spent <= served.bitsPerSecond) continue
    if (spent > most || (rung !== null && rungs.indexOf(step.rung) > rungs.indexOf(rung))) break
    rung = step.rung
    goal = spent
  }
  return goal
}
