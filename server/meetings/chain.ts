import { createHash } from 'node:crypto'
import type { StoredFact } from '../store/port.ts'
import { factsText } from '../store/text.ts'

/** What stands before the first append of a log. */
export const genesisHash = ''

/**
 * The hash that chains an append to the one before it: lower-case hex SHA-256 over the previous hash and the canonical
 * JSON (RFC 8785) of the facts. Whoever changes, drops, adds or reorders a fact breaks every hash after it.
 */
export function chainHash(previousHash: string, facts: readonly StoredFact[]): string {
  return createHash('sha256').update(previousHash).update(factsText(facts)).digest('hex')
}
