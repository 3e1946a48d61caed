/** Hosts of documents that are killed: writers, what was acknowledged to them, and what a restart still has (PROOF R4). */
import { join } from 'node:path'
import * as Y from 'yjs'
import { Side, type SideName, type Speaker } from '../../load/collab/sides.ts'
import { random } from '../papers/random.ts'

export interface Life { acknowledged: number; lost: number; sent: number; life: number }

interface Writer { speaker: Speaker; name: string; sent: number; echoed: number }

const writers = 5
const perSecond = 50

/** Kills one side again and again; each life writes a document of its own, and the next one is asked for it. `life` gives the milliseconds of each. */
export async function* lives(name: SideName, dataDir: string, peers: string | null, lengths: readonly number[]): AsyncGenerator<Life> {
  let side = await Side.start(name, dataDir, peers)
  try {
    for (const [number, length] of lengths.entries()) {
      const document = `life-${number}`
      const { acknowledged, sent } = await oneLife(side, document, length)
      side = await Side.start(name, dataDir, peers)
      const kept = await contentOf(side, document, acknowledged)
      const lost = acknowledged.filter((key) => !kept.has(key)).length
      yield { acknowledged: acknowledged.length, lost, sent, life: length }
    }
  } finally {
    await side.stop('SIGKILL')
  }
}

/** Five writers at fifty edits a second each, until the kill. Keys that the side acknowledged before it died, also where the word was still under way. */
async function oneLife(side: Side, document: string, length: number): Promise<{ acknowledged: string[]; sent: number }> {
  const chance = random(length)
  const all = await Promise.all(Array.from({ length: writers }, async (_, index) => write(side, document, `w${index}`)))
  const began = performance.now()
  while (performance.now() - began < length) {
    const due = Math.floor(((performance.now() - began) / 1000) * perSecond)
    for (const one of all) while (one.sent < due) one.next()
    await new Promise((resolve) => setTimeout(resolve, 2 + chance.below(15)))
  }
  const silent = Promise.all(all.map(({ speaker }) => new Promise((resolve) => speaker.socket.once('close', resolve))))
  await side.stop('SIGKILL')
  await silent
  const acknowledged = all.flatMap((one) => one.acknowledged())
  for (const { speaker } of all) speaker.close()
  return { acknowledged, sent: all.reduce((sum, one) => sum + one.sent, 0) }
}

async function write(side: Side, document: string, name: string) {
  const speaker = side.open(document)
  const marks = new Y.Doc()
  const writer: Writer = { speaker, name, sent: 0, echoed: 0 }
  marks.on('update', (update: Uint8Array) => speaker.change(update))
  await speaker.ready
  // A host without acknowledgements sends a change back to its author as well: what has come back counts as acknowledged.
  speaker.heard = (message) => {
    const key = Buffer.from(`${name}:${writer.echoed};`)
    if (message[0] === 0 && message.includes(key)) writer.echoed += 1
  }
  const echoes = side.name.startsWith('y-websocket')
  return {
    speaker,
    get sent() { return writer.sent },
    next: () => void marks.getMap('marks').set(`${name}:${writer.sent++};`, 'nét bút'),
    acknowledged: () => Array.from({ length: Math.min(writer.sent, echoes ? writer.echoed : speaker.acknowledged) }, (_, index) => `${name}:${index};`),
  }
}

async function contentOf(side: Side, document: string, wanted: readonly string[]): Promise<Set<string>> {
  const speaker = side.open(document)
  const doc = new Y.Doc()
  const found = new Promise<void>((resolve) => {
    speaker.heard = (message) => {
      if (message[0] !== 0 && message[0] !== 4) return
      if (message[1] !== 1 && message[1] !== 2) return
      Y.applyUpdate(doc, contentIn(message))
      if (message[1] === 1) resolve()
    }
  })
  await speaker.ready
  await found
  // y-leveldb answers before it has read its document, and sends the rest as an update, sooner or later.
  const marks = doc.getMap('marks')
  const patience = side.name === 'y-websocket + y-leveldb' ? 15_000 : 0
  for (let before = marks.size, since = performance.now(); performance.now() - since < patience && wanted.some((key) => !marks.has(key));) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    if (marks.size !== before) [before, since] = [marks.size, performance.now()]
  }
  speaker.close()
  return new Set(marks.keys())
}

/** The update in a sync message. */
function contentIn(message: Buffer): Uint8Array {
  let at = 2
  while ((message[at] ?? 0) > 127) at += 1
  return new Uint8Array(message.subarray(at + 1))
}

export const folderOf = (dataDir: string, name: SideName): string => join(dataDir, name.replaceAll(/\W+/g, '-'))
