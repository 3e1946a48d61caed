import { expect, test } from 'vitest'
import { presenceOf, quorumFigures, votingMembers } from '../../../shared/meeting/attendance/quorum.ts'
import { draftMeeting, meetingInSession, only } from '../../support/meeting/rehearsal.ts'

const twoThirds = { numerator: 2, denominator: 3 }

test('quorum counts voting members declared present; guests, observers and the absent never', () => {
  const { meeting } = draftMeeting()
  meeting.begin(['guest', 'observer', 'dung', 'technician', 'secretary', 'chair', 'an'])
  expect(votingMembers(meeting.state)).toEqual(['chair', 'an', 'binh', 'chi'])
  expect(quorumFigures(meeting.state, twoThirds)).toEqual({ present: 2, members: 4, needed: 3, met: false })
  meeting.do('binh', 'attendance:declare', { presence: 'atSite', siteId: 'site-1' })
  expect(quorumFigures(meeting.state, twoThirds)).toEqual({ present: 3, members: 4, needed: 3, met: true })
  meeting.do('an', 'attendance:declare', { presence: 'absent' })
  expect(quorumFigures(meeting.state, twoThirds).met).toBe(false)
})

test('a body without a quorum always has it', () => {
  const { meeting } = draftMeeting()
  expect(quorumFigures(meeting.state, null)).toEqual({ present: 0, members: 4, needed: 0, met: true })
})

test('somebody who takes a member’s place counts once he votes in the member’s stead', () => {
  const { meeting } = meetingInSession()
  meeting.do('secretary', 'participants:change', { personId: 'chi', role: 'delegate', votes: false, siteId: 'site-2' })
  meeting.do('secretary', 'participants:invite', { participants: [{ personId: 'outsider', role: 'delegate', votes: true, siteId: null }] })
  expect(votingMembers(meeting.state)).toEqual(['chair', 'an', 'binh', 'outsider'])
  expect(quorumFigures(meeting.state, twoThirds)).toMatchObject({ present: 3, members: 4 })
  meeting.do('outsider', 'attendance:declare', { presence: 'inRoom' })
  expect(quorumFigures(meeting.state, twoThirds)).toMatchObject({ present: 4, members: 4 })
})

test('the opening records who was there by number', () => {
  const { meeting } = draftMeeting()
  meeting.do('secretary', 'meeting:publish', {})
  meeting.do('secretary', 'attendance:declare', { personId: 'an', presence: 'inRoom' })
  expect(only(meeting.do('chair', 'meeting:open', {}), 'meeting.opened')).toEqual({ present: 1, members: 4 })
})

test('attendance is kept as intervals, not as a flag', () => {
  const { meeting } = draftMeeting()
  meeting.begin([])
  const at = [
    meeting.do('binh', 'attendance:declare', { presence: 'atSite', siteId: 'site-1' }),
    meeting.do('secretary', 'attendance:declare', { personId: 'binh', presence: 'absent' }),
    meeting.do('binh', 'attendance:declare', { presence: 'inRoom' }),
  ].map(([step]) => step?.fact.at as number)
  expect(meeting.state.attendance.binh?.intervals).toEqual([
    { presence: 'atSite', siteId: 'site-1', from: at[0], to: at[1], by: 'binh' },
    { presence: 'absent', siteId: null, from: at[1], to: at[2], by: 'secretary' },
    { presence: 'inRoom', siteId: null, from: at[2], to: null, by: 'binh' },
  ])
  expect(presenceOf(meeting.state, 'binh')?.presence).toBe('inRoom')
  expect(presenceOf(meeting.state, 'constructor')).toBeNull()
})

test('one may move from site to site, but a site belongs to a presence at a site only', () => {
  const { meeting } = meetingInSession()
  meeting.do('an', 'attendance:declare', { presence: 'atSite', siteId: 'site-1' })
  meeting.do('an', 'attendance:declare', { presence: 'atSite', siteId: 'site-2' })
  expect(meeting.refusal('an', 'attendance:declare', { presence: 'inRoom', siteId: 'site-1' }).code).toBe('attendance.unknownSite')
  expect(meeting.refusal('an', 'attendance:declare', { presence: 'atSite' }).code).toBe('attendance.unknownSite')
  expect(meeting.refusal('an', 'attendance:declare', { personId: 'binh', presence: 'absent' }).code).toBe('permission.denied')
})
