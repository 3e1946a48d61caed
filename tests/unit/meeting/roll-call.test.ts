import { expect, test } from 'vitest'
import { siteReach, unreachableAt, droppedSites, type Connections } from '../../../shared/meeting/attendance/connections.ts'
import { runningRollCall, siteCallOf } from '../../../shared/meeting/rollCall/rules.ts'
import { draftMeeting, meetingInSession, only } from '../../support/meeting/rehearsal.ts'

function published() {
  const { meeting } = draftMeeting()
  meeting.do('secretary', 'participants:change', { personId: 'technician', role: 'technician', votes: false, siteId: 'site-1' })
  meeting.do('secretary', 'meeting:publish', {})
  return meeting
}

test('the first call begins the roll call; sites answer with their people, and every step has its moment', () => {
  const meeting = published()
  const called = meeting.do('chair', 'rollCall:callSite', { siteId: 'site-1' })
  expect(called.map(({ fact }) => fact.type)).toEqual(['rollCall.started', 'rollCall.siteCalled'])
  const answered = meeting.do('technician', 'rollCall:answer', { siteId: 'site-1', answer: 'present', personIds: ['binh', 'technician'] })
  expect(answered.map(({ fact }) => fact.type)).toEqual(['attendance.declared', 'attendance.declared', 'rollCall.siteAnswered'])
  expect(siteCallOf(meeting.state, 'site-1')).toEqual({
    siteId: 'site-1', calledAt: called[1]?.fact.at, answer: 'present', answeredAt: answered[2]?.fact.at, present: 2,
  })
  meeting.do('chair', 'rollCall:callSite', { siteId: 'site-2' })
  meeting.do('secretary', 'rollCall:answer', { siteId: 'site-2', answer: 'absent' })
  const finished = meeting.do('secretary', 'rollCall:finish', {})
  expect(runningRollCall(meeting.state)).toBeNull()
  expect(only(finished, 'quorum.checked')).toEqual({ present: 1, members: 4, needed: 3, met: false, occasion: 'rollCall' })
})

test('a technician answers for his own site, once; chair and secretary may correct', () => {
  const meeting = published()
  meeting.do('chair', 'rollCall:callSite', { siteId: 'site-1' })
  meeting.do('technician', 'rollCall:answer', { siteId: 'site-1', answer: 'absent' })
  expect(meeting.refusal('technician', 'rollCall:answer', { siteId: 'site-1', answer: 'present', personIds: [] }).code).toBe('rollCall.answered')
  expect(meeting.refusal('secretary', 'rollCall:answer', { siteId: 'site-1', answer: 'absent' }).code).toBe('rollCall.answered')
  meeting.do('secretary', 'rollCall:answer', { siteId: 'site-1', answer: 'present', personIds: ['binh'] })
  expect(meeting.refusal('secretary', 'rollCall:answer', { siteId: 'site-1', answer: 'present', personIds: ['binh'] }).code).toBe('rollCall.answered')
  meeting.do('secretary', 'rollCall:answer', { siteId: 'site-1', answer: 'present', personIds: ['binh', 'chi'] })
  expect(siteCallOf(meeting.state, 'site-1')?.present).toBe(2)
  expect(meeting.refusal('an', 'rollCall:answer', { siteId: 'site-1', answer: 'absent' }).code).toBe('permission.denied')
})

test('a site that was not heard can be called again, one that is there cannot; after the end another roll call begins', () => {
  const meeting = published()
  meeting.do('chair', 'rollCall:callSite', { siteId: 'site-2' })
  const first = siteCallOf(meeting.state, 'site-2')?.calledAt as number
  meeting.do('chair', 'rollCall:callSite', { siteId: 'site-2' })
  expect(siteCallOf(meeting.state, 'site-2')?.calledAt).toBeGreaterThan(first)
  meeting.do('secretary', 'rollCall:answer', { siteId: 'site-2', answer: 'present', personIds: ['chi'] })
  meeting.do('secretary', 'rollCall:finish', {})
  meeting.do('chair', 'rollCall:callSite', { siteId: 'site-1' })
  expect(Object.keys(meeting.state.rollCall?.calls ?? {})).toEqual(['site-1'])
  expect(meeting.refusal('chair', 'rollCall:callSite', { siteId: 'site-9' }).code).toBe('attendance.unknownSite')
  expect(meeting.refusal('secretary', 'rollCall:answer', { siteId: 'site-1', answer: 'present', personIds: ['nobody'] }).code).toBe('participants.unknown')
})

test('a site has dropped when it had screens and none is left; declared presence stays as it was declared', () => {
  const { meeting } = meetingInSession()
  meeting.do('binh', 'attendance:declare', { presence: 'atSite', siteId: 'site-1' })
  meeting.do('an', 'attendance:declare', { presence: 'atSite', siteId: 'site-1' })
  const connections: Connections = { connected: ['chair', 'an'], lost: [{ personId: 'binh', since: 100 }] }
  expect(siteReach(meeting.state, connections, 'site-1')).toEqual({ siteId: 'site-1', people: 2, connected: 1, lost: 1, dropped: false, since: null })
  const gone: Connections = { connected: ['chair'], lost: [{ personId: 'binh', since: 100 }, { personId: 'an', since: 250 }] }
  expect(siteReach(meeting.state, gone, 'site-1')).toEqual({ siteId: 'site-1', people: 2, connected: 0, lost: 2, dropped: true, since: 250 })
  expect(droppedSites(meeting.state, gone).map(({ siteId }) => siteId), 'a site that never had a screen has not dropped').toEqual(['site-1'])
  expect(unreachableAt(meeting.state, gone, 'site-1', ['chair', 'an', 'binh', 'chi'])).toEqual(['an', 'binh'])
  expect(unreachableAt(meeting.state, gone, null, ['chair', 'an', 'binh', 'chi']), 'chi was declared in the hall and has no screen').toEqual(['chi'])
})
