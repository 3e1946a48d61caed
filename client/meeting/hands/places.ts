import { peopleAt } from '../../../shared/meeting/attendance/place.ts'
import { isPresent } from '../../../shared/meeting/attendance/quorum.ts'
import { unreachableAt, type Connections } from '../../../shared/meeting/attendance/connections.ts'
import { countsOf } from '../../../shared/meeting/hands/lock.ts'
import type { HandCount } from '../../../shared/meeting/hands/state.ts'
import type { MeetingCommon } from '../../../shared/meeting/state.ts'
import type { VoteCommon } from '../../../shared/meeting/votes/state.ts'
import type { Turnout } from '../../../shared/contracts/live.ts'

type Meeting = Pick<MeetingCommon, 'participants' | 'attendance' | 'details' | 'hands'>

/** A place where votes may be counted by hand, or are. */
export interface HandPlace {
  /** Null: the main room. */
  siteId: string | null
  entitled: number
  present: number
  count: HandCount | null
}

/** The places where somebody entitled is, and those that are counted; the main room first, sites in the meeting's order. */
export function handPlaces(meeting: Meeting, vote: Pick<VoteCommon, 'voteId' | 'entitled'>): HandPlace[] {
  const counts = countsOf(meeting, vote.voteId)
  return [null, ...meeting.details.siteIds]
    .map((siteId): HandPlace => {
      const here = new Set(peopleAt(meeting, siteId))
      const entitled = vote.entitled.filter((personId) => here.has(personId))
      return { siteId, entitled: entitled.length, present: entitled.filter((personId) => isPresent(meeting, personId)).length, count: counts.find((one) => one.siteId === siteId) ?? null }
    })
    .filter(({ entitled, count }) => entitled > 0 || count !== null)
}

export interface UnreachedPlace {
  siteId: string | null
  /** Votes that cannot be reached by tablet now. */
  votes: number
}

/**
 * Where screens have been lost while a vote runs, past the grace time, and how many votes that leaves out of reach: not those who
 * never had a screen, nor those who have cast, nor a place that is being counted by hand.
 */
export function unreachedPlaces(meeting: Meeting, vote: Pick<VoteCommon, 'voteId' | 'entitled'>, connections: Connections, turnout: Turnout | null): UnreachedPlace[] {
  const lost = new Set(connections.lost.map(({ personId }) => personId))
  return handPlaces(meeting, vote).flatMap(({ siteId, count }) => {
    if (count) return []
    const gone = unreachableAt(meeting, connections, siteId, vote.entitled).filter((personId) => lost.has(personId)).length
    const told = turnout?.bySite.find((site) => site.siteId === siteId)
    const votes = told ? Math.min(gone, told.entitled - told.reachable) : gone
    return votes > 0 ? [{ siteId, votes }] : []
  })
}
