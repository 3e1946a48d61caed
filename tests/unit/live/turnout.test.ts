import { expect, test } from 'vitest'
import { turnoutsOf } from '../../../server/live/turnout.ts'
import { meetingInSession } from '../../support/meeting/rehearsal.ts'

test('turnout is of all channels: a count by hand is in it once it is confirmed, at its own site', () => {
  const { meeting, item } = meetingInSession()
  meeting.do('secretary', 'attendance:declareMany', { personIds: ['binh', 'chi'], presence: 'atSite', siteId: 'site-1' })
  const voteId = meeting.openVote(item)
  const told = () => turnoutsOf(meeting.state, (personId) => personId === 'an')[0]
  meeting.do('an', 'votes:cast', { voteId, choice: 'approve' })
  const countId = meeting.beginCount(voteId, 'site-1', 'telephone')
  meeting.do('secretary', 'hands:enter', { countId, counts: { approve: 1, reject: 1, abstain: 0 } })
  expect(told()).toMatchObject({ cast: 1, entitled: 4, bySite: [{ siteId: null, cast: 1, reachable: 1 }, { siteId: 'site-1', cast: 0, entitled: 2, reachable: 0 }] })
  meeting.do('chair', 'hands:confirm', { countId })
  meeting.do('chi', 'attendance:declare', { presence: 'inRoom' })
  expect(told()).toMatchObject({ cast: 3, bySite: [{ siteId: null, cast: 1, entitled: 2 }, { siteId: 'site-1', cast: 2, entitled: 2, reachable: 2 }] })
})
