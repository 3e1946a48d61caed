import { Redis } from 'ioredis'
import { Pool } from 'pg'
import { refusal } from '../../../shared/contracts/refusal.ts'
import { isRefusal } from '../../../shared/meeting/command.ts'
import { decide } from '../../../shared/meeting/decide.ts'
import type { MeetingHosts } from '../../../server/meetings/hosts.ts'

/** Keeps a ballot durably; false when this voter's was there already. */
type Keep = (voteId: string, voter: string, choice: string) => Promise<boolean>

export interface Peer { kind: 'redis' | 'postgres'; port: number }

/**
 * A peer of the ballot figures: our own hub with its edge, sessions, schema, permission and rule, but each ballot goes to
 * Redis or PostgreSQL instead of our log. It keeps no order, no hash chain and sends no frames.
 */
export async function keepBallotsIn(hosts: MeetingHosts, peer: Peer): Promise<void> {
  const keep = await (peer.kind === 'redis' ? redis : postgres)(peer.port)
  const execute = hosts.execute.bind(hosts)
  hosts.execute = async (meetingId, personId, command) => {
    if (command.type !== 'votes:cast') return execute(meetingId, personId, command)
    const host = await hosts.find(meetingId)
    if (!host) return { ok: false, refusal: refusal('notFound') }
    const decision = decide(host.state, command, { personId, now: Date.now(), newId: () => '' })
    if (isRefusal(decision)) return { ok: false, refusal: decision }
    const { seq } = host.state
    const first = await keep(command.data.voteId, personId, command.data.choice ?? '')
    return first ? { ok: true, from: seq, to: seq } : { ok: false, refusal: refusal('votes.alreadyCast') }
  }
}

/** HSETNX, as OpenSlides' vote service does. */
async function redis(port: number): Promise<Keep> {
  const client = new Redis({ port, host: '127.0.0.1', enableAutoPipelining: true })
  await client.ping()
  return async (voteId, voter, choice) => (await client.hsetnx(`ballots:${voteId}`, voter, choice)) === 1
}

/** As many connections as its documentation advises for two cores, several times over: its commits gather what waits. */
async function postgres(port: number): Promise<Keep> {
  const pool = new Pool({ host: '127.0.0.1', port, user: 'bench', database: 'postgres', max: 20 })
  await pool.query('CREATE TABLE ballots (vote text, voter text, choice text NOT NULL, PRIMARY KEY (vote, voter))')
  return async (voteId, voter, choice) => {
    const text = 'INSERT INTO ballots (vote, voter, choice) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING'
    return (await pool.query({ name: 'cast', text, values: [voteId, voter, choice] })).rowCount === 1
  }
}
