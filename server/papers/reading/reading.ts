import type { SecrecyLevel } from '../secrecy/level.ts'

/** What pdf.js found in a file; sent from the reading process to the hub. */
export type Reading =
  | { outcome: 'read'; pages: number; title: string | null; hasText: boolean; /** The first page has no words: a scan, perhaps with a stamp on it. */ firstIsPicture: boolean; ownerPassword: boolean; level: SecrecyLevel | null }
  | { outcome: 'password' | 'damaged' | 'noPages' }
