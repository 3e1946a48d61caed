import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as Y from 'yjs'
import { expect, test } from 'vitest'
import { openDocument, type OpenDocument } from '../../../client/collab/document.ts'
import type { LocalDocuments } from '../../../client/collab/localDocuments.ts'
import { Side } from '../../load/collab/sides.ts'
import { PlainClient, socketOf, until, wsUrl } from '../../support/collab/client.ts'
import { DocumentHall } from '../../support/collab/hall.ts'
import { freshSeed } from '../../support/powercut/random.ts'
import { random, type Random } from '../../support/papers/random.ts'

const seed = freshSeed()
const clients = 10
const soon = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Something that a person does to a document. */
function edit(doc: Y.Doc, chance: Random, name: string): void {
  const [marks, text, list] = [doc.getMap('marks'), doc.getText('minutes'), doc.getArray('list')]
  switch (chance.below(6)) {
    case 0:
      if (marks.size > 0) marks.delete(chance.pick([...marks.keys()]))
      break
    case 1:
      text.insert(chance.below(text.length + 1), chance.pick(['biên bản ', 'nhất trí ', '—', 'Đ']))
      break
    case 2:
      if (text.length > 3) text.delete(chance.below(text.length - 2), 2)
      break
    case 3:
      list.insert(chance.below(list.length + 1), [chance.below(1000)])
      break
    default:
      marks.set(name, chance.below(1e6))
  }
}

const contentOf = (doc: Y.Doc) => ({ marks: doc.getMap('marks').toJSON(), minutes: doc.getText('minutes').toString(), list: doc.getArray('list').toJSON() })

test(`ten screens with random edits, cuts and returns come to the same (seed ${seed})`, async () => {
  const hall = await DocumentHall.open()
  const chance = random(seed)
  const screens = await Promise.all(Array.from({ length: clients }, (_, index) => hall.plain(index % 2 ? 'secretary' : 'chair', hall.minutes)))
  for (let step = 0; step < 1500; step += 1) {
    const { doc, provider } = chance.pick(screens)
    const what = chance.below(12)
    if (what === 0) provider.disconnect()
    else if (what === 1) provider.connect()
    else edit(doc, chance, `${step}`)
    if (step % 10 === 0) await soon(chance.below(6))
  }
  for (const { provider } of screens) provider.connect()
  await until(() => screens.every(({ provider }) => provider.synced))
  const [first, ...others] = screens as [PlainClient, ...PlainClient[]]
  await until(() => others.every(({ doc }) => JSON.stringify(contentOf(doc)) === JSON.stringify(contentOf(first.doc))))
  const fresh = await (await hall.plain('chair', hall.minutes)).synced()
  expect(contentOf(fresh.doc)).toEqual(contentOf(first.doc))
  expect(screens.flatMap(({ closings }) => closings)).toEqual([])
  await hall.close()
}, 120_000)

/** A device that keeps documents as long as this test runs. */
class Device implements LocalDocuments {
  readonly kept = new Map<string, Uint8Array[]>()
  async load(name: string) { return this.kept.get(name) ?? [] }
  async unsent(): Promise<void> {}
  async append(name: string, update: Uint8Array) { this.kept.set(name, [...(this.kept.get(name) ?? []), update]) }
  async compact(name: string, state: Uint8Array) { this.kept.set(name, [state]) }
}

test(`pages that are closed, cut off and opened again, and a hub that is killed in the middle: nothing saved is lost, nothing drawn either (seed ${seed})`, async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'giao-ban-converging-'))
  const chance = random(seed)
  let side = await Side.start('Giao ban', dataDir, null)
  const name = side.nameOf('paper')
  const open = (device: Device) => openDocument(name, { local: device, writable: true, hub: wsUrl(side.line.url), Socket: socketOf(side.line) })
  const devices = Array.from({ length: 6 }, () => new Device())
  const pages: (OpenDocument | null)[] = devices.map(open)
  await Promise.all(pages.map((page) => page?.whenLoaded))
  const [drawn, saved] = [new Set<string>(), new Set<string>()]
  const own = devices.map(() => [] as string[])
  for (let step = 0; step < 900; step += 1) {
    const who = chance.below(pages.length)
    const page = pages[who] ?? null
    const what = chance.below(60)
    if (what === 0 && page) {
      page.close()
      pages[who] = null
    } else if (!page) {
      if (what < 20) {
        const opened = open(devices[who] as Device)
        pages[who] = opened
        await opened.whenLoaded
      }
    } else {
      const key = `${who}:${step}`
      page.doc.getMap('marks').set(key, step)
      drawn.add(key)
      own[who]?.push(key)
      if (chance.below(5) === 0) await soon(chance.below(40))
      if (page.state.saved === 'saved' && page.state.connection === 'live') for (const one of own[who] ?? []) saved.add(one)
    }
    if (step === 300 || step === 600) {
      const { port } = side
      await side.stop('SIGKILL')
      // Drawn while there is no hub.
      pages.forEach((one, index) => {
        one?.doc.getMap('marks').set(`${index}:offline${step}`, step)
        if (one) drawn.add(`${index}:offline${step}`)
      })
      await soon(300)
      side = await Side.start('Giao ban', dataDir, null, port)
      const survived = await (await new PlainClient(side.line, name).synced())
      expect([...saved].filter((key) => !survived.marks.has(key))).toEqual([])
      survived.close()
    }
  }
  for (const [index, page] of pages.entries()) if (!page) pages[index] = open(devices[index] as Device)
  await until(() => pages.every((page) => page?.state.saved === 'saved' && page.state.connection === 'live'), 30_000)
  const fresh = await new PlainClient(side.line, name).synced()
  await until(() => pages.every((page) => page?.doc.getMap('marks').size === fresh.marks.size))
  expect([...drawn].filter((key) => !fresh.marks.has(key))).toEqual([])
  expect(saved.size).toBeGreaterThan(50)
  fresh.close()
  for (const page of pages) page?.close()
  await side.stop()
  await rm(dataDir, { recursive: true, force: true })
}, 120_000)
