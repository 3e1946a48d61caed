/** Opens the database file: alone on it, in WAL, at the schema of this version. */
import { DatabaseSync, type StatementSync } from 'node:sqlite'

export type Synchronous = 'FULL' | 'NORMAL' | 'OFF'
export type Prepare = (sql: string) => StatementSync

const SCHEMA_VERSION = 1
/** How long a start waits for the process before it to end. */
const PATIENCE = 3_000
const SQLITE_BUSY = 5

const SCHEMA = `
  CREATE TABLE appends (
    log TEXT NOT NULL, firstSeq INTEGER NOT NULL, lastSeq INTEGER NOT NULL, hash TEXT NOT NULL,
    commands TEXT NOT NULL, facts TEXT NOT NULL,
    PRIMARY KEY (log, firstSeq)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE collabUpdates (
    number INTEGER PRIMARY KEY AUTOINCREMENT, document TEXT NOT NULL, content BLOB NOT NULL
  ) STRICT;
  CREATE INDEX collabByDocument ON collabUpdates (document, number);
`

/** @throws Error with a sentence for the operator when another process holds the folder or a newer version wrote it */
export function openDatabase(path: string, synchronous: Synchronous): DatabaseSync {
  const deadline = Date.now() + PATIENCE
  for (;;) {
    const database = new DatabaseSync(path)
    try {
      prepareDatabase(database, synchronous)
      return database
    } catch (error) {
      database.close()
      if ((error as { errcode?: number }).errcode !== SQLITE_BUSY) throw error
      if (Date.now() > deadline) throw new Error('is in use by another process', { cause: error })
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20 + Math.random() * 60)
    }
  }
}

function prepareDatabase(database: DatabaseSync, synchronous: Synchronous): void {
  // Exclusive: the kernel's lock on the file keeps a second process out and dies with this one, however it dies;
  // and the WAL index lives in memory, so there is no -shm file to be torn.
  database.exec('PRAGMA locking_mode = EXCLUSIVE')
  database.exec('PRAGMA journal_mode = WAL')
  database.exec(`PRAGMA synchronous = ${synchronous}`)
  database.exec('PRAGMA cache_size = -65536')
  database.exec('BEGIN IMMEDIATE')
  try {
    const version = Number(Object.values(database.prepare('PRAGMA user_version').get() ?? {})[0])
    if (version > SCHEMA_VERSION) throw new Error('was written by a newer version of Giao ban')
    if (version === 0) database.exec(`${SCHEMA} PRAGMA user_version = ${SCHEMA_VERSION}`)
    database.exec('COMMIT')
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

/** Prepared statements, made once per text. */
export function statementsOf(database: DatabaseSync): Prepare {
  const statements = new Map<string, StatementSync>()
  return sql => {
    let statement = statements.get(sql)
    if (!statement) {
      statement = database.prepare(sql)
      statements.set(sql, statement)
    }
    return statement
  }
}
