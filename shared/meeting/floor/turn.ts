import { isPresent, presenceOf } from '../attendance/quorum.ts'
import { entry } from '../entities.ts'
import type { MeetingCommon } from '../state.ts'
import { currentList, interposes, waitingOn } from './order.ts'
import type { FloorEntry } from './state.ts'

export type FloorMeeting = Pick<MeetingCommon, 'lifecycle' | 'details' | 'participants' | 'items' | 'attendance' | 'floor' | 'floorEntries'>

/** Speeches that have begun and not ended. */
export function onFloor(meeting: Pick<FloorMeeting, 'floorEntries'>): FloorEntry[] {
  return Object.values(meeting.floorEntries).filter((one) => one.status === 'speaking' || one.status === 'paused')
}

export function speaking(meeting: Pick<FloorMeeting, 'floorEntries'>): FloorEntry | null {
  return Object.values(meeting.floorEntries).find((one) => one.status === 'speaking') ?? null
}

/** Whoever asked has left, or never came: greyed, passed over, but kept. */
export function isGone(meeting: Pick<FloorMeeting, 'participants' | 'attendance' | 'floor'>, one: Pick<FloorEntry, 'personId'>): boolean {
  if (one.personId === null) return false
  if (!entry(meeting.participants, one.personId)) return true
  return meeting.floor.settings.presentOnly ? !isPresent(meeting, one.personId) : presenceOf(meeting, one.personId)?.presence === 'absent'
}

/** Who is next by the order; null when nobody waits who is there. */
export function firstInTurn(meeting: FloorMeeting): FloorEntry | null {
  return waitingOn(meeting.floorEntries, currentList(meeting)).find((one) => !isGone(meeting, one)) ?? null
}

/** What one tap of the chair does next: call whose turn it is, or go back to the speech that a question interrupted. */
export type NextTurn = { act: 'give' | 'resume'; entry: FloorEntry }

export function nextTurn(meeting: FloorMeeting): NextTurn | null {
  const first = firstInTurn(meeting)
  const interrupted = onFloor(meeting).find((one) => one.status === 'paused' && one.pausedBecause === 'interposed')
  if (interrupted && !(first && interposes(meeting.floorEntries, first))) return { act: 'resume', entry: interrupted }
  return first && { act: 'give', entry: first }
}

/** A speaker whose line was lost keeps his place for a while. */
export function isHeld(one: FloorEntry, now: number): boolean {
  return one.status === 'paused' && one.heldUntil !== null && now < one.heldUntil
}

/** Where a person is: the site he declared, else the one he is expected at; null: the main room. */
export function siteOf(meeting: Pick<FloorMeeting, 'participants' | 'attendance' | 'details'>, personId: string): string | null {
  const now = presenceOf(meeting, personId)
  const siteId = now && now.presence !== 'absent' ? now.siteId : (entry(meeting.participants, personId)?.siteId ?? null)
  return siteId !== null && meeting.details.siteIds.includes(siteId) ? siteId : null
}

export function groupOf(meeting: Pick<FloorMeeting, 'floor'>, personId: string): string | null {
  return Object.values(meeting.floor.groups).find((group) => group.personIds.includes(personId))?.groupId ?? null
}

/** How many times this person has had the floor, the speech that is on left out: "first contribution" is 0. */
export function contributions(entries: Record<string, FloorEntry>, personId: string): number {
  return Object.values(entries).filter((one) => one.personId === personId && one.status === 'finished').length
}
