import { stat } from 'node:fs/promises'
import { refusal, type Refusal } from '../../shared/contracts/refusal.ts'
import { scannedLevel } from './contents/ocr/stamp.ts'
import { readPdf, readingLimits, type ReadingLimits } from './reading/read.ts'
import { levelInName } from './secrecy/name.ts'
import { structureRefusal } from './structure.ts'

/** What the hub knows of a PDF that may become a paper. */
export interface Inspection {
  /** Bytes. */
  size: number
  pages: number
  /** The title that the file gives itself, if any. */
  title: string | null
  /** False for a scan: nothing to search in. */
  hasText: boolean
  /** True when printing or copying is locked with an owner's password; such a file opens without one and is accepted. */
  encrypted: boolean
}

export interface InspectOptions {
  /** Largest size in bytes. */
  limit: number
  /** The file's display name; a mark of secrecy in it refuses the file. */
  name: string
  reading?: ReadingLimits
}

/**
 * Looks at the file's content, whatever its name says, and answers what it is or why it cannot become a paper:
 * papers.empty, notPdf, truncated, unreadable, noPages, encrypted, tooLarge, tooComplex, secret.
 */
export async function inspectPdf(path: string, { limit, name, reading: limits = readingLimits }: InspectOptions): Promise<Inspection | Refusal> {
  const { size } = await stat(path)
  if (size > limit) return tooLarge(limit)
  const named = levelInName(name)
  if (named) return refusal('papers.secret', { level: named })
  const structure = await structureRefusal(path)
  if (structure) return refusal(structure)

  const reading = await readPdf(path, limits)
  switch (reading.outcome) {
    case 'password': return refusal('papers.encrypted')
    case 'damaged': return refusal('papers.unreadable')
    case 'noPages': return refusal('papers.noPages')
    case 'tooComplex': return refusal('papers.tooComplex')
    case 'read': {
      const level = reading.level ?? (reading.firstIsPicture ? await scannedLevel(path) : null)
      if (level) return refusal('papers.secret', { level })
      return { size, pages: reading.pages, title: reading.title, hasText: reading.hasText, encrypted: reading.ownerPassword }
    }
  }
}

/** Megabytes as UPLOAD_LIMIT_MB counts them. */
export function tooLarge(limit: number): Refusal {
  return refusal('papers.tooLarge', { limit: limit / 1_000_000 })
}

export function isRefused<T extends object>(result: T | Refusal): result is Refusal {
  return 'code' in result
}
