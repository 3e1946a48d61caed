import { entry } from '../entities.ts'
import type { MeetingCommon } from '../state.ts'
import { currentList, waitingOn } from './order.ts'
import type { FloorEntry, FloorGroup, FloorSettings } from './state.ts'

/** Milliseconds spoken until `now`: each (pause or end) − (unpause or begin), summed. */
export function spokenMs(one: Pick<FloorEntry, 'spokenMs' | 'runningSince'>, now: number): number {
  return one.spokenMs + (one.runningSince === null ? 0 : Math.max(0, now - one.runningSince))
}

/** Milliseconds left; below zero it is overrun; null without a limit. */
export function remainingMs(one: Pick<FloorEntry, 'spokenMs' | 'runningSince' | 'limitSeconds'>, now: number): number | null {
  return one.limitSeconds === null ? null : one.limitSeconds * 1000 - spokenMs(one, now)
}

export type ClockStage = 'free' | 'running' | 'warning' | 'overrun'

export function clockStage(one: Parameters<typeof remainingMs>[0], settings: Pick<FloorSettings, 'warningSeconds'>, now: number): ClockStage {
  const left = remainingMs(one, now)
  if (left === null) return 'free'
  if (left < 0) return 'overrun'
  return left <= settings.warningSeconds * 1000 ? 'warning' : 'running'
}

/** Seconds for a speech that begins now: the presenter of the item has his own time; shorter ones hold when many are waiting. */
export function limitFor(meeting: Pick<MeetingCommon, 'floor' | 'floorEntries' | 'items'>, one: Pick<FloorEntry, 'kind' | 'personId' | 'itemId'>): number | null {
  const { limits, reducedLimits, reduceFrom } = meeting.floor.settings
  const item = one.itemId === null ? undefined : entry(meeting.items, one.itemId)
  if (one.kind === 'speech' && one.personId !== null && item?.presenterId === one.personId) return limits.presentation
  if (one.kind !== 'speech' && one.kind !== 'debate') return limits[one.kind]
  const reduced = reduceFrom !== null && waitingOn(meeting.floorEntries, currentList(meeting)).length >= reduceFrom
  return (reduced ? reducedLimits : limits)[one.kind]
}

/** Milliseconds that a group has left, its running speech counted; may be below zero. */
export function groupRemainingMs(group: FloorGroup, entries: Record<string, FloorEntry>, now: number): number {
  const running = Object.values(entries).filter((one) => one.groupId === group.groupId && one.runningSince !== null)
  const runningMs = running.reduce((sum, one) => sum + spokenMs(one, now) - one.spokenMs, 0)
  return group.initialSeconds * 1000 + group.addedMs - group.usedMs - runningMs
}
