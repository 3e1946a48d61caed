import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { openAudit } from '../../server/audit/audit.ts'
import { openStore } from '../../server/store/open.ts'
import { verify } from '../../server/verify/main.ts'

test('npm run verify finds a fact that was changed behind the hub, and where', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'giao-ban-verify-'))
  try {
    let store = await openStore({ dataDir })
    const audit = openAudit(store.logs)
    for (const about of ['an', 'binh', 'chi']) await audit.record({ what: 'account.added', by: null, about })
    expect(await verify(store)).toEqual({ logs: 1, facts: 3, broken: [] })
    await store.close()

    const database = new DatabaseSync(join(dataDir, 'giao-ban.sqlite'))
    const tables = database.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'table'").all() as { name: string; sql: string }[]
    const { name } = tables.find(({ sql }) => /\bfacts\b/.test(sql) && /\bhash\b/.test(sql)) ?? { name: 'appends' }
    expect(database.prepare(`UPDATE ${name} SET facts = replace(facts, 'binh', 'dung')`).run().changes).toBeGreaterThan(0)
    database.close()

    store = await openStore({ dataDir })
    expect((await verify(store)).broken).toEqual([{ logId: 'audit', firstSeq: 2 }])
    await store.close()
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
})
