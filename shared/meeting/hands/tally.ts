import type { MeetingCommon } from '../state.ts'
import { countsOf } from './lock.ts'
import type { HandChannel, HandEntry } from './state.ts'

export interface ConfirmedCount extends HandEntry {
  channel: HandChannel
  siteId: string | null
}

/** The counts by hand and telephone of a vote that a second person has confirmed: nothing else is counted. */
export function confirmedCounts(meeting: Pick<MeetingCommon, 'hands'>, voteId: string): ConfirmedCount[] {
  return countsOf(meeting, voteId).flatMap(({ status, channel, siteId, entry }) => (status === 'confirmed' && entry ? [{ ...entry, channel, siteId }] : []))
}
