import * as Y from 'yjs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { collabClosings, collabNameOf, type CollabName } from '../../../shared/contracts/collab.ts'
import { BareClient, PlainClient, until } from '../../support/collab/client.ts'
import { FaultyDocuments } from '../../support/collab/faulty.ts'
import { DocumentHall, unique } from '../../support/collab/hall.ts'
import { random as randomFrom } from '../../support/papers/random.ts'

/** The ways in which Yjs servers are known to lose data, each as an accident that is made to happen. */
let hall: DocumentHall
beforeAll(async () => {
  hall = await DocumentHall.open()
})
afterAll(() => hall.close())

/** What is on disk, read as a hub would after a crash. */
async function onDisk(name: CollabName): Promise<Record<string, unknown>> {
  const doc = new Y.Doc()
  for (const update of (await hall.hall.test.hub.store.collab.load(collabNameOf(name))).updates) Y.applyUpdate(doc, update)
  return doc.getMap('marks').toJSON()
}

/** Every test has a layer of its own, on a paper of its own. */
async function layer(owner = 'an'): Promise<CollabName> {
  return hall.ink('private', owner, await hall.meeting.attach(hall.meeting.item, unique()))
}

/** A doc whose changes go out over a bare line, one message each. */
function writerOn(client: BareClient): Y.Map<unknown> {
  const doc = new Y.Doc()
  doc.on('update', (update: Uint8Array) => client.change(update))
  return doc.getMap('marks')
}

async function bareOn(line: ConstructorParameters<typeof BareClient>[0], name: CollabName): Promise<BareClient> {
  const client = await new BareClient(line, name).opened()
  client.askForNotices()
  client.ask()
  return client
}

test('hocuspocus #995: an edit that comes while the document is being put aside is kept', async () => {
  const faulty = new FaultyDocuments(hall.hall.test.hub.store)
  faulty.delay = 3
  const host = await hall.beside({ store: faulty.store, limits: { lingerTime: 4, roundTime: 1 } })
  const name = await layer()
  const line = await host.line('an')
  const random = randomFrom(995)
  const expected: Record<string, unknown> = {}
  for (let round = 0; round < 60; round += 1) {
    const client = await bareOn(line, name)
    writerOn(client).set(`${round}`, round)
    expected[`${round}`] = round
    if (round % 3 > 0) await until(() => client.saved === 1)
    else await new Promise((resolve) => setTimeout(resolve, 2 + random.below(8)))
    client.socket.close()
    await client.closed
    await new Promise((resolve) => setTimeout(resolve, random.below(9)))
  }
  await until(async () => Object.keys(await onDisk(name)).length === 60)
  expect(await onDisk(name)).toEqual(expected)
  await host.close()
})

test('hocuspocus #766: a reader who opens, tries to write and leaves has nothing written', async () => {
  const faulty = new FaultyDocuments(hall.hall.test.hub.store)
  const host = await hall.beside({ store: faulty.store, limits: { lingerTime: 10 } })
  const name = hall.ink('meeting', 'an')
  const reader = await bareOn(await host.line('binh'), name)
  writerOn(reader).set('an:giả', 'giả')
  await until(() => reader.dropped === 1)
  const plain = new PlainClient(await host.line('chi'), name)
  await plain.synced()
  plain.marks.set('x', 'y')
  plain.close()
  reader.socket.close()
  await until(() => host.collab.documents.size === 0)
  await host.close()
  expect([faulty.appends, faulty.compactions, await onDisk(name)]).toEqual([0, 0, {}])
})

test('hocuspocus #382: a document that could not be read is not taken for empty', async () => {
  const faulty = new FaultyDocuments(hall.hall.test.hub.store)
  const name = await layer()
  const first = await hall.beside({ store: faulty.store })
  const before = await bareOn(await first.line('an'), name)
  writerOn(before).set('cũ', 'đã lưu')
  await until(() => before.saved === 1)
  await first.close()

  faulty.unreadable = true
  const [host, appends] = [await hall.beside({ store: faulty.store }), faulty.appends]
  const client = new PlainClient(await host.line('an'), name)
  client.marks.set('mới', 'vẽ lúc hỏng')
  await until(() => client.closings.length >= 2)
  expect([new Set(client.closings), faulty.appends - appends, client.refused]).toEqual([new Set([collabClosings.workerFailed]), 0, null])
  faulty.unreadable = false
  await until(async () => Object.keys(await onDisk(name)).length === 2)
  expect(client.marks.toJSON()).toEqual({ 'cũ': 'đã lưu', 'mới': 'vẽ lúc hỏng' })
  client.close()
  await host.close()
})

describe('hocuspocus #1110: a store that is slower than the edits', () => {
  test('nothing is called saved, or shown to another, before it is on disk', async () => {
    const faulty = new FaultyDocuments(hall.hall.test.hub.store)
    faulty.delay = 60
    const host = await hall.beside({ store: faulty.store, limits: { waitingBytes: 20_000 } })
    const name = await layer()
    const line = await host.line('an')
    const reader = new PlainClient(line, name)
    await reader.synced()
    const writers = await Promise.all(Array.from({ length: 4 }, async () => bareOn(line, name)))
    const docs = writers.map(writerOn)
    for (let edit = 0; edit < 150; edit += 1) {
      docs.forEach((marks, writer) => marks.set(`${writer} ${edit}`, 'x'.repeat(100)))
      if (edit % 10 > 0) continue
      const [told, shown] = [writers.map(({ saved }) => saved), [...reader.marks.keys()]]
      const disk = await onDisk(name)
      told.forEach((saved, writer) => Array.from({ length: saved }, (_, index) => expect(disk).toHaveProperty([`${writer} ${index}`])))
      for (const key of shown) expect(disk).toHaveProperty([key])
    }
    await until(() => writers.every(({ saved }) => saved === 150))
    expect(Object.keys(await onDisk(name))).toHaveLength(600)
    expect(faulty.appends).toBeLessThan(100)
    reader.close()
    await host.close()
  })

  test('when the disk is full nothing is acknowledged and nobody is shown what is not kept; it is kept when there is room again', async () => {
    const faulty = new FaultyDocuments(hall.hall.test.hub.store)
    const host = await hall.beside({ store: faulty.store })
    const name = await layer()
    const line = await host.line('an')
    const [author, reader] = [new PlainClient(line, name), new PlainClient(line, name)]
    await Promise.all([author.synced(), reader.synced()])
    faulty.full = true
    author.marks.set('nét', '1')
    await until(() => author.closings.length >= 2 && reader.closings.length >= 1)
    expect([reader.marks.size, await onDisk(name), author.refused]).toEqual([0, {}, null])
    faulty.full = false
    await until(() => reader.marks.has('nét'))
    expect(await onDisk(name)).toEqual({ 'nét': '1' })
    author.close()
    reader.close()
    await host.close()
  })
})

test('a change that waits for another is not called saved until the other has come', async () => {
  const name = await layer()
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  doc.getMap('marks').set('a', 1)
  doc.getMap('marks').set('b', 2)
  const [client, other] = await Promise.all([bareOn(await hall.line('an'), name), bareOn(await hall.line('an'), name)])
  client.change(updates[1] as Uint8Array)
  writerOn(other).set('c', 3)
  await until(() => other.saved === 1)
  expect(client.saved).toBe(0)
  client.change(updates[0] as Uint8Array)
  await until(() => client.saved === 2)
  expect(await onDisk(name)).toEqual({ a: 1, b: 2, c: 3 })
})

test('documents are compacted, open or not, and after a restart; what they hold stays the same', async () => {
  const name = await layer()
  const limits = { compactUpdates: 20, sweepTime: 30, lingerTime: 20, roundTime: 0 }
  const { collab: kept } = hall.hall.test.hub.store
  const host = await hall.beside({ limits })
  const client = await bareOn(await host.line('an'), name)
  const marks = writerOn(client)
  for (let edit = 0; edit < 120; edit += 1) {
    marks.set(`${edit % 7}`, edit)
    await until(() => client.saved === edit + 1)
  }
  const held = marks.toJSON()
  await until(async () => (await kept.load(collabNameOf(name))).updates.length < 60)
  client.socket.close()
  await host.close()
  const again = await hall.beside({ limits })
  await until(async () => (await kept.load(collabNameOf(name))).updates.length === 1)
  expect(await onDisk(name)).toEqual(held)
  await again.close()
})
