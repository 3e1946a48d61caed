import { cp, mkdir, mkdtemp, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sealBallot } from '../../../client/meeting/votes/seal.ts'
import { startHub, type TestHub } from '../../support/hub.ts'
import { SecretHall } from '../../support/secrecy/hall.ts'

/** The key of a secret vote: made before it opens, gone when it is over, missed when it is lost. */
const voters = ['an', 'binh', 'chi'].map((personId) => ({ personId, siteId: null }))
let folder: string
let hall: SecretHall
let others: TestHub[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'giao-ban-secret-keys-'))
  hall = await SecretHall.open(voters, { dataDir: join(folder, 'data') })
  others = []
})
afterEach(async () => {
  await hall.end()
  for (const other of others) await other.stop()
  await rm(folder, { recursive: true, force: true })
})

const keysDir = () => join(folder, 'data-keys')
const keyFiles = async (dir = keysDir()) => (await readdir(dir).catch(() => [])).sort()

async function reopened(dataDir: string): Promise<TestHub> {
  const test = await startHub({ dataDir })
  others.push(test)
  return test
}

const statusOf = async (test: TestHub, voteId: string) => (await test.hub.hosts.view(hall.meetingId, 'chair'))?.votes[voteId]

test('a key is there before the vote is open and is gone when it is counted, or cancelled', async () => {
  const voteId = await hall.draft()
  expect(await keyFiles()).toEqual([])
  expect(await hall.chair.send('votes:open', { voteId })).toMatchObject({ ok: true })
  expect(await keyFiles()).toHaveLength(1)
  await hall.castAll(voteId, ['approve', 'reject', 'reject'])
  const { result } = await hall.close(voteId)
  expect(result).toMatchObject({ counts: { approve: 1, reject: 2, abstain: 0, invalid: 0, silent: 0 }, passed: false, revealing: null })
  await expect.poll(() => keyFiles()).toEqual([])

  const cancelled = await hall.openVote()
  expect(await keyFiles()).toHaveLength(1)
  await hall.chair.send('votes:cancel', { voteId: cancelled, reason: 'Nhầm tài liệu' })
  await expect.poll(() => keyFiles()).toEqual([])
})

test('a sitting of three has three keys; a vote that may not open leaves none', async () => {
  const sittingId = 'sitting-1'
  const drafts = [await hall.draft({ sittingId }), await hall.draft({ sittingId }), await hall.draft({ sittingId, method: 'named' }), await hall.draft({ sittingId })]
  expect(await hall.screens.get('an')!.send('votes:open', { voteId: drafts[0]! })).toMatchObject({ ok: false, code: 'permission.denied' })
  expect(await keyFiles()).toEqual([])
  expect(await hall.chair.send('votes:open', { voteId: drafts[0]! })).toMatchObject({ ok: true })
  expect(await keyFiles()).toHaveLength(3)
  expect(await hall.chair.send('votes:open', { voteId: await hall.draft() })).toMatchObject({ ok: false, code: 'votes.anotherOpen' })
  expect(await keyFiles()).toHaveLength(3)
  await hall.chair.send('votes:closeAll', { voteId: drafts[0]! })
  await hall.chair.waitFor(({ votes }) => drafts.every((voteId) => votes[voteId]?.status === 'published'))
  await expect.poll(() => keyFiles()).toEqual([])
})

test('where no key can be kept no secret vote opens, and the log of the hub says why', async () => {
  await writeFile(keysDir(), 'a file in its place')
  const voteId = await hall.draft()
  expect(await hall.chair.send('votes:open', { voteId })).toMatchObject({ ok: false, code: 'votes.noKey' })
  expect(hall.chair.view.votes[voteId]?.status).toBe('draft')
  await rm(keysDir())
  expect(await hall.chair.send('votes:open', { voteId })).toMatchObject({ ok: true })
})

test('a key folder that cannot be read at closing is waited for: nothing is voided that can still be opened', async () => {
  const voteId = await hall.openVote()
  await hall.castAll(voteId, ['approve', 'approve', 'abstain'])
  await rename(keysDir(), `${keysDir()}-elsewhere`)
  await writeFile(keysDir(), 'a file in its place')
  expect(await hall.chair.send('votes:close', { voteId })).toMatchObject({ ok: true })
  expect(await hall.chair.send('meeting:end', {}), 'not before it is counted').toMatchObject({ ok: false })
  await rm(keysDir())
  await rename(`${keysDir()}-elsewhere`, keysDir())
  const { votes } = await hall.chair.waitFor((view) => view.votes[voteId]?.status === 'published')
  expect(votes[voteId]?.result).toMatchObject({ counts: { approve: 2, abstain: 1 } })
})

test('a copy of the data without the key voids the open vote, and says so; the hub with the key goes on', async () => {
  const voteId = await hall.openVote()
  await hall.cast(voteId, 'an', ['approve'])
  await cp(join(folder, 'data'), join(folder, 'copy'), { recursive: true })
  const copy = await reopened(join(folder, 'copy'))
  await expect.poll(() => statusOf(copy, voteId)).toMatchObject({ status: 'cancelled', cancelledBy: 'keyLost', result: null, roll: null })
  await hall.cast(voteId, 'binh', ['reject'])
  await hall.cast(voteId, 'chi', ['reject'])
  expect((await hall.close(voteId)).result).toMatchObject({ counts: { approve: 1, reject: 2 } })
})

test('with a key of its own vote lost while it runs, the closed vote is voided', async () => {
  const voteId = await hall.openVote()
  await hall.castAll(voteId, ['approve', 'approve', 'reject'])
  await rm(keysDir(), { recursive: true })
  await hall.chair.send('votes:close', { voteId })
  const { votes } = await hall.chair.waitFor((view) => view.votes[voteId]?.status === 'cancelled')
  expect(votes[voteId]).toMatchObject({ cancelledBy: 'keyLost', result: null })
})

test('keys that nobody needs are swept at the start; those of open votes stay', async () => {
  const voteId = await hall.openVote()
  const [kept = ''] = await keyFiles()
  const copyOfKeys = join(folder, 'left')
  await mkdir(copyOfKeys)
  await hall.castAll(voteId, ['approve', 'approve', 'reject'])
  await cp(join(keysDir(), kept), join(copyOfKeys, kept))
  await hall.close(voteId)
  await expect.poll(() => keyFiles()).toEqual([])
  const open = await hall.openVote()
  const [ofOpen = ''] = await keyFiles()
  // As if the hub had died before it destroyed the first, and twice before a vote was open.
  await cp(join(copyOfKeys, kept), join(keysDir(), kept))
  const old = `${hall.meetingId}.${await hall.draft()}.0123456789abcdef.key`
  const fresh = `${hall.meetingId}.${await hall.draft()}.fedcba9876543210.key`
  const stranger = 'another-meeting.another-vote.0123456789abcdef.key'
  for (const name of [old, fresh, stranger]) await writeFile(join(keysDir(), name), 'x'.repeat(138))
  const longAgo = new Date(Date.now() - 25 * 3_600_000)
  for (const name of [old, stranger, ofOpen]) await utimes(join(keysDir(), name), longAgo, longAgo)
  await hall.test.hub.close()
  const test = await reopened(join(folder, 'data'))
  expect(await keyFiles()).toEqual([fresh, ofOpen].sort())
  expect(await statusOf(test, open)).toMatchObject({ status: 'open' })
})

test('what is no ballot of this voter in this vote counts as invalid; what has not the form of one is refused', async () => {
  const voteId = await hall.openVote()
  const an = hall.screens.get('an')!
  const { publicKey } = (await an.waitFor(({ votes }) => votes[voteId]?.status === 'open')).votes[voteId]!
  const seal = (personId: string, marked: string[]) => sealBallot({ meetingId: hall.meetingId, voteId, personId }, { kind: 'question' }, publicKey!, marked)
  const ofAn = await seal('an', ['approve'])
  for (const sealed of ['AA', `${ofAn}AA`, ofAn.slice(0, -1), `B${ofAn.slice(1)}`]) expect(await an.send('votes:cast', { voteId, sealed }), sealed).toMatchObject({ ok: false, code: 'votes.wrongBallot' })
  expect(await an.send('votes:cast', { voteId, choice: 'approve' }), 'a named ballot').toMatchObject({ ok: false, code: 'votes.wrongBallot' })
  expect(await an.send('votes:cast', { voteId, sealed: ofAn })).toMatchObject({ ok: true })
  expect(await an.send('votes:cast', { voteId, sealed: await seal('an', ['reject']) })).toMatchObject({ ok: false, code: 'votes.alreadyCast' })
  expect(await hall.screens.get('binh')!.send('votes:cast', { voteId, sealed: ofAn }), 'another’s ballot').toMatchObject({ ok: true })
  expect(await hall.screens.get('chi')!.send('votes:cast', { voteId, sealed: await seal('chi', ['approve', 'reject']) }), 'two answers').toMatchObject({ ok: true })
  expect((await hall.close(voteId)).result).toMatchObject({ counts: { approve: 1, reject: 0, abstain: 0, invalid: 2, silent: 0 }, cast: 3, valid: 1 })
})

test('a list election is opened as it was marked', async () => {
  const matter = { kind: 'election' as const, candidates: ['k1', 'k2', 'k3'].map((candidateId) => ({ candidateId, label: `Ông ${candidateId}` })), least: 1, most: 2, seats: 2 }
  const voteId = await hall.openVote({ matter, preset: 'electionRelative' })
  await hall.cast(voteId, 'an', ['k1', 'k3'])
  await hall.cast(voteId, 'binh', ['k1', 'k2', 'k3'])
  await hall.cast(voteId, 'chi', [])
  expect((await hall.close(voteId)).result).toMatchObject({ votes: { k1: 1, k2: 0, k3: 1 }, abstain: 1, invalid: 1 })
})
