/**
 * A process to be killed: writes to every part of a store without pause and tells, one line each, of every write that
 * resolved. Its one argument is a `Task` as JSON.
 */
import { openSync, writeSync } from 'node:fs'
import { Readable } from 'node:stream'
import { openMongoStore } from '../../../server/store/mongodb/open.ts'
import { openSqliteStore } from '../../../server/store/sqlite/open.ts'
import { randomFrom } from './random.ts'
import { BEGIN, linkOf } from './chain.ts'
import type { Synchronous } from '../../../server/store/sqlite/thread/database.ts'
import type { StoredFact } from '../../../server/store/port.ts'

export type Told =
  | { part: 'log'; id: string; lastSeq: number } | { part: 'record'; id: string; version: number }
  | { part: 'collab'; id: string; number: number } | { part: 'blob'; sha256: string; size: number }

export type Address = { dataDir: string } | { mongodbUrl: string }

export interface Task {
  address: Address
  seed: number
  synchronous?: Synchronous
  /** Where to tell; default stdout. */
  file?: string
  /** End (without closing anything) after so many lines; default never. */
  lines?: number
}

const { address, seed, synchronous = 'FULL', file, lines = Infinity } = JSON.parse(process.argv[2]!) as Task
const output = file === undefined ? 1 : openSync(file, 'a')
let told = 0

/** At once and unbuffered: what was told before the end has arrived. */
function tell(line: Told): void {
  writeSync(output, `${JSON.stringify(line)}\n`)
  if (++told >= lines) process.kill(process.pid, 'SIGKILL')
}

const random = randomFrom(seed)
const store = 'dataDir' in address ? await openSqliteStore({ ...address, synchronous }) : await openMongoStore({ url: address.mongodbUrl })
const records = await store.records.collection<{ text: string; name: string }>({ name: 'things', unique: ['name'] })

async function writeLog(id: string): Promise<never> {
  let { lastSeq, hash } = (await store.logs.head(id)) ?? { lastSeq: 0, hash: BEGIN }
  for (;;) {
    const facts: StoredFact[] = Array.from({ length: 1 + Math.floor(random() * 5) }, (_, index) => ({
      seq: lastSeq + 1 + index, type: 'test.happened', v: 1, at: 1, by: null, commandId: `${id}-${lastSeq}`,
      data: { text: 'đ'.repeat(Math.floor(random() ** 4 * 6_000)) },
    }))
    hash = linkOf(hash, facts)
    await store.logs.append(id, lastSeq, facts, hash)
    lastSeq += facts.length
    tell({ part: 'log', id, lastSeq })
  }
}

async function writeRecord(id: string): Promise<never> {
  for (let version = (await records.get(id))?.version ?? 0; ; version++) {
    await (version === 0 ? records.insert(id, { text: '1', name: id }) : records.replace(id, version, { text: String(version + 1), name: id }))
    tell({ part: 'record', id, version: version + 1 })
  }
}

async function writeCollab(id: string): Promise<never> {
  for (let number = (await store.collab.load(id)).updates.length; ; number++) {
    await store.collab.append(id, new TextEncoder().encode(String(number)))
    tell({ part: 'collab', id, number })
  }
}

async function writeBlobs(): Promise<never> {
  for (;;) {
    // Now and then: files are slower to look through afterwards than rows.
    for (let pause = 0; pause < 6; pause++) await store.collab.append('pause', new Uint8Array(1))
    tell({ part: 'blob', ...(await store.blobs.put(Readable.from([Buffer.from(String(random()).repeat(1 + Math.floor(random() * 3_000)))]))) })
  }
}

await Promise.all([writeLog('one'), writeLog('two'), writeLog('three'), writeRecord('r'), writeCollab('c'), writeBlobs()])
