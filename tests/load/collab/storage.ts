/**
 * PROOF P5: what ink costs on disk and until it is on the screen. (The B4 trace, one author’s text, was found in no npm package, and the mirrors that tests
 * may use have npm only: it is left out.)
 */
import { gzipSync } from 'node:zlib'
import * as Y from 'yjs'
import { DocumentIndex } from '../../../server/collab/document-index.ts'
import { collabNameOf, ownedKey, type CollabName } from '../../../shared/contracts/collab.ts'
import { BareClient } from '../../support/collab/client.ts'
import { DocumentHall } from '../../support/collab/hall.ts'
import { peerModule, peersFolder } from '../../support/peers.ts'
import { compare, median, withinLimit, type Figure } from '../figure.ts'
import { pages, strokesByLayer, strokesOfPaper as strokes, type Trace } from './day.ts'

const repeats = 5

interface Written { bytes: number; open(): Promise<number> | number }

const key = (owner: string, number: number) => ownedKey(owner, number.toString(36).padStart(8, '0'))

/** One update a stroke, as they come. */
function updatesOf({ owner, strokes: all }: Trace): Uint8Array[] {
  const doc = new Y.Doc()
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  all.forEach((one, number) => doc.getMap('marks').set(key(owner, number), one))
  return updates
}

export async function* storage(): AsyncGenerator<Figure> {
  const layers = strokesByLayer()
  const hall = await DocumentHall.open({ collab: { limits: { sweepTime: 200 } } })
  try {
    const ours = await stored(hall, layers)
    const yjs = layers.reduce((sum, layer) => sum + Y.mergeUpdates(updatesOf(layer)).length, 0)
    const raw = gzipSync(Buffer.concat(layers.flatMap((layer) => layer.raw))).length
    const peers = await beside(layers)
    const each = Object.entries(peers).map(([name, { bytes }]) => `${name} ${(bytes / strokes).toFixed(0)}`).join(', ')
    yield compare('ink on disk, compacted, a stroke of 120 points, beside yjs merged', 'kB', [ours / strokes / 1000], [yjs / strokes / 1000], { atMost: 1.1 }, `bytes a stroke, as the page packs it; all layers of a paper in one document of: ${each}`)
    yield compare('the same, beside the bare points (two times 16 bits) of all strokes, gzip', 'kB', [ours / strokes / 1000], [raw / strokes / 1000], { atMost: 1.3 }, 'aim of PROOF P5; ours with owner, colour, width, page, time and what Yjs needs')
    yield* await opening(hall, peers)
  } finally {
    await hall.close()
  }
}

/** Bytes of all layers in the store, when the hub has compacted them. */
async function stored(hall: DocumentHall, layers: readonly Trace[]): Promise<number> {
  const { store } = hall.hall.test.hub
  const index = await DocumentIndex.open(store.records)
  const names = layers.map(({ owner, shared }): CollabName => hall.ink(shared ? 'meeting' : 'private', owner === 'delegate-0' ? 'an' : owner))
  for (const [number, layer] of layers.entries()) {
    const name = names[number] as CollabName
    const own = name.kind === 'ink' && name.ownerId === 'an' ? { ...layer, owner: 'an' } : layer
    await Promise.all([index.changed(name), ...updatesOf(own).map((update) => store.collab.append(collabNameOf(name), update))])
  }
  while ((await index.changedOnes(1)).length > 0) await new Promise((resolve) => setTimeout(resolve, 100))
  const loaded = await Promise.all(names.map((name) => store.collab.load(collabNameOf(name))))
  return loaded.reduce((sum, { updates }) => sum + updates.reduce((all, { length }) => all + length, 0), 0)
}

/** A delegate opens the paper: his own layer and everybody's common one, until both are documents on his page. */
async function opening(hall: DocumentHall, peers: Record<string, Written>): Promise<Figure[]> {
  const times: number[] = []
  let bytes = 0
  for (let repeat = 0; repeat <= repeats; repeat += 1) {
    const line = await hall.line('an')
    const began = performance.now()
    bytes = (await Promise.all([hall.ink('private', 'an'), hall.common()].map(async (name) => {
      const client = await new BareClient(line, name).opened()
      client.ask()
      while (!client.messages.some((message) => message[0] === 0 && message[1] === 1)) await new Promise((resolve) => setTimeout(resolve, 1))
      const answer = client.messages.find((message) => message[0] === 0 && message[1] === 1) as Uint8Array
      let at = 2
      while ((answer[at] ?? 0) > 127) at += 1
      Y.applyUpdate(new Y.Doc(), answer.subarray(at + 1))
      client.socket.terminate()
      return answer.length
    }))).reduce((sum, one) => sum + one, 0)
    // The first one also brings the documents into memory; it is told in the note.
    times.push(performance.now() - began)
  }
  const others: string[] = []
  for (const [name, written] of Object.entries(peers)) {
    const took: number[] = []
    for (let repeat = 0; repeat < repeats; repeat += 1) took.push(await written.open())
    others.push(`${name} ${median(took).toFixed(0)} ms`)
  }
  const [first = 0, ...later] = times
  return [
    withinLimit('a paper’s annotations on a delegate’s page (own and common layer), opened at the hub', 'ms', later, 50, `the first of all who open it waits ${first.toFixed(0)} ms; only reading all ${strokes} strokes of the paper as one document: ${others.join(', ')}`),
    withinLimit('the same, over the line, for each page of the paper', 'kB', [bytes / 1000 / pages], 100, `the whole paper of ${pages} pages: ${(bytes / 1000).toFixed(0)} kB at once, however long the meeting lasts`),
  ]
}

interface Loro { LoroDoc: new () => { getMap(name: string): { set(key: string, value: Uint8Array): void }; commit(): void; export(options: { mode: 'snapshot' }): Uint8Array; import(bytes: Uint8Array): void; toJSON(): unknown } }
interface Automerge { default?: Automerge; from<T>(value: T): T; change<T>(doc: T, change: (doc: T) => void): T; save(doc: unknown): Uint8Array; load(bytes: Uint8Array): unknown }
interface Ywasm { default?: Ywasm; YDoc: new () => { getMap(name: string): { set(key: string, value: Uint8Array): void } }; encodeStateAsUpdate(doc: unknown): Uint8Array; applyUpdate(doc: unknown, update: Uint8Array, origin: unknown): void }

const timed = (act: () => unknown) => {
  const began = performance.now()
  act()
  return performance.now() - began
}

/** The whole paper in one document of each library, as one author would write it. */
async function beside(layers: readonly Trace[]): Promise<Record<string, Written>> {
  const entries = layers.flatMap(({ owner, shared, strokes: all }) => all.map((one, number) => [`${shared}${key(owner, number)}`, one] as const))
  const found: Record<string, Written> = {}
  const yjs = new Y.Doc()
  for (const [name, value] of entries) yjs.getMap('marks').set(name, value)
  const state = Y.encodeStateAsUpdate(yjs)
  found.yjs = { bytes: state.length, open: () => timed(() => Y.applyUpdate(new Y.Doc(), state)) }

  const folder = peersFolder({ install: true })
  if (!folder) return found
  const ywasm = await peerModule<Ywasm>(folder, 'ywasm')
  const wasm = ywasm.default ?? ywasm
  const rust = new wasm.YDoc()
  for (const [name, value] of entries) rust.getMap('marks').set(name, value)
  const encoded = wasm.encodeStateAsUpdate(rust)
  found.ywasm = { bytes: encoded.length, open: () => timed(() => wasm.applyUpdate(new wasm.YDoc(), encoded, undefined)) }

  const { LoroDoc } = await peerModule<Loro>(folder, 'loro-crdt')
  const loro = new LoroDoc()
  for (const [name, value] of entries) loro.getMap('marks').set(name, value)
  loro.commit()
  const snapshot = loro.export({ mode: 'snapshot' })
  found.loro = { bytes: snapshot.length, open: () => timed(() => { const doc = new LoroDoc(); doc.import(snapshot); doc.toJSON() }) }

  const module = await peerModule<Automerge>(folder, '@automerge/automerge')
  const automerge = module.default ?? module
  let doc = automerge.from<{ marks: Record<string, Uint8Array> }>({ marks: {} })
  doc = automerge.change(doc, ({ marks }) => { for (const [name, value] of entries) marks[name] = value })
  const saved = automerge.save(doc)
  found.automerge = { bytes: saved.length, open: () => timed(() => automerge.load(saved)) }
  return found
}
