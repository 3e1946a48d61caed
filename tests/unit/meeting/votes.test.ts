import { describe, expect, test } from 'vitest'
import { audienceOf } from '../../../shared/meeting/audience.ts'
import { viewOf } from '../../../shared/meeting/view.ts'
import { bodyPresets, votePresets } from '../../../shared/meeting/votes/presets.ts'
import { ruleOf } from '../../../shared/meeting/votes/rule.ts'
import { unpackRoll } from '../../../shared/meeting/votes/roll.ts'
import { draftMeeting, meetingInSession, only, type Rehearsal } from '../../support/meeting/rehearsal.ts'
import { choiceOf } from '../../support/meeting/ballots.ts'

function seenBy(meeting: Rehearsal, personId: string) {
  const viewer = { personId, projector: false }
  return viewOf(meeting.state, audienceOf(meeting.state, viewer)!, viewer)
}

describe('a vote from draft to result', () => {
  test('opening freezes who is entitled and by which rule', () => {
    const { meeting, item } = meetingInSession()
    const voteId = meeting.draftVote(item, 'castMajority')
    meeting.do('secretary', 'votes:change', { voteId, title: 'Thông qua kế hoạch', method: 'named', matter: { kind: 'question' }, preset: 'committeeMajority' })
    const opened = only(meeting.do('chair', 'votes:open', { voteId }), 'vote.opened')
    expect(opened).toEqual({
      voteId, rule: ruleOf('committeeMajority'), entitled: ['chair', 'an', 'binh', 'chi'], quorum: { present: 4, members: 4, needed: 3, met: true }, closesAt: null, publicKey: null,
    })
    meeting.do('secretary', 'participants:invite', { participants: [{ personId: 'outsider', role: 'delegate', votes: true, siteId: null }] })
    meeting.do('outsider', 'attendance:declare', { presence: 'inRoom' })
    expect(meeting.refusal('outsider', 'votes:cast', { voteId, choice: 'approve' }).code).toBe('votes.notEntitled')
    expect(meeting.refusal('secretary', 'votes:remove', { voteId }).code).toBe('votes.frozen')
  })

  test('closing counts, publishes and keeps the roll in one append', () => {
    const { meeting, item } = meetingInSession()
    const voteId = meeting.openVote(item, 'committeeMajority')
    meeting.do('an', 'votes:cast', { voteId, choice: 'approve' })
    meeting.do('binh', 'votes:cast', { voteId, choice: 'abstain' })
    meeting.do('chair', 'votes:cast', { voteId, choice: 'approve' })
    const steps = meeting.do('chair', 'votes:close', { voteId })
    expect(steps.map(({ fact }) => fact.type)).toEqual(['vote.closed', 'vote.counted', 'vote.published'])
    expect(only(steps, 'vote.counted').roll).toEqual([
      { personId: 'chair', present: true, channel: 'tablet', choice: 'approve', chosen: null },
      { personId: 'an', present: true, channel: 'tablet', choice: 'approve', chosen: null },
      { personId: 'binh', present: true, channel: 'tablet', choice: 'abstain', chosen: null },
      { personId: 'chi', present: true, channel: null, choice: null, chosen: null },
    ])
    expect(meeting.state.votes[voteId]).toMatchObject({ status: 'published', result: { passed: false, needed: 3, counts: { approve: 2, reject: 0, abstain: 1, silent: 1 } } })
  })

  test('who cast and left counts as present; who lost the quorum meanwhile is counted honestly', () => {
    const { meeting, item } = meetingInSession()
    const voteId = meeting.openVote(item, 'committeeMajority')
    for (const one of ['chair', 'an'] as const) meeting.do(one, 'votes:cast', { voteId, choice: 'approve' })
    for (const one of ['an', 'binh', 'chi'] as const) meeting.do(one, 'attendance:declare', { presence: 'absent' })
    const { result } = only(meeting.do('chair', 'votes:close', { voteId }), 'vote.counted')
    expect(result).toMatchObject({ present: 2, passed: false, quorum: { present: 2, members: 4, needed: 3, met: false } })
  })

  test('a cancelled vote has no result, and a new round is a new vote', () => {
    const { meeting, item } = meetingInSession()
    const first = meeting.openVote(item)
    meeting.do('an', 'votes:cast', { voteId: first, choice: 'reject' })
    meeting.do('chair', 'votes:cancel', { voteId: first, reason: 'Đọc sai tên dự thảo' })
    expect(meeting.state.votes[first]).toMatchObject({ status: 'cancelled', result: null, roll: null, cancelReason: 'Đọc sai tên dự thảo' })
    const second = meeting.openVote(item)
    meeting.do('an', 'votes:cast', { voteId: second, choice: 'approve' })
    expect(choiceOf(meeting.state.votes[second]?.ballots.find(({ personId }) => personId === 'an'))).toBe('approve')
  })

  test('a member who may not see the item may not cast on it, nor learn that it is there', () => {
    const { meeting, secret } = meetingInSession()
    meeting.do('secretary', 'agenda:changeItem', { itemId: secret, access: ['an', 'binh', 'chi'] })
    const voteId = meeting.openVote(secret)
    meeting.do('secretary', 'agenda:changeItem', { itemId: secret, access: ['an', 'binh'] })
    expect(meeting.refusal('chi', 'votes:cast', { voteId, choice: 'approve' }).code).toBe('votes.unknown')
    meeting.do('an', 'votes:cast', { voteId, choice: 'approve' })
  })

  test('a vote is open in session only', () => {
    const { meeting, item } = draftMeeting()
    const voteId = meeting.draftVote(item)
    expect(meeting.refusal('chair', 'votes:open', { voteId }).code).toBe('meeting.notPublished')
    meeting.begin()
    meeting.do('chair', 'votes:open', { voteId })
    expect(meeting.refusal('chair', 'meeting:recess', {})).toEqual({ code: 'meeting.voteOpen', params: { title: 'Thông qua nghị quyết' } })
  })
})

describe('what others know of a vote', () => {
  test('drafts only those who prepare; ballots only their voters; the result everyone once it is published', () => {
    const { meeting, item } = meetingInSession()
    const voteId = meeting.draftVote(item)
    expect([Object.keys(seenBy(meeting, 'an').votes), Object.keys(seenBy(meeting, 'secretary').votes)]).toEqual([[], [voteId]])
    meeting.do('chair', 'votes:open', { voteId })
    meeting.do('an', 'votes:cast', { voteId, choice: 'reject' })
    expect(choiceOf(seenBy(meeting, 'an').votes[voteId]?.myBallot)).toBe('reject')
    for (const other of ['binh', 'chair', 'secretary']) expect(JSON.stringify(seenBy(meeting, other))).not.toContain('reject"')
    meeting.do('chair', 'votes:close', { voteId })
    expect(unpackRoll(seenBy(meeting, 'observer').votes[voteId]!)).toEqual(meeting.state.votes[voteId]?.roll)
  })
})

test('every body is offered presets that exist, its own majority first', () => {
  for (const body of Object.values(bodyPresets)) {
    for (const [kind, presets] of Object.entries(body)) for (const preset of presets) expect(votePresets[preset].matter).toBe(kind)
  }
  expect([bodyPresets.committee.question[0], bodyPresets.council.question[0], bodyPresets.plain.question[0]]).toEqual(['committeeMajority', 'councilMajority', 'presentMajority'])
})
