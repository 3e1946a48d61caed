import { describe, expect, test } from 'vitest'
import { evolve } from '../../../shared/meeting/evolve.ts'
import { emptyMeeting } from '../../../shared/meeting/state.ts'
import { resultSentence } from '../../../shared/meeting/votes/sentence.ts'
import { bringUpToDate, versionOf, type OldFact } from '../../../shared/meeting/versions.ts'

const old: OldFact = { seq: 7, type: 'vote.cast', v: 1, at: 1_795_000_000_000, by: 'an', commandId: 'command-1', data: { vote: 'v1', who: 'an', yes: true } }
const present = (type: string) => (type === 'vote.cast' ? 3 : 1)
const steps = {
  'vote.cast@1': (data: unknown) => {
    const { vote, who, yes } = data as { vote: string; who: string; yes: boolean }
    return { voteId: vote, personId: who, yes }
  },
  'vote.cast@2': (data: unknown) => {
    const { yes, ...rest } = data as { yes: boolean }
    return { ...rest, choice: yes ? 'approve' : 'reject' }
  },
}

describe('facts of earlier versions', () => {
  test('are brought up step by step, the envelope untouched', () => {
    expect(bringUpToDate(old, present, steps)).toEqual({ ...old, v: 3, data: { voteId: 'v1', personId: 'an', choice: 'approve' } })
    expect(bringUpToDate({ ...old, v: 2, data: { voteId: 'v1', personId: 'an', yes: false } }, present, steps)).toMatchObject({ v: 3, data: { choice: 'reject' } })
  })

  test('are never changed where they lie', () => {
    const before = structuredClone(old)
    bringUpToDate(old, present, steps)
    expect(old).toEqual(before)
  })

  test('of today’s version stay as they are', () => {
    expect(bringUpToDate({ ...old, v: 3 }, present, steps)).toEqual({ ...old, v: 3 })
    expect(bringUpToDate({ ...old, v: versionOf('vote.cast') })).toMatchObject({ v: versionOf('vote.cast'), data: old.data })
  })

  test('of a newer hub, or without a way up, stop the reading instead of being guessed', () => {
    expect(() => bringUpToDate({ ...old, v: 4 }, present, steps)).toThrow('written by a newer hub')
    expect(() => bringUpToDate(old, present, { 'vote.cast@2': steps['vote.cast@2'] })).toThrow('no way from vote.cast v1 to v2')
  })
})

describe('votes as issue 2 wrote them', () => {
  const rule = { preset: 'committeeMajority', base: 'totalMembers', threshold: { kind: 'moreThan', numerator: 1, denominator: 2 }, tie: 'chairSide', quorum: { numerator: 2, denominator: 3 } }
  const quorum = { present: 3, members: 4, needed: 3, met: true }
  const counts = { approve: 2, reject: 0, abstain: 1, invalid: 0, silent: 1 }
  const result = { counts, totalMembers: 4, present: 3, cast: 3, valid: 3, base: 4, needed: 3, passed: false, decidedBy: 'threshold', quorum }
  const roll = [
    { personId: 'chair', present: true, choice: 'approve' }, { personId: 'an', present: true, choice: 'approve' },
    { personId: 'binh', present: true, choice: 'abstain' }, { personId: 'chi', present: false, choice: null },
  ]
  const stored: [string, object][] = [
    ['vote.drafted', { voteId: 'v1', itemId: 'i1', title: 'Thông qua', rule: { ...rule, preset: 'castMajority' } }],
    ['vote.changed', { voteId: 'v1', title: 'Thông qua kế hoạch', rule }],
    ['vote.opened', { voteId: 'v1', rule, entitled: ['chair', 'an', 'binh', 'chi'], quorum }],
    ['vote.cast', { voteId: 'v1', personId: 'an', choice: 'approve' }],
    ['vote.closed', { voteId: 'v1' }],
    ['vote.counted', { voteId: 'v1', result, roll }],
    ['vote.published', { voteId: 'v1' }],
    ['vote.drafted', { voteId: 'v2', itemId: 'i1', title: 'Lần hai', rule }],
    ['vote.opened', { voteId: 'v2', rule, entitled: ['chair', 'an'], quorum }],
    ['vote.cancelled', { voteId: 'v2', reason: 'Nhầm' }],
  ]

  test('are read as named questions of today', () => {
    const facts = stored.map(([type, data], index) => bringUpToDate({ seq: index + 1, type, v: 1, at: 1_795_000_000_000 + index, by: 'chair', commandId: `command-${index}`, data }))
    const { votes } = facts.reduce(evolve, emptyMeeting('old'))
    expect(votes.v1).toMatchObject({
      status: 'published', title: 'Thông qua kế hoạch', method: 'named', matter: { kind: 'question' }, sittingId: null, closesAfterSeconds: null, closesAt: null,
      rule: { preset: 'committeeMajority', changeable: false }, publicKey: null, held: false, quorumAtClosing: null,
      result: { kind: 'question', counts, sources: { tablet: { approve: 2, abstain: 1 }, hands: { approve: 0 } }, bySite: [], revealing: null },
    })
    expect(votes.v1?.roll?.map(({ personId, channel, choice }) => [personId, channel, choice])).toEqual([
      ['chair', 'tablet', 'approve'], ['an', 'tablet', 'approve'], ['binh', 'tablet', 'abstain'], ['chi', null, null],
    ])
    expect(votes.v2).toMatchObject({ status: 'cancelled', cancelReason: 'Nhầm', cancelledBy: 'chair' })
    expect(votes.v1 && resultSentence(votes.v1, 'vi')).toBe('Không thông qua: 2/4 tán thành, chưa đạt quá nửa tổng số thành viên (cần 3).')
  })
})
