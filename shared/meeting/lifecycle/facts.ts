import type { MeetingDetails } from './state.ts'

export interface LifecycleFacts {
  'meeting.created': MeetingDetails
  'meeting.changed': Partial<MeetingDetails>
  'meeting.published': Record<string, never>
  /** Voting members declared present, and all voting members, when the chair opened. */
  'meeting.opened': { present: number; members: number }
  'meeting.recessed': Record<string, never>
  'meeting.resumed': Record<string, never>
  'meeting.ended': Record<string, never>
  'meeting.cancelled': { reason: string }
}
