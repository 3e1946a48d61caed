import type { TextRun } from '../secrecy/stamp.ts'

/** What pdf.js found in a file; sent from the reading process to the hub. */
export type Reading =
  | { outcome: 'read'; pages: number; title: string | null; hasText: boolean; ownerPassword: boolean; firstPage: { height: number; runs: TextRun[] } }
  | { outcome: 'password' | 'damaged' | 'noPages' }
