import { describe, expect, test } from 'vitest'
import { audienceOf } from '../../../shared/meeting/audience.ts'
import { project } from '../../../shared/meeting/project.ts'
import { viewOf } from '../../../shared/meeting/view.ts'
import type { ElectionMatter } from '../../../shared/meeting/votes/matter.ts'
import { revealingBefore } from '../../../shared/meeting/votes/secrecy.ts'
import { council } from '../../support/meeting/council.ts'
import { meetingInSession, only, type Rehearsal } from '../../support/meeting/rehearsal.ts'
import { seal } from '../../support/meeting/sealing.ts'

function openSecret(members = 12): { meeting: Rehearsal; voteId: string; people: string[] } {
  const { meeting, item, people } = council(members)
  return { meeting, voteId: meeting.openVote(item, 'presentMajority', { method: 'secret' }), people }
}

function resultOf(meeting: Rehearsal, voteId: string) {
  const result = meeting.state.votes[voteId]?.result
  return result?.kind === 'question' ? result : expect.fail('no result')
}

describe('a secret vote', () => {
  test('opens with the key its ballots are sealed to, and closes in two appends', () => {
    const { meeting, voteId } = openSecret()
    expect(meeting.state.votes[voteId]).toMatchObject({ status: 'open', publicKey: `key-of-${voteId}`, rule: { changeable: false } })
    meeting.do('chair', 'votes:cast', { voteId, sealed: seal(['approve']) })
    const closed = meeting.do('chair', 'votes:close', { voteId })
    expect(closed.map(({ fact }) => fact.type)).toEqual(['vote.closed'])
    expect(only(closed, 'vote.closed').quorum).toEqual({ present: 12, members: 12, needed: 0, met: true })
    const counted = meeting.do(null, 'votes:count', { voteId })
    expect(counted.map(({ fact }) => [fact.type, fact.by])).toEqual([['vote.counted', null], ['vote.published', null]])
  })

  test('says of everybody whether he voted and of nobody how; what was sealed is thrown away with the count', () => {
    const { meeting, voteId, people } = openSecret()
    people.slice(0, 9).forEach((personId, index) => meeting.do(personId, 'votes:cast', { voteId, sealed: seal([index < 6 ? 'approve' : 'reject']) }))
    meeting.do('chair', 'votes:close', { voteId })
    const { roll, result } = only(meeting.do(null, 'votes:count', { voteId }), 'vote.counted')
    expect(roll.filter(({ channel }) => channel === 'tablet')).toHaveLength(9)
    expect(new Set(roll.map(({ choice, chosen }) => JSON.stringify([choice, chosen])))).toEqual(new Set(['[null,null]']))
    expect(result).toMatchObject({ counts: { approve: 6, reject: 3, silent: 3 }, revealing: null, passed: false, needed: 7 })
    expect(JSON.stringify(meeting.state)).not.toContain(seal(['approve']))
  })

  test('the voter’s screens know that he voted, not what he sent; nobody else’s know more than the turnout', () => {
    const { meeting, voteId } = openSecret()
    const [step] = meeting.do('member-2', 'votes:cast', { voteId, sealed: seal(['reject']) })
    const told = (personId: string) => (step ? project(step, { personId, projector: false }) : null)
    expect(told('member-2')).toMatchObject([{ type: 'vote.sealed', data: { voteId, personId: 'member-2', sealed: '' } }])
    expect([told('chair'), told('secretary'), told('member-3')]).toEqual([[], [], []])
    const viewer = { personId: 'member-2', projector: false }
    expect(viewOf(meeting.state, audienceOf(meeting.state, viewer)!, viewer).votes[voteId]?.myBallot).toEqual({ personId: 'member-2', sealed: null, at: expect.any(Number) })
  })

  test('takes one ballot of each, of its own kind and length', () => {
    const { meeting, voteId } = openSecret()
    meeting.do('member-2', 'votes:cast', { voteId, sealed: seal(['reject']) })
    expect(meeting.refusal('member-2', 'votes:cast', { voteId, sealed: seal(['approve']) }).code).toBe('votes.alreadyCast')
    for (const sealed of ['kin', seal(['approve']).slice(0, -1), `${seal(['approve'])}AA`]) expect(meeting.refusal('member-3', 'votes:cast', { voteId, sealed }).code).toBe('votes.wrongBallot')
    expect(meeting.refusal('member-3', 'votes:cast', { voteId, choice: 'approve' }).code).toBe('votes.wrongBallot')
  })

  test('is counted by nobody but the hub, once, with every ballot that was cast', () => {
    const { meeting, voteId } = openSecret()
    meeting.do('chair', 'votes:close', { voteId })
    for (const personId of ['chair', 'secretary', 'member-2']) expect(meeting.refusal(personId, 'votes:count', { voteId }).code).toBe('permission.denied')
    meeting.do(null, 'votes:count', { voteId })
    expect(meeting.refusal(null, 'votes:count', { voteId }).code).toBe('votes.notClosed')
  })

  test('without its key it is void, open or closed, and the meeting goes on', () => {
    for (const closed of [false, true]) {
      const { meeting, voteId } = openSecret()
      meeting.do('chair', 'votes:cast', { voteId, sealed: seal(['approve']) })
      if (closed) meeting.do('chair', 'votes:close', { voteId })
      if (closed) expect(meeting.refusal('chair', 'meeting:end', {}).code).toBe('meeting.voteUnpublished')
      meeting.do(null, 'votes:void', { voteId })
      expect(meeting.state.votes[voteId]).toMatchObject({ status: 'cancelled', cancelledBy: 'keyLost', result: null, roll: null })
      expect(JSON.stringify(meeting.state)).not.toContain(seal(['approve']))
      meeting.do('chair', 'meeting:end', {})
    }
  })

  test('counted long after it closed, it has the roll of its closing', () => {
    const { meeting, voteId } = openSecret(3)
    meeting.do('member-2', 'attendance:declare', { presence: 'absent' })
    meeting.do('chair', 'votes:close', { voteId })
    meeting.do('member-2', 'attendance:declare', { presence: 'inRoom' })
    meeting.do('member-3', 'attendance:declare', { presence: 'absent' })
    const { roll } = only(meeting.do(null, 'votes:count', { voteId }), 'vote.counted')
    expect(roll.map(({ personId, present }) => [personId, present])).toEqual([['chair', true], ['member-2', false], ['member-3', true]])
  })
})

describe('what would tell how people voted', () => {
  test('is warned of before a vote of one or two opens', () => {
    expect([1, 2, 3].map((members) => revealingBefore(council(members).meeting.state, 'secret'))).toEqual(['smallElectorate', 'smallElectorate', null])
    expect(revealingBefore(council(1).meeting.state, 'named')).toBeNull()
  })

  test.each<[string, string[][], string | null]>([
    ['all alike', [['approve'], ['approve'], ['approve']], 'unanimous'],
    ['all invalid', [[], [], []], 'unanimous'],
    ['two ballots of many', [['approve'], ['reject']], 'smallElectorate'],
    ['no ballot', [], 'smallElectorate'],
    ['one dissents', [['approve'], ['approve'], ['abstain']], null],
  ])('is said with the result: %s', (_name, ballots, revealing) => {
    const { meeting, voteId, people } = openSecret()
    ballots.forEach((marks, index) => meeting.do(people[index] ?? '', 'votes:cast', { voteId, sealed: seal(marks) }))
    meeting.do('chair', 'votes:close', { voteId })
    meeting.do(null, 'votes:count', { voteId })
    expect(resultOf(meeting, voteId).revealing).toBe(revealing)
  })

  test('of a list too: everybody chose the same', () => {
    const { meeting, item, people } = council(6)
    const matter: ElectionMatter = { kind: 'election', candidates: ['a', 'b', 'c'].map((candidateId) => ({ candidateId, label: candidateId })), least: 1, most: 2, seats: 1 }
    const revealing = [[['a', 'b'], ['a', 'b'], ['a', 'b']], [['a'], ['a'], ['b']], [[], [], []]].map((lists) => {
      const voteId = meeting.openVote(item, 'electionRelative', { method: 'secret', matter })
      lists.forEach((chosen, index) => meeting.do(people[index] ?? '', 'votes:cast', { voteId, sealed: seal(chosen, matter) }))
      meeting.do('chair', 'votes:close', { voteId })
      meeting.do(null, 'votes:count', { voteId })
      return meeting.state.votes[voteId]?.result?.revealing
    })
    expect(revealing).toEqual(['unanimous', null, 'unanimous'])
  })

  test('small sites are not told apart, named ones are', () => {
    const { meeting, item, people } = council(20)
    for (const personId of people.slice(0, 3)) meeting.do(personId, 'attendance:declare', { presence: 'atSite', siteId: 'site-1' })
    for (const personId of people.slice(3, 10)) meeting.do(personId, 'attendance:declare', { presence: 'atSite', siteId: 'site-2' })
    const bySite = (['secret', 'named'] as const).map((method) => {
      const voteId = meeting.openVote(item, 'presentMajority', { method })
      people.forEach((personId, index) => {
        const choice = index % 3 ? 'approve' : 'reject'
        meeting.do(personId, 'votes:cast', method === 'secret' ? { voteId, sealed: seal([choice]) } : { voteId, choice })
      })
      meeting.do('chair', 'votes:close', { voteId })
      if (method === 'secret') meeting.do(null, 'votes:count', { voteId })
      return resultOf(meeting, voteId).bySite.map(({ siteId, entitled, cast, counts }) => [siteId, entitled, cast, counts && counts.approve])
    })
    // Three ballots of site-1 are withheld, and with them the seven of site-2, so that the three cannot be told by subtraction.
    expect(bySite).toEqual([[[null, 10, 10, 7], ['site-1', 3, 3, null], ['site-2', 7, 7, null]], [[null, 10, 10, 7], ['site-1', 3, 3, 2], ['site-2', 7, 7, 4]]])
  })
})

test('a chair who votes in secret is one of many: his side decides nothing', () => {
  const { meeting, item } = meetingInSession()
  expect(meeting.refusal('secretary', 'votes:draft', { itemId: item, title: 'Kỷ luật', method: 'secret', matter: { kind: 'question' }, preset: 'committeeMajority' }).code).toBe('votes.chairSideNeedsNamed')
  const voteId = meeting.openVote(item, 'committeeSecret', { method: 'secret' })
  for (const [personId, choice] of [['chair', 'approve'], ['an', 'approve'], ['binh', 'reject'], ['chi', 'reject']] as const) meeting.do(personId, 'votes:cast', { voteId, sealed: seal([choice]) })
  meeting.do('chair', 'votes:close', { voteId })
  meeting.do(null, 'votes:count', { voteId })
  expect(resultOf(meeting, voteId)).toMatchObject({ passed: false, decidedBy: 'threshold', needed: 3 })
})
