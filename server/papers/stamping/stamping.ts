import type { Readable } from 'node:stream'
import { refusal, type Refusal } from '../../../shared/contracts/refusal.ts'
import { openCopyFolder, type CopyLimits, type MadeCopy } from '../copying/isolated.ts'
import { openTurns } from '../copying/turns.ts'

/** A book of 500 pages takes some three seconds. `memory`: beside five times the file itself. */
export const stampingLimits: CopyLimits = { computing: 40_000, time: 120_000, memory: 500 * 2 ** 20 }

export interface Stamping {
  /** The PDF in `content` with this line across each of its pages. `askedBy`: nobody waits behind the many copies of one person. */
  copy(askedBy: string, file: { content(): Readable; size: number; pages: number }, line: string, signal: AbortSignal): Promise<MadeCopy | Refusal>
}

const script = new URL('./main.ts', import.meta.url)

/** Copies are made for one person at one moment, in a process of their own, and are gone when they are sent. */
export async function openStamping(folder: string, limits: CopyLimits = stampingLimits): Promise<Stamping> {
  const copies = await openCopyFolder(folder)
  const turns = openTurns({ places: 2, mostWaiting: 100, mostOfOne: 2 })
  return {
    copy: (askedBy, { content, size, pages }, line, signal) => turns.take(askedBy, async () => {
      const copy = await copies.make({ script, job: { line, pages }, content, limits: { ...limits, memory: limits.memory + 5 * size }, signal })
      return copy?.made ?? refusal('papers.cannotStamp')
    }),
  }
}
