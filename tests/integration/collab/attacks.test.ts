import { fork } from 'node:child_process'
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { platform } from 'node:process'
import { pino } from 'pino'
import * as Y from 'yjs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { collabClosings, collabNameOf, ownedKey, type CollabName } from '../../../shared/contracts/collab.ts'
import { crowd, runLength } from '../../support/collab/bombs.ts'
import { BareClient, PlainClient, until } from '../../support/collab/client.ts'
import { nightly } from '../../support/nightly.ts'
import { DocumentHall, unique } from '../../support/collab/hall.ts'

/** PROOF C.2: how servers of this kind are attacked. */
let hall: DocumentHall
beforeAll(async () => {
  hall = await DocumentHall.open()
})
afterAll(() => hall.close())

const percentile = (values: number[], share: number) => values.sort((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? NaN

async function layer(owner: string): Promise<CollabName> {
  return hall.ink('private', owner, await hall.meeting.attach(hall.meeting.item, unique()))
}

/** Milliseconds until each of `count` edits of one screen is on another. */
async function latencies(writer: PlainClient, reader: PlainClient, count: number, pause = 20): Promise<number[]> {
  const found: number[] = []
  const run = unique()
  for (let edit = 0; edit < count; edit += 1) {
    const began = performance.now()
    writer.marks.set(`${run} ${edit}`, 'x')
    await until(() => reader.marks.has(`${run} ${edit}`))
    found.push(performance.now() - began)
    await new Promise((resolve) => setTimeout(resolve, pause))
  }
  return found
}

test('a thousand guessed names are a thousand refusals and not one byte of content', async () => {
  const line = await hall.line('guest')
  const { meetingId } = hall.meeting
  const guesses = (number: number): string => [
    `${meetingId}/ink/${hall.paperId}.1/private/an`, `${meetingId}/ink/${hall.paperId}.1/shared/chair`, `${meetingId}/ink/${unique()}.1/meeting/guest`,
    `${unique()}/minutes`, `${meetingId}/minutes`, `${meetingId}/ink/${hall.paperId}.${number + 2}/common`, `${meetingId}/ink/${hall.paperId}.1/private/guest%2f..`,
  ][number % 7] as string
  const codes: number[] = []
  let bytes = 0
  for (let batch = 0; batch < 20; batch += 1) {
    const clients = Array.from({ length: 50 }, (_, index) => new BareClient(line, guesses(batch * 50 + index)))
    for (const client of clients) client.socket.once('open', () => client.ask())
    codes.push(...await Promise.all(clients.map(({ closed }) => closed)))
    bytes += clients.reduce((sum, client) => sum + client.bytes, 0)
  }
  expect([codes.length, bytes]).toEqual([1000, 0])
  const refusals: number[] = [collabClosings.notAllowed, collabClosings.unknown, collabClosings.tooMany]
  expect(codes.filter((code) => !refusals.includes(code))).toEqual([])
  expect(hall.hall.test.hub.collab.connections).toBe(0)
})

/** At night all ten thousand; a slice of them in every run. What the hub does not read waits with him who sent it. */
const megabytes = nightly ? 10_000 : 300

test(`${megabytes} messages of a megabyte: the hub does not swell, and nobody else waits`, async () => {
  const name = await layer('an')
  const [writer, reader] = await Promise.all([hall.plain('an', name), hall.plain('an', name)])
  await Promise.all([writer.synced(), reader.synced()])
  await latencies(writer, reader, 20)
  // A slice has too few for a p99 that is not the machine's own noise: it says what most people meet.
  const share = nightly ? 0.99 : 0.5
  const before = percentile(await latencies(writer, reader, 60), share)
  const memory = process.memoryUsage().rss
  let most = memory
  const { url, cookie } = await hall.line('binh')
  const attacker = fork(new URL('../../support/collab/megabytes.child.ts', import.meta.url), [url, cookie ?? '', collabNameOf(await layer('binh')), String(megabytes)], { execArgv: ['--disable-warning=ExperimentalWarning'] })
  const done = new Promise<{ sent: number; codes: Record<string, number> }>((resolve) => attacker.once('message', resolve as never))
  let attacking = true
  void done.then(() => (attacking = false))
  const during: number[] = []
  while (attacking || during.length < 100) {
    during.push(...await latencies(writer, reader, 5))
    most = Math.max(most, process.memoryUsage().rss)
  }
  const { sent, codes } = await done
  attacker.kill()
  expect(sent).toBe(megabytes)
  console.log(`${megabytes} messages of a megabyte: closed with ${JSON.stringify(codes)}, memory × ${(most / memory).toFixed(2)}, others' p${share * 100} ${before.toFixed(0)} ms before, ${percentile(during, share).toFixed(0)} ms meanwhile`)
  expect(most / memory).toBeLessThan(1.5)
  // A round takes 20 ms and a commit of this disk as long as it takes: less than this cannot be told from the noise of a machine that others use.
  expect(percentile(during, share)).toBeLessThan(Math.max(2 * before, nightly ? 60 : 100))
})

test('who writes more than is his is read on when it is his turn, on all his screens, and loses nothing', async () => {
  const host = await hall.beside({ limits: { changeBytes: { burst: 200_000, perSecond: 500_000 } } })
  const [name, other] = [await layer('an'), await layer('an')]
  const [writer, beside, friend] = [new PlainClient(await host.line('an'), name), new PlainClient(await host.line('an'), other), new PlainClient(await host.line('binh'), await layer('binh'))]
  await Promise.all([writer.synced(), beside.synced(), friend.synced()])
  const began = performance.now()
  for (let number = 0; number < 10; number += 1) writer.marks.set(`trang ${number}`, 'x'.repeat(100_000))
  const later = new PlainClient(await host.line('an'), name)
  await until(() => later.marks.size === 10)
  // A megabyte, of which 0.2 are free, at half a megabyte a second; less what was read while the debt was found.
  expect(performance.now() - began).toBeGreaterThan(1000)
  beside.marks.set('sau', 'vẫn được')
  const again = new PlainClient(await host.line('an'), other)
  await until(() => again.marks.has('sau'))
  expect([writer.closings, beside.closings, friend.closings]).toEqual([[], [], []])
  for (const client of [writer, beside, friend, later, again]) client.close()
  await host.close()
})

test('an update that takes for ever costs its thread: its sender is dropped, the others find everything that was acknowledged', async () => {
  const verdicts: { worked: number; ms: number }[] = []
  const log = pino({ level: 'warn' }, { write: (line) => void (line.includes('takes too long') && verdicts.push(JSON.parse(line) as { worked: number; ms: number })) })
  const host = await hall.beside({ limits: { workers: 1 }, log })
  const name: CollabName = hall.minutes
  const [one, two, elsewhere] = [new PlainClient(await host.line('secretary'), name), new PlainClient(await host.line('secretary'), name), new PlainClient(await host.line('an'), await layer('an'))]
  await Promise.all([one.synced(), two.synced(), elsewhere.synced()])
  one.marks.set('trước', '1')
  await until(() => two.marks.has('trước'))
  const attacker = await new BareClient(await host.line('chair'), name).opened()
  attacker.askForNotices()
  attacker.ask()
  await until(() => attacker.rights === 'write')
  const bomb = crowd(8000)
  expect(bomb.length).toBeLessThan(200_000)
  const stalls = monitorEventLoopDelay({ resolution: 5 })
  stalls.enable()
  const began = performance.now()
  attacker.change(bomb)
  one.marks.set('trong', '2')
  expect(await attacker.closed).toBe(collabClosings.malformed)
  const took = performance.now() - began
  stalls.disable()
  console.log(`the sender of an endless update is dropped ${took.toFixed(0)} ms after he sent it, when its thread had worked ${verdicts[0]?.worked} ms on it`)
  // 200 ms of work are due (PROOF C.2). A machine that is busy with other things does this work later, and looks later; where work is not told, ten times as much on the wall.
  if (platform === 'linux') expect(verdicts[0]?.worked).toBeLessThan(200 + stalls.max / 1e6)
  expect(verdicts).toHaveLength(1)
  await until(() => two.marks.has('trong'))
  elsewhere.marks.set('khác', '3')
  const later = new PlainClient(await host.line('secretary'), name)
  await later.synced()
  expect(later.marks.toJSON()).toEqual({ 'trước': '1', 'trong': '2' })
  expect([one.closings, two.closings, elsewhere.closings]).toEqual([[], [], []])
  const again = new BareClient(await host.line('chair'), name)
  expect(await again.closed).toBe(collabClosings.tooMany)
  for (const client of [one, two, elsewhere, later]) client.close()
  await host.close()
})

test('the run-length bomb of yjs#687 is not even read: only version 1 is', async () => {
  const bomb = runLength(20_000_000)
  expect(bomb.length).toBeLessThan(486)
  const name = await layer('chi')
  const friend = await hall.plain('chi', name)
  await friend.synced()
  const attacker = await (await hall.bare('chi', name)).opened()
  const began = performance.now()
  attacker.change(bomb)
  friend.marks.set('a', '1')
  const other = await (await hall.plain('chi', name)).synced()
  await until(() => other.marks.has('a'))
  expect(performance.now() - began).toBeLessThan(1000)
})

test('what is no update, no message or too much is the end of its line and of nothing else', async () => {
  const name = await layer('dung')
  const friend = await (await hall.plain('dung', name)).synced()
  const hostile: [Uint8Array | string, number][] = [
    [new Uint8Array([0, 2, 3, 255, 255, 255]), collabClosings.malformed],
    [new Uint8Array([0, 0, 3, 255, 255, 255]), collabClosings.malformed],
    [new Uint8Array([0, 9, 1, 0]), collabClosings.malformed],
    [new Uint8Array([7]), collabClosings.malformed],
    [new Uint8Array([]), collabClosings.malformed],
    ['xin chào', collabClosings.malformed],
    [new Uint8Array(5 * 1024 * 1024), collabClosings.tooLarge],
  ]
  for (const [message, code] of hostile) {
    const client = await (await hall.bare('dung', name)).opened()
    client.socket.send(message)
    expect(await client.closed).toBe(code)
  }
  const fast = await (await hall.bare('dung', name)).opened()
  for (let count = 0; count < 2000; count += 1) fast.change(new Uint8Array([0, 0]))
  expect(await fast.closed).toBe(collabClosings.tooMany)
  friend.marks.set('còn', 'sống')
  const other = await (await hall.plain('dung', name)).synced()
  await until(() => other.marks.has('còn'))
  expect(friend.closings).toEqual([])
})

test('one person opens so many documents and no more', async () => {
  const host = await hall.beside({ limits: { connectionsPerPerson: 5 } })
  const line = await host.line('an')
  const clients = await Promise.all(Array.from({ length: 5 }, async () => new PlainClient(line, await layer('an')).synced()))
  expect(await new BareClient(line, await layer('an')).closed).toBe(collabClosings.tooMany)
  clients[0]?.close()
  await until(() => host.collab.connections === 4)
  await new PlainClient(line, await layer('an')).synced().then((client) => client.close())
  for (const client of clients) client.close()
  await host.close()
})

test('in the common layer nobody reaches another’s marks: not by his key, not by his client id, not by deleting; also not after a restart', async () => {
  const host = await hall.beside({ limits: { lingerTime: 20 } })
  const victim = new PlainClient(await host.line('an'), hall.ink('meeting', 'an'))
  const wall = new PlainClient(await host.line('guest'), hall.common())
  await Promise.all([victim.synced(), wall.synced()])
  const key = ownedKey('an', 'nét')
  victim.marks.set(key, 'của An')
  await until(() => wall.marks.get(key) === 'của An')

  const byKey = await new PlainClient(await host.line('binh'), hall.ink('meeting', 'binh')).synced()
  byKey.marks.set(key, 'của Bình')
  const stolen = new Y.Doc()
  stolen.clientID = victim.doc.clientID
  stolen.getMap('marks').set(ownedKey('chi', 'a'), 1)
  stolen.getMap('marks').delete(ownedKey('chi', 'a'))
  const byId = await new BareClient(await host.line('chi'), hall.ink('meeting', 'chi')).opened()
  byId.askForNotices()
  byId.change(Y.encodeStateAsUpdate(stolen))
  await until(() => byId.saved === 1)
  const honest = await new PlainClient(await host.line('dung'), hall.ink('meeting', 'dung')).synced()
  honest.marks.set(ownedKey('dung', 'nét'), 'của Dung')
  await until(() => wall.marks.has(ownedKey('dung', 'nét')))
  const held = { [key]: 'của An', [ownedKey('dung', 'nét')]: 'của Dung' }
  expect(wall.marks.toJSON()).toEqual(held)
  for (const client of [victim, wall, byKey, honest]) client.close()
  byId.socket.close()
  await host.close()

  const again = await hall.beside({})
  const reader = await new PlainClient(await again.line('guest'), hall.common()).synced()
  expect(reader.marks.toJSON()).toEqual(held)
  reader.close()
  await again.close()
})
