import { describe, expect, test } from 'vitest'
import type { Commands } from '../../../shared/meeting/command.ts'
import { audienceOf } from '../../../shared/meeting/audience.ts'
import { viewOf } from '../../../shared/meeting/view.ts'
import type { VoteResult } from '../../../shared/meeting/votes/result.ts'
import { castRefusal } from '../../../shared/meeting/votes/rules.ts'
import { resultSentence } from '../../../shared/meeting/votes/sentence.ts'
import { meetingInSession, Rehearsal } from '../../support/meeting/rehearsal.ts'

const counts = (approve: number, reject = 0, abstain = 0) => ({ approve, reject, abstain })

/** A hall of the chair and so many members: the first `atSite` of them at site-1, the rest in the main room; all present, a vote open. */
function hall(members: number, atSite: number, preset: Commands['votes:draft']['preset'] = 'councilMajority') {
  const meeting = new Rehearsal()
  const item = meeting.addItem('Kinh tế - xã hội')
  const people = Array.from({ length: members }, (_, index) => `m${index + 1}`)
  for (const personId of ['an', 'binh', 'chi', 'dung', 'guest', 'observer', 'technician']) meeting.do('secretary', 'participants:remove', { personId })
  meeting.do('secretary', 'participants:change', { personId: 'chair', role: 'chair', votes: false, siteId: null })
  meeting.do('secretary', 'participants:invite', { participants: people.map((personId, index) => ({ personId, role: 'delegate', votes: true, siteId: index < atSite ? 'site-1' : null })) })
  meeting.begin([])
  const [site, room] = [people.slice(0, atSite), people.slice(atSite)]
  if (site.length > 0) meeting.do('secretary', 'attendance:declareMany', { personIds: site, presence: 'atSite', siteId: 'site-1' })
  if (room.length > 0) meeting.do('secretary', 'attendance:declareMany', { personIds: room, presence: 'inRoom' })
  return { meeting, voteId: meeting.openVote(item, preset), site, room }
}

function counted(meeting: Rehearsal, voteId: string, siteId: string | null, entered: Partial<Commands['hands:enter']>, channel: 'hands' | 'telephone' = 'hands'): string {
  const countId = meeting.beginCount(voteId, siteId, channel)
  meeting.do('secretary', 'hands:enter', { countId, ...entered })
  meeting.do('chair', 'hands:confirm', { countId })
  return countId
}

function result(meeting: Rehearsal, voteId: string): VoteResult {
  meeting.do('chair', 'votes:close', { voteId })
  return meeting.state.votes[voteId]?.result as VoteResult
}

/** By tablet: approvals first, then rejections, of these people in turn. */
function cast(meeting: Rehearsal, voteId: string, people: readonly string[], approve: number, reject = 0): void {
  people.slice(0, approve + reject).forEach((personId, index) => meeting.do(personId, 'votes:cast', { voteId, choice: index < approve ? 'approve' : 'reject' }))
}

describe('hands and tablets together, counted by hand', () => {
  test.each<[name: string, members: number, atSite: number, preset: Commands['votes:draft']['preset'], tablet: [number, number], hands: [number, number, number], expected: Partial<VoteResult>]>([
    // 16 + 10 = 26; more than half of 51 is 26.
    ['16 tablets and 10 hands are 26 of 51, which is more than half', 51, 12, 'councilMajority', [16, 4], [10, 2, 0], { cast: 32, present: 51, base: 51, needed: 26, passed: true }],
    ['16 and 9 are 25 of 51, which is not', 51, 12, 'councilMajority', [16, 4], [9, 3, 0], { cast: 32, base: 51, needed: 26, passed: false }],
    // Two thirds of 51 is 34 exactly; of 52 it is 34.67, so 35.
    ['24 and 10 are 34 of 51, exactly two thirds', 51, 12, 'councilTwoThirds', [24, 15], [10, 2, 0], { cast: 51, base: 51, needed: 34, passed: true }],
    ['24 and 10 are 34 of 52, which is not', 52, 12, 'councilTwoThirds', [24, 16], [10, 2, 0], { cast: 52, base: 52, needed: 35, passed: false }],
    // 5 + 3 = 8 of 5 + 2 + 3 + 2 + 3 = 15 cast; more than half of 15 is 8.
    ['of those cast, 8 of 15, hands that abstain among them', 20, 8, 'castMajority', [5, 2], [3, 2, 3], { cast: 15, base: 15, needed: 8, passed: true }],
    ['hands that were not raised are silent', 10, 4, 'presentMajority', [4, 0], [1, 0, 0], { cast: 5, present: 10, base: 10, needed: 6, passed: false }],
    ['a whole hall by hands', 9, 9, 'presentMajority', [0, 0], [5, 3, 1], { cast: 9, base: 9, needed: 5, passed: true }],
  ])('%s', (_name, members, atSite, preset, [approve, reject], byHand, expected) => {
    const { meeting, voteId, room } = hall(members, atSite, preset)
    cast(meeting, voteId, room, approve, reject)
    counted(meeting, voteId, 'site-1', { counts: counts(...byHand) })
    const found = result(meeting, voteId)
    expect(found).toMatchObject(expected)
    expect(found.sources).toEqual({
      tablet: { ...counts(approve, reject), invalid: 0 }, hands: { ...counts(...byHand), invalid: 0 }, telephone: { ...counts(0), invalid: 0 },
    })
    expect(found.counts).toEqual({ ...counts(approve + byHand[0], reject + byHand[1], byHand[2]), invalid: 0, silent: members - found.cast })
    expect(found.bySite.find(({ siteId }) => siteId === 'site-1')).toEqual({ siteId: 'site-1', entitled: atSite, cast: byHand[0] + byHand[1] + byHand[2], counts: { ...counts(...byHand), invalid: 0 } })
  })

  test('three channels make one result, and the sentence is that of any vote', () => {
    const { meeting, voteId, room } = hall(9, 4, 'councilMajority')
    meeting.do('secretary', 'attendance:declareMany', { personIds: ['m1', 'm2'], presence: 'atSite', siteId: 'site-2' })
    cast(meeting, voteId, room.slice(0, 3), 2, 1)
    counted(meeting, voteId, 'site-1', { counts: counts(1, 1) })
    counted(meeting, voteId, 'site-2', { persons: [{ personId: 'm1', choice: 'approve' }, { personId: 'm2', choice: 'approve' }] }, 'telephone')
    const found = result(meeting, voteId)
    expect(found).toMatchObject({ cast: 7, base: 9, needed: 5, passed: true, sources: { tablet: { approve: 2, reject: 1 }, hands: { approve: 1, reject: 1 }, telephone: { approve: 2, reject: 0 } } })
    expect(resultSentence(meeting.state.votes[voteId]!, 'vi')).toBe('Thông qua: 5/9 tán thành, quá nửa tổng số đại biểu.')
  })
})

describe('a count locks the tablets of its site', () => {
  test('who cast before is left out, whoever is late is refused, other sites go on', () => {
    const { meeting, voteId, site, room } = hall(6, 3)
    cast(meeting, voteId, site, 1)
    const countId = meeting.beginCount(voteId, 'site-1')
    expect(meeting.state.hands[countId]?.personIds).toEqual(['m2', 'm3'])
    expect(meeting.refusal('m2', 'votes:cast', { voteId, choice: 'approve' })).toEqual({ code: 'hands.tabletsLocked' })
    expect(meeting.refusal('secretary', 'hands:enter', { countId, counts: counts(3) })).toEqual({ code: 'hands.moreThanPresent', params: { most: 2 } })
    cast(meeting, voteId, room, 1)
    meeting.do('secretary', 'hands:withdraw', { countId, reason: 'Đường truyền đã có lại' })
    meeting.do('m2', 'votes:cast', { voteId, choice: 'approve' })
  })

  test('even where ballots may be changed, a locked tablet changes none', () => {
    const { meeting, item } = meetingInSession()
    const voteId = meeting.openVote(item, 'custom', { rule: { base: 'present', threshold: 'moreThanHalf', tie: 'rejected', quorum: 'none', changeable: true } })
    meeting.do('an', 'votes:cast', { voteId, choice: 'approve' })
    meeting.do('an', 'votes:cast', { voteId, choice: 'reject' })
    meeting.beginCount(voteId)
    expect(meeting.refusal('an', 'votes:cast', { voteId, choice: 'approve' })).toEqual({ code: 'hands.tabletsLocked' })
  })

  test('who was counted stays counted where he goes; who left before was not, and votes where he is', () => {
    const { meeting, voteId } = hall(6, 3)
    const countId = meeting.beginCount(voteId, 'site-1')
    meeting.do('m1', 'attendance:declare', { presence: 'inRoom' })
    meeting.do('m1', 'votes:cast', { voteId, choice: 'reject' })
    meeting.do('m1', 'attendance:declare', { presence: 'atSite', siteId: 'site-1' })
    expect(meeting.refusal('secretary', 'hands:enter', { countId, persons: [{ personId: 'm1', choice: 'approve' }] })).toEqual({ code: 'hands.notCountable' })
    meeting.do('secretary', 'hands:enter', { countId, counts: counts(2) })
    meeting.do('chair', 'hands:confirm', { countId })
    meeting.do('m2', 'attendance:declare', { presence: 'inRoom' })
    expect(meeting.refusal('m2', 'votes:cast', { voteId, choice: 'approve' })).toEqual({ code: 'hands.tabletsLocked' })
    const again = meeting.beginCount(voteId, null)
    expect(meeting.state.hands[again]?.personIds).toEqual(['m4', 'm5', 'm6'])
    meeting.do('secretary', 'hands:withdraw', { countId: again, reason: 'Thừa' })
    expect(result(meeting, voteId)).toMatchObject({ cast: 3, counts: { approve: 2, reject: 1 } })
  })

  test('a member’s page learns that its site is locked and nothing of the numbers', () => {
    const { meeting, voteId } = hall(6, 3)
    const countId = meeting.beginCount(voteId, 'site-1')
    meeting.do('secretary', 'hands:enter', { countId, counts: counts(2, 1) })
    const viewer = { personId: 'm1', projector: false }
    const view = viewOf(meeting.state, audienceOf(meeting.state, viewer)!, viewer)
    expect(view.hands[countId]).toMatchObject({ status: 'entered', siteId: 'site-1', personIds: [], entry: null })
    expect(castRefusal(view, voteId, 'm1', false)).toEqual({ code: 'hands.tabletsLocked' })
  })
})

describe('the record says how every vote came in', () => {
  test('by name: channel and choice; without names: the channel, and that nobody’s choice is known', () => {
    const { meeting, voteId, room } = hall(6, 2)
    cast(meeting, voteId, room, 1)
    counted(meeting, voteId, 'site-1', { persons: [{ personId: 'm1', choice: 'reject' }] }, 'telephone')
    counted(meeting, voteId, null, { counts: counts(1, 1) })
    result(meeting, voteId)
    expect(meeting.state.votes[voteId]?.roll).toEqual([
      { personId: 'm1', present: true, channel: 'telephone', choice: 'reject', chosen: null },
      { personId: 'm2', present: true, channel: null, choice: null, chosen: null },
      { personId: 'm3', present: true, channel: 'tablet', choice: 'approve', chosen: null },
      ...['m4', 'm5', 'm6'].map((personId) => ({ personId, present: true, channel: 'hands', choice: null, chosen: null })),
    ])
  })

  test('who was counted and left before the closing counts as present, as who cast does', () => {
    const { meeting, voteId } = hall(4, 4)
    counted(meeting, voteId, 'site-1', { counts: counts(4) })
    meeting.do('m1', 'attendance:declare', { presence: 'absent' })
    expect(result(meeting, voteId)).toMatchObject({ cast: 4, present: 4, passed: true })
  })

  test('a count keeps who began, entered and confirmed it; entering again is another entry, and the last counts', () => {
    const { meeting, voteId } = hall(4, 4)
    const countId = meeting.beginCount(voteId, 'site-1')
    meeting.do('chair', 'hands:enter', { countId, counts: counts(1) })
    meeting.do('secretary', 'hands:enter', { countId, counts: counts(2) })
    expect(meeting.refusal('secretary', 'hands:confirm', { countId })).toEqual({ code: 'hands.secondPerson' })
    meeting.do('chair', 'hands:confirm', { countId })
    expect(meeting.state.hands[countId]).toMatchObject({ begunBy: 'secretary', confirmedBy: 'chair', entry: { by: 'secretary', counts: counts(2) } })
    expect(result(meeting, voteId).cast).toBe(2)
  })

  test('a confirmed count can be withdrawn with a reason until the vote closes, and not after', () => {
    const { meeting, voteId } = hall(4, 4)
    meeting.do('secretary', 'hands:withdraw', { countId: counted(meeting, voteId, 'site-1', { counts: counts(4) }), reason: 'Đếm nhầm' })
    const countId = counted(meeting, voteId, 'site-1', { counts: counts(3, 1) })
    expect(result(meeting, voteId).counts).toMatchObject({ approve: 3, reject: 1 })
    expect(meeting.refusal('secretary', 'hands:withdraw', { countId, reason: 'Muộn' })).toEqual({ code: 'votes.notOpen' })
    expect(meeting.refusal('secretary', 'hands:begin', { voteId, siteId: 'site-1', channel: 'hands' })).toEqual({ code: 'votes.notOpen' })
  })
})
