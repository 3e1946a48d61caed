/** PROOF P4: Etherpad's sweep. N authors of one text, five edits a second each, all of them listening. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { peersFolder } from '../../support/peers.ts'
import { median, withinLimit, type Figure } from '../figure.ts'
import { measure, startSides, type Measured, type Workload } from './scene.ts'
import type { SideName } from './sides.ts'
import { Typing } from './strokes.ts'

const sizes = [50, 150, 250, 350, 450, 600]
const promised = 150
const sides: SideName[] = ['Giao ban', 'y-websocket', 'Hocuspocus']
const repeats = Number(process.env.COLLAB_REPEATS ?? 3)
/** Beyond this p95 a side is not asked for more authors. */
const cliff = 1000

const workload = (authors: number): Workload => ({
  readers: 0, writers: { make: (name) => new Typing(name), count: authors, perSecond: 5 }, writersListen: true, time: 3000, patience: 12_000,
})

export async function* coEditing(): AsyncGenerator<Figure> {
  const peers = peersFolder({ install: true })
  if (!peers) return
  const dataDir = await mkdtemp(join(tmpdir(), 'giao-ban-collab-bench-'))
  const running = await startSides(sides, dataDir, peers)
  const lost = new Set<SideName>()
  try {
    for (const side of running) await measure(side, 'warm', { ...workload(10), time: 500 })
    for (const authors of sizes) {
      const found = new Map<SideName, Measured[]>(sides.map((name) => [name, []]))
      for (let repeat = 0; repeat < (authors === promised ? repeats : 1); repeat += 1) {
        for (const side of running) if (!lost.has(side.name)) found.get(side.name)?.push(await measure(side, `text-${authors}-${repeat}`, workload(authors)))
      }
      const p95 = (name: SideName) => (found.get(name) ?? []).map((one) => one.p95)
      const note = sides.map((name) => `${name} ${lost.has(name) ? 'not asked any more' : `${median(p95(name)).toFixed(0)} ms, ${median((found.get(name) ?? []).map(({ cpuPerDelivery }) => cpuPerDelivery)).toFixed(1)} µs a delivery`}`).join('; ')
      if (lost.has('Giao ban')) return
      // What is promised is promised for 150; the others show where the cliff is.
      yield { ...withinLimit(`${authors} authors of one text × 5 edits/s: p95 until it is on another screen`, 'ms', p95('Giao ban'), authors === promised ? 100 : cliff, note) }
      for (const name of sides) if (!(median(p95(name)) <= cliff)) lost.add(name)
    }
  } finally {
    for (const side of running) await side.stop('SIGKILL')
    await rm(dataDir, { recursive: true, force: true })
  }
}
