/** Logs, inside the thread. */
import type { Prepare } from './database.ts'

/** Text per page: some milliseconds of parsing for the main thread. */
const PAGE_LENGTH = 512 * 1024
const NAMES_PER_PAGE = 500

/** Appends in order. `facts` is one JSON array with an array of facts per append; `next` is where to read on, null at the end. */
export interface AppendPage { bounds: [firstSeq: number, lastSeq: number, hash: string][]; facts: string; next: number | null }
/** One JSON array of an array of traces per append. */
export interface CommandPage { commands: string; next: number | null }

export function logOperations(prepare: Prepare) {
  const headOf = prepare('SELECT lastSeq, hash FROM appends WHERE log = ? ORDER BY firstSeq DESC LIMIT 1')
  const insert = prepare('INSERT INTO appends (log, firstSeq, lastSeq, hash, commands, facts) VALUES (?, ?, ?, ?, ?, ?)')
  const appendWith = prepare('SELECT firstSeq, lastSeq FROM appends WHERE log = ? AND firstSeq <= ? ORDER BY firstSeq DESC LIMIT 1')
  const factsFrom = prepare('SELECT firstSeq, lastSeq, hash, facts FROM appends WHERE log = ? AND firstSeq >= ? ORDER BY firstSeq')
  const commandsFrom = prepare('SELECT firstSeq, commands FROM appends WHERE log = ? AND firstSeq >= ? ORDER BY firstSeq')
  const nextLog = prepare('SELECT log FROM appends WHERE log > ? ORDER BY log LIMIT 1')
  const sameLog = prepare('SELECT log FROM appends WHERE log = ? LIMIT 1')
  factsFrom.setReturnArrays(true)
  commandsFrom.setReturnArrays(true)

  function head(log: string): { lastSeq: number; hash: string } | null {
    const row = headOf.get(log) as { lastSeq: number; hash: string } | undefined
    return row ? { lastSeq: row.lastSeq, hash: row.hash } : null
  }

  return {
    writes: {
      /** False when the log does not end at `afterSeq`. */
      append(log: string, afterSeq: number, lastSeq: number, hash: string, commands: string, facts: string): boolean {
        if ((head(log)?.lastSeq ?? 0) !== afterSeq) return false
        insert.run(log, afterSeq + 1, lastSeq, hash, commands, facts)
        return true
      },
    },
    reads: {
      head,
      /** The first seq of the append that holds `seq`, or the seq itself when none does. */
      beginOf(log: string, seq: number): number {
        const row = appendWith.get(log, seq) as { firstSeq: number; lastSeq: number } | undefined
        return row && row.lastSeq >= seq ? row.firstSeq : seq
      },
      appendPage(log: string, from: number): AppendPage {
        const bounds: AppendPage['bounds'] = []
        const texts: string[] = []
        let length = 0
        for (const row of factsFrom.iterate(log, from) as Iterable<unknown> as Iterable<[number, number, string, string]>) {
          if (length > PAGE_LENGTH) return { bounds, facts: `[${texts.join(',')}]`, next: row[0] }
          bounds.push([row[0], row[1], row[2]])
          texts.push(row[3])
          length += row[3].length
        }
        return { bounds, facts: `[${texts.join(',')}]`, next: null }
      },
      commandPage(log: string, from: number): CommandPage {
        const texts: string[] = []
        let length = 0
        for (const [firstSeq, commands] of commandsFrom.iterate(log, from) as Iterable<unknown> as Iterable<[number, string]>) {
          if (length > PAGE_LENGTH) return { commands: `[${texts.join(',')}]`, next: firstSeq }
          if (commands === '[]') continue
          texts.push(commands)
          length += commands.length
        }
        return { commands: `[${texts.join(',')}]`, next: null }
      },
      /** Names after `after` (or from `prefix` on when null) that begin with `prefix`. */
      logPage(prefix: string, after: string | null): { names: string[]; more: boolean } {
        const names: string[] = []
        let row = after === null ? (sameLog.get(prefix) ?? nextLog.get(prefix)) : nextLog.get(after)
        while (row) {
          const name = row.log as string
          if (!name.startsWith(prefix)) break
          names.push(name)
          if (names.length === NAMES_PER_PAGE) return { names, more: true }
          row = nextLog.get(name)
        }
        return { names, more: false }
      },
    },
  }
}
