import { open, readFile, type FileHandle } from 'node:fs/promises'
import type { Source } from '../../shared/media/peer.ts'

/** What was on stage when, and which file holds it. Times are milliseconds since the epoch, by this machine's clock. */
export type JournalLine =
  /** Something is written down from here on, or no more. A journal that ends with `on` is one of a recorder that was killed. */
  | { kind: 'running'; at: number; on: boolean }
  /** Which producers' pictures are seen: large, and small in its corner. */
  | { kind: 'shown'; at: number; main: string | null; inset: string | null }
  /** `pid`: of the process that writes it. */
  | { kind: 'track'; at: number; file: string; producerId: string; source: Source; pid: number }
  /** Its first packet: where the file begins. */
  | { kind: 'began'; at: number; file: string }
  /** So many milliseconds of media, by the sender's clock, have come by now: senders' clocks go faster or slower. */
  | { kind: 'clock'; at: number; file: string; mediaMs: number }
  | { kind: 'ended'; at: number; file: string }

export const journalName = 'journal.jsonl'

/** Lines are on disk before what follows from them; one after the other. */
export class Journal {
  readonly #file: Promise<FileHandle>
  #last: Promise<void> = Promise.resolve()

  constructor(path: string) {
    this.#file = open(path, 'a', 0o600)
    this.#file.catch(() => {})
  }

  write(line: JournalLine): Promise<void> {
    const written = this.#last.then(async () => {
      const file = await this.#file
      await file.appendFile(`${JSON.stringify(line)}\n`)
      await file.datasync()
    })
    this.#last = written.catch(() => {})
    return written
  }

  async close(): Promise<void> {
    await this.#last
    await this.#file.then((file) => file.close(), () => {})
  }
}

/** A line that was being written when the power went is no line. */
export function parseJournal(text: string): JournalLine[] {
  return text.split('\n').flatMap((line): JournalLine[] => {
    try {
      const read = JSON.parse(line) as JournalLine
      return typeof read === 'object' && read !== null && typeof read.at === 'number' ? [read] : []
    } catch {
      return []
    }
  })
}

export async function readJournal(path: string): Promise<JournalLine[]> {
  return parseJournal(await readFile(path, 'utf8'))
}
