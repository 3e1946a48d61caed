import { afterAll, beforeAll, expect, test } from 'vitest'
import { siteReach, type Connections } from '../../../shared/meeting/attendance/connections.ts'
import { isPresent } from '../../../shared/meeting/attendance/quorum.ts'
import type { LiveClient } from '../../support/live/client.ts'
import { Hall } from '../../support/live/hall.ts'

let hall: Hall
/** The hub's clock as far as grace times go; moved by hand. */
let ahead = 0
beforeAll(async () => {
  hall = await Hall.open({ now: () => Date.now() + ahead })
})
afterAll(() => hall.close())

const lost = (connections: Connections | undefined) => (connections?.lost ?? []).map(({ personId }) => personId).sort()
const connected = (connections: Connections | undefined) => [...(connections?.connected ?? [])].sort()
const told = (screen: LiveClient, holds: (connections: Connections) => boolean) => screen.until(() => screen.connections.some(holds))

test('chair and secretary are told whose screens reach the hub, the last value with the answer to a join; nobody else is', async () => {
  const meeting = await hall.inSession()
  const [chair, delegate, technician] = await Promise.all(['chair', 'an', 'technician'].map((id) => meeting.screen(id)))
  await told(chair!, (value) => connected(value).join() === 'an,chair,technician')
  const secretary = await meeting.screen('secretary')
  expect(connected(secretary.connections[0])).toEqual(['an', 'chair', 'secretary', 'technician'])
  const wall = await meeting.screen('chair', { projector: true })
  await told(chair!, (value) => value.connected.length === 4)
  expect([delegate, technician, wall].flatMap((screen) => screen!.connections)).toEqual([])
  expect([delegate, technician, wall].flatMap((screen) => screen!.packets).filter((packet) => packet.includes('attendance:connections'))).toEqual([])
})

test('a site drops when its last screen is gone past the grace time; declared presence, and with it the quorum, stays', async () => {
  const meeting = await hall.inSession()
  await meeting.do('secretary', 'attendance:setRules', { graceSeconds: 0 })
  await meeting.do('secretary', 'attendance:declareMany', { personIds: ['an', 'binh'], presence: 'atSite', siteId: 'site-1' })
  const chair = await meeting.screen('chair')
  const [one, other] = await Promise.all([meeting.screen('an'), meeting.screen('binh')])
  await told(chair, (value) => value.connected.length === 3)
  one.close()
  await told(chair, (value) => lost(value).join() === 'an')
  expect(siteReach(chair.view, chair.connections.at(-1)!, 'site-1')).toMatchObject({ people: 2, connected: 1, lost: 1, dropped: false })
  other.close()
  await told(chair, (value) => lost(value).join() === 'an,binh')
  expect(siteReach(chair.view, chair.connections.at(-1)!, 'site-1')).toMatchObject({ people: 2, connected: 0, dropped: true, since: expect.any(Number) })
  expect([isPresent(chair.view, 'an'), isPresent(chair.view, 'binh')], 'measured never touches declared').toEqual([true, true])
  const facts = await meeting.log()
  await meeting.screen('an')
  await told(chair, (value) => lost(value).join() === 'binh')
  expect((await meeting.log()).length, 'a connection is a signal, not a fact').toBe(facts.length)
})

test('within the grace time a broken line shows to nobody; when it is over, it does', async () => {
  const meeting = await hall.inSession()
  const chair = await meeting.screen('chair')
  const before = await meeting.screen('binh')
  await told(chair, (value) => connected(value).join() === 'binh,chair')
  before.close()
  // Somebody else comes: a fresh value is told, and binh is still in it.
  await meeting.screen('an')
  await told(chair, (value) => value.connected.includes('an'))
  expect(chair.connections.flatMap(({ lost: gone }) => gone)).toEqual([])
  expect(connected(chair.connections.at(-1))).toEqual(['an', 'binh', 'chair'])
  ahead += 21_000
  await meeting.screen('chi')
  await told(chair, (value) => lost(value).join() === 'binh')
  await meeting.screen('binh')
  await told(chair, (value) => value.connected.includes('binh') && value.lost.length === 0)
})

test('who becomes secretary is told at once, who is secretary no longer hears no more', async () => {
  const meeting = await hall.inSession()
  const chair = await meeting.screen('chair')
  const delegate = await meeting.screen('an')
  await meeting.do('chair', 'participants:change', { personId: 'an', role: 'secretary', votes: true, siteId: null })
  await told(delegate, (value) => connected(value).join() === 'an,chair')
  await meeting.do('chair', 'participants:change', { personId: 'an', role: 'delegate', votes: true, siteId: null })
  await delegate.waitFor((view) => view.participants.an?.role === 'delegate')
  const heard = delegate.connections.length
  await meeting.screen('binh')
  await told(chair, (value) => value.connected.includes('binh'))
  expect(delegate.connections.length).toBe(heard)
})

test('who is removed from the meeting is not missed', async () => {
  const meeting = await hall.inSession()
  await meeting.do('secretary', 'attendance:setRules', { graceSeconds: 0 })
  const chair = await meeting.screen('chair')
  const guest = await meeting.screen('guest')
  await told(chair, (value) => value.connected.includes('guest'))
  await meeting.do('secretary', 'participants:remove', { personId: 'guest' })
  await guest.closed
  await told(chair, (value) => !value.connected.includes('guest'))
  expect(chair.connections.flatMap(({ lost: gone }) => gone)).toEqual([])
})

test('a speech from a site that drops is stopped by the hub with its place kept, and goes on when the chair says so', async () => {
  const meeting = await hall.inSession()
  await meeting.do('secretary', 'attendance:setRules', { graceSeconds: 0 })
  await meeting.do('secretary', 'attendance:declareMany', { personIds: ['an', 'binh'], presence: 'atSite', siteId: 'site-1' })
  const chair = await meeting.screen('chair')
  const [speaker, neighbour] = await Promise.all([meeting.screen('an'), meeting.screen('binh')])
  await meeting.do('an', 'floor:request', { kind: 'speech' })
  const { floorEntries } = await chair.waitFor((view) => Object.keys(view.floorEntries).length === 1)
  const [entryId = ''] = Object.keys(floorEntries)
  await meeting.do('chair', 'floor:give', { entryId })
  speaker.close()
  await told(chair, (value) => lost(value).join() === 'an')
  expect(chair.view.floorEntries[entryId]?.status, 'his neighbour’s tablet is there: the line is alive').toBe('speaking')
  neighbour.close()
  const paused = await chair.waitFor((view) => view.floorEntries[entryId]?.status === 'paused')
  expect(paused.floorEntries[entryId]).toMatchObject({ pausedBecause: 'connection', runningSince: null, heldUntil: expect.any(Number) })
  expect((await meeting.log()).at(-1), 'by nobody').toMatchObject({ type: 'floor.paused', by: null })
  await meeting.do('chair', 'floor:resume', { entryId })
  // Somebody comes, connections are told anew: what the chair has let go on is not stopped again.
  await meeting.screen('chi')
  await told(chair, (value) => value.connected.includes('chi'))
  expect(chair.view.floorEntries[entryId]?.status).toBe('speaking')
})
