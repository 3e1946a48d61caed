import { expect, test } from 'vitest'
import { quorumFigures, votingMembers } from '../../../shared/meeting/attendance/quorum.ts'
import { audienceOf } from '../../../shared/meeting/audience.ts'
import { repliesToDecide, standsInFor, substituteOf } from '../../../shared/meeting/invitations/rules.ts'
import { viewOf } from '../../../shared/meeting/view.ts'
import { draftMeeting, meetingInSession, only, type Rehearsal } from '../../support/meeting/rehearsal.ts'

const twoThirds = { numerator: 2, denominator: 3 }

function published(): Rehearsal {
  const { meeting } = draftMeeting()
  meeting.do('secretary', 'meeting:publish', {})
  return meeting
}

function seen(meeting: Rehearsal, personId: string) {
  const viewer = { personId, projector: false }
  return viewOf(meeting.state, audienceOf(meeting.state, viewer)!, viewer).invitations
}

test('an invitation is seen, then accepted; a change of mind replaces the reply', () => {
  const meeting = published()
  meeting.do('binh', 'invitations:see', {})
  expect(meeting.state.invitations.binh).toMatchObject({ reply: 'none', changes: 0 })
  meeting.do('binh', 'invitations:accept', {})
  meeting.do('binh', 'invitations:excuse', { reason: 'Trực phòng chống bão' })
  expect(meeting.state.invitations.binh).toMatchObject({ reply: 'excuse', reason: 'Trực phòng chống bão', decision: 'pending', changes: 2 })
  meeting.do('binh', 'invitations:accept', {})
  expect(meeting.state.invitations.binh).toMatchObject({ reply: 'accepted', reason: null, decision: null })
})

test('an excuse waits for the chair, in the order in which they came; a refusal can carry a word', () => {
  const meeting = published()
  meeting.do('chi', 'invitations:excuse', { reason: 'Ốm' })
  meeting.do('an', 'invitations:excuse', { reason: 'Họp Quốc hội' })
  expect(repliesToDecide(meeting.state).map(({ personId }) => personId)).toEqual(['chi', 'an'])
  meeting.do('chair', 'invitations:decide', { personId: 'chi', agreed: true })
  meeting.do('secretary', 'invitations:decide', { personId: 'an', agreed: false, note: 'Nội dung cần đồng chí trực tiếp báo cáo' })
  expect(repliesToDecide(meeting.state)).toEqual([])
  expect([meeting.state.invitations.chi?.decision, meeting.state.invitations.an?.decision]).toEqual(['agreed', 'refused'])
})

test('nobody decides on himself, but nobody stands above the chair', () => {
  const meeting = published()
  meeting.do('secretary', 'invitations:excuse', { reason: 'Ốm' })
  expect(meeting.state.invitations.secretary?.decision).toBe('pending')
  expect(meeting.refusal('secretary', 'invitations:decide', { personId: 'secretary', agreed: true }).code).toBe('invitations.own')
  meeting.do('chair', 'invitations:excuse', { reason: 'Tiếp đoàn Trung ương' })
  expect(meeting.state.invitations.chair?.decision).toBe('agreed')
})

test('what the secretary records of a telephone call is agreed to at once', () => {
  const meeting = published()
  meeting.do('secretary', 'invitations:excuse', { personId: 'binh', reason: 'Gọi điện báo ốm' })
  expect(meeting.state.invitations.binh?.decision).toBe('agreed')
  meeting.do('secretary', 'invitations:substitute', { personId: 'an', substituteId: 'outsider', reason: 'Đi công tác' })
  expect(substituteOf(meeting.state, 'an')).toBe('outsider')
  expect(meeting.state.participants.outsider).toBeDefined()
})

test('a substitute takes part once the chair agrees, at the member’s place and without the member’s vote', () => {
  const meeting = published()
  meeting.do('binh', 'invitations:substitute', { substituteId: 'outsider', reason: 'Đi công tác nước ngoài' })
  expect(meeting.state.participants.outsider, 'not before the chair has agreed').toBeUndefined()
  meeting.do('chair', 'invitations:decide', { personId: 'binh', agreed: true })
  expect(meeting.state.participants.outsider).toEqual({ personId: 'outsider', role: 'delegate', votes: false, siteId: 'site-1' })
  expect(standsInFor(meeting.state, 'outsider')).toBe('binh')
  meeting.do('outsider', 'attendance:declare', { presence: 'inRoom' })
  expect(quorumFigures(meeting.state, twoThirds), 'a stand-in does not make a quorum').toMatchObject({ present: 0, members: 4 })
})

test('where the rules give stand-ins the vote it moves with them and back: the number of votes stays', () => {
  const meeting = published()
  meeting.do('secretary', 'attendance:setRules', { substitutesVote: true })
  meeting.do('binh', 'invitations:substitute', { substituteId: 'outsider', reason: 'Đi công tác' })
  meeting.do('chair', 'invitations:decide', { personId: 'binh', agreed: true })
  expect(votingMembers(meeting.state)).toEqual(['chair', 'an', 'chi', 'outsider'])
  meeting.do('outsider', 'attendance:declare', { presence: 'inRoom' })
  expect(quorumFigures(meeting.state, twoThirds)).toMatchObject({ present: 1, members: 4 })
  meeting.do('chair', 'invitations:decide', { personId: 'binh', agreed: false })
  expect(votingMembers(meeting.state).sort()).toEqual(['an', 'binh', 'chair', 'chi'])
  expect(meeting.state.participants.outsider).toBeUndefined()
})

test('a stand-in who is taken off the list gives the vote back too', () => {
  const meeting = published()
  meeting.do('secretary', 'attendance:setRules', { substitutesVote: true })
  meeting.do('secretary', 'invitations:substitute', { personId: 'binh', substituteId: 'outsider', reason: 'Đi công tác' })
  meeting.do('secretary', 'participants:remove', { personId: 'outsider' })
  expect(substituteOf(meeting.state, 'binh')).toBeNull()
  expect(meeting.state.participants.binh?.votes).toBe(true)
})

test('the stand-in of who presides does not preside', () => {
  const meeting = published()
  meeting.do('chair', 'invitations:substitute', { substituteId: 'outsider', reason: 'Đi công tác' })
  expect(meeting.state.participants.outsider?.role).toBe('delegate')
  expect(meeting.refusal('outsider', 'meeting:open', {}).code).toBe('permission.denied')
})

test('who is on the list already stands in for nobody, and one person stands in for one only', () => {
  const meeting = published()
  expect(meeting.refusal('binh', 'invitations:substitute', { substituteId: 'an', reason: 'Bận' }).code).toBe('participants.alreadyInvited')
  expect(meeting.refusal('binh', 'invitations:substitute', { substituteId: 'binh', reason: 'Bận' }).code).toBe('participants.alreadyInvited')
  for (const personId of ['binh', 'chi']) meeting.do(personId, 'invitations:substitute', { substituteId: 'outsider', reason: 'Bận' })
  meeting.do('chair', 'invitations:decide', { personId: 'binh', agreed: true })
  expect(meeting.refusal('chair', 'invitations:decide', { personId: 'chi', agreed: true }).code).toBe('participants.alreadyInvited')
})

test('why somebody stays away is for chair and secretary; that he does is for all; who has looked is for chair and secretary', () => {
  const { meeting } = meetingInSession()
  meeting.do('binh', 'invitations:excuse', { reason: 'Nằm viện' })
  meeting.do('chair', 'invitations:decide', { personId: 'binh', agreed: true, note: 'Chúc đồng chí mau khỏe' })
  meeting.do('chi', 'invitations:see', {})
  expect(seen(meeting, 'secretary')).toMatchObject({ binh: { reason: 'Nằm viện' }, chi: { seenAt: expect.any(Number) } })
  const others = seen(meeting, 'an')
  expect(others.binh).toMatchObject({ reply: 'excuse', decision: 'agreed', reason: null, note: null, seenAt: null })
  expect(Object.keys(others)).toEqual(['binh'])
})

test('replies are not taken before the invitation is out, and not for another', () => {
  const { meeting } = draftMeeting()
  expect(meeting.refusal('binh', 'invitations:accept', {}).code).toBe('meeting.notPublished')
  meeting.do('secretary', 'meeting:publish', {})
  expect(meeting.refusal('binh', 'invitations:excuse', { personId: 'an', reason: 'Bận' }).code).toBe('permission.denied')
  expect(only(meeting.do('binh', 'invitations:accept', {}), 'invitation.accepted')).toEqual({ personId: 'binh' })
})
