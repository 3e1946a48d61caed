import { expect } from 'vitest'
import type { RefusalAnswer, RefusalCode } from '../../../shared/contracts/refusal.ts'
import { auditLogId } from '../../../server/audit/audit.ts'
import { chainHash, genesisHash } from '../../../server/meetings/chain.ts'
import type { StoredFact } from '../../../server/store/port.ts'
import type { TestHub } from '../../support/hub.ts'

/** Expects a refusal with its status and code, and a sentence with nothing left to fill in. */
export async function refused(answer: Response, status: number, code: RefusalCode): Promise<RefusalAnswer> {
  const body = await answer.json() as RefusalAnswer
  expect({ status: answer.status, code: body.code }, JSON.stringify(body)).toEqual({ status, code })
  expect(body.sentence).toMatch(/^[^{}]{5,}[.]$/)
  return body
}

/** The whole audit record, its hash chain verified. */
export async function auditOf({ hub }: TestHub): Promise<(StoredFact & { data: Record<string, unknown> })[]> {
  const entries: StoredFact[] = []
  let previous = genesisHash
  for await (const { facts, hash } of hub.store.logs.read(auditLogId, 0)) {
    expect(hash).toBe(chainHash(previous, facts))
    previous = hash
    entries.push(...facts)
  }
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_entry, index) => index + 1))
  return entries
}
