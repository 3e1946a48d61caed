import { Child } from '../child.ts'
import { compare, percentile, withinLimit, type Figure } from '../figure.ts'
import type { HubTasks } from '../live/hub.child.ts'
import { startRedis } from './redis.ts'
import type { RedisTasks } from './redis.child.ts'
import type { VoterTasks } from './voters.child.ts'

const voters = 300
const repeats = 15
/** Rounds before it counts: the code of both sides is warm in a hall that votes. */
const warm = 8

/** PROOF P1 in the size of this issue: 300 ballots, each acked when durable; at saturation beside Redis with appendfsync always. */
export async function ballots(): Promise<Figure[]> {
  const redis = await startRedis()
  const hub = new Child<HubTasks>(new URL('../live/hub.child.ts', import.meta.url))
  const peer = new Child<RedisTasks>(new URL('./redis.child.ts', import.meta.url))
  const voterFile = new URL('./voters.child.ts', import.meta.url)
  const [ourVoters, theirVoters] = [new Child<VoterTasks>(voterFile), new Child<VoterTasks>(voterFile)]
  try {
    const { url } = await hub.ask('start', {})
    const { meetingId, itemIds, cookies } = await hub.ask('meeting', { people: voters, items: 1 })
    const itemId = itemIds[0] ?? ''
    await ourVoters.ask('connect', { url, screens: cookies.slice(1).map((cookie) => ({ query: `meetingId=${meetingId}`, cookie, join: true })) })
    const peerUrl = await peer.ask('start', { redisPort: redis.port })
    await theirVoters.ask('connect', { url: peerUrl, screens: cookies.slice(1).map((_, index) => ({ query: `voter=${index}`, join: false })) })

    async function ours<T>(vote: (voteId: string) => Promise<T>): Promise<T> {
      await ourVoters.ask('listen', undefined as never)
      const voteId = await hub.ask('openVote', { meetingId, itemId })
      await ourVoters.ask('heard', undefined as never)
      const result = await vote(voteId)
      await hub.ask('closeVote', { meetingId, voteId })
      return result
    }
    async function theirs<T>(round: string, vote: (voteId: string) => Promise<T>): Promise<T> {
      await peer.ask('openVote', round as never)
      return vote(round)
    }

    const spread = { ours: [] as number[], theirs: [] as number[] }
    const rate = { ours: [] as number[], theirs: [] as number[] }
    for (let repeat = -warm; repeat < repeats; repeat += 1) {
      const p95 = percentile(await ours((voteId) => ourVoters.ask('spread', { voteId, within: 1000 })), 0.95)
      const peerP95 = percentile(await theirs(`spread-${repeat}`, (voteId) => theirVoters.ask('spread', { voteId, within: 1000 })), 0.95)
      const seconds = await ours((voteId) => ourVoters.ask('burst', { voteId })) / 1000
      const peerSeconds = await theirs(`burst-${repeat}`, (voteId) => theirVoters.ask('burst', { voteId })) / 1000
      if (repeat < 0) continue
      spread.ours.push(p95)
      spread.theirs.push(peerP95)
      rate.ours.push(voters / seconds)
      rate.theirs.push(voters / peerSeconds)
    }
    const note = `Redis ${redis.version} HSETNX, appendfsync always, same edge and schema; ours also checks session, permission and rule, and chains hashes`
    return [
      withinLimit('300 ballots within one second: p95 of the ack', 'ms', spread.ours, 250, `each acked when durable; the peer in the same run: ${percentile(spread.theirs, 0.5).toFixed(1)} ms`),
      compare('Ballots at saturation (300 voters, closed loop)', 'per second', rate.ours, rate.theirs, { atLeast: 1 }, note),
    ]
  } finally {
    await Promise.all([hub.stop(), peer.stop(), ourVoters.stop(), theirVoters.stop()])
    await redis.stop()
  }
}
