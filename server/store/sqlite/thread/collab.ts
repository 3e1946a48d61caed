/** Yjs update logs, inside the thread. A document's first row is its compacted state once there is one. */
import type { Prepare } from './database.ts'

export function collabOperations(prepare: Prepare) {
  const insert = prepare('INSERT INTO collabUpdates (document, content) VALUES (?, ?)')
  const all = prepare('SELECT number, content FROM collabUpdates WHERE document = ? ORDER BY number')
  const replace = prepare('UPDATE collabUpdates SET content = ? WHERE document = ? AND number = ?')
  const forget = prepare('DELETE FROM collabUpdates WHERE document = ? AND number < ?')
  const removeAll = prepare('DELETE FROM collabUpdates WHERE document = ?')

  return {
    writes: {
      collabAppend(document: string, update: Uint8Array): void {
        insert.run(document, update)
      },
      /** The row `upTo` becomes the state; when it is gone, that load is out of date. */
      collabCompact(document: string, upTo: number, state: Uint8Array): void {
        if (replace.run(state, document, upTo).changes === 1) forget.run(document, upTo)
      },
      collabRemove(document: string): void {
        removeAll.run(document)
      },
    },
    reads: {
      collabLoad(document: string): { updates: Uint8Array[]; upTo: number } {
        const rows = all.all(document) as unknown as { number: number; content: Uint8Array }[]
        return { updates: rows.map(row => row.content), upTo: rows.at(-1)?.number ?? 0 }
      },
    },
  }
}
