import type { SiteLine } from './state.ts'

/**
 * What is measured of a line many times a minute, made into the few changes that the meeting's log shall tell. Pure: the hub feeds one watch for
 * each site, about once a second, and sends `sites:setLine` when `measure` says so.
 *
 * - A change is told after it has held without a break: the worse the sooner.
 * - A line that changes `flapChanges` times within `flapWindowMs` is a weak line, whatever it is at this moment; only a break that lasts is a loss.
 * - Getting better costs patience: each improvement told within `memoryMs` doubles how long the next one has to hold, up to `longestHoldMs`.
 *   Every way round from one state back to itself has an improvement in it, so however a line behaves, at most `mostChanges` are told in any
 *   ten minutes; and a line that stays as it is for `longestHoldMs` is told as it is.
 */
export interface LineWatch {
  /** As it was told last; null: never. */
  told: SiteLine | null
  /** What shall be told if it holds, and since when it does. */
  target: SiteLine
  targetSince: number
  /** As it was measured last, and since when it is so. */
  measured: SiteLine
  measuredSince: number
  /** When the measured line changed, the latest only. */
  changes: number[]
  /** When improvements were told, within the memory. */
  improvements: number[]
}

export const lineWatchLimits = {
  downHoldMs: 5_000,
  weakHoldMs: 8_000,
  firstHoldMs: 2_000,
  betterHoldMs: 10_000,
  longestHoldMs: 300_000,
  memoryMs: 600_000,
  flapWindowMs: 60_000,
  flapChanges: 4,
  mostChanges: 24,
} as const

const limits = lineWatchLimits
const worth: Record<SiteLine, number> = { down: 0, weak: 1, up: 2 }

export function newLineWatch(measured: SiteLine, now: number): LineWatch {
  return { told: null, target: measured, targetSince: now, measured, measuredSince: now, changes: [], improvements: [] }
}

/** The watch after a measurement at `now` (hub time, milliseconds), and what is to be told of it; null: nothing. */
export function measure(watch: LineWatch, measured: SiteLine, now: number): { watch: LineWatch; tell: SiteLine | null } {
  const changed = measured !== watch.measured
  const measuredSince = changed ? now : watch.measuredSince
  const changes = [...watch.changes, ...(changed ? [now] : [])].filter((at) => now - at < limits.flapWindowMs).slice(-limits.flapChanges)
  const improvements = watch.improvements.filter((at) => now - at < limits.memoryMs)
  const target = changes.length === limits.flapChanges && !(measured === 'down' && now - measuredSince >= limits.downHoldMs) ? 'weak' : measured
  const targetSince = target === watch.target ? watch.targetSince : target === measured ? measuredSince : now
  const next: LineWatch = { ...watch, target, targetSince, measured, measuredSince, changes, improvements }
  if (target === watch.told || now - targetSince < holdMs(next)) return { watch: next, tell: null }
  // A line that never came is no loss.
  if (watch.told === null && target === 'down') return { watch: next, tell: null }
  const better = watch.told !== null && worth[target] > worth[watch.told]
  return { watch: { ...next, told: target, improvements: better ? [...improvements, now] : improvements }, tell: target }
}

/** How long the target has to hold before it is told. */
export function holdMs({ told, target, improvements }: LineWatch): number {
  if (told === null) return limits.firstHoldMs
  if (worth[target] < worth[told]) return target === 'down' ? limits.downHoldMs : limits.weakHoldMs
  return Math.min(limits.longestHoldMs, limits.betterHoldMs * 2 ** improvements.length)
}
