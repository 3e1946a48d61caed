import * as Y from 'yjs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CollabName } from '../../../shared/contracts/collab.ts'
import { BareClient, until } from '../../support/collab/client.ts'
import { DocumentHall, unique } from '../../support/collab/hall.ts'

/** What comes together goes together: how changes of one document are gathered before they are written and told. */
let hall: DocumentHall
beforeAll(async () => {
  hall = await DocumentHall.open()
})
afterAll(() => hall.close())

const layer = async (): Promise<CollabName> => hall.ink('private', 'an', await hall.meeting.attach(hall.meeting.item, unique()))
const changesTo = (client: BareClient): number => client.messages.filter(([kind, step]) => kind === 0 && step === 2).length

type Host = Awaited<ReturnType<DocumentHall['beside']>>
async function open(host: Host, name: CollabName): Promise<BareClient> {
  const client = await new BareClient(await host.line('an'), name).opened()
  client.askForNotices()
  client.ask()
  await until(() => client.rights === 'write')
  return client
}

/** Draws so many strokes with this client. */
function drawOn(client: BareClient): (count: number) => void {
  const doc = new Y.Doc()
  doc.on('update', (update: Uint8Array) => client.change(update))
  return (count) => {
    for (let at = 0; at < count; at += 1) doc.getMap('marks').set(`${doc.getMap('marks').size}`, 'nét bút')
  }
}

test('where a crowd looks on, little waits for more and is told in one message; in a small circle nothing waits', async () => {
  const host = await hall.beside({ limits: { crowd: 3, crowdTime: 60_000 } })
  const [crowded, quiet] = [await layer(), await layer()]
  const [writer, ...readers] = await Promise.all(Array.from({ length: 3 }, () => open(host, crowded))) as [BareClient, BareClient, BareClient]
  const [alone, other] = await Promise.all([open(host, quiet), open(host, quiet)])
  const [draw, drawAlone] = [drawOn(writer), drawOn(alone)]
  draw(1)
  for (let saved = 1; saved <= 5; saved += 1) {
    drawAlone(1)
    await until(() => alone.saved === saved)
  }
  await until(() => changesTo(other) === 5)
  const before = writer.saved
  draw(1)
  for (let saved = 6; saved <= 10; saved += 1) {
    drawAlone(1)
    await until(() => alone.saved === saved)
  }
  expect(writer.saved).toBe(before)
  draw(5)
  await until(() => writer.saved === 7)
  for (const reader of readers) await until(() => changesTo(reader) === (before === 0 ? 1 : 2))
  await host.close()
})

test('who comes to a document with a crowd ends its waiting, and finds what was drawn meanwhile', async () => {
  const host = await hall.beside({ limits: { crowd: 2, crowdTime: 60_000 } })
  const crowded = await layer()
  const [writer, reader] = [await open(host, crowded), await open(host, crowded)]
  drawOn(writer)(2)
  const late = await open(host, crowded)
  await until(() => writer.saved === 2)
  await until(() => changesTo(reader) === 1)
  expect(late.messages.some(([kind]) => kind === 0)).toBe(true)
  await host.close()
})
