import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SiteLine } from '../../../shared/meeting/sites/state.ts'
import { Hall, type HallMeeting } from '../../support/live/hall.ts'
import { goodCheck } from '../../support/meeting/site-moves.ts'

const siteId = 'site-1'
let hall: Hall
let meeting: HallMeeting
beforeAll(async () => {
  hall = await Hall.open()
  meeting = await hall.inSession()
  await meeting.do('secretary', 'participants:change', { personId: 'dung', role: 'technician', votes: false, siteId })
})
afterAll(() => hall.close())

const bad: [string, string, unknown][] = [
  ['no test result', 'sites:check', { siteId }],
  ['half a test result', 'sites:check', { siteId, check: { microphone: true } }],
  ['more lost than was sent', 'sites:check', { siteId, check: { ...goodCheck, lossPercent: 101 } }],
  ['a round trip that is no number', 'sites:check', { siteId, check: { ...goodCheck, roundTripMs: '28' } }],
  ['a bandwidth below nothing', 'sites:check', { siteId, check: { ...goodCheck, upKbps: -1 } }],
  ['a field that a test does not have', 'sites:check', { siteId, check: { ...goodCheck, phone: '0912345678' } }],
  ['a line that is none', 'sites:setLine', { siteId, line: 'broken' }],
  ['an id with strange letters', 'sites:declareReady', { siteId: '../site' }],
  ['a __proto__ key', 'sites:declareReady', JSON.parse('{"siteId":"site-1","__proto__":{"status":"ready"}}')],
  ['a reason that is blank', 'sites:useTelephone', { siteId, reason: ' ' }],
]

test.each(bad)('%s is refused and changes nothing', async (_name, type, data) => {
  const screen = await meeting.screen('dung')
  const before = await meeting.head()
  expect(await screen.ask(type, { commandId: randomUUID(), data })).toMatchObject({ ok: false, code: 'request.malformed' })
  expect(await meeting.head()).toEqual(before)
})

test('a technician tests his site and says that it is ready; every screen and the wall see it, and who has just come too', async () => {
  const [dung, chair, an, wall] = [await meeting.screen('dung'), await meeting.screen('chair'), await meeting.screen('an'), await meeting.screen('chair', { projector: true })]
  expect(await dung.send('sites:check', { siteId: 'site-2', check: goodCheck })).toMatchObject({ ok: false, code: 'sites.notYours', sentence: 'Bạn chỉ báo tình trạng của điểm cầu mình phụ trách.' })
  expect(await dung.send('sites:check', { siteId, check: goodCheck })).toMatchObject({ ok: true })
  const commandId = randomUUID()
  const first = await dung.send('sites:declareReady', { siteId }, commandId)
  expect(await dung.send('sites:declareReady', { siteId }, commandId), 'sent twice it is one').toEqual(first)
  const seen = await Promise.all([chair, an, wall].map((screen) => screen.waitFor(({ sites }) => sites[siteId]?.status === 'ready')))
  for (const view of seen) expect(view.sites[siteId]).toMatchObject({ by: 'dung', check: { ...goodCheck, by: 'dung' } })
  expect((await meeting.screen('observer')).view.sites[siteId]).toEqual(seen[0]?.sites[siteId])
})

test('of an hour in which the hub measures every second, the log hears what lasted; every screen sees it', async () => {
  const [an, technician] = [await meeting.screen('an'), await meeting.screen('technician')]
  const { hosts } = hall.test.hub
  let now = Date.now()
  const measure = async (line: SiteLine, seconds: number, measured = {}) => {
    for (let count = 0; count < seconds; count += 1) await hosts.measureLine(meeting.meetingId, siteId, { line, ...measured }, (now += 1000))
  }
  const told = async () => (await meeting.log()).filter(({ type }) => type.startsWith('site.')).map(({ type }) => type)
  const before = (await told()).length
  await measure('up', 600)
  for (let turn = 0; turn < 300; turn += 1) {
    await measure('down', 3)
    await measure('up', 3)
  }
  await measure('up', 600)
  await measure('weak', 20, { lossPercent: 7, roundTripMs: 300 })
  expect((await told()).slice(before)).toEqual(['site.entered', 'site.degraded', 'site.entered', 'site.degraded'])
  expect((await an.waitFor(({ sites }) => sites[siteId]?.weakness !== null && sites[siteId]?.status === 'degraded')).sites[siteId]).toMatchObject({ by: null, weakness: { lossPercent: 7, roundTripMs: 300 } })

  expect(await an.send('sites:setLine', { siteId, line: 'up' })).toMatchObject({ ok: false, code: 'permission.denied' })
  expect(await technician.send('sites:useTelephone', { siteId, reason: 'Đứt cáp quang' })).toMatchObject({ ok: true })
  await measure('down', 30)
  await measure('up', 30)
  expect((await told()).at(-1), 'by telephone, its line is nobody’s business').toBe('site.telephoned')
  expect(await technician.send('sites:endTelephone', { siteId })).toMatchObject({ ok: true })
  await measure('up', 1)
  await an.waitFor(({ sites }) => sites[siteId]?.status === 'inSession')
})

test('the log of incidents tells whoever may report on sites when which line was weak or gone, and nobody else', async () => {
  const other = await hall.inSession()
  const incidents = async (personId: string) => fetch(`${hall.url}/api/meetings/${other.meetingId}/incidents`, { headers: { cookie: await hall.cookie(personId) } })
  await other.do('secretary', 'sites:setLine', { siteId, line: 'up' })
  await other.do('secretary', 'sites:setLine', { siteId, line: 'down' })
  await other.do('secretary', 'sites:setLine', { siteId, line: 'up' })
  await other.do('secretary', 'sites:useTelephone', { siteId: 'site-2' })
  const told = await incidents('technician')
  expect(told.status).toBe(200)
  expect(await told.json()).toMatchObject({ incidents: [
    { siteId, trouble: 'lost', until: expect.any(Number), by: 'secretary' },
    { siteId: 'site-2', trouble: 'byTelephone', until: null },
  ] })
  expect((await incidents('an')).status).toBe(403)
  expect((await fetch(`${hall.url}/api/meetings/${other.meetingId}/incidents`)).status).toBe(401)
  expect((await fetch(`${hall.url}/api/meetings/no-such-meeting/incidents`, { headers: { cookie: await hall.cookie('technician') } })).status).toBe(404)
})
