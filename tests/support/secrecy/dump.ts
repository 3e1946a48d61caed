import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../../../server/store/open.ts'
import type { StoredFact } from '../../../server/store/port.ts'

/** All that an attacker with every right on the machine has: whole files, the facts of the log, what the hub has printed. */
export interface Dump {
  files: { path: string; bytes: Buffer }[]
  facts: StoredFact[]
  /** Lines of the hub's log, in their order. */
  lines: Record<string, unknown>[]
}

export async function readDump(folder: string): Promise<Dump> {
  const files: Dump['files'] = []
  for (const found of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!found.isFile()) continue
    const path = join(found.parentPath, found.name)
    files.push({ path, bytes: await readFile(path) })
  }
  const lines = files.filter(({ path }) => path.endsWith('hub.log')).flatMap(({ bytes }) => bytes.toString().split('\n').filter(Boolean).map((line) => JSON.parse(line) as Record<string, unknown>))
  return { files, facts: await readFacts(join(folder, 'data')), lines }
}

async function readFacts(dataDir: string): Promise<StoredFact[]> {
  // Opening a store may change its files, and those are evidence.
  const copy = await mkdtemp(join(tmpdir(), 'giao-ban-dump-'))
  try {
    await cp(dataDir, copy, { recursive: true })
    const store = await openStore({ dataDir: copy })
    const facts: StoredFact[] = []
    for await (const logId of store.logs.list('meeting/')) for await (const append of store.logs.read(logId, 0)) facts.push(...append.facts)
    await store.close()
    return facts
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
}
