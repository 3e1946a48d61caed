import type { Readable } from 'node:stream'
import { refusal, type Refusal } from '../../../shared/contracts/refusal.ts'
import { papersIn, type BookItem } from '../../../shared/meeting/papers/book.ts'
import type { Paper } from '../../../shared/meeting/papers/state.ts'
import { openCopyFolder, type CopyLimits, type MadeCopy } from '../copying/isolated.ts'
import { openTurns } from '../copying/turns.ts'
import type { BookJob, BoundBook } from './job.ts'

/** `computing`: for each paper. `memory`: beside six times the largest of them. */
export const bookProcessLimits: CopyLimits = { computing: 40_000, time: 240_000, memory: 600 * 2 ** 20 }
/** Papers that took the process with them before the rest is given up. */
const mostFatal = 2

export interface Books {
  /** A meeting's papers as one PDF. `items`: whose papers are read by `content`, each only when its turn comes. One at a time for each person. */
  bind(askedBy: string, items: readonly BookItem[], job: Omit<BookJob, 'items' | 'leftOut'>, content: (paper: Paper) => Readable, signal: AbortSignal): Promise<MadeBook | Refusal>
}
/** `papers`: those that are in it. */
export interface MadeBook extends MadeCopy { papers: Paper[]; pages: number }

const script = new URL('./main.ts', import.meta.url)

/** Books are bound one after the other, in a process of their own, and are gone when they are sent. */
export async function openBooks(folder: string, limits: CopyLimits = bookProcessLimits): Promise<Books> {
  const copies = await openCopyFolder(folder)
  const turns = openTurns({ places: 1, mostWaiting: 60, mostOfOne: 1 })

  return {
    bind: (askedBy, items, told, content, signal) => turns.take(askedBy, async () => {
      const papers = papersIn(items)
      const job: BookJob = { ...told, leftOut: [], items: items.map((item) => ({ ...item, papers: item.papers.map(({ title, size, pages }) => ({ title, size, pages })) })) }
      const memory = limits.memory + 6 * Math.max(...papers.map(({ size }) => size))
      const until = Date.now() + limits.time
      for (let fatal = 0; fatal <= mostFatal; fatal += 1) {
        let at: number | null = null
        const copy = await copies.make({
          script, job, signal, limits: { ...limits, memory, time: until - Date.now() },
          content: () => behindEachOther(papers.filter((_, index) => !job.leftOut.includes(index)), content),
          heard: (message) => { at = (message as { at: number }).at },
        })
        if (copy) {
          const { pages, leftOut } = copy.said as BoundBook
          if (leftOut.length === papers.length) {
            copy.made.content.destroy()
            break
          }
          return { ...copy.made, pages, papers: papers.filter((_, index) => !leftOut.includes(index)) }
        }
        if (at === null || signal.aborted || Date.now() >= until) break
        // A bomb, as it seems: the others go without it.
        job.leftOut.push(at)
      }
      return refusal('papers.cannotBind')
    }),
  }
}

async function* behindEachOther(papers: readonly Paper[], content: (paper: Paper) => Readable): AsyncGenerator<Uint8Array> {
  for (const paper of papers) yield* content(paper) as AsyncIterable<Uint8Array>
}
