import { expect, test } from 'vitest'
import { handPlaces, unreachedPlaces } from '../../../client/meeting/hands/places.ts'
import type { Connections } from '../../../shared/meeting/attendance/connections.ts'
import type { Turnout } from '../../../shared/contracts/live.ts'
import { meetingInSession } from '../../support/meeting/rehearsal.ts'

/** Chair and `an` in the main room, `binh` and `chi` at site-1, a vote open. */
function scene() {
  const { meeting, item } = meetingInSession()
  meeting.do('secretary', 'attendance:declareMany', { personIds: ['binh', 'chi'], presence: 'atSite', siteId: 'site-1' })
  const voteId = meeting.openVote(item)
  const vote = () => meeting.state.votes[voteId]!
  return { meeting, voteId, vote }
}

const lost = (...personIds: string[]): Connections => ({ connected: ['chair', 'an', 'binh', 'chi'].filter((id) => !personIds.includes(id)), lost: personIds.map((personId) => ({ personId, since: 1 })) })
const turnout = (voteId: string, reachable: number): Turnout => ({ voteId, cast: 0, entitled: 4, bySite: [{ siteId: null, cast: 0, entitled: 2, reachable: 2 }, { siteId: 'site-1', cast: 0, entitled: 2, reachable }] })

test('places are those where somebody entitled is, the main room first', () => {
  const { meeting, vote } = scene()
  expect(handPlaces(meeting.state, vote())).toEqual([
    { siteId: null, entitled: 2, present: 2, count: null }, { siteId: 'site-1', entitled: 2, present: 2, count: null },
  ])
})

test('a site that drops has its votes out of reach, until it comes back', () => {
  const { meeting, voteId, vote } = scene()
  expect(unreachedPlaces(meeting.state, vote(), lost('binh', 'chi'), turnout(voteId, 0))).toEqual([{ siteId: 'site-1', votes: 2 }])
  expect(unreachedPlaces(meeting.state, vote(), lost('binh', 'chi'), null)).toEqual([{ siteId: 'site-1', votes: 2 }])
  expect(unreachedPlaces(meeting.state, vote(), lost(), turnout(voteId, 2))).toEqual([])
})

test('who has cast before his screen was lost is not missing', () => {
  const { meeting, voteId, vote } = scene()
  expect(unreachedPlaces(meeting.state, vote(), lost('binh', 'chi'), turnout(voteId, 1))).toEqual([{ siteId: 'site-1', votes: 1 }])
  expect(unreachedPlaces(meeting.state, vote(), lost('binh', 'chi'), turnout(voteId, 2))).toEqual([])
})

test('who never had a screen is not out of reach, and a place that is counted by hand is taken care of', () => {
  const { meeting, voteId, vote } = scene()
  expect(unreachedPlaces(meeting.state, vote(), { connected: ['chair', 'an'], lost: [] }, turnout(voteId, 0))).toEqual([])
  const countId = meeting.beginCount(voteId, 'site-1', 'telephone')
  expect(unreachedPlaces(meeting.state, vote(), lost('binh', 'chi'), turnout(voteId, 0))).toEqual([])
  expect(handPlaces(meeting.state, vote())[1]?.count?.countId).toBe(countId)
})
