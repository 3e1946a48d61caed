import { refusal, type Refusal } from '../../contracts/refusal.ts'
import type { Commands } from '../command.ts'
import { entry } from '../entities.ts'
import { siteOf } from '../floor/turn.ts'
import { statusRefusal } from '../lifecycle/rules.ts'
import { may } from '../permission.ts'
import type { MeetingCommon } from '../state.ts'
import { orderAbout, type OrderedPlace } from './state.ts'

/** So many may be on stage by order: a stage of all is a gallery. */
export const mostShown = 8

/** Whether this order may be given, or taken back. Chair and secretary give every one; a technician mutes, at his own site or, the province's, anywhere. */
export function orderRefusal(meeting: MeetingCommon, senderId: string, { kind, place, on }: Commands['stage:order']): Refusal | null {
  const wrong = statusRefusal(meeting, 'scheduled', 'inSession', 'recess') ?? placeRefusal(meeting, place) ?? technicianRefusal(meeting, senderId, kind, place)
  if (wrong) return wrong
  if ((orderAbout(meeting.stage, kind, place) !== null) === on) return refusal('stage.unchanged')
  if (!on) return null
  // Who conducts the meeting must not be cut off from it by a slip of the hand.
  if (kind === 'remove' && seatsChair(meeting, place)) return refusal('stage.chairPlace')
  const shown = meeting.stage.orders.filter((order) => order.kind === 'show').length
  return kind === 'show' && shown >= mostShown ? refusal('stage.full', { most: mostShown }) : null
}

function placeRefusal(meeting: MeetingCommon, place: OrderedPlace): Refusal | null {
  if ('personId' in place) return entry(meeting.participants, place.personId) ? null : refusal('participants.unknown')
  return place.siteId === null || meeting.details.siteIds.includes(place.siteId) ? null : refusal('attendance.unknownSite')
}

function technicianRefusal(meeting: MeetingCommon, senderId: string, kind: Commands['stage:order']['kind'], place: OrderedPlace): Refusal | null {
  if (may(meeting, senderId, 'stage.conduct')) return null
  if (kind !== 'mute') return refusal('permission.denied')
  const own = entry(meeting.participants, senderId)?.siteId ?? null
  const there = 'personId' in place ? siteOf(meeting, place.personId) : place.siteId
  return own !== null && own !== there ? refusal('sites.notYours') : null
}

function seatsChair(meeting: MeetingCommon, place: OrderedPlace): boolean {
  const chair = Object.values(meeting.participants).find(({ role }) => role === 'chair')
  if (!chair) return false
  return 'personId' in place ? place.personId === chair.personId : siteOf(meeting, chair.personId) === place.siteId
}
