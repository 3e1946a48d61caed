import { refusal, type Refusal } from '../../contracts/refusal.ts'
import type { Commands } from '../command.ts'
import { entry } from '../entities.ts'
import { statusRefusal } from '../lifecycle/rules.ts'
import { groupRemainingMs } from './clock.ts'
import { currentList, interposes, waitingOn } from './order.ts'
import { askerOf, conducts, waitingOf } from './rules.ts'
import type { FloorEntry } from './state.ts'
import { firstInTurn, isGone, isHeld, onFloor, speaking, type FloorMeeting } from './turn.ts'

/** Rules of what chair and secretary do with the list; each answers why not, or null. */

function known(meeting: FloorMeeting, entryId: string): FloorEntry | Refusal {
  return entry(meeting.floorEntries, entryId) ?? refusal('floor.unknown')
}

function isRefusal(found: FloorEntry | Refusal): found is Refusal {
  return 'code' in found
}

function waitingRefusal(meeting: FloorMeeting, entryId: string): Refusal | null {
  const one = known(meeting, entryId)
  if (isRefusal(one)) return one
  return one.status === 'waiting' ? null : refusal('floor.notWaiting')
}

/** One's own at any time; another's by who conducts, and with a reason. */
export function withdrawRefusal(meeting: FloorMeeting, { entryId, reason }: Commands['floor:withdraw'], actorId: string): Refusal | null {
  if (entryId === undefined) return waitingOf(meeting, actorId).length > 0 ? null : refusal('floor.notWaiting')
  const one = entry(meeting.floorEntries, entryId)
  if (one && one.personId !== actorId) {
    if (!conducts(meeting, actorId)) return refusal('permission.denied')
    if (reason === undefined) return refusal('floor.needsReason')
  }
  return waitingRefusal(meeting, entryId)
}

export function moveRefusal(meeting: FloorMeeting, entryId: string): Refusal | null {
  const wrong = waitingRefusal(meeting, entryId)
  if (wrong) return wrong
  const { answersId, itemId } = meeting.floorEntries[entryId] as FloorEntry
  const attached = answersId !== null && waitingOn(meeting.floorEntries, itemId).some((one) => one.entryId === answersId)
  return attached ? refusal('floor.attached') : null
}

/** Whose turn it is needs no reason; anybody else is called with one, which is recorded and shown. */
export function giveRefusal(meeting: FloorMeeting, entryId: string, reason: string | undefined): Refusal | null {
  const wrong = statusRefusal(meeting, 'inSession') ?? waitingRefusal(meeting, entryId)
  if (wrong) return wrong
  const one = meeting.floorEntries[entryId] as FloorEntry
  if (one.itemId !== currentList(meeting)) return refusal('floor.notOn')
  if (isGone(meeting, one)) return refusal('floor.gone')
  return reason === undefined && firstInTurn(meeting)?.entryId !== entryId ? refusal('floor.outOfTurn') : null
}

export function inviteRefusal(meeting: FloorMeeting, invited: Commands['floor:invite'], actorId: string): Refusal | null {
  const wrong = statusRefusal(meeting, 'inSession')
  if (wrong) return wrong
  const { personId, siteId } = askerOf(invited, actorId)
  if (siteId !== null ? !meeting.details.siteIds.includes(siteId) : false) return refusal('floor.unknownSite')
  if (personId !== null && !entry(meeting.participants, personId)) return refusal('participants.unknown')
  if (personId !== null && isGone(meeting, { personId })) return refusal('floor.gone')
  if (personId !== null && onFloor(meeting).some((one) => one.personId === personId)) return refusal('floor.alreadySpeaking')
  if (personId !== null && waitingOf(meeting, personId).some((one) => one.itemId === currentList(meeting))) return refusal('floor.alreadyWaiting')
  return invited.reason === undefined && firstInTurn(meeting) ? refusal('floor.outOfTurn') : null
}

export function pauseRefusal(meeting: FloorMeeting, entryId: string): Refusal | null {
  const one = known(meeting, entryId)
  if (isRefusal(one)) return one
  return one.status === 'speaking' ? null : refusal('floor.notSpeaking')
}

/** An interrupted speech goes on by ending the question; nobody else's speech is ended by going on with one. */
export function resumeRefusal(meeting: FloorMeeting, entryId: string): Refusal | null {
  const wrong = statusRefusal(meeting, 'inSession')
  if (wrong) return wrong
  const one = known(meeting, entryId)
  if (isRefusal(one)) return one
  if (one.status !== 'paused') return refusal('floor.notPaused')
  if (isGone(meeting, one)) return refusal('floor.gone')
  const other = speaking(meeting)
  if (!other) return null
  return interposes(meeting.floorEntries, other) && !interposes(meeting.floorEntries, one) ? null : refusal('floor.someoneSpeaking')
}

/** Both what may be ended and what may be given more time. */
export function endRefusal(meeting: FloorMeeting, entryId: string): Refusal | null {
  const one = known(meeting, entryId)
  if (isRefusal(one)) return one
  return one.status === 'speaking' || one.status === 'paused' ? null : refusal('floor.notSpeaking')
}

export function extendRefusal(meeting: FloorMeeting, entryId: string): Refusal | null {
  const wrong = endRefusal(meeting, entryId)
  if (wrong) return wrong
  return (meeting.floorEntries[entryId] as FloorEntry).limitSeconds === null ? refusal('floor.noLimit') : null
}

/** Only the one who spoke last on this list: it mends a tap too many, it is no way round the order. */
export function readdRefusal(meeting: FloorMeeting, entryId: string): Refusal | null {
  const one = known(meeting, entryId)
  if (isRefusal(one)) return one
  return lastSpeaker(meeting)?.entryId === entryId ? null : refusal('floor.notLast')
}

/** Who ended last on the list that is on. */
export function lastSpeaker(meeting: FloorMeeting): FloorEntry | null {
  return Object.values(meeting.floorEntries)
    .filter((one) => one.status === 'finished' && one.itemId === currentList(meeting))
    .reduce<FloorEntry | null>((last, one) => (last === null || (one.endedAt ?? 0) >= (last.endedAt ?? 0) ? one : last), null)
}

/** Running speeches that end, and those that pause, when this one begins: a question pauses the speech, anything else ends it. A place that is held stays. */
export function displaced(meeting: FloorMeeting, interposing: boolean, now: number): { ends: FloorEntry[]; pauses: FloorEntry[] } {
  const others = onFloor(meeting).filter((one) => !isHeld(one, now))
  const yields = (one: FloorEntry) => interposing && !interposes(meeting.floorEntries, one)
  return { ends: others.filter((one) => !yields(one)), pauses: others.filter((one) => yields(one) && one.status === 'speaking') }
}

export function groupsRefusal(meeting: FloorMeeting, { groups }: Commands['floor:setGroups']): Refusal | null {
  if (new Set(groups.map((group) => group.groupId)).size < groups.length) return refusal('floor.sameGroup')
  const people = groups.flatMap((group) => group.personIds)
  if (new Set(people).size < people.length) return refusal('floor.personInTwoGroups')
  return people.every((personId) => entry(meeting.participants, personId)) ? null : refusal('participants.unknown')
}

/** Compensation is for an overrun that is over: not while the group still speaks. */
export function addTimeRefusal(meeting: FloorMeeting, groupId: string, now: number): Refusal | null {
  const group = entry(meeting.floor.groups, groupId)
  if (!group) return refusal('floor.unknownGroup')
  if (onFloor(meeting).some((one) => one.groupId === groupId && one.status === 'speaking')) return refusal('floor.groupSpeaking')
  return groupRemainingMs(group, meeting.floorEntries, now) < 0 ? null : refusal('floor.noOverrun')
}
