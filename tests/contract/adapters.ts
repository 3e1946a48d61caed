/** Where the contract suite runs: every test file is run over each of these. */
import { openMongoStore } from '../../server/store/mongodb/open.ts'
import { openSqliteStore } from '../../server/store/sqlite/open.ts'
import type { Json, Store, StoredFact } from '../../server/store/port.ts'
import { MongoClient } from 'mongodb'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import '../support/mongodb/global-setup.ts'
import type { Address } from '../support/powercut/writer.ts'

/** An empty place for data. */
export interface Place {
  /** What a child process needs to open the same data. */
  address: Address
  open(): Promise<Store>
  forget(): Promise<void>
}

export interface Adapter {
  name: string
  /** Whether several processes may have the same place open. */
  shared: boolean
  /** Whether updates are atomic between connections (FerretDB's are not). */
  atomicUpdates: boolean
  /** Whether strings go by their bytes (mongo-java-server's go by UTF-16 units, which differ beyond U+FFFF). */
  byteOrder: boolean
  /** Whether data outlives the server. */
  persists: boolean
  makePlace(): Place
}

const sqlite: Adapter = {
  name: 'sqlite',
  shared: false,
  atomicUpdates: true,
  byteOrder: true,
  persists: true,
  makePlace() {
    const dataDir = mkdtempSync(join(tmpdir(), 'giao-ban-contract-'))
    return {
      address: { dataDir },
      open: () => openSqliteStore({ dataDir }),
      forget: async () => rmSync(dataDir, { recursive: true, force: true }),
    }
  },
}

export function adapters(): Adapter[] {
  const server = inject('mongodb')
  if (!server) return [sqlite]
  return [sqlite, {
    name: `mongodb via ${server.name}`,
    shared: true,
    atomicUpdates: server.kind === 'mongodb',
    byteOrder: server.kind !== 'java',
    persists: server.kind !== 'java',
    makePlace() {
      const url = new URL(server.url)
      url.pathname = `/giaoban_${randomUUID().slice(0, 8)}`
      return {
        address: { mongodbUrl: url.href },
        open: () => openMongoStore({ url: url.href }),
        async forget() {
          const client = await MongoClient.connect(url.href)
          await client.db().dropDatabase()
          await client.close()
        },
      }
    },
  }]
}

/** Facts `from`..`from + count - 1`, each sent by its own command unless said otherwise. */
export function facts(from: number, count: number, extra: Partial<StoredFact> = {}): StoredFact[] {
  return Array.from({ length: count }, (_, index) => {
    const seq = from + index
    return { seq, type: 'test.happened', v: 1, at: 1_760_000_000_000 + seq, by: `person-${seq % 7}`, commandId: `command-${seq}`, data: { number: seq }, ...extra }
  })
}

export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = []
  for await (const item of items) all.push(item)
  return all
}

export const HASH = 'ab'.repeat(32)

/** Values that lazy storage damages: composed and decomposed letters, keys that mean something elsewhere, the ends of numbers. */
export const DIFFICULT: { [key: string]: Json } = JSON.parse(`{
  "__proto__": { "polluted": true }, "constructor": "x", "$set": { "$inc": 1 }, "a.b": { "c.d": ["$where", null] }, "": "empty key",
  "composed": "${'Nghị quyết Đảng ủy'.normalize('NFC')}", "decomposed": "${'Nghị quyết Đảng ủy'.normalize('NFD')}",
  "${'khoá'.normalize('NFC')}": 1, "${'khoá'.normalize('NFD')}": 2,
  "emoji": "🗳️ 👩🏽‍⚖️", "nul": "a\\u0000b", "line": "\\u2028\\r\\n", "quotes": "\\"'\`\\\\",
  "numbers": [0, -1, 9007199254740991, 1.5e300, 5e-324, 0.1, 12345678901234567000],
  "deep": ${'['.repeat(60)}"bottom"${']'.repeat(60)}
}`) as { [key: string]: Json }
