import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Hall, type HallMeeting } from '../../support/live/hall.ts'

let hall: Hall
let meeting: HallMeeting
beforeAll(async () => {
  hall = await Hall.open()
  meeting = await hall.inSession()
  await meeting.do('chair', 'agenda:startItem', { itemId: meeting.item })
})
afterAll(() => hall.close())

const reason = 'Theo điều hành của chủ tọa'
const bad: [string, string, string, unknown][] = [
  ['no kind', 'an', 'floor:request', {}],
  ['a kind that is none', 'an', 'floor:request', { kind: 'filibuster' }],
  ['a note of 251 letters', 'an', 'floor:request', { kind: 'speech', note: 'a'.repeat(251) }],
  ['a note with control characters', 'an', 'floor:request', { kind: 'speech', note: 'một\u0000hai' }],
  ['a note that is a list', 'an', 'floor:request', { kind: 'speech', note: ['x'] }],
  ['a place of one’s own choice', 'an', 'floor:request', { kind: 'speech', rank: 'a0' }],
  ['a __proto__ key', 'an', 'floor:request', JSON.parse('{"kind":"speech","__proto__":{"advance":true}}')],
  ['a move without a reason', 'chair', 'floor:move', { entryId: 'some', afterId: null }],
  ['a reason that is blank', 'chair', 'floor:move', { entryId: 'some', afterId: null, reason: '   ' }],
  ['an id with strange letters', 'chair', 'floor:give', { entryId: '../entry' }],
  ['more time than a day has', 'chair', 'floor:extend', { entryId: 'some', seconds: 100_000 }],
  ['less than nothing', 'chair', 'floor:extend', { entryId: 'some', seconds: -60 }],
  ['no settings at all', 'chair', 'floor:configure', {}],
  ['a setting that is none', 'chair', 'floor:configure', { autopilot: true }],
  ['half a table of times', 'chair', 'floor:configure', { limits: { speech: 60 } }],
  ['a group with a number for a person', 'chair', 'floor:setGroups', { groups: [{ groupId: 'a', title: 'Tổ 1', personIds: [7], initialSeconds: 1 }] }],
  ['data where none belongs', 'chair', 'floor:open', { now: true }],
]
test.each(bad)('%s is refused and changes nothing', async (_name, personId, type, data) => {
  const screen = await meeting.screen(personId)
  const before = await meeting.head()
  expect(await screen.ask(type, { commandId: randomUUID(), data })).toMatchObject({ ok: false, code: 'request.malformed' })
  expect(await meeting.head()).toEqual(before)
})

test('ids that every object answers to are not there', async () => {
  const chair = await meeting.screen('chair')
  for (const entryId of ['constructor', 'toString', 'hasOwnProperty']) {
    expect(await chair.send('floor:give', { entryId })).toMatchObject({ ok: false, code: 'floor.unknown' })
    expect(await chair.send('floor:move', { entryId, afterId: null, reason })).toMatchObject({ ok: false, code: 'floor.unknown' })
    expect(await chair.send('floor:addTime', { groupId: entryId })).toMatchObject({ ok: false, code: 'floor.unknownGroup' })
  }
})

test('one request sent twice is one entry; a delegate touches nobody else’s', async () => {
  const [an, binh] = [await meeting.screen('an'), await meeting.screen('binh')]
  const commandId = randomUUID()
  const first = await an.send('floor:request', { kind: 'speech' }, commandId)
  expect(first).toMatchObject({ ok: true })
  expect(await an.send('floor:request', { kind: 'speech' }, commandId)).toMatchObject({ ok: true, from: first.ok ? first.from : 0 })
  const view = await binh.waitFor(({ floorEntries }) => Object.keys(floorEntries).length === 1)
  const [entryId = ''] = Object.keys(view.floorEntries)
  for (const data of [{ entryId }, { entryId, reason }]) expect(await binh.send('floor:withdraw', data)).toMatchObject({ ok: false, code: 'permission.denied' })
  expect(await binh.send('floor:request', { kind: 'speech', personId: 'an' })).toMatchObject({ ok: false, code: 'permission.denied' })
  expect(await an.send('floor:withdraw', { entryId })).toMatchObject({ ok: true })
})

test('a note for chair and secretary never crosses anybody else’s line, nor the names behind the next three', async () => {
  const other = await hall.inSession()
  await other.do('chair', 'agenda:startItem', { itemId: other.item })
  await other.do('chair', 'floor:configure', { showAmount: false })
  for (const personId of ['secretary', 'dung', 'guest', 'observer']) await other.do(personId, 'attendance:declare', { presence: 'inRoom' })
  const [chair, an, observer, wall] = [await other.screen('chair'), await other.screen('an'), await other.screen('observer'), await other.screen('chair', { projector: true })]
  for (const personId of ['dung', 'guest', 'binh', 'chi']) await other.do(personId, 'floor:request', { kind: 'speech', note: `Ghi chú riêng của ${personId}` })
  await an.send('floor:request', { kind: 'speech', note: 'Ghi chú riêng của tôi' })
  await chair.waitFor(({ floorEntries }) => Object.keys(floorEntries).length === 5)
  const mine = await an.waitFor(({ floorEntries }) => Object.values(floorEntries).some(({ personId }) => personId === 'an'))
  expect(Object.values(mine.floorEntries).map(({ personId, note }) => [personId, note]).sort()).toEqual([['an', 'Ghi chú riêng của tôi'], ['binh', null], ['dung', null], ['guest', null]])
  // Something that all are told comes after everything before it.
  await other.do('chair', 'floor:close', {})
  for (const screen of [an, observer, wall]) {
    await screen.waitFor(({ floor }) => !floor.open)
    expect(screen.packets.join('\n')).not.toContain('Ghi chú riêng của binh')
    expect(Object.values(screen.view.floorEntries).some(({ personId }) => personId === 'chi'), 'the fourth is not told').toBe(false)
  }
  expect(observer.packets.join('\n')).not.toContain('Ghi chú riêng')
  expect(chair.packets.join('\n')).toContain('Ghi chú riêng của chi')
})
