import { fork } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chainHash, genesisHash } from '../../../server/meetings/chain.ts'
import { loadDemo, type LoadedDemo } from '../../../server/demo/load.ts'
import { demoPapers } from '../../../server/demo/papers.ts'
import { people, sites, units } from '../../../server/demo/province.ts'
import { inspectPdf } from '../../../server/papers/inspect.ts'
import type { MeetingView } from '../../../shared/meeting/view.ts'
import { startHub, type TestHub } from '../../support/hub.ts'
import { countsOf } from '../../support/meeting/ballots.ts'

const root = join(import.meta.dirname, '../../..')

describe('the demo province', () => {
  let hub: TestHub
  let demo: LoadedDemo
  beforeAll(async () => {
    hub = await startHub()
    demo = await loadDemo(hub.hub)
  }, 60_000)
  afterAll(() => hub.stop())

  async function meeting(title: RegExp, personId = 'thu-ky'): Promise<MeetingView> {
    const cookie = await hub.signIn('thuky', demo.accounts[0]?.password)
    const { meetings } = await (await hub.request('/api/meetings', { cookie })).json() as { meetings: { meetingId: string; title: string }[] }
    const found = meetings.find(one => title.test(one.title))
    const view = found && await hub.hub.hosts.view(found.meetingId, personId)
    if (!view) throw new Error(`${personId} sees no meeting ${title}`)
    return view
  }
  const items = (view: MeetingView, status: string) => Object.values(view.items).filter(item => item.status === status).map(item => item.title)

  test('lets exactly its demo accounts sign in', async () => {
    expect(demo.accounts.map(account => account.username)).toEqual(['chutoa', 'thuky', 'daibieu1', 'daibieu2', 'daibieu3', 'phongchieu', 'quantri'])
    for (const { username, password } of demo.accounts) expect(await hub.signIn(username, password)).toContain('=')
    await expect(hub.signIn('gd-y-te', demo.accounts[0]?.password)).rejects.toThrow('401')
    expect(await hub.hub.directory.accounts.demoPasswordsLeft()).toBe(true)
  })

  test('has a meeting in session: items over, one on and presented, others to come, a vote drafted, most people present', async () => {
    const view = await meeting(/tháng 11/)
    expect(view.lifecycle.status).toBe('inSession')
    expect(view.details.startsAt).toBeLessThanOrEqual(Date.now())
    expect(items(view, 'finished')).toHaveLength(2)
    expect(items(view, 'current')).toEqual(['Báo cáo tình hình KT-XH, QP-AN tháng 11 và 11 tháng năm 2026'])
    expect(items(view, 'pending').length).toBeGreaterThan(8)
    expect(view.papers[view.presentation?.paperId ?? '']?.name).toMatch(/^03-/)
    expect(view.presentation?.presenterId).toBe('gd-tai-chinh')
    expect(Object.values(view.votes).map(vote => vote.status)).toEqual(['draft'])
    expect(Object.keys(view.attendance).length).toBeGreaterThan(25)
    expect(Object.keys(view.papers)).toHaveLength(10)
  })

  test('keeps its confidential item from those who are not in its list', async () => {
    const title = 'Công tác cán bộ (họp hẹp)'
    const sees = async (personId: string) => Object.values((await meeting(/tháng 11/, personId)).items).some(item => item.title === title)
    expect(await Promise.all(['chu-tich', 'gd-noi-vu', 'gd-tai-chinh', 'ct-hoa-khe'].map(sees))).toEqual([true, true, false, false])
  })

  test('has the meeting of October over, its votes as the minutes count them', async () => {
    const view = await meeting(/tháng 10/, 'gd-khoa-hoc')
    expect(view.lifecycle.status).toBe('ended')
    const results = Object.values(view.votes).map(({ status, result }) => [status, countsOf(result)?.approve, countsOf(result)?.reject, countsOf(result)?.abstain, result?.totalMembers, result?.passed])
    expect(results.sort()).toEqual([['published', 19, 1, 1, 22, true], ['published', 20, 0, 1, 22, true], ['published', 21, 0, 0, 22, true]])
  })

  test('has one coming and one in preparation that delegates do not see', async () => {
    expect((await meeting(/chuyên đề/, 'gd-khoa-hoc')).lifecycle.status).toBe('scheduled')
    expect((await meeting(/tháng 12/)).lifecycle.status).toBe('draft')
    await expect(meeting(/tháng 12/, 'gd-khoa-hoc')).rejects.toThrow('sees no meeting')
  })

  test('loaded again, is the same', async () => {
    const before = await contents(hub)
    await loadDemo(hub.hub)
    expect(await contents(hub)).toEqual(before)
  })
})

test('what the demo says of its papers is what the inspection finds', async () => {
  for (const { file, name, pages, hasText } of Object.values(demoPapers)) {
    expect(await inspectPdf(join(root, 'server/demo/papers', file), { limit: 10_000_000, name: basename(name) }), file).toMatchObject({ pages, hasText })
  }
}, 60_000)

test('every person of the demo belongs to a unit, and to a site that exists', () => {
  expect(people.filter(person => !units.some(unit => unit.id === person.unitId) || (person.siteId && !sites.some(site => site.id === person.siteId)))).toEqual([])
  expect(people.filter(person => person.member)).toHaveLength(22)
  expect(new Set(people.map(person => person.id)).size).toBe(people.length)
})

test('a first start that is killed at any moment is finished by the next', async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 100_000)
  const whole = await startHub()
  await loadDemo(whole.hub)
  const expected = await contents(whole)
  await whole.stop()

  const dataDir = await mkdtemp(join(tmpdir(), 'giao-ban-demo-'))
  try {
    let finished = false
    for (let round = 0; !finished && round < 12; round++) {
      // Early rounds die while people are added, later ones among the meetings.
      const facts = 5 + ((seed + round * 37) % 60) + round * 20
      finished = await loadUntilKilled(dataDir, facts)
    }
    const hub = await startHub({ dataDir })
    const { accounts } = await loadDemo(hub.hub)
    expect(await contents(hub), `SEED=${seed}`).toEqual(expected)
    for (const { username, password } of accounts) expect(await hub.signIn(username, password)).toContain('=')
    await hub.stop()
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}, 120_000)

/** Loads in a process of its own that is killed with SIGKILL at its `writes`-th write; true when it finished before. */
function loadUntilKilled(dataDir: string, writes: number): Promise<boolean> {
  const child = fork(join(import.meta.dirname, 'load-and-die.ts'), [dataDir, String(writes)], { execArgv: ['--disable-warning=ExperimentalWarning'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      if (signal === 'SIGKILL') resolve(false)
      else if (code === 0) resolve(true)
      else reject(new Error(`loading ended with ${code}`))
    })
  })
}

/** What the demo consists of, apart from moments and fresh ids: every record counted, every meeting's facts by type, every chain verified. */
async function contents({ hub }: TestHub) {
  const logs: Record<string, string[]> = {}
  for await (const logId of hub.store.logs.list('meeting/')) {
    let hash = genesisHash
    const types: string[] = []
    for await (const append of hub.store.logs.read(logId, 0)) {
      hash = chainHash(hash, append.facts)
      expect(append.hash).toBe(hash)
      types.push(...append.facts.map(fact => `${fact.type} ${fact.by} ${fact.commandId}`))
    }
    logs[logId] = types.sort()
  }
  const count = async (name: string) => (await (await hub.store.records.collection<object>({ name })).find({})).length
  let blobs = 0
  for await (const _blob of hub.store.blobs.list(Number.MAX_SAFE_INTEGER)) blobs++
  return { logs, blobs, people: await count('people'), units: await count('units'), sites: await count('sites'), papers: await count('papers') }
}
