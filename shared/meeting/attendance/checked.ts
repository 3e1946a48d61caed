import type { NewFact } from '../fact.ts'
import type { MeetingCommon } from '../state.ts'
import { bodyQuorum } from '../votes/rule.ts'
import { quorumFigures, type QuorumFigures } from './quorum.ts'
import type { QuorumOccasion } from './state.ts'

/** The quorum by the rule of the meeting's body. */
export function bodyQuorumFigures(meeting: Pick<MeetingCommon, 'participants' | 'attendance' | 'details'>): QuorumFigures {
  return quorumFigures(meeting, bodyQuorum[meeting.details.body])
}

export function quorumChecked(meeting: Pick<MeetingCommon, 'participants' | 'attendance' | 'details'>, occasion: QuorumOccasion): NewFact {
  return { type: 'quorum.checked', data: { ...bodyQuorumFigures(meeting), occasion } }
}
