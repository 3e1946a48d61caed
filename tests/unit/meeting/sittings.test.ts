import { describe, expect, test } from 'vitest'
import { openRefusal } from '../../../shared/meeting/votes/rules.ts'
import { choiceOf, countsOf } from '../../support/meeting/ballots.ts'
import { meetingInSession, type Rehearsal } from '../../support/meeting/rehearsal.ts'
import { seal } from '../../support/meeting/sealing.ts'

const status = (meeting: Rehearsal, ...ids: string[]) => ids.map((voteId) => meeting.state.votes[voteId]?.status)

/** Three drafts of one sitting, the last one secret. */
function sitting() {
  const { meeting, item, secret } = meetingInSession()
  const [a, b] = [meeting.draftVote(item, 'presentMajority', { sittingId: 'dot-1' }), meeting.draftVote(item, 'castMajority', { sittingId: 'dot-1', closesAfterSeconds: 60 })]
  const c = meeting.draftVote(item, 'presentMajority', { sittingId: 'dot-1', method: 'secret' })
  return { meeting, item, secret, a, b, c }
}

describe('a sitting', () => {
  test('opens whole in one append, each vote with its own rule, deadline and key', () => {
    const { meeting, a, b, c } = sitting()
    const steps = meeting.do('chair', 'votes:open', { voteId: b })
    expect(steps.map(({ fact }) => fact.type === 'vote.opened' && fact.data.voteId)).toEqual([a, b, c])
    expect([a, b, c].map((voteId) => meeting.state.votes[voteId]?.closesAt !== null)).toEqual([false, true, false])
    expect([a, b, c].map((voteId) => meeting.state.votes[voteId]?.publicKey !== null)).toEqual([false, false, true])
  })

  test('is given more time as a whole, from its deadline or from now; what has closed stays closed', () => {
    const { meeting, a, b, c } = sitting()
    meeting.do('chair', 'votes:open', { voteId: a })
    meeting.do('chair', 'votes:close', { voteId: a })
    const before = meeting.state.votes[b]!.closesAt!
    const steps = meeting.do('chair', 'votes:extend', { voteId: c, seconds: 60 })
    expect(steps.map(({ fact }) => (fact.data as { voteId: string }).voteId)).toEqual([b, c])
    expect(meeting.state.votes[b]!.closesAt).toBe(before + 60_000)
    expect(meeting.state.votes[c]!.closesAt).toBe(steps[0]!.fact.at + 60_000)
  })

  test('does not open when one of its votes may not, nor beside another', () => {
    const { meeting, item, secret, a, b } = sitting()
    const other = meeting.openVote(item)
    expect(openRefusal(meeting.state, a)?.code).toBe('votes.anotherOpen')
    meeting.do('chair', 'votes:cancel', { voteId: other, reason: 'Nhầm' })
    meeting.do('secretary', 'votes:change', { voteId: b, title: 'Thông qua', method: 'named', matter: { kind: 'question' }, preset: 'councilTwoThirds', sittingId: 'dot-1' })
    for (const personId of ['an', 'binh'] as const) meeting.do(personId, 'attendance:declare', { presence: 'absent' })
    expect(meeting.refusal('chair', 'votes:open', { voteId: a })).toEqual({ code: 'votes.noQuorum', params: { present: 2, needed: 3, members: 4 } })
    const hidden = meeting.draftVote(secret, 'presentMajority', { sittingId: 'dot-2' })
    expect(meeting.refusal('chair', 'votes:open', { voteId: hidden }).code).toBe('votes.memberWithoutAccess')
  })

  test('publishes nothing before its last vote is closed and counted, then everything', () => {
    const { meeting, a, b, c } = sitting()
    meeting.do('chair', 'votes:open', { voteId: a })
    meeting.do('an', 'votes:cast', { voteId: c, sealed: seal(['approve']) })
    meeting.do('chair', 'votes:close', { voteId: a })
    meeting.do('chair', 'votes:close', { voteId: c })
    expect(status(meeting, a, b, c)).toEqual(['counted', 'open', 'closed'])
    meeting.do(null, 'votes:count', { voteId: c })
    expect(status(meeting, a, b, c)).toEqual(['counted', 'open', 'counted'])
    expect(meeting.do('chair', 'votes:close', { voteId: b }).map(({ fact }) => fact.type)).toEqual(['vote.closed', 'vote.counted', 'vote.published', 'vote.published', 'vote.published'])
  })

  test('a secret vote that closes last publishes all when it is counted', () => {
    const { meeting, a, b, c } = sitting()
    meeting.do('chair', 'votes:open', { voteId: a })
    meeting.do('chair', 'votes:closeAll', { voteId: c })
    expect(status(meeting, a, b, c)).toEqual(['counted', 'counted', 'closed'])
    meeting.do(null, 'votes:count', { voteId: c })
    expect(status(meeting, a, b, c)).toEqual(['published', 'published', 'published'])
  })

  test('a vote of it that is cancelled, or void, holds nothing back', () => {
    for (const by of ['chair', null]) {
      const { meeting, a, b, c } = sitting()
      meeting.do('chair', 'votes:open', { voteId: a })
      meeting.do('chair', 'votes:close', { voteId: a })
      meeting.do('chair', 'votes:close', { voteId: b })
      if (by) meeting.do(by, 'votes:cancel', { voteId: c, reason: 'Danh sách có sai sót' })
      else meeting.do(by, 'votes:void', { voteId: c })
      expect(status(meeting, a, b, c)).toEqual(['published', 'published', 'cancelled'])
    }
  })

  test('the next one opens while none is running', () => {
    const { meeting, item, a } = sitting()
    meeting.do('chair', 'votes:open', { voteId: a })
    const next = meeting.draftVote(item, 'presentMajority', { sittingId: 'dot-2' })
    expect(meeting.refusal('chair', 'votes:open', { voteId: next }).code).toBe('votes.anotherOpen')
    meeting.do('chair', 'votes:closeAll', { voteId: a })
    meeting.do('chair', 'votes:open', { voteId: next })
  })
})

describe('a result that is held', () => {
  test('is nobody’s until it is published, and the meeting does not end without it', () => {
    const { meeting, item } = meetingInSession()
    const voteId = meeting.openVote(item)
    meeting.do('chair', 'votes:close', { voteId, held: true })
    expect(status(meeting, voteId)).toEqual(['counted'])
    expect(meeting.refusal('chair', 'meeting:end', {})).toEqual({ code: 'meeting.voteUnpublished', params: { title: 'Thông qua nghị quyết' } })
    meeting.do('secretary', 'votes:publish', { voteId })
    expect(status(meeting, voteId)).toEqual(['published'])
    meeting.do('chair', 'meeting:end', {})
  })

  test('holds back its whole sitting, also one that is cancelled or counted after it', () => {
    const { meeting, a, b, c } = sitting()
    meeting.do('chair', 'votes:open', { voteId: a })
    meeting.do('chair', 'votes:close', { voteId: a, held: true })
    meeting.do('chair', 'votes:close', { voteId: c })
    meeting.do('chair', 'votes:cancel', { voteId: b, reason: 'Nhầm' })
    meeting.do(null, 'votes:count', { voteId: c })
    expect(status(meeting, a, b, c)).toEqual(['counted', 'cancelled', 'counted'])
    meeting.do('chair', 'votes:publish', { voteId: c })
    expect(status(meeting, a, b, c)).toEqual(['published', 'cancelled', 'published'])
  })
})

describe('a ballot that may be changed', () => {
  test('counts as it was last, once; what was sent before stays in the log', () => {
    const { meeting, item } = meetingInSession()
    const voteId = meeting.openVote(item, 'opinion')
    meeting.do('an', 'votes:cast', { voteId, choice: 'approve' })
    meeting.do('binh', 'votes:cast', { voteId, choice: 'approve' })
    const [changed] = meeting.do('an', 'votes:cast', { voteId, choice: 'reject' })
    expect(changed?.fact).toMatchObject({ type: 'vote.cast', data: { personId: 'an', choice: 'reject' } })
    expect(meeting.state.votes[voteId]?.ballots.map((ballot) => [ballot.personId, choiceOf(ballot)])).toEqual([['an', 'reject'], ['binh', 'approve']])
    meeting.do('chair', 'votes:close', { voteId })
    expect(countsOf(meeting.state.votes[voteId]?.result)).toMatchObject({ approve: 1, reject: 1, silent: 2 })
    expect(meeting.refusal('an', 'votes:cast', { voteId, choice: 'approve' }).code).toBe('votes.notOpen')
  })

  test('only by who is still there', () => {
    const { meeting, item } = meetingInSession()
    const voteId = meeting.openVote(item, 'opinion')
    meeting.do('an', 'votes:cast', { voteId, choice: 'approve' })
    meeting.do('an', 'attendance:declare', { presence: 'absent' })
    expect(meeting.refusal('an', 'votes:cast', { voteId, choice: 'reject' }).code).toBe('votes.notPresent')
    meeting.do('chair', 'votes:close', { voteId })
    expect(countsOf(meeting.state.votes[voteId]?.result)).toMatchObject({ approve: 1 })
  })
})
