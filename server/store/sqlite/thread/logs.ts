/** Logs, inside the thread. */
import type { Prepare } from './database.ts'

/** A page holds about this many bytes of JSON: some milliseconds of parsing for the main thread. */
const PAGE_BYTES = 1024 * 1024
const ROWS_PER_PAGE = 1024
const NAMES_PER_PAGE = 500

/** A piece of a log as UTF-8 JSON (an array), and the firstSeq it goes up to; null when nothing was left. */
export interface Page { json: Uint8Array; last: number }

export function logOperations(prepare: Prepare) {
  const headOf = prepare('SELECT lastSeq, hash FROM appends WHERE log = ? ORDER BY firstSeq DESC LIMIT 1')
  const insert = prepare('INSERT INTO appends (log, firstSeq, lastSeq, hash, commands, facts) VALUES (?, ?, ?, ?, ?, ?)')
  const appendWith = prepare('SELECT firstSeq, lastSeq FROM appends WHERE log = ? AND firstSeq <= ? ORDER BY firstSeq DESC LIMIT 1')
  // SQLite joins the rows itself: handing 30,000 of them to JavaScript one by one takes three times as long.
  const factsPage = pageOf('facts', `'{"firstSeq":' || firstSeq || ',"lastSeq":' || lastSeq || ',"hash":"' || hash || '","facts":' || facts || '}'`)
  const commandsPage = pageOf('commands', `nullif(commands, '')`)
  const nextLog = prepare('SELECT log FROM appends WHERE log > ? ORDER BY log LIMIT 1')
  const sameLog = prepare('SELECT log FROM appends WHERE log = ? LIMIT 1')

  function pageOf(column: string, item: string) {
    const rows = 'FROM appends WHERE log = ? AND firstSeq >= ? ORDER BY firstSeq LIMIT ?'
    const size = prepare(`SELECT sum(length) AS bytes FROM (SELECT octet_length(${column}) AS length ${rows})`)
    const join = prepare(`SELECT max(firstSeq) AS last, CAST('[' || coalesce(group_concat(item), '') || ']' AS BLOB) AS json
      FROM (SELECT firstSeq, ${item} AS item ${rows})`)
    return (log: string, from: number): Page | null => {
      let count = ROWS_PER_PAGE
      while (count > 1 && Number(size.get(log, from, count)?.bytes ?? 0) > PAGE_BYTES) count >>= 1
      const page = join.get(log, from, count) as unknown as Page
      return page.last === null ? null : { json: page.json, last: page.last }
    }
  }

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
      /** Whole appends. */
      factsPage,
      /** The traces of many appends, in one flat list: commandId, by, from, to, commandId, … */
      commandsPage,
      /** The next names after `after` (from `prefix` on when null) that begin with `prefix`. */
      logPage(prefix: string, after: string | null): string[] {
        const names: string[] = []
        let row = after === null ? (sameLog.get(prefix) ?? nextLog.get(prefix)) : nextLog.get(after)
        while (row && names.length < NAMES_PER_PAGE && (row.log as string).startsWith(prefix)) {
          names.push(row.log as string)
          row = nextLog.get(row.log as string)
        }
        return names
      },
    },
  }
}
