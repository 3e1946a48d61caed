import { bringUpToDate } from '../../shared/meeting/versions.ts'
import type { Fact } from '../../shared/meeting/fact.ts'
import type { Append, Logs } from '../store/port.ts'
import { chainHash } from './chain.ts'

const prefix = 'meeting/'

export function logIdOf(meetingId: string): string {
  return prefix + meetingId
}

export async function* meetingIds(logs: Logs): AsyncIterable<string> {
  for await (const logId of logs.list(prefix)) yield logId.slice(prefix.length)
}

/** A log whose hashes do not follow from its facts: somebody wrote into the store behind the hub's back. */
export class BrokenChain extends Error {
  override readonly name = 'BrokenChain'
  constructor(logId: string, append: Append) {
    super(`log ${logId}: the hash of facts ${append.firstSeq}–${append.lastSeq} does not follow from what stands before`)
  }
}

/**
 * Appends after `sinceSeq` with their facts in today's shape, each hash checked against the one before.
 * `sinceSeq` must be the end of an append and `hash` the hash it left.
 * @throws BrokenChain
 */
export async function* readMeetingLog(
  logs: Logs, logId: string, sinceSeq: number, hash: string,
): AsyncIterable<{ facts: Fact[]; lastSeq: number; hash: string }> {
  let previous = hash
  for await (const append of logs.read(logId, sinceSeq)) {
    if (chainHash(previous, append.facts) !== append.hash) throw new BrokenChain(logId, append)
    previous = append.hash
    yield { facts: append.facts.map((fact) => bringUpToDate(fact)), lastSeq: append.lastSeq, hash: append.hash }
  }
}
