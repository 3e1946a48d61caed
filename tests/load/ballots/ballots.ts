import { needSockets } from '../child.ts'
import { compare, median, percentile, withinLimit, type Figure } from '../figure.ts'
import type { Peer } from './peers.ts'
import { memoryPerDelegate } from './memory.ts'
import { startPostgres } from './postgres.ts'
import { startRedis } from './redis.ts'
import { Side } from './side.ts'

/** PROOF P1, figure by figure. */
export async function* ballots(): AsyncGenerator<Figure> {
  needSockets(2000)
  const [redis, postgres] = [await startRedis(), await startPostgres()]
  try {
    const peers: Peer[] = [{ kind: 'redis', port: redis.port }, { kind: 'postgres', port: postgres.port }]
    const bare: Peer = { kind: 'redis', port: redis.port, bare: true }
    const named = `the same hub with Redis ${redis.version} (HSETNX, appendfsync always) or PostgreSQL ${postgres.version} (INSERT … ON CONFLICT, fsync on) in place of our store`
    yield* await saturation(300, 8, 10, [...peers, bare], 1, named)
    yield* await saturation(2000, 1, 5, peers, 3, 'aim of PROOF P1')
    yield* await withinOneSecond(300, 10, peers, { share: 0.95, ack: 250, result: 500 })
    yield* await withinOneSecond(500, 10, peers, { share: 0.99, ack: 100, result: 500 })
    yield* await withinOneSecond(2000, 5, peers, { share: 0.99, ack: 200, result: 500 })
    yield await memoryPerDelegate(2000)
  } finally {
    await redis.stop()
    await postgres.stop()
  }
}

async function openAll(people: number, peers: readonly Peer[]): Promise<Side[]> {
  const sides: Side[] = []
  for (const peer of [undefined, ...peers]) sides.push(await Side.open(people, peer))
  return sides
}

/** Everybody votes through a sitting, the next ballot when the last is acknowledged; ballots a second, beside each peer. */
async function saturation(people: number, votes: number, repeats: number, peers: readonly Peer[], least: number, note: string): Promise<Figure[]> {
  const sides = await openAll(people, peers)
  try {
    const rates = sides.map((): number[] => [])
    // The first rounds do not count: the code of all sides is warm in a hall that votes.
    for (let repeat = -2; repeat < repeats; repeat += 1) {
      for (const [index, side] of sides.entries()) {
        const voteIds = await side.openSitting(votes)
        const took = await side.voters.ask('sitting', { voteIds })
        await side.closeSitting(voteIds[0] ?? '')
        if (repeat >= 0) rates[index]?.push(((people * votes) / took) * 1000)
      }
    }
    const [ours = [], ...theirs] = rates
    return peers.map(({ kind, bare = false }, index) => {
      const beside = bare ? 'Redis behind a bare edge' : kind === 'redis' ? 'Redis' : 'PostgreSQL'
      const told = bare ? 'ballots are kept and answered there, nothing more: no order, no screen told, no result' : note
      return compare(`Ballots at saturation, ${people} voters in a closed loop, beside ${beside}`, 'per second', ours, theirs[index] ?? [], bare ? null : { atLeast: least }, told)
    })
  } finally {
    await Promise.all(sides.map((side) => side.stop()))
  }
}

/** As many screens as voters, each of whom casts at a moment of his own within a second; then the result on every screen. */
async function withinOneSecond(people: number, repeats: number, peers: readonly Peer[], limit: { share: number; ack: number; result: number }): Promise<Figure[]> {
  const sides = await openAll(people, peers)
  try {
    const measured = sides.map(() => ({ half: [] as number[], most: [] as number[], result: [] as number[] }))
    for (let repeat = -2; repeat < repeats; repeat += 1) {
      for (const [index, side] of sides.entries()) {
        const [voteId = ''] = await side.openSitting(1)
        const times = await side.voters.ask('spread', { voteId, within: 1000 })
        const result = await side.closeSitting(voteId)
        if (repeat < 0) continue
        measured[index]?.half.push(percentile(times, 0.5))
        measured[index]?.most.push(percentile(times, limit.share))
        measured[index]?.result.push(result)
      }
    }
    const [ours, redis, postgres] = measured
    if (!ours || !redis || !postgres) throw new Error('three sides are measured')
    const p = `p${limit.share * 100}`
    const beside = `p50 ${median(ours.half).toFixed(1)} ms; ${p} with Redis ${median(redis.most).toFixed(1)} ms, with PostgreSQL ${median(postgres.most).toFixed(1)} ms`
    return [
      withinLimit(`${people} ballots within one second, ${people} screens: ${p} of the ack`, 'ms', ours.most, limit.ack, beside),
      withinLimit(`${people} screens: from closing to the result on all of them`, 'ms', ours.result, limit.result, `everybody's choice by name included; the clients' half of the work is on the same cores`),
    ]
  } finally {
    await Promise.all(sides.map((side) => side.stop()))
  }
}
