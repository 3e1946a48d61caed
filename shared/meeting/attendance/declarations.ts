import { refusal, type Refusal } from '../../contracts/refusal.ts'
import type { NewFact } from '../fact.ts'
import type { MeetingCommon } from '../state.ts'
import type { AttendanceFacts } from './facts.ts'
import { presenceOf } from './quorum.ts'
import type { Presence } from './state.ts'

type Declared = AttendanceFacts['attendance.declared']

/** A site belongs to a presence at a site, and only there. */
export function placeRefusal(meeting: Pick<MeetingCommon, 'details'>, presence: Presence, siteId: string | null): Refusal | null {
  const right = presence === 'atSite' ? siteId !== null && meeting.details.siteIds.includes(siteId) : siteId === null
  return right ? null : refusal('attendance.unknownSite')
}

/** The facts of these declarations, without those that would change nothing. */
export function declarations(meeting: Pick<MeetingCommon, 'participants' | 'attendance'>, declared: readonly Declared[]): NewFact[] {
  return declared
    .filter(({ personId, presence, siteId }) => {
      const now = presenceOf(meeting, personId)
      return now?.presence !== presence || now.siteId !== siteId
    })
    .map((data): NewFact => ({ type: 'attendance.declared', data }))
}

/** Presence where a person is expected. */
export function presenceAt(siteId: string | null): Pick<Declared, 'presence' | 'siteId'> {
  return siteId === null ? { presence: 'inRoom', siteId } : { presence: 'atSite', siteId }
}
