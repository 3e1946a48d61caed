import { Redis } from 'ioredis'
import { Pool } from 'pg'
import { refusal } from '../../../shared/contracts/refusal.ts'
import { isRefusal } from '../../../shared/meeting/command.ts'
import { decide } from '../../../shared/meeting/decide.ts'
import type { Hub } from '../../../server/app.ts'
import { logIdOf } from '../../../server/meetings/meeting-log.ts'

/** Keeps a ballot durably; false when this voter's was there already. */
type Keep = (voteId: string, voter: string, choice: string) => Promise<boolean>

/** `bare`: keeps ballots and answers, nothing more. */
export interface Peer { kind: 'redis' | 'postgres'; port: number; bare?: boolean }

/**
 * A peer of the ballot figures: our own hub with its edge, sessions, schema, permission, rule and screens, and Redis or PostgreSQL in place
 * of our store. Each ballot is kept there first; then the meeting goes on in memory alone. A bare peer stops after keeping: it has no order
 * of ballots, tells no other screen of the voter and no turnout, and could not say a result.
 */
export async function keepBallotsIn({ hosts, store }: Pick<Hub, 'hosts' | 'store'>, peer: Peer): Promise<void> {
  const keep = await (peer.kind === 'redis' ? redis : postgres)(peer.port)
  const append = store.logs.append.bind(store.logs)
  store.logs.append = async (logId, ...rest) => (logId.startsWith(logIdOf('')) ? undefined : append(logId, ...rest))
  const execute = hosts.execute.bind(hosts)
  hosts.execute = async (meetingId, personId, command) => {
    if (command.type !== 'votes:cast') return execute(meetingId, personId, command)
    const host = await hosts.find(meetingId)
    if (!host) return { ok: false, refusal: refusal('notFound') }
    if (peer.bare) {
      const decision = decide(host.state, command, { personId, now: Date.now(), newId: () => '' })
      if (isRefusal(decision)) return { ok: false, refusal: decision }
    }
    const first = await keep(command.data.voteId, personId, command.data.choice ?? '')
    if (!first) return { ok: false, refusal: refusal('votes.alreadyCast') }
    return peer.bare ? { ok: true, from: host.state.seq, to: host.state.seq } : host.execute(personId, command)
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
  await pool.query('CREATE TABLE IF NOT EXISTS ballots (vote text, voter text, choice text NOT NULL, PRIMARY KEY (vote, voter))')
  return async (voteId, voter, choice) => {
    const text = 'INSERT INTO ballots (vote, voter, choice) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING'
    return (await pool.query({ name: 'cast', text, values: [voteId, voter, choice] })).rowCount === 1
  }
}
