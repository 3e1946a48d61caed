import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { sealBallot } from '../../../client/meeting/votes/seal.ts'
import { SecretVotes } from '../../../server/ballots/secret-votes.ts'
import type { CommandOutcome, SentCommand } from '../../../server/meetings/host.ts'
import { MeetingHosts } from '../../../server/meetings/hosts.ts'
import { logIdOf, readMeetingLog } from '../../../server/meetings/meeting-log.ts'
import { openStore } from '../../../server/store/open.ts'
import type { Store } from '../../../server/store/port.ts'
import type { Command, Commands } from '../../../shared/meeting/command.ts'
import type { Fact } from '../../../shared/meeting/fact.ts'
import { FaultyStore } from '../../support/live/faulty-store.ts'
import { details, participants } from '../../support/meeting/history.ts'
import { random } from '../../support/papers/random.ts'

const directory = { unknownPeople: async () => [], unknownSites: async () => [] }
const log = pino({ level: 'silent' })
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
let dataDir: string
let real: Store
let faulty: FaultyStore
let hosts: MeetingHosts
let meetingId: string
/** Every fact that was published, in the order in which it was. */
let published: Fact[]

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'giao-ban-faults-'))
  real = await openStore({ dataDir })
  faulty = new FaultyStore(real)
  hosts = await MeetingHosts.open({ store: faulty.store, directory, secretVotes: new SecretVotes(`${dataDir}-keys`, log), log })
  ;({ meetingId } = await hosts.create('secretary', randomUUID(), { ...details, siteIds: [...details.siteIds], participants }))
  published = []
  ;(await hosts.find(meetingId))!.onPublish((steps) => published.push(...steps.map(({ fact }) => fact)))
})
afterEach(async () => {
  vi.useRealTimers()
  await hosts.close()
  await real.close()
  await rm(dataDir, { recursive: true, force: true })
})

const place = (name: string, commandId: string = randomUUID()): SentCommand => ({ type: 'meeting:change', commandId, data: { place: name } })
const send = (command: SentCommand) => hosts.execute(meetingId, 'secretary', command)

async function stored(store = real): Promise<Fact[]> {
  const facts: Fact[] = []
  for await (const append of readMeetingLog(store.logs, logIdOf(meetingId), 0, '')) facts.push(...append.facts)
  return facts
}

/** The places that were written, in order: each command of these tests writes one. */
const placesIn = (facts: Fact[]) => facts.flatMap((fact) => (fact.type === 'meeting.changed' ? (fact.data.place ?? []) : []))

/** Log, state and what was told agree, nothing is doubled, and the next command works. */
async function expectSound(places: string[]): Promise<void> {
  expect(await send(place('sau cùng'))).toMatchObject({ ok: true })
  const facts = await stored()
  expect(placesIn(facts)).toEqual([...places, 'sau cùng'])
  expect(placesIn(published)).toEqual([...places, 'sau cùng'])
  expect(facts.map(({ seq }) => seq)).toEqual(facts.map((_, index) => index + 1))
  const host = (await hosts.find(meetingId))!
  expect([host.state.seq, host.state.details.place]).toEqual([facts.length, 'sau cùng'])
}

describe('an append that fails', () => {
  test('before it wrote: refused, nothing changed, and the same command may be sent again', async () => {
    faulty.faults.push({ kind: 'throws before writing' })
    const command = place('một')
    expect(await send(command)).toEqual({ ok: false, refusal: { code: 'hub.failed' } })
    expect(placesIn(await stored())).toEqual([])
    expect(await send(command)).toMatchObject({ ok: true })
    await expectSound(['một'])
  })

  test('after it wrote: what is in the log is acknowledged and told', async () => {
    faulty.faults.push({ kind: 'writes, then throws' })
    const command = place('một')
    const outcome = await send(command)
    expect(outcome).toMatchObject({ ok: true })
    expect(await send(command)).toEqual(outcome)
    await expectSound(['một'])
  })

  test('fails for the whole group that waited, each told for itself', async () => {
    faulty.faults.push({ kind: 'writes, then throws' }, { kind: 'throws before writing' })
    const outcomes = await Promise.all(['một', 'hai', 'ba'].map((name) => send(place(name))))
    // The first went alone, because nothing was under way; the others waited and went together.
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, false, false])
    await expectSound(['một'])
  })

  test('and the log cannot be read either: nobody can tell, and the sender repeats until somebody can', async () => {
    faulty.faults.push({ kind: 'writes, then throws' })
    faulty.unreadable = true
    const command = place('một')
    expect(await send(command)).toEqual({ ok: false, refusal: { code: 'hub.unknown' } })
    faulty.unreadable = false
    expect(await send(command)).toMatchObject({ ok: true })
    await expectSound(['một'])
  })
})

describe('a secret vote whose opening goes wrong', () => {
  let voteId: string
  const opening = (): SentCommand => ({ type: 'votes:open', commandId: randomUUID(), data: { voteId } })
  const by = async (personId: string, command: Command) => expect(await hosts.execute(meetingId, personId, { ...command, commandId: randomUUID() })).toMatchObject({ ok: true })
  const keys = async () => (await readdir(`${dataDir}-keys`).catch(() => [])).length
  const vote = async () => (await hosts.find(meetingId))!.state.votes[voteId]!

  beforeEach(async () => {
    const data = { title: 'Nhân sự', durationMinutes: null, unitId: null, presenterId: null, confidential: false, access: [], parentId: null }
    await by('secretary', { type: 'agenda:addItem', data })
    await by('secretary', { type: 'meeting:publish', data: {} })
    await by('chair', { type: 'meeting:open', data: {} })
    for (const personId of ['chair', 'an', 'binh']) await by(personId, { type: 'attendance:declare', data: { presence: 'inRoom' } })
    const itemId = Object.keys((await hosts.find(meetingId))!.state.items)[0]!
    await by('secretary', { type: 'votes:draft', data: { itemId, title: 'Bỏ phiếu', method: 'secret', matter: { kind: 'question' }, preset: 'castMajority' } })
    voteId = Object.keys((await hosts.find(meetingId))!.state.votes)[0]!
  })
  afterEach(() => rm(`${dataDir}-keys`, { recursive: true, force: true }))

  async function holdIt(): Promise<void> {
    const sealed = await sealBallot({ meetingId, voteId, personId: 'an' }, { kind: 'question' }, (await vote()).publicKey!, ['reject'])
    await by('an', { type: 'votes:cast', data: { voteId, sealed } })
    await by('chair', { type: 'votes:close', data: { voteId } })
    await expect.poll(async () => (await vote()).result).toMatchObject({ counts: { approve: 0, reject: 1, invalid: 0 } })
  }

  test('when it was written and nobody heard: the vote is open, its key is kept, it can be counted', async () => {
    faulty.faults.push({ kind: 'writes, then throws' })
    expect(await hosts.execute(meetingId, 'chair', opening())).toMatchObject({ ok: true })
    expect(await keys()).toBe(1)
    await holdIt()
    await expect.poll(keys).toBe(0)
  })

  test('when it was not written: it is opened anew with a key of its own', async () => {
    faulty.faults.push({ kind: 'throws before writing' })
    const command = opening()
    expect(await hosts.execute(meetingId, 'chair', command)).toMatchObject({ ok: false })
    expect(await hosts.execute(meetingId, 'chair', command)).toMatchObject({ ok: true })
    await holdIt()
    // The first was sealed to by nobody; it waits for its sweep, since nobody could be sure.
    await expect.poll(keys).toBe(1)
  })

  test('when another hub wrote first: decided anew, with a key that fits', async () => {
    faulty.faults.push({ kind: 'another wrote first', write: async () => {
      const other = await MeetingHosts.open({ store: real, directory, secretVotes: new SecretVotes(`${dataDir}-keys`, log), log })
      await other.execute(meetingId, 'secretary', place('nơi khác'))
      await other.close()
    } })
    expect(await hosts.execute(meetingId, 'chair', opening())).toMatchObject({ ok: true })
    await holdIt()
  })

  test('when the count was not heard of: it is counted once, and the key goes', async () => {
    expect(await hosts.execute(meetingId, 'chair', opening())).toMatchObject({ ok: true })
    const before = faulty.appends
    await by('an', { type: 'votes:cast', data: { voteId, sealed: await sealBallot({ meetingId, voteId, personId: 'an' }, { kind: 'question' }, (await vote()).publicKey!, ['approve']) } })
    // The closing goes through; what fails is the count after it.
    faulty.faults.push({ kind: 'another wrote first', write: async () => {} }, { kind: 'writes, then throws' })
    await by('chair', { type: 'votes:close', data: { voteId } })
    await expect.poll(async () => (await vote()).status).toBe('published')
    expect(faulty.faults).toEqual([])
    await expect.poll(keys).toBe(0)
    expect(faulty.appends - before).toBe(3)
    expect((await stored()).filter(({ type }) => type === 'vote.counted')).toHaveLength(1)
  })
})

test('a command that no log can carry is refused alone: the others are done, and the meeting goes on', async () => {
  const outcomes = await Promise.all(['một', 'nửa \ud800 chữ', 'ba'].map((name) => send(place(name))))
  expect(outcomes.map((outcome) => outcome.ok || outcome.refusal.code)).toEqual([true, 'hub.failed', true])
  await expectSound(['một', 'ba'])
})

describe('an append that is not heard of in time', () => {
  async function pastDeadline(outcome: Promise<CommandOutcome>): Promise<CommandOutcome> {
    await vi.waitUntil(() => faulty.appends > 1, { interval: 1 })
    await vi.advanceTimersByTimeAsync(15_000)
    return outcome
  }

  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))

  test('but was written is acknowledged from the log', async () => {
    faulty.faults.push({ kind: 'writes, but never answers' })
    expect(await pastDeadline(send(place('một')))).toMatchObject({ ok: true })
    vi.useRealTimers()
    await expectSound(['một'])
  })

  test('and is not in the log may still come: the outcome is unknown, and a repeat finds out', async () => {
    faulty.faults.push({ kind: 'never answers' })
    const command = place('một')
    expect(await pastDeadline(send(command))).toEqual({ ok: false, refusal: { code: 'hub.unknown' } })
    vi.useRealTimers()
    expect(await send(command)).toMatchObject({ ok: true })
    await expectSound(['một'])
  })
})

describe('another hub that wrote first', () => {
  test('is believed: its facts are told, and our commands are decided anew on them', async () => {
    const other = await MeetingHosts.open({ store: real, directory, secretVotes: new SecretVotes(`${dataDir}-keys`, log), log })
    const mine = place('của ta')
    faulty.faults.push({ kind: 'another wrote first', write: async () => void (await other.execute(meetingId, 'chair', place('của họ'))) })
    expect(await send(mine)).toMatchObject({ ok: true })
    await expectSound(['của họ', 'của ta'])
    await other.close()
  })

  test('and did the very same command: it is done once and answered from there', async () => {
    const other = await MeetingHosts.open({ store: real, directory, secretVotes: new SecretVotes(`${dataDir}-keys`, log), log })
    const command = place('một lần')
    faulty.faults.push({ kind: 'another wrote first', write: async () => void (await other.execute(meetingId, 'secretary', command)) })
    expect(await send(command)).toMatchObject({ ok: true })
    await expectSound(['một lần'])
    await other.close()
  })

  test('and made the command impossible: it is refused by the rule', async () => {
    const other = await MeetingHosts.open({ store: real, directory, secretVotes: new SecretVotes(`${dataDir}-keys`, log), log })
    const cancel: SentCommand = { type: 'meeting:cancel', commandId: randomUUID(), data: { reason: 'Bão' } as Commands['meeting:cancel'] }
    faulty.faults.push({ kind: 'another wrote first', write: async () => void (await other.execute(meetingId, 'chair', cancel)) })
    expect(await send(place('một'))).toEqual({ ok: false, refusal: { code: 'meeting.cancelled' } })
    expect(placesIn(await stored())).toEqual([])
    await other.close()
  })

  test('again and again: it is refused in the end instead of trying for ever', async () => {
    const other = await MeetingHosts.open({ store: real, directory, secretVotes: new SecretVotes(`${dataDir}-keys`, log), log })
    for (let count = 1; count <= 8; count += 1) {
      faulty.faults.push({ kind: 'another wrote first', write: async () => void (await other.execute(meetingId, 'chair', place(`lần ${count}`))) })
    }
    expect(await send(place('của ta'))).toEqual({ ok: false, refusal: { code: 'hub.failed' } })
    faulty.faults.length = 0
    await expectSound(['lần 1', 'lần 2', 'lần 3', 'lần 4', 'lần 5', 'lần 6'])
    await other.close()
  })
})

test(`many commands through a store that fails at random: none is lost, none is done twice (seed ${seed})`, async () => {
  const chance = random(seed)
  const kinds = ['throws before writing', 'writes, then throws', 'none'] as const
  const commands = Array.from({ length: 120 }, (_, index) => place(`lệnh ${index}`))
  const done = new Map<string, CommandOutcome & { ok: true }>()
  while (done.size < commands.length) {
    const kind = chance.pick(kinds)
    if (kind !== 'none') faulty.faults.push({ kind })
    const wave = commands.filter(({ commandId }) => !done.has(commandId)).slice(0, 1 + chance.below(6))
    await Promise.all(wave.map(async (command) => {
      const outcome = await send(command)
      if (outcome.ok) done.set(command.commandId, outcome)
      else expect(outcome.refusal.code).toBe('hub.failed')
    }))
  }
  faulty.faults.length = 0
  const facts = await stored()
  for (const { commandId, data } of commands) {
    const { from, to } = done.get(commandId)!
    expect(facts.slice(from - 1, to)).toMatchObject([{ commandId, data }])
  }
  expect(placesIn(facts)).toHaveLength(commands.length)
  await expectSound(placesIn(facts))
})

describe('a log that somebody wrote into behind the hub’s back', () => {
  const changes: [string, string][] = [
    ['a fact changed', `UPDATE appends SET facts = replace(facts, 'bị sửa', 'đã sửa') WHERE facts LIKE '%bị sửa%'`],
    ['an append dropped', `DELETE FROM appends WHERE facts LIKE '%bị sửa%'`],
    ['a hash forged', `UPDATE appends SET hash = '${'0'.repeat(64)}' WHERE facts LIKE '%bị sửa%'`],
  ]
  test.each(changes)('with %s is not served, and every other meeting is', async (_name, sql) => {
    const sound = await hosts.create('secretary', randomUUID(), { ...details, siteIds: [], participants: [] })
    for (const name of ['trước', 'bị sửa', 'sau']) await send(place(name))
    await hosts.close()
    await real.close()
    const database = new DatabaseSync(join(dataDir, 'giao-ban.sqlite'))
    // The snapshot is only a shortcut past what it has folded; what is asked here is whether the log itself is believed.
    database.exec('DELETE FROM records_snapshots; DELETE FROM records_meetings')
    expect(database.prepare(sql).run().changes).toBe(1)
    database.close()

    real = await openStore({ dataDir })
    hosts = await MeetingHosts.open({ store: real, directory, secretVotes: new SecretVotes(`${dataDir}-keys`, log), log })
    await expect(hosts.find(meetingId)).rejects.toThrow(/does not follow from what stands before/)
    expect((await hosts.find(sound.meetingId))?.state.seq).toBe(1)
    await expect(send(place('nữa'))).rejects.toThrow(/does not follow/)
  })
})
