import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { StoredFact } from '../../../server/store/port.ts'
import { logIdOf } from '../../../server/meetings/meeting-log.ts'
import type { Choice } from '../../../shared/meeting/votes/matter.ts'
import { findKeys } from '../../support/secrecy/found-keys.ts'
import { readDump } from '../../support/secrecy/dump.ts'
import { SecretHall } from '../../support/secrecy/hall.ts'

/** Twelve people, real sockets, the log at its most talkative, a backup while the vote is open: what is left of who chose what. */
const voters = Array.from({ length: 12 }, (_, index) => ({ personId: `voter-${index + 1}`, siteId: index < 6 ? null : 'site-1' }))
const choices: Choice[] = ['approve', 'reject', 'approve', 'abstain', 'approve', 'reject', 'reject', 'approve', 'approve', 'reject', 'abstain', 'approve']
/** The same sums, of the whole and of each site, and nobody but two chooses as before. */
const swapped: Choice[] = [...choices.slice(0, 6).reverse(), ...choices.slice(6).reverse()]

let folder: string
let printed = ''
let hall: SecretHall
const voteIds: string[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'giao-ban-traces-'))
  const log = pino({ level: 'trace' }, new Writable({ write: (chunk: Buffer, _encoding, done) => (void (printed += chunk), done()) }))
  hall = await SecretHall.open(voters, { log, dataDir: join(folder, 'data') })
  for (const chosen of [choices, swapped]) {
    const voteId = await hall.openVote()
    voteIds.push(voteId)
    await hall.castAll(voteId, chosen)
    await cp(join(folder, 'data'), join(folder, 'dump', `backup-${voteIds.length}`), { recursive: true })
    await cp(`${join(folder, 'data')}-keys`, join(folder, 'keys-while-open', String(voteIds.length)), { recursive: true })
    await hall.close(voteId)
  }
})
afterAll(async () => {
  await hall.end()
  await rm(folder, { recursive: true, force: true })
})

/** A text without what differs between any two votes: ids, times, numbers of facts, and what is random in a seal. */
function plain(text: string): string {
  return text
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'id')
    .replace(/("sealed":")([\w-]+)"/g, (_whole, name: string, sealed: string) => `${name}${sealed.length} characters"`)
    .replace(/("publicKey":")[\w-]{87}"/g, '$1key"')
    .replace(/"(at|time|seq|from|to|openedAt|closedAt|draftedAt|ms|reqId)":[\d.]+/g, '"$1":0')
}

async function factsOf(voteId: string): Promise<string[]> {
  const facts: StoredFact[] = []
  for await (const append of hall.test.hub.store.logs.read(logIdOf(hall.meetingId), 0)) facts.push(...append.facts)
  return facts.filter(({ data }) => data.voteId === voteId).map((fact) => plain(JSON.stringify(fact)))
}

test('two votes that differ only in who chose what leave the same facts', async () => {
  const [first = [], second = []] = await Promise.all(voteIds.map(factsOf))
  expect(first.length).toBe(1 + 1 + 12 + 3)
  expect(second).toEqual(first)
})

test('and the same lines in the hub’s log, at its most talkative', () => {
  const lines = printed.split('\n').filter(Boolean)
  expect(lines.length).toBeGreaterThan(40)
  const begins = lines.map((line, index) => (line.includes('"command":"votes:draft"') ? index : -1)).filter((index) => index >= 0)
  const [first = 0, second = 0] = begins
  expect(lines.slice(first, second).map(plain)).toEqual(lines.slice(second).map(plain))
})

test('and tell every screen the same, its own voter’s too', () => {
  for (const [personId, { facts }] of [...hall.screens, ['chair', hall.chair] as const]) {
    const told = voteIds.map((voteId) => facts.filter(({ data }) => JSON.stringify(data).includes(voteId)).map((fact) => plain(JSON.stringify(fact))))
    expect(told[0]!.length, personId).toBeGreaterThan(3)
    expect(told[1], personId).toEqual(told[0])
    expect(hall.screens.get(personId)?.view.votes[voteIds[0]!]?.myBallot ?? { sealed: null }, 'that he voted, not how').toMatchObject({ sealed: null })
  }
})

test('nothing that was kept, printed or backed up holds a key; the key folder is empty', async () => {
  await cp(join(folder, 'data'), join(folder, 'dump', 'data'), { recursive: true })
  const opened = voteIds.map((voteId) => hall.chair.view.votes[voteId]!.publicKey!)
  const dump = await readDump(join(folder, 'dump'))
  dump.files.push({ path: 'printed', bytes: Buffer.from(printed) })
  expect([...(await findKeys(dump, opened)).keys()]).toEqual([])
  expect(await readdir(`${join(folder, 'data')}-keys`)).toEqual([])

  // The search does find keys where they are, and no piece of them lies in the dump.
  const whileOpen = join(folder, 'keys-while-open')
  const secrets = await Promise.all((await readdir(whileOpen, { recursive: true })).filter((name) => name.endsWith('.key')).map((name) => readFile(join(whileOpen, name))))
  expect([...(await findKeys({ ...dump, files: secrets.map((bytes) => ({ path: '', bytes })) }, opened)).keys()].sort()).toEqual([...opened].sort())
  for (const secret of secrets) {
    const scalar = secret.subarray(36, 68)
    for (const { path, bytes } of dump.files) {
      for (const form of [scalar, scalar.toString('hex'), scalar.toString('base64').slice(0, 40), scalar.toString('base64url').slice(0, 40)]) expect(bytes.includes(form), path).toBe(false)
    }
  }
})
