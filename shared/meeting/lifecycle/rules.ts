import { refusal, type Refusal } from '../../contracts/refusal.ts'
import type { Participant } from '../participants/state.ts'
import type { MeetingCommon } from '../state.ts'
import type { MeetingDetails, MeetingStatus } from './state.ts'

/** Null when the meeting is in one of `allowed`; else the reason, by the status it is in. */
export function statusRefusal(meeting: Pick<MeetingCommon, 'lifecycle'>, ...allowed: MeetingStatus[]): Refusal | null {
  const { status } = meeting.lifecycle
  if (allowed.includes(status)) return null
  switch (status) {
    case 'draft':
      return refusal('meeting.notPublished')
    case 'scheduled':
      return refusal('meeting.notOpen')
    case 'inSession':
      return refusal('meeting.inSession')
    case 'recess':
      return refusal('meeting.inRecess')
    case 'ended':
      return refusal('meeting.ended')
    case 'cancelled':
      return refusal('meeting.cancelled')
    case 'none':
      return refusal('notFound')
  }
}

export function detailsRefusal(details: MeetingDetails, participants: Record<string, Participant>): Refusal | null {
  if (details.endsAt <= details.startsAt) return refusal('meeting.endsBeforeStart')
  const stranded = Object.values(participants).some((one) => one.siteId !== null && !details.siteIds.includes(one.siteId))
  return stranded ? refusal('meeting.siteInUse') : null
}

/** A meeting can be published when somebody chairs it and there is something to talk about. */
export function publishRefusal(meeting: Pick<MeetingCommon, 'lifecycle' | 'participants' | 'items'>): Refusal | null {
  if (meeting.lifecycle.status !== 'draft') return refusal('meeting.alreadyPublished')
  if (!Object.values(meeting.participants).some((one) => one.role === 'chair')) return refusal('meeting.needsChair')
  if (Object.keys(meeting.items).length === 0) return refusal('meeting.needsAgenda')
  return null
}
