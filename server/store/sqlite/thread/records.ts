/** Records, inside the thread: one table per collection, JSON text, and an expression index per declared field. */
import type { CollectionShape, Filter, FindOptions } from '../../port.ts'
import { declaredFields } from '../../shape.ts'
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import type { Prepare } from './database.ts'

/** A record with its value still as text. */
export interface Row { id: string; version: number; value: string }
/** What a write came to: done, or the field that is taken, or a version that is no longer there. */
export type Written = { taken?: string; stale?: true }

const CONSTRAINT = 19

export function recordOperations(database: DatabaseSync, prepare: Prepare) {
  function find(collection: string, filter: Filter, options: FindOptions): Row[] {
    const { where, values } = condition(filter)
    const direction = options.descending ? 'DESC' : 'ASC'
    const order = options.sort && options.sort !== 'id' ? `${column(options.sort)} ${direction}, id ${direction}` : `id ${direction}`
    const sql = `SELECT id, version, value FROM ${table(collection)} WHERE ${where} ORDER BY ${order} LIMIT ?`
    return (prepare(sql).all(...values, options.limit ?? -1) as unknown as Row[]).map(row => ({ ...row }))
  }

  return {
    writes: {
      declare(shape: CollectionShape): void {
        database.exec(`CREATE TABLE IF NOT EXISTS ${table(shape.name)} (
          id TEXT PRIMARY KEY, version INTEGER NOT NULL, value TEXT NOT NULL) STRICT, WITHOUT ROWID`)
        for (const field of declaredFields(shape)) {
          const unique = shape.unique?.includes(field) ? 'UNIQUE' : ''
          database.exec(`CREATE ${unique} INDEX IF NOT EXISTS "${unique ? 'unique' : 'index'}_${shape.name}_${field}"
            ON ${table(shape.name)} (${column(field)}) ${unique ? `WHERE ${column(field)} IS NOT NULL` : ''}`)
        }
      },
      insert(collection: string, id: string, value: string): Written {
        return unlessTaken(() => {
          prepare(`INSERT INTO ${table(collection)} (id, version, value) VALUES (?, 1, ?)`).run(id, value)
        })
      },
      replace(collection: string, id: string, version: number, value: string): Written {
        return unlessTaken(() => {
          const update = prepare(`UPDATE ${table(collection)} SET value = ?, version = version + 1 WHERE id = ? AND version = ?`)
          return update.run(value, id, version).changes === 1 ? {} : { stale: true }
        })
      },
      put(collection: string, id: string, value: string): Written {
        return unlessTaken(() => {
          prepare(`INSERT INTO ${table(collection)} (id, version, value) VALUES (?, 1, ?)
            ON CONFLICT (id) DO UPDATE SET value = excluded.value, version = version + 1`).run(id, value)
        })
      },
      remove(collection: string, id: string): boolean {
        return prepare(`DELETE FROM ${table(collection)} WHERE id = ?`).run(id).changes === 1
      },
      removeWhere(collection: string, filter: Filter): number {
        const { where, values } = condition(filter)
        return Number(prepare(`DELETE FROM ${table(collection)} WHERE ${where}`).run(...values).changes)
      },
    },
    reads: {
      get(collection: string, id: string): Row | null {
        const row = prepare(`SELECT id, version, value FROM ${table(collection)} WHERE id = ?`).get(id)
        return row ? ({ ...row } as unknown as Row) : null
      },
      find,
    },
  }
}

// Names were checked against the shape (shape.ts) and hold letters and digits only.
const table = (collection: string) => `"records_${collection}"`
const column = (field: string) => (field === 'id' ? 'id' : `json_extract(value, '$.${field}')`)
const kind = (field: string) => (field === 'id' ? `'text'` : `json_type(value, '$.${field}')`)

function condition(filter: Filter): { where: string; values: SQLInputValue[] } {
  const parts = ['1']
  const values: SQLInputValue[] = []
  const compare = (field: string, operator: string, value: string | number) => {
    parts.push(`${column(field)} ${operator} ?`)
    // SQLite orders numbers before texts and takes true for 1; a filter means one type.
    parts.push(typeof value === 'string' ? `${kind(field)} = 'text'` : `${kind(field)} IN ('integer', 'real')`)
    values.push(value)
  }
  for (const [field, wanted] of Object.entries(filter)) {
    if (wanted === null) parts.push(`${column(field)} IS NULL`)
    else if (typeof wanted === 'boolean') parts.push(`${column(field)} = ${wanted ? 1 : 0}`, `${kind(field)} = '${wanted}'`)
    else if (typeof wanted !== 'object') compare(field, '=', wanted)
    else {
      if (wanted.$gte !== undefined) compare(field, '>=', wanted.$gte)
      if (wanted.$lt !== undefined) compare(field, '<', wanted.$lt)
    }
  }
  return { where: parts.join(' AND '), values }
}

/** A unique constraint that fails undoes its own statement only, so it is an answer and not an error. */
function unlessTaken(write: () => Written | void): Written {
  try {
    return write() ?? {}
  } catch (error) {
    const { errcode, message } = error as { errcode?: number; message: string }
    if (errcode === undefined || (errcode & 0xff) !== CONSTRAINT) throw error
    return { taken: /index 'unique_[^_]+_([^']+)'/.exec(message)?.[1] ?? 'id' }
  }
}
