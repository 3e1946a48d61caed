import { Redis } from 'ioredis'
import { refusal } from '../../../shared/contracts/refusal.ts'
import { isRefusal } from '../../../shared/meeting/command.ts'
import { decide } from '../../../shared/meeting/decide.ts'
import type { MeetingHosts } from '../../../server/meetings/hosts.ts'

/**
 * The peer of the ballot figures: our own hub with its edge, sessions, schema, permission and rule, but each ballot goes to
 * Redis (HSETNX, as OpenSlides' vote service does) instead of our log. It keeps no order, no hash chain and sends no frames.
 */
export async function keepBallotsInRedis(hosts: MeetingHosts, port: number): Promise<void> {
  const redis = new Redis({ port, host: '127.0.0.1', enableAutoPipelining: true })
  await redis.ping()
  const execute = hosts.execute.bind(hosts)
  hosts.execute = async (meetingId, personId, command) => {
    if (command.type !== 'votes:cast') return execute(meetingId, personId, command)
    const host = await hosts.find(meetingId)
    if (!host) return { ok: false, refusal: refusal('notFound') }
    const decision = decide(host.state, command, { personId, now: Date.now(), newId: () => '' })
    if (isRefusal(decision)) return { ok: false, refusal: decision }
    const first = await redis.hsetnx(`ballots:${command.data.voteId}`, personId, command.data.choice ?? '')
    const { seq } = host.state
    return first === 1 ? { ok: true, from: seq, to: seq } : { ok: false, refusal: refusal('votes.alreadyCast') }
  }
}
