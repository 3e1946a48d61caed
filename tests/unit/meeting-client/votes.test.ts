import { describe, expect, test } from 'vitest'
import { clockWords, nearlyOver, remaining } from '../../../client/meeting/votes/countdown.ts'
import { draftProblems, draftText, emptyFields, fieldsOf, fittingPreset, presetsFor, ruleFrom, textOf } from '../../../client/meeting/votes/draft-fields.ts'
import { ballotsOf, handKey, together } from '../../../client/meeting/votes/hand.ts'
import { isFull, missing, tapped } from '../../../client/meeting/votes/marks.ts'
import { waitingOf } from '../../../client/meeting/votes/standing.ts'
import { audienceOf } from '../../../shared/meeting/audience.ts'
import type { VoteView } from '../../../shared/meeting/votes/state.ts'
import { viewOf, type MeetingView } from '../../../shared/meeting/view.ts'
import { prepareMeeting } from '../../support/scene.ts'
import { TinyHub } from '../../support/tiny-hub.ts'

let ids = 0
const newId = () => `id-${++ids}`
const list = { kind: 'election' as const, candidates: ['a', 'b', 'c', 'd'].map((candidateId) => ({ candidateId, label: candidateId })), least: 1, most: 2, seats: 2 }

describe('marks on a list', () => {
  test('a tap marks, another takes the mark away, and marks stand in the order of the list', () => {
    expect(tapped(list, null, 'c')).toEqual(['c'])
    expect(tapped(list, ['c'], 'a')).toEqual(['a', 'c'])
    expect(tapped(list, ['a', 'c'], 'a')).toEqual(['c'])
    expect(tapped(list, ['c'], 'c')).toBeNull()
  })

  test('a full list takes no more', () => {
    expect(isFull(list, ['a', 'b'])).toBe(true)
    expect(tapped(list, ['a', 'b'], 'c')).toEqual(['a', 'b'])
  })

  test('marking after abstaining takes the abstention back', () => {
    expect(tapped(list, [], 'b')).toEqual(['b'])
  })

  test('a ballot can be sent when enough are named, or nobody on purpose', () => {
    expect(missing({ ...list, least: 2 }, null)).toBe(2)
    expect(missing({ ...list, least: 2 }, ['a'])).toBe(1)
    expect(missing({ ...list, least: 2 }, ['a', 'b'])).toBe(0)
    expect(missing({ ...list, least: 2 }, [])).toBe(0)
    expect(missing({ kind: 'question' }, null)).toBe(1)
    expect(missing({ kind: 'question' }, ['approve'])).toBe(0)
  })
})

describe('the countdown', () => {
  test('counts whole seconds, is near the end from half a minute on, and never below nothing', () => {
    expect(remaining(null, 0)).toBeNull()
    expect(remaining(100_000, 1)).toEqual({ seconds: 100, phase: 'calm' })
    expect(remaining(nearlyOver * 1000, 0)).toEqual({ seconds: nearlyOver, phase: 'near' })
    expect(remaining(1000, 999)).toEqual({ seconds: 1, phase: 'near' })
    expect(remaining(1000, 1000)).toEqual({ seconds: 0, phase: 'over' })
    expect(remaining(1000, 60_000)).toEqual({ seconds: 0, phase: 'over' })
  })

  test('is written as clocks are', () => {
    expect([9, 65, 600, 3723].map(clockWords)).toEqual(['0:09', '1:05', '10:00', '1:02:03'])
  })
})

describe('a draft in the form', () => {
  const election = { ...emptyFields('council', newId), kind: 'election' as const, title: ' Bầu Ban kiểm phiếu ', candidates: ['Lê An', ' Trần Bình ', ''].map((label) => ({ candidateId: newId(), label })) }

  test('begins with the usual rule of the body', () => {
    expect(emptyFields('committee', newId).preset).toBe('committeeMajority')
    expect(emptyFields('council', newId).preset).toBe('councilMajority')
  })

  test('names every problem before anything is sent', () => {
    const problems = (part: object) => draftProblems({ ...election, ...part })
    expect(problems({})).toEqual([])
    expect(problems({ title: '  ' })).toEqual(['title'])
    expect(problems({ candidates: election.candidates.slice(1) })).toEqual(['candidates'])
    expect(problems({ candidates: [...election.candidates, { candidateId: 'x', label: 'lê an' }] })).toEqual(['candidateTwice'])
    expect(problems({ seats: 3 })).toEqual(['seats'])
    expect(problems({ most: 3 })).toEqual(['limits'])
    expect(problems({ least: 2, most: 1 })).toEqual(['limits'])
    expect(problems({ kind: 'question', candidates: [], seats: 99 })).toEqual([])
  })

  test('sends trimmed words and no empty line of the list', () => {
    expect(draftText({ ...election, preset: 'electionMajority' })).toEqual({
      title: 'Bầu Ban kiểm phiếu', method: 'named', preset: 'electionMajority', closesAfterSeconds: null,
      matter: { kind: 'election', candidates: [{ candidateId: election.candidates[0]?.candidateId, label: 'Lê An' }, { candidateId: election.candidates[1]?.candidateId, label: 'Trần Bình' }], seats: 1, least: 1, most: 1 },
    })
  })

  test('a secret vote never follows the side of the chair: the preset gives way, and so does a tie set by hand', () => {
    const fields = emptyFields('committee', newId)
    expect(fittingPreset({ ...fields, method: 'secret' }, 'committee')).toBe('committeeSecret')
    expect(fittingPreset({ ...fields, kind: 'election' }, 'committee')).toBe('electionMajority')
    const own = { ...fields, preset: 'custom' as const, method: 'secret' as const, rule: { ...fields.rule, tie: 'chairSide' as const, changeable: true } }
    expect(draftText(own).rule).toMatchObject({ tie: 'rejected', changeable: false })
    expect(ruleFrom(own)).toMatchObject({ tie: 'rejected', changeable: false })
  })

  test('a preset that another body uses stays in sight while such a draft is changed', () => {
    expect(presetsFor({ kind: 'question', preset: 'castMajority' }, 'council')).toContain('castMajority')
    expect(presetsFor({ kind: 'election', preset: 'castMajority' }, 'council')).not.toContain('castMajority')
  })
})

describe('the votes of a meeting on one screen', () => {
  function sitting(): { hub: TinyHub; votes: () => VoteView[]; view: () => MeetingView } {
    const hub = new TinyHub()
    prepareMeeting(hub)
    const [itemId = ''] = Object.keys(hub.state.items)
    for (const [index, title] of ['Một', 'Hai', 'Ba'].entries()) {
      hub.do('lan', { type: 'votes:draft', data: { itemId, title, method: 'named', matter: index === 1 ? list : { kind: 'question' }, preset: index === 1 ? 'electionRelative' : 'castMajority', sittingId: 'sitting-1' } })
    }
    for (const personId of ['an', 'binh', 'chi']) hub.do(personId, { type: 'attendance:declare', data: personId === 'chi' ? { presence: 'atSite', siteId: 'site-1' } : { presence: 'inRoom' } })
    hub.do('an', { type: 'meeting:open', data: {} })
    const viewer = { personId: 'binh', projector: false }
    const view = () => viewOf(hub.state, audienceOf(hub.state, viewer)!, viewer)
    return { hub, view, votes: () => together(view(), Object.values(view().votes)[0]!) }
  }

  test('a sitting opens as one, and its ballots are asked for one after the other', () => {
    const { hub, votes } = sitting()
    hub.do('lan', { type: 'votes:open', data: { voteId: Object.keys(hub.state.votes)[0]! } })
    expect(new Set(votes().map(handKey))).toEqual(new Set(['sitting-1']))
    expect(ballotsOf(votes(), 'binh')).toMatchObject({ all: 3, sent: 0, next: { title: 'Một' } })
    const [first, second, third] = votes().map(({ voteId }) => voteId) as [string, string, string]
    hub.do('binh', { type: 'votes:cast', data: { voteId: first, choice: 'approve' } })
    hub.do('binh', { type: 'votes:cast', data: { voteId: second, chosen: ['a', 'd'] } })
    expect(ballotsOf(votes(), 'binh')).toMatchObject({ all: 3, sent: 2, next: { title: 'Ba' } })
    hub.do('lan', { type: 'votes:close', data: { voteId: third } })
    expect(ballotsOf(votes(), 'binh')).toMatchObject({ all: 3, sent: 2, next: null })
    expect(ballotsOf(votes(), 'nobody')).toEqual({ all: 0, sent: 0, next: null })
  })

  test('what has closed says what its result waits for: the others, then the chair', () => {
    const { hub, votes, view } = sitting()
    const [first = '', second = '', third = ''] = Object.keys(hub.state.votes)
    hub.do('lan', { type: 'votes:open', data: { voteId: first } })
    const waiting = () => votes().map((vote) => waitingOf(view(), vote))
    expect(waiting()).toEqual([null, null, null])
    hub.do('lan', { type: 'votes:close', data: { voteId: second } })
    expect(waiting()).toEqual([null, 'sitting', null])
    hub.do('lan', { type: 'votes:closeAll', data: { voteId: third, held: true } })
    expect(waiting()).toEqual(['held', 'held', 'held'])
    hub.do('lan', { type: 'votes:publish', data: { voteId: first } })
    expect(waiting()).toEqual([null, null, null])
  })

  test('a draft comes back into the form as it was, and out of it unchanged', () => {
    const { hub } = sitting()
    const viewer = { personId: 'lan', projector: false }
    const view = viewOf(hub.state, audienceOf(hub.state, viewer)!, viewer)
    const drafts = Object.values(view.votes)
    for (const vote of drafts) {
      const fields = fieldsOf(vote, drafts.filter((other) => other !== vote), 'committee', newId)
      expect(draftText(fields)).toEqual(textOf(vote))
      expect(fields.beside).not.toBeNull()
      expect(ruleFrom(fields)).toEqual(vote.rule)
    }
  })
})
