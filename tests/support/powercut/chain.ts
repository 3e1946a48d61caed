/** A chain over test logs, so that what is read proves itself. */
import { createHash } from 'node:crypto'
import type { Append, Store, StoredFact } from '../../../server/store/port.ts'

export const BEGIN = '0'.repeat(64)

export function linkOf(previous: string, facts: StoredFact[]): string {
  return createHash('sha256').update(previous).update(JSON.stringify(facts.map(fact => [fact.seq, fact.commandId, fact.data]))).digest('hex')
}

/** The log's last seq. @throws Error at a hole, a half-written append or a wrong hash */
export async function verifyLog(store: Store, logId: string): Promise<number> {
  let lastSeq = 0
  let hash = BEGIN
  for await (const append of store.logs.read(logId, 0)) {
    verifyAppend(append, lastSeq, hash)
    lastSeq = append.lastSeq
    hash = append.hash
  }
  const head = await store.logs.head(logId)
  if ((head?.lastSeq ?? 0) !== lastSeq || (head?.hash ?? BEGIN) !== hash) throw new Error(`${logId}: the head is not the end`)
  return lastSeq
}

function verifyAppend(append: Append, lastSeq: number, hash: string): void {
  const seqs = append.facts.map(fact => fact.seq).join()
  const due = Array.from({ length: append.lastSeq - lastSeq }, (_, index) => lastSeq + 1 + index).join()
  if (append.firstSeq !== lastSeq + 1 || seqs !== due) throw new Error(`after ${lastSeq}: append ${append.firstSeq}..${append.lastSeq} holds ${seqs}`)
  if (append.hash !== linkOf(hash, append.facts)) throw new Error(`append ${append.firstSeq}: wrong hash`)
}
