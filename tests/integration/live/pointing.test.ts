import { afterAll, beforeAll, expect, test } from 'vitest'
import { inkGrid, largestBatch, type InkBatch, type Laser } from '../../../shared/meeting/presentation/pointing.ts'
import type { LiveClient } from '../../support/live/client.ts'
import { Hall, type HallMeeting } from '../../support/live/hall.ts'

let hall: Hall
beforeAll(async () => {
  hall = await Hall.open()
})
afterAll(() => hall.close())

const dot = (paperId: string, x: number, more: Partial<Laser> = {}): Laser => ({ paperId, page: 3, x, y: 0.5, ...more })
const batch = (paperId: string, more: Partial<InkBatch> = {}): InkBatch => ({ paperId, strokeId: 'stroke-1', page: 3, tool: 'pen', colour: 'red', width: 0.004, from: 0, points: [100, 200, 110, 220], done: false, ...more })

async function presenting(secret = false): Promise<{ meeting: HallMeeting; paperId: string; chair: LiveClient }> {
  const meeting = await hall.inSession()
  const itemId = secret ? meeting.secret : meeting.item
  const paperId = await meeting.attach(itemId)
  await meeting.do('chair', 'agenda:startItem', { itemId })
  await meeting.do('chair', 'presentation:start', { paperId })
  return { meeting, paperId, chair: await meeting.screen('chair') }
}

/** What has come by the time a last laser of the presenter has gone round: signals of one line keep their order. */
async function afterRound(presenter: LiveClient, watcher: LiveClient, paperId: string): Promise<void> {
  presenter.socket.emit('presentation:laser', dot(paperId, 0.875))
  await watcher.until(() => watcher.lasers.at(-1)?.laser?.x === 0.875)
}

test('laser and ink reach every screen that may see the paper, the wall too, not the presenter’s own, and are kept nowhere', async () => {
  const { meeting, paperId, chair } = await presenting()
  const watchers = [await meeting.screen('an'), await meeting.screen('guest'), await meeting.screen('chair', { projector: true }), await meeting.screen('chair')]
  chair.socket.emit('presentation:laser', dot(paperId, 0.25))
  // Volatile: a line on which something is under way goes without, so one is waited for before the other is sent.
  for (const watcher of watchers) await watcher.until(() => watcher.lasers.length > 0)
  chair.socket.emit('presentation:ink', batch(paperId))
  for (const watcher of watchers) {
    await watcher.until(() => watcher.ink.length > 0)
    expect(watcher.lasers.map(({ laser }) => laser)).toEqual([dot(paperId, 0.25)])
    expect(watcher.ink).toEqual([batch(paperId)])
  }
  chair.socket.emit('presentation:laser', null)
  await watchers[0]?.until(() => watchers[0]?.lasers.at(-1)?.laser === null)
  expect([chair.lasers, chair.ink]).toEqual([[], []])
  const late = await meeting.screen('binh')
  expect(JSON.stringify(await late.join())).not.toContain('stroke-1')
})

test('what is not the presenter’s, not well formed, or of another paper goes nowhere', async () => {
  const { meeting, paperId, chair } = await presenting()
  const other = await meeting.attach(meeting.item)
  const [an, wall, watcher] = [await meeting.screen('an'), await meeting.screen('chair', { projector: true }), await meeting.screen('guest')]
  for (const stranger of [an, wall]) {
    stranger.socket.emit('presentation:laser', dot(paperId, 0.1))
    stranger.socket.emit('presentation:laser', null)
    stranger.socket.emit('presentation:ink', batch(paperId))
  }
  const badLasers: unknown[] = [
    'here', 4, [], {}, { ...dot(paperId, 0.1), z: 1 }, dot(paperId, 1.01), dot(paperId, -0.01), dot(paperId, Number.NaN), dot(paperId, 0.1, { y: 2 }), dot(paperId, 0.1, { page: 0 }), dot(paperId, 0.1, { page: 1.5 }),
    dot(paperId, '0' as unknown as number), dot(other, 0.1), dot('no-such-paper', 0.1), dot('../etc', 0.1), JSON.parse(`{"paperId":"${paperId}","page":1,"x":0,"y":0,"__proto__":{}}`),
  ]
  for (const bad of badLasers) chair.socket.emit('presentation:laser', bad)
  const badBatches: unknown[] = [
    null, undefined, 'ink', [], {}, { ...batch(paperId), extra: 1 }, batch(other), batch(paperId, { strokeId: '' }), batch(paperId, { strokeId: 'x'.repeat(65) }), batch(paperId, { page: 0 }), batch(paperId, { tool: 'eraser' as 'pen' }),
    batch(paperId, { colour: 'url(x)' as 'red' }), batch(paperId, { width: 0 }), batch(paperId, { width: 1 }), batch(paperId, { from: -1 }), batch(paperId, { points: [] }), batch(paperId, { points: [1] }), batch(paperId, { points: [1, 2, 3] }),
    batch(paperId, { points: [0.5, 1] }), batch(paperId, { points: [1, inkGrid + 1] }), batch(paperId, { points: Array.from({ length: 2 * largestBatch + 2 }, () => 1) }), batch(paperId, { done: 1 as unknown as boolean }),
  ]
  for (const bad of badBatches.slice(0, 18)) chair.socket.emit('presentation:ink', bad)
  await afterRound(chair, watcher, paperId)
  expect(watcher.ink).toEqual([])
  expect(watcher.lasers.map(({ laser }) => laser?.x)).toEqual([0.875])
})

test('the rest of what is no stroke goes nowhere either, and a largest batch passes', async () => {
  const { meeting, paperId, chair } = await presenting()
  const watcher = await meeting.screen('guest')
  for (const points of [[0.5, 1], [1, inkGrid + 1], Array.from({ length: 2 * largestBatch + 2 }, () => 1)]) chair.socket.emit('presentation:ink', batch(paperId, { points }))
  chair.socket.emit('presentation:ink', batch(paperId, { done: 'yes' as unknown as boolean }))
  const whole = batch(paperId, { points: Array.from({ length: 2 * largestBatch }, (_, index) => index) })
  chair.socket.emit('presentation:ink', whole)
  await watcher.until(() => watcher.ink.length > 0)
  expect(watcher.ink).toEqual([whole])
})

test('who may not see the paper is told neither laser nor stroke', async () => {
  const { meeting, paperId, chair } = await presenting(true)
  const [an, binh, wall] = [await meeting.screen('an'), await meeting.screen('binh'), await meeting.screen('chair', { projector: true })]
  chair.socket.emit('presentation:ink', batch(paperId))
  await an.until(() => an.ink.length > 0)
  await afterRound(chair, an, paperId)
  // A command's frame goes to everybody, after what was sent before it.
  await meeting.do('chair', 'meeting:change', { place: 'Phòng 2' })
  for (const screen of [binh, wall]) {
    await screen.waitFor(({ details }) => details.place === 'Phòng 2')
    expect([screen.lasers, screen.ink]).toEqual([[], []])
    expect(screen.packets.join('\n')).not.toContain(paperId)
  }
  expect(an.ink).toHaveLength(1)
})

test('after a handing over only the new presenter points, after a taking back only the chair', async () => {
  const { meeting, paperId, chair } = await presenting()
  const [an, watcher] = [await meeting.screen('an'), await meeting.screen('guest')]
  await chair.send('presentation:handOver', { presenterId: 'an' })
  chair.socket.emit('presentation:laser', dot(paperId, 0.1))
  chair.socket.emit('presentation:laser', null)
  await afterRound(an, watcher, paperId)
  await chair.send('presentation:handOver', { presenterId: 'chair' })
  an.socket.emit('presentation:laser', dot(paperId, 0.2))
  an.socket.emit('presentation:ink', batch(paperId))
  chair.socket.emit('presentation:laser', dot(paperId, 0.3))
  await watcher.until(() => watcher.lasers.at(-1)?.laser?.x === 0.3)
  expect(watcher.lasers.map(({ laser }) => laser?.x)).toEqual([0.875, 0.3])
  expect(watcher.ink).toEqual([])
})

test('a laser moved wildly is told fifteen times a second, the last place always; commands on the same line are not kept waiting', async () => {
  const { meeting, paperId, chair } = await presenting()
  const watcher = await meeting.screen('an')
  for (let step = 0; step < 59; step += 1) chair.socket.emit('presentation:laser', dot(paperId, step / 100))
  expect(await chair.send('meeting:change', { place: 'Sau cơn lũ' })).toMatchObject({ ok: true })
  await watcher.until(() => watcher.lasers.at(-1)?.laser?.x === 0.58)
  expect(watcher.lasers.length).toBeLessThanOrEqual(4)
  for (let flood = 0; flood < 300; flood += 1) chair.socket.emit('presentation:ink', batch(paperId, { from: flood * 2 }))
  expect(await chair.send('meeting:change', { place: 'Sau cơn lũ thứ hai' })).toMatchObject({ ok: true })
  await watcher.waitFor(({ details }) => details.place === 'Sau cơn lũ thứ hai')
  expect(watcher.ink.length).toBeGreaterThan(0)
  expect(watcher.ink.length).toBeLessThan(40)
})
