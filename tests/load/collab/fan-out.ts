/**
 * PROOF P3: annotations to two hundred readers, beside peers. Ours writes to disk before it acknowledges, or shows anything to anybody; of the peers only
 * y-leveldb writes at all meanwhile, and does not wait for the disk. (tldraw's sync-core is left out: its licence is none of open source.)
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { peersFolder } from '../../support/peers.ts'
import { compare, median, withinLimit, type Figure } from '../figure.ts'
import { measure, startSides, type Measured, type Workload } from './scene.ts'
import { sideNames, type SideName } from './sides.ts'
import { Strokes } from './strokes.ts'

const readers = 200
const perSecond = 20
const repeats = Number(process.env.COLLAB_REPEATS ?? 3)

const workload = (writers: number, time: number): Workload => ({
  readers, writers: { make: (name, seed) => new Strokes(name, seed), count: writers, perSecond }, writersListen: false, time, patience: 20_000,
})

export async function* annotations(): AsyncGenerator<Figure> {
  const peers = peersFolder({ install: true })
  if (!peers) return
  const dataDir = await mkdtemp(join(tmpdir(), 'giao-ban-collab-bench-'))
  const sides = await startSides(sideNames, dataDir, peers)
  try {
    // A day is measured, not its first second: each has compiled what it runs.
    for (const side of sides) await measure(side, 'warm', workload(20, 1000))
    for (const [writers, time] of [[1, 4000], [20, 1500]] as const) {
      const found = new Map<SideName, Measured[]>(sideNames.map((name) => [name, []]))
      for (let repeat = 0; repeat < repeats; repeat += 1) {
        for (const side of sides) found.get(side.name)?.push(await measure(side, `fan-${writers}-${repeat}`, workload(writers, time)))
      }
      yield* figures(writers, found)
    }
  } finally {
    for (const side of sides) await side.stop('SIGKILL')
    await rm(dataDir, { recursive: true, force: true })
  }
}

function* figures(writers: number, found: Map<SideName, Measured[]>): Generator<Figure> {
  const of = (name: SideName, what: keyof Measured) => (found.get(name) ?? []).map((one) => one[what])
  const others = sideNames.filter((name) => name !== 'Giao ban')
  const best = others.toSorted((a, b) => median(of(a, 'cpuPerDelivery')) - median(of(b, 'cpuPerDelivery')))[0] as SideName
  const each = (what: keyof Measured, digits: number) => sideNames.map((name) => `${name} ${median(of(name, what)).toFixed(digits)}`).join(', ')
  const what = `${writers} writer${writers > 1 ? 's' : ''} × ${perSecond} strokes/s to ${readers} readers`
  yield compare(`${what}: CPU per delivery, beside the best peer (${best})`, 'µs', of('Giao ban', 'cpuPerDelivery'), of(best, 'cpuPerDelivery'), { atMost: 1 }, `on disk before anybody is told; µs: ${each('cpuPerDelivery', 1)}`)
  const kept: SideName = 'y-websocket + y-leveldb'
  yield compare(`${what}: CPU per delivery, beside the peer that writes to disk (${kept})`, 'µs', of('Giao ban', 'cpuPerDelivery'), of(kept, 'cpuPerDelivery'), { atMost: 1 }, 'which acknowledges nothing and does not wait for the disk')
  yield withinLimit(`${what}: p99 until it is on another screen`, 'ms', of('Giao ban', 'p99'), 88, `ms: ${each('p99', 0)}`)
  if (writers === 1) yield compare(`${what}: memory per connection, beside y-websocket`, 'kB', of('Giao ban', 'memory'), of('y-websocket', 'memory'), null, `resident, of a host that has served before; kB: ${each('memory', 1)}`)
}
