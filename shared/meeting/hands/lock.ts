import { siteOf } from '../attendance/place.ts'
import type { MeetingCommon } from '../state.ts'
import type { HandCount } from './state.ts'

type Hands = Pick<MeetingCommon, 'hands'>
type Meeting = Hands & Pick<MeetingCommon, 'participants' | 'attendance'>

/** The counts of a vote that were not withdrawn. */
export function countsOf({ hands }: Hands, voteId: string): HandCount[] {
  return Object.values(hands).filter((count) => count.voteId === voteId && count.status !== 'withdrawn')
}

/** A count that stands in the way of closing: nobody else has confirmed it yet. */
export function unconfirmedCount(meeting: Hands, voteId: string): HandCount | undefined {
  return countsOf(meeting, voteId).find(({ status }) => status !== 'confirmed')
}

/**
 * The count that locks this person's tablet for a vote: of the site where he is (DESIGN.md 10), or one that has counted him
 * already, wherever he has gone since; he would be counted twice.
 */
export function lockingCount(meeting: Meeting, voteId: string, personId: string): HandCount | undefined {
  const counts = countsOf(meeting, voteId)
  if (counts.length === 0) return undefined
  const siteId = siteOf(meeting, personId)
  return counts.find((count) => count.siteId === siteId || isCountedIn(count, personId))
}

export function isCountedIn({ entry }: HandCount, personId: string): boolean {
  return entry?.personIds.includes(personId) ?? false
}
