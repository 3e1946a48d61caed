import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ballotOf } from '../../../client/meeting/votes/ballot.ts'
import { genesisHash } from '../../../server/meetings/chain.ts'
import { readMeetingLog } from '../../../server/meetings/meeting-log.ts'
import { openStore } from '../../../server/store/open.ts'
import type { Fact } from '../../../shared/meeting/fact.ts'
import { choices } from '../../../shared/meeting/votes/matter.ts'
import type { QuestionCounts } from '../../../shared/meeting/votes/result.ts'
import { HubLife } from '../../support/crash/child.ts'
import type { Plan } from '../../support/crash/plan.ts'
import { prepareProvince, type Province } from '../../support/crash/province.ts'
import { Tablet } from '../../support/crash/tablet.ts'
import { random } from '../../support/papers/random.ts'
import { readDump } from '../../support/secrecy/dump.ts'
import { findKeys } from '../../support/secrecy/found-keys.ts'

/** A real hub ends with SIGKILL at every point between the first ballot and the destroyed key; nothing is lost, nothing revealed. */
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const chance = random(seed)
const voterCount = 12

let home: string
let province: Province
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'giao-ban-secret-crash-'))
  province = await prepareProvince(join(home, 'data'), voterCount)
})
afterAll(() => rm(home, { recursive: true, force: true }))

const keysDir = () => join(home, 'data-keys')

interface Point { name: string; plan: Plan | null }
const at = (moment: Plan['moment'], fact: string, append = 1): Plan => ({ moment, append, fact, spin: chance.below(2500) })

const points: Point[] = [
  { name: 'before the vote is open, its key made', plan: at('before append', 'vote.opened') },
  { name: 'when it has just been opened', plan: at('after append', 'vote.opened') },
  { name: 'while ballots are being written', plan: at('during append', 'vote.sealed', 2) },
  { name: 'after ballots were acknowledged', plan: at('after ack', 'vote.sealed', 2) },
  { name: 'before it is closed', plan: at('before append', 'vote.closed') },
  { name: 'while it is being closed', plan: at('during append', 'vote.closed') },
  { name: 'between closed and counted', plan: at('after append', 'vote.closed') },
  { name: 'when its ballots are opened and the count is not written', plan: at('before append', 'vote.counted') },
  { name: 'while the count is being written', plan: at('during append', 'vote.counted') },
  { name: 'between counted and the key’s end', plan: at('after append', 'vote.counted') },
  { name: 'not at all', plan: null },
]

test(`a kill at any point between ballot and count loses no secret ballot and reveals none (seed ${seed})`, { timeout: 300_000 }, async () => {
  const first = new HubLife({ ...province, port: 0 })
  first.begin(null)
  const { port } = await first.listening
  first.kill('SIGKILL')
  await first.ended
  const chair = new Tablet(province, 'chair', port, [])
  const voters = province.voters.map((personId) => new Tablet(province, personId, port, []))
  const truth = new Map<string, QuestionCounts>()
  let next = new HubLife({ ...province, port })

  for (const [index, { name, plan }] of points.entries()) {
    const life = next
    life.begin(plan)
    await life.listening
    if (plan) next = new HubLife({ ...province, port })
    for (const tablet of [chair, ...voters]) tablet.connect()
    const voting = holdVote(name, chair, voters, truth)
    if (plan) {
      const { signal, killing } = await life.ended
      expect(signal, `${name}: ${life.errors}`).toBe('SIGKILL')
      expect(killing?.moment, name).toBe(plan.moment)
      // What lies on the disk at this moment, as a backup would have it.
      await cp(province.dataDir, join(home, 'dump', `backup-${index}`), { recursive: true })
      next.begin(null)
      await next.listening
      for (const tablet of [chair, ...voters]) tablet.connect()
    }
    await voting
    // The one key that was made and never opened waits for its sweep; every other is gone when its vote is told.
    await until(async () => (await readdir(keysDir())).length <= 1)
    if (plan) {
      next.kill('SIGTERM')
      await next.ended
      expect(next.errors, name).toBe('')
      next = new HubLife({ ...province, port })
    } else {
      life.kill('SIGTERM')
      await life.ended
    }
  }
  for (const tablet of [chair, ...voters]) tablet.close()

  const facts = await wholeLog()
  for (const [voteId, counts] of truth) {
    const of = facts.filter((fact) => 'voteId' in fact.data && fact.data.voteId === voteId)
    expect(of.filter(({ type }) => type === 'vote.sealed').map((fact) => (fact as Fact & { type: 'vote.sealed' }).data.personId).sort()).toEqual(province.voters)
    expect(of.map(({ type }) => type).filter((type) => type !== 'vote.sealed')).toEqual(['vote.drafted', 'vote.opened', 'vote.closed', 'vote.counted', 'vote.published'])
    const counted = of.find((fact) => fact.type === 'vote.counted')
    expect(counted?.data.result).toMatchObject({ counts: { ...counts, silent: 0 }, cast: voterCount })
  }
  expect(truth.size).toBe(points.length)

  await cp(province.dataDir, join(home, 'dump', 'data'), { recursive: true })
  const opened = facts.flatMap((fact) => (fact.type === 'vote.opened' && fact.data.publicKey ? [fact.data.publicKey] : []))
  expect([...(await findKeys(await readDump(join(home, 'dump')), opened)).keys()], 'no key in the data at any of those moments').toEqual([])
  const left = (await findKeys(await readDump(home), opened)).keys()
  expect(opened.filter((publicKey) => [...left].includes(publicKey)), 'no key of an opened vote anywhere').toEqual([])
})

async function holdVote(name: string, chair: Tablet, voters: Tablet[], truth: Map<string, QuestionCounts>): Promise<void> {
  const title = `Bỏ phiếu: ${name}`
  await chair.send('votes:draft', { itemId: province.voteItem, title, method: 'secret', matter: { kind: 'question' }, preset: 'castMajority' })
  const { voteId } = await chair.until((view) => Object.values(view.votes).find((vote) => vote.title === title))
  const counts: QuestionCounts = { approve: 0, reject: 0, abstain: 0, invalid: 0 }
  await chair.send('votes:open', { voteId })
  await Promise.all(voters.map(async (voter) => {
    const vote = await voter.until((view) => (view.votes[voteId]?.status === 'open' ? view.votes[voteId] : null))
    const choice = chance.pick(choices)
    counts[choice] += 1
    expect(await voter.send('votes:cast', await ballotOf(vote, province.meetingId, voter.personId, [choice]))).toBe(true)
  }))
  truth.set(voteId, counts)
  await chair.send('votes:close', { voteId })
  await chair.until((view) => view.votes[voteId]?.status === 'published')
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20))
}

async function wholeLog(): Promise<Fact[]> {
  const store = await openStore({ dataDir: province.dataDir })
  const facts: Fact[] = []
  for await (const append of readMeetingLog(store.logs, `meeting/${province.meetingId}`, 0, genesisHash)) facts.push(...append.facts)
  await store.close()
  return facts
}
