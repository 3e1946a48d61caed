import { entry } from '../entities.ts'
import type { MeetingCommon } from '../state.ts'
import { isPresent, presenceOf } from './quorum.ts'

type Roll = Pick<MeetingCommon, 'participants' | 'attendance'>

/** The site where a person is declared present, or is expected while he is not; null: the main room. */
export function siteOf(meeting: Roll, personId: string): string | null {
  const now = presenceOf(meeting, personId)
  if (now && now.presence !== 'absent') return now.siteId
  return entry(meeting.participants, personId)?.siteId ?? null
}

/** Participants whose place it is, present or not. Null: the main room. */
export function peopleAt(meeting: Roll, siteId: string | null): string[] {
  return Object.keys(meeting.participants).filter((personId) => siteOf(meeting, personId) === siteId)
}

/** Participants declared present there. */
export function presentAt(meeting: Roll, siteId: string | null): string[] {
  return peopleAt(meeting, siteId).filter((personId) => isPresent(meeting, personId))
}
