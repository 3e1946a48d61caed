import { expect, test } from 'vitest'
import { orderAbout } from '../../../shared/meeting/stage/state.ts'
import { withTechnicians } from '../../support/meeting/site-refusals.ts'

const place = { siteId: 'site-1' }

test('an order holds until it is taken back, and says who gave it and when', () => {
  const meeting = withTechnicians()
  const [given] = meeting.do('chair', 'stage:order', { kind: 'mute', place, on: true })
  expect(meeting.state.stage.orders).toEqual([{ kind: 'mute', place, at: given?.fact.at, by: 'chair' }])
  meeting.do('secretary', 'stage:order', { kind: 'show', place, on: true })
  meeting.do('chair', 'stage:order', { kind: 'mute', place, on: false })
  expect(meeting.state.stage.orders.map(({ kind }) => kind)).toEqual(['show'])
})

test('a technician mutes, at his own site; the province’s anywhere; the stage is the chair’s', () => {
  const meeting = withTechnicians()
  meeting.do('binh', 'attendance:declare', { presence: 'atSite', siteId: 'site-1' })
  meeting.do('dung', 'stage:order', { kind: 'mute', place, on: true })
  meeting.do('dung', 'stage:order', { kind: 'mute', place: { personId: 'binh' }, on: true })
  expect(meeting.refusal('dung', 'stage:order', { kind: 'mute', place: { siteId: 'site-2' }, on: true }).code).toBe('sites.notYours')
  expect(meeting.refusal('dung', 'stage:order', { kind: 'mute', place: { personId: 'chi' }, on: true }).code).toBe('sites.notYours')
  meeting.do('technician', 'stage:order', { kind: 'mute', place: { siteId: null }, on: true })
  for (const kind of ['show', 'remove'] as const) expect(meeting.refusal('technician', 'stage:order', { kind, place, on: true }).code).toBe('permission.denied')
})

test('nobody who is not there is ordered about, and who leaves takes his orders along', () => {
  const meeting = withTechnicians()
  expect(meeting.refusal('chair', 'stage:order', { kind: 'mute', place: { siteId: 'constructor' }, on: true }).code).toBe('attendance.unknownSite')
  expect(meeting.refusal('chair', 'stage:order', { kind: 'mute', place: { personId: 'outsider' }, on: true }).code).toBe('participants.unknown')
  meeting.do('chair', 'stage:order', { kind: 'remove', place: { personId: 'guest' }, on: true })
  meeting.do('chair', 'participants:remove', { personId: 'guest' })
  expect(orderAbout(meeting.state.stage, 'remove', { personId: 'guest' })).toBeNull()
})

test('the rules of the stage are settled by chair and secretary', () => {
  const meeting = withTechnicians()
  meeting.do('secretary', 'stage:configure', { muteOverrunAfterSeconds: 30 })
  expect(meeting.state.stage).toMatchObject({ muteOverrunAfterSeconds: 30, connectNext: 2 })
  expect(meeting.refusal('chair', 'stage:configure', { connectNext: 2 }).code).toBe('stage.unchanged')
  expect(meeting.refusal('technician', 'stage:configure', { connectNext: 1 }).code).toBe('permission.denied')
})
