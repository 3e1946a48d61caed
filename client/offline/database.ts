import { openDB, type DBSchema, type IDBPDatabase } from 'idb'

/** Bytes sealed with AES-GCM; without the key of their package they are nothing. */
export interface Sealed { iv: Uint8Array<ArrayBuffer>; bytes: ArrayBuffer }

/** One person's package of one meeting: `<personId> <meetingId>`. Of what is in clear here, nothing says what the meeting is about. */
export interface PackageKey {
  id: string
  personId: string
  meetingId: string
  /** Cannot be read out of the browser, only used by it. */
  key: CryptoKey
  /** For notes alone: they outlive the papers until the hub has them. */
  notesKey: CryptoKey
  /** Hub time. */
  expiresAt: number
  notesExpireAt: number
  /** The papers are gone; only notes that the hub may not have yet are waiting. */
  notesOnly: boolean
}

export type SealedPart = 'manifest' | 'view'

interface Schema extends DBSchema {
  keys: { key: string; value: PackageKey }
  /** By package and part. */
  parts: { key: [string, SealedPart]; value: Sealed }
  /** By package, SHA-256 of the file, and number of the chunk. */
  chunks: { key: [string, string, number]; value: Sealed }
  /** Changes to documents, in the order in which they were made; `document` is its name (`collabNameOf`), made of ids. */
  notes: { key: number; value: { id: string; document: string } & Sealed; indexes: { document: [string, string] } }
  /** `person`: who is signed in on this device. `latest` and `behind`: see latest.ts. `declined`: packages that shall not be kept. `unsent`: documents (package and name) that the hub may not have all of. */
  device: { key: string; value: string | number | string[] }
}

export type Database = IDBPDatabase<Schema>

let opening: Promise<Database> | null = null

/** One connection for the page. @throws when the browser gives no storage (private windows of some). */
export function openDatabase(): Promise<Database> {
  opening ??= openDB<Schema>('giao-ban', 1, {
    upgrade(database) {
      database.createObjectStore('keys', { keyPath: 'id' })
      database.createObjectStore('parts')
      database.createObjectStore('chunks')
      database.createObjectStore('notes', { autoIncrement: true }).createIndex('document', ['id', 'document'])
      database.createObjectStore('device')
    },
    // Another window deletes or changes it: nobody is kept waiting.
    blocking: (_version, _wanted, { target }) => {
      (target as IDBDatabase).close()
      opening = null
    },
    terminated: () => { opening = null },
  }).catch((error: unknown) => {
    opening = null
    throw error
  })
  return opening
}

export const packageId = (personId: string, meetingId: string): string => `${personId} ${meetingId}`

/** All keys [id, …]: an array sorts behind every string and number. */
export const allOf = (...prefix: string[]): IDBKeyRange => IDBKeyRange.bound(prefix, [...prefix, []])
