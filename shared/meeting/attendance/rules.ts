import { refusal, type Refusal } from '../../contracts/refusal.ts'
import { entry } from '../entities.ts'
import { substituteOf } from '../invitations/rules.ts'
import { statusRefusal } from '../lifecycle/rules.ts'
import { may } from '../permission.ts'
import type { MeetingCommon } from '../state.ts'
import { personWithNumber } from './numbers.ts'
import type { AttendanceRules } from './state.ts'

/** So many intervals a person may make himself: a script that comes and goes must not fill the log. Chair and secretary may go on for him. */
export const mostOwnIntervals = 40

/** Whether `senderId` may declare `personId` at all; the place is looked at after that. */
export function declareRefusal(meeting: MeetingCommon, senderId: string, personId: string): Refusal | null {
  const wrong = statusRefusal(meeting, 'scheduled', 'inSession', 'recess')
  if (wrong) return wrong
  if (senderId !== personId && !may(meeting, senderId, 'attendance.declareOthers')) return refusal('permission.denied')
  if (!entry(meeting.participants, personId)) return refusal('participants.unknown')
  const made = (entry(meeting.attendance, personId)?.intervals ?? []).filter(({ by }) => by === personId).length
  return senderId === personId && made >= mostOwnIntervals ? refusal('attendance.tooMany', { most: mostOwnIntervals }) : null
}

/** A technician stands at one place and sees who is there; chair and secretary are told of every place. */
export function checkInRefusal(meeting: MeetingCommon, senderId: string, number: string, siteId: string | null | undefined): Refusal | null {
  const wrong = statusRefusal(meeting, 'scheduled', 'inSession', 'recess')
  if (wrong) return wrong
  const personId = personWithNumber(meeting.numbers, number)
  if (!personId || !entry(meeting.participants, personId)) return refusal('attendance.unknownNumber', { number })
  const own = entry(meeting.participants, senderId)?.siteId ?? null
  const elsewhere = siteId !== undefined && siteId !== own && !may(meeting, senderId, 'attendance.declareOthers')
  return elsewhere ? refusal('attendance.otherPlace') : null
}

/** Where a person is who is checked in: at the place named, at the technician's own, or where he is expected. */
export function checkInSite(meeting: MeetingCommon, senderId: string, personId: string, siteId: string | null | undefined): string | null {
  if (siteId !== undefined) return siteId
  const everywhere = may(meeting, senderId, 'attendance.declareOthers')
  return entry(meeting.participants, everywhere ? personId : senderId)?.siteId ?? null
}

/** Whether stand-ins vote is settled before the first of them is agreed to: nobody's vote may come or go by a change of the rules. */
export function rulesRefusal(meeting: MeetingCommon, change: Partial<AttendanceRules>): Refusal | null {
  const { substitutesVote = meeting.attendanceRules.substitutesVote } = change
  if (substitutesVote === meeting.attendanceRules.substitutesVote) return null
  const agreed = Object.keys(meeting.invitations).some((personId) => substituteOf(meeting, personId) !== null)
  return agreed ? refusal('attendance.substitutesAgreed') : null
}
