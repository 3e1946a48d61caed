import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { peersFolder } from '../../support/peers.ts'
import { folderOf, lives, type Life } from '../../support/collab/lives.ts'
import { nightly } from '../../support/nightly.ts'
import { random } from '../../support/papers/random.ts'
import type { SideName } from '../../load/collab/sides.ts'

/** PROOF R4: five writers at fifty edits a second, killed with SIGKILL at any moment; an edit counts as acknowledged only at the acknowledgement. */
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const kills = Number(process.env.CRASH_KILLS ?? (nightly ? 100 : 6))
const wanted = nightly ? 250_000 : 3_000

let dataDir = ''
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'giao-ban-collab-crash-'))
})
afterAll(() => rm(dataDir, { recursive: true, force: true }))

const sum = (all: readonly Life[], what: keyof Life) => all.reduce((total, one) => total + one[what], 0)

function told(name: string, all: readonly Life[]): string {
  const [acknowledged, lost] = [sum(all, 'acknowledged'), sum(all, 'lost')]
  return `${name}: ${all.length} kills, ${sum(all, 'sent')} edits sent, ${acknowledged} acknowledged, ${lost} of those lost (${((100 * lost) / Math.max(1, acknowledged)).toFixed(1)} %)`
}

async function collect(name: SideName, peers: string | null, lengths: readonly number[]): Promise<Life[]> {
  const all: Life[] = []
  for await (const life of lives(name, folderOf(dataDir, name), peers, lengths)) all.push(life)
  console.log(told(name, all))
  return all
}

test(`nothing acknowledged is lost over ${kills} kills (seed ${seed})`, { timeout: nightly ? 2_400_000 : 230_000 }, async () => {
  const chance = random(seed)
  // At night ten seconds a life on the average: two and a half thousand edits.
  const lengths = Array.from({ length: kills }, () => (nightly ? 9_000 + chance.below(3_600) : 1_500 + chance.below(3_500)))
  const all = await collect('Giao ban', null, lengths)
  expect(sum(all, 'lost')).toBe(0)
  expect(sum(all, 'acknowledged')).toBeGreaterThanOrEqual(wanted)
})

test(`the same harness on peers, for comparison (seed ${seed})`, { timeout: nightly ? 900_000 : 230_000 }, async (context) => {
  const peers = peersFolder({ install: nightly })
  if (!peers) return context.skip('the peers are not installed here: npm run test:nightly does it, where npm has a registry')
  const chance = random(seed)
  for (const name of ['Hocuspocus', 'y-websocket + y-leveldb', 'y-websocket'] as const) {
    const lengths = Array.from({ length: nightly ? 10 : 1 }, () => (nightly ? 1_000 + chance.below(12_000) : 4_000))
    // What the peers lose is their own affair; that the harness finds it is ours.
    const all = await collect(name, peers, lengths)
    expect(sum(all, 'acknowledged')).toBeGreaterThan(0)
    if (name === 'y-websocket') expect(sum(all, 'lost')).toBe(sum(all, 'acknowledged'))
  }
})
