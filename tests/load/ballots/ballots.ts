import { Child } from '../child.ts'
import { compare, percentile, withinLimit, type Figure } from '../figure.ts'
import type { HubTasks } from '../live/hub.child.ts'
import { startRedis } from './redis.ts'
import type { RedisTasks } from './redis.child.ts'
import type { VoterTasks } from './voters.child.ts'

const voters = 300
const repeats = 15
/** Rounds before it counts: the code of all sides is warm in a hall that votes. */
const warm = 8

/** Whoever takes ballots: a hub, or a bare handler that opens nothing and shows nothing. */
interface Side {
  voters: Child<VoterTasks>
  open(): Promise<string>
  close(voteId: string): Promise<void>
  spread: number[]
  rate: number[]
}

/** PROOF P1 in the size of this issue: 300 ballots, each acked when durable; at saturation beside Redis with appendfsync always. */
export async function ballots(): Promise<Figure[]> {
  const redis = await startRedis()
  const children: Child<never>[] = []
  const child = <T extends Record<string, (input: never) => unknown>>(file: string) => {
    const started = new Child<T>(new URL(file, import.meta.url))
    children.push(started as unknown as Child<never>)
    return started
  }
  try {
    const ours = await hubSide(child('../live/hub.child.ts'), child('./voters.child.ts'))
    const peer = await hubSide(child('../live/hub.child.ts'), child('./voters.child.ts'), redis.port)
    const bare = await bareSide(child('./redis.child.ts'), child('./voters.child.ts'), redis.port)
    for (let repeat = -warm; repeat < repeats; repeat += 1) {
      for (const side of [ours, peer, bare]) {
        const times = await round(side, (voteId) => side.voters.ask('spread', { voteId, within: 1000 }))
        const milliseconds = await round(side, (voteId) => side.voters.ask('burst', { voteId }))
        if (repeat < 0) continue
        side.spread.push(percentile(times, 0.95))
        side.rate.push((voters / milliseconds) * 1000)
      }
    }
    const middle = (values: number[]) => percentile(values, 0.5)
    const beside = `our hub with Redis ${redis.version} (HSETNX, appendfsync always) in place of our store; a bare handler over Redis, without session, rule or frames: ${middle(bare.rate).toFixed(0)}`
    return [
      withinLimit(`${voters} ballots within one second: p95 of the ack`, 'ms', ours.spread, 250, `each acked when durable; with Redis in place of our store ${middle(peer.spread).toFixed(1)} ms`),
      compare(`Ballots at saturation (${voters} voters, closed loop)`, 'per second', ours.rate, peer.rate, { atLeast: 1 }, beside),
    ]
  } finally {
    await Promise.all(children.map((one) => one.stop()))
    await redis.stop()
  }
}

/** Opens a vote, lets it show on every screen, has everybody cast, and closes it. */
async function round<T>(side: Side, cast: (voteId: string) => Promise<T>): Promise<T> {
  const voteId = await side.open()
  await side.voters.ask('tidy', undefined as never)
  const result = await cast(voteId)
  await side.close(voteId)
  return result
}

async function hubSide(hub: Child<HubTasks>, people: Child<VoterTasks>, ballotsInRedis?: number): Promise<Side> {
  const { url } = await hub.ask('start', ballotsInRedis ? { ballotsInRedis } : {})
  const { meetingId, itemIds, cookies } = await hub.ask('meeting', { people: voters, items: 1 })
  await people.ask('connect', { url, screens: cookies.slice(1).map((cookie) => ({ query: `meetingId=${meetingId}`, cookie, join: true })) })
  return {
    voters: people, spread: [], rate: [],
    async open() {
      await people.ask('listen', undefined as never)
      const voteId = await hub.ask('openVote', { meetingId, itemId: itemIds[0] ?? '' })
      await people.ask('heard', undefined as never)
      return voteId
    },
    close: (voteId) => hub.ask('closeVote', { meetingId, voteId }),
  }
}

async function bareSide(server: Child<RedisTasks>, people: Child<VoterTasks>, redisPort: number): Promise<Side> {
  const url = await server.ask('start', { redisPort })
  await people.ask('connect', { url, screens: Array.from({ length: voters }, (_, index) => ({ query: `voter=${index}`, join: false })) })
  let rounds = 0
  return {
    voters: people, spread: [], rate: [],
    async open() {
      await server.ask('openVote', `round-${(rounds += 1)}` as never)
      return `round-${rounds}`
    },
    close: async () => {},
  }
}
