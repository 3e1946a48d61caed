import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Position } from '../../../shared/meeting/presentation/position.ts'
import { Hall, type HallMeeting } from '../../support/live/hall.ts'
import type { LiveClient } from '../../support/live/client.ts'

let hall: Hall
beforeAll(async () => {
  hall = await Hall.open()
})
afterAll(() => hall.close())

const at = (paperId: string, page: number, more: Partial<Position> = {}): Position => ({ paperId, page, top: 0.25, zoom: 'fitWidth', ...more })

async function presenting(): Promise<{ meeting: HallMeeting; paperId: string; chair: LiveClient }> {
  const meeting = await hall.inSession()
  const paperId = await meeting.attach(meeting.item)
  await meeting.do('chair', 'agenda:startItem', { itemId: meeting.item })
  await meeting.do('chair', 'presentation:start', { paperId })
  return { meeting, paperId, chair: await meeting.screen('chair') }
}

/** What has come by the time a signal of the presenter has gone round. */
async function afterRound(chair: LiveClient, watcher: LiveClient, paperId: string): Promise<number[]> {
  chair.socket.emit('presentation:position', at(paperId, 9))
  await watcher.until(() => watcher.positions.at(-1)?.position.page === 9)
  return watcher.positions.map(({ position }) => position.page)
}

test('the presenter’s place reaches everyone who may see the paper, not himself, and is part of a later join', async () => {
  const { meeting, paperId, chair } = await presenting()
  const watchers = [await meeting.screen('an'), await meeting.screen('guest'), await meeting.screen('chair', { projector: true }), await meeting.screen('chair')]
  const place = at(paperId, 4, { zoom: { x: 0.1, y: 0.2, width: 0.5, height: 0.25 } })
  chair.socket.emit('presentation:position', place)
  for (const watcher of watchers) {
    await watcher.until(() => watcher.positions.length > 0)
    expect(watcher.positions).toEqual([{ presenterId: 'chair', position: place }])
  }
  expect(chair.positions).toEqual([])
  const late = await meeting.screen('binh')
  expect(await late.join()).toMatchObject({ signals: { position: { presenterId: 'chair', position: place } } })
  await meeting.do('chair', 'presentation:end', {})
  expect(await late.join()).toMatchObject({ signals: { position: null } })
})

test('signals that are not well formed, not the presenter’s, or about another paper go nowhere', async () => {
  const { meeting, paperId, chair } = await presenting()
  const other = await meeting.attach(meeting.item)
  const [an, wall, watcher] = [await meeting.screen('an'), await meeting.screen('chair', { projector: true }), await meeting.screen('guest')]
  an.socket.emit('presentation:position', at(paperId, 2))
  wall.socket.emit('presentation:position', at(paperId, 2))
  const bad: unknown[] = [
    null, 'page 2', [], {}, { ...at(paperId, 2), extra: 1 }, at(paperId, 0), at(paperId, 1.5), at(paperId, 2, { top: 1.5 }), at(paperId, 2, { top: '0' as unknown as number }),
    at(paperId, 2, { zoom: 'fitNothing' as 'fitPage' }), at(paperId, 2, { zoom: { x: 0, y: 0, width: 0, height: 1 } }), at(other, 2), at('no-such-paper', 2),
    JSON.parse(`{"paperId":"${paperId}","page":2,"top":0,"zoom":"fitPage","__proto__":{}}`),
  ]
  for (const signal of bad) chair.socket.emit('presentation:position', signal)
  expect(await afterRound(chair, watcher, paperId)).toEqual([9])
})

test('a new presenter’s place counts at once and the old one’s no more', async () => {
  const { meeting, paperId, chair } = await presenting()
  const [an, watcher] = [await meeting.screen('an'), await meeting.screen('guest')]
  await chair.send('presentation:handOver', { presenterId: 'an' })
  chair.socket.emit('presentation:position', at(paperId, 2))
  an.socket.emit('presentation:position', at(paperId, 3))
  await watcher.until(() => watcher.positions.length > 0)
  expect(await afterRound(an, watcher, paperId)).toEqual([3, 9])
  expect(watcher.positions[0]?.presenterId).toBe('an')
})

test('who may not see the paper is not told the page either, also not when he joins later', async () => {
  const meeting = await hall.inSession()
  const paperId = await meeting.attach(meeting.secret)
  await meeting.do('chair', 'agenda:startItem', { itemId: meeting.secret })
  await meeting.do('chair', 'presentation:start', { paperId })
  const [chair, an, binh, wall] = [await meeting.screen('chair'), await meeting.screen('an'), await meeting.screen('binh'), await meeting.screen('chair', { projector: true })]
  expect(await afterRound(chair, an, paperId)).toEqual([9])
  for (const screen of [binh, wall]) {
    expect(await screen.join()).toMatchObject({ signals: { position: null } })
    expect(screen.positions).toEqual([])
    expect(screen.packets.join('\n')).not.toContain(paperId)
  }
})

test('a flood of signals is thinned out, and the line stays usable', async () => {
  const { meeting, paperId, chair } = await presenting()
  const watcher = await meeting.screen('an')
  for (let page = 1; page <= 300; page += 1) chair.socket.emit('presentation:position', at(paperId, page))
  expect(await chair.send('meeting:change', { place: 'Sau cơn lũ' })).toMatchObject({ ok: true })
  await watcher.waitFor(({ details }) => details.place === 'Sau cơn lũ')
  expect(watcher.positions.length).toBeGreaterThan(10)
  expect(watcher.positions.length).toBeLessThan(100)
})
