import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { genesisHash } from '../../../server/meetings/chain.ts'
import { readMeetingLog } from '../../../server/meetings/meeting-log.ts'
import { openStore } from '../../../server/store/open.ts'
import type { CommandAnswer } from '../../../shared/contracts/live.ts'
import type { Commands } from '../../../shared/meeting/command.ts'
import type { Fact } from '../../../shared/meeting/fact.ts'
import { HubLife } from '../../support/crash/child.ts'
import { moments, type Moment, type Plan } from '../../support/crash/plan.ts'
import { prepareProvince, type Province } from '../../support/crash/province.ts'
import { Tablet, type Acked } from '../../support/crash/tablet.ts'
import { nightly } from '../../support/nightly.ts'
import { Screen } from '../../load/screen.ts'
import { random } from '../../support/papers/random.ts'

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const chance = random(seed)
const voterCount = 200
/** PROOF R1: 25 kills and 10,000 acknowledged ballots a round; 200 kills in eight rounds at night. */
const rounds = nightly ? 8 : 1
const kills = Number(process.env.CRASH_KILLS ?? (nightly ? 25 : 35))
const ballotsWanted = Number(process.env.CRASH_BALLOTS ?? 10_000)
/** Milliseconds from opening the store until the hub serves again. */
const longestRecovery = 2000

let province: Province
beforeEach(async () => {
  province = await prepareProvince(await mkdtemp(join(tmpdir(), 'giao-ban-sigkill-')), voterCount)
})
afterEach(() => rm(province.dataDir, { recursive: true, force: true }))

/** Every moment as often as any other, in a shuffled order. */
function plans(): Plan[] {
  const order = Array.from({ length: kills }, (_, index) => moments[index % moments.length] as Moment)
  for (let index = order.length - 1; index > 0; index -= 1) {
    const other = chance.below(index + 1)
    ;[order[index], order[other]] = [order[other] as Moment, order[index] as Moment]
  }
  return order.map((moment) => ({ moment, append: 6 + chance.below(40), spin: Math.floor(2500 ** chance.next()) }))
}

/** One death of the hub and what the log held when it was back. */
interface Death {
  moment: Moment; from: number; to: number; seqAfter: number; ackedBefore: boolean
  /** Milliseconds from the kill to the next acknowledged command; null when the next kill came before it. */
  recovery: number | null
  /** Milliseconds from opening the store to listening. */
  start: number
}

test.for(Array.from({ length: rounds }, (_, index) => index + 1))(`whatever is acknowledged survives ${kills} kills, once, and every screen agrees (round %i of ${rounds}, seed ${seed})`, { timeout: 600_000 }, async () => {
  const first = new HubLife({ ...province, port: 0 })
  first.begin(null)
  const { port } = await first.listening
  first.kill('SIGKILL')
  await first.ended

  const acked: Acked[] = []
  const tablet = (personId: string) => new Tablet(province, personId, port, acked)
  const chair = tablet('chair')
  const secretary = tablet('secretary')
  const voters = province.voters.map(tablet)
  const tablets = [chair, secretary, ...voters]
  const begin = performance.now()

  let voting = true
  const votes = (async () => {
    for (let round = 1; voting; round += 1) await holdVote(round, chair, voters)
  })()
  let moving = true
  const agenda = (async () => {
    while (moving) await moveAgenda(secretary)
  })()
  // A fault in the load, or one that stands still, must end the test at once, not at its time limit.
  const watch = watchdog(tablets, acked)
  const faulty = Promise.race([watch.stalled, Promise.all([votes, agenda]).then(() => new Promise<never>(() => {}))])

  const deaths: Death[] = []
  let dead: Omit<Death, 'seqAfter' | 'recovery' | 'start'> & { at: number } | null = null
  let next = new HubLife({ ...province, port })
  const live = async (plan: Plan | null) => {
    const life = next
    life.begin(plan)
    const { seq, ms } = await Promise.race([life.listening, faulty])
    if (plan) next = new HubLife({ ...province, port })
    for (const tablet of tablets) tablet.connect()
    const listening = performance.now()
    if (dead) {
      const { at, ...death } = dead
      const back = await Promise.race([until(() => (acked.at(-1)?.at ?? 0) > listening, faulty).then(() => true), life.ended.then(() => false)])
      deaths.push({ ...death, seqAfter: seq, start: ms, recovery: back ? Math.round(performance.now() - at) : null })
    }
    return life
  }

  for (const plan of plans()) {
    const life = await live(plan)
    const outside = plan.moment === 'outside' ? setTimeout(() => life.kill('SIGKILL'), 100 + chance.below(900)) : undefined
    const { signal, killing } = await Promise.race([life.ended, faulty])
    clearTimeout(outside)
    expect(signal, life.errors).toBe('SIGKILL')
    if (plan.moment !== 'outside') expect(killing?.moment, life.errors).toBe(plan.moment)
    const { from, to } = killing ?? { from: 0, to: 0 }
    dead = { moment: plan.moment, from, to, ackedBefore: acked.some((one) => one.from >= from && one.to <= to && from > 0), at: performance.now() }
    expect(life.errors, 'a hub that is killed has not complained before').toBe('')
  }

  const last = await live(null)
  await until(() => acked.filter(({ command }) => command.type === 'votes:cast').length >= ballotsWanted, faulty)
  voting = false
  await Promise.race([votes, faulty])
  moving = false
  await Promise.race([agenda, faulty])
  watch.stop()

  // Every tablet's folded view is what a tablet that is opened now is told.
  const folded = tablets.map(({ view }) => view)
  for (const [index, tablet] of tablets.entries()) {
    const fresh = new Tablet(province, tablet.personId, port, [])
    fresh.connect()
    const [old, now] = [{ ...folded[index], seq: 0 }, { ...(await fresh.until((view) => view)), seq: 0 }]
    if (!isDeepStrictEqual(old, now)) expect(old, tablet.personId).toEqual(now)
    fresh.close()
    tablet.close()
  }
  last.kill('SIGTERM')
  await last.ended

  const facts = await verifiedLog(province)
  checkLog(facts, acked)
  expect(tablets.flatMap(({ refused }) => refused.map(({ code }) => code)), 'a repeat never meets a refusal').toEqual([])
  checkDeaths(deaths)
  report(deaths, acked.length, facts, performance.now() - begin)
  await checkReceipts(facts, acked)
})

/** Everybody sends every ballot that was acknowledged once more, with another choice: the same receipt, and nothing changes. */
async function checkReceipts(facts: Fact[], acked: Acked[]): Promise<void> {
  const life = new HubLife({ ...province, port: 0 })
  life.begin(null)
  const { port, seq } = await life.listening
  const ballots = Map.groupBy(acked.filter(({ command }) => command.type === 'votes:cast'), ({ personId }) => personId)
  await Promise.all([...ballots].map(async ([personId, own]) => {
    const hub = `http://localhost:${port}`
    const screen = new Screen(hub, { path: '/live', query: `meetingId=${province.meetingId}`, cookie: province.cookies.get(personId) ?? '' })
    await screen.ready
    for (const { command, from, to } of own) {
      const { voteId, choice } = command.data as Commands['votes:cast']
      const message = { commandId: facts[from - 1]?.commandId, data: { voteId, choice: choice === 'approve' ? 'reject' : 'approve' } }
      expect(await answered(screen, message)).toEqual({ ok: true, from, to })
    }
    screen.close()
  }))
  life.kill('SIGTERM')
  await life.ended
  expect(seq).toBe(facts.length)
  expect(await verifiedLog(province)).toHaveLength(facts.length)
}

/** More repeats in a row than a person's pace allows are told so, and sent again. */
async function answered(screen: Screen, message: unknown): Promise<CommandAnswer> {
  for (;;) {
    const answer = await screen.ask<CommandAnswer>('votes:cast', message)
    if (answer.ok || answer.code !== 'request.tooMany') return answer
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** Rejects, with what everybody waits for, when nothing has been acknowledged for a minute. */
function watchdog(tablets: Tablet[], acked: Acked[]): { stalled: Promise<never>; stop(): void } {
  const { promise, reject } = Promise.withResolvers<never>()
  const began = performance.now()
  const timer = setInterval(() => {
    if (performance.now() - (acked.at(-1)?.at ?? began) < 60_000) return
    reject(new Error(`nothing was acknowledged for a minute; ${acked.length} had been. ${tablets.map((tablet) => tablet.waitsFor).filter(Boolean).slice(0, 10).join('; ')}`))
  }, 1000)
  promise.catch(() => {})
  return { stalled: promise, stop: () => clearInterval(timer) }
}

/** The chair drafts and opens, all two hundred cast as soon as their screens show it, the chair closes when all are answered. */
async function holdVote(round: number, chair: Tablet, voters: Tablet[]): Promise<void> {
  const title = `Biểu quyết lần ${round}`
  // A round takes the hub a few milliseconds, and it takes no more than twenty commands a second from one screen.
  const paced = new Promise((resolve) => setTimeout(resolve, 200))
  const drafted = await chair.send('votes:draft', { itemId: province.voteItem, title, method: 'named', matter: { kind: 'question' }, preset: 'castMajority' })
  if (!drafted) throw new Error(`the draft was refused: ${chair.refused.at(-1)?.code}`)
  const { voteId } = await chair.until((view) => Object.values(view.votes).find((vote) => vote.title === title))
  await chair.send('votes:open', { voteId })
  await Promise.all(voters.map(async (voter) => {
    await voter.until((view) => view.votes[voteId]?.status === 'open')
    await voter.send('votes:cast', { voteId, choice: chance.pick(['approve', 'reject', 'abstain']) })
  }))
  await chair.send('votes:close', { voteId })
  await paced
}

async function moveAgenda(secretary: Tablet): Promise<void> {
  const view = await secretary.until((view) => view)
  const current = Object.values(view.items).find(({ status }) => status === 'current')?.itemId
  const itemId = chance.pick(province.otherItems.filter((id) => id !== current))
  const kind = chance.below(3)
  if (kind === 0) await secretary.send('agenda:moveItem', { itemId, parentId: null, afterId: province.voteItem })
  else if (kind === 1 && current) await secretary.send('agenda:finishItem', { itemId: current })
  else await secretary.send('agenda:startItem', { itemId })
  // A person's pace: the hub takes twenty commands a second from one screen.
  await new Promise((resolve) => setTimeout(resolve, 60 + chance.below(60)))
}

async function until(holds: () => boolean, faulty: Promise<never>): Promise<void> {
  while (!holds()) await Promise.race([new Promise((resolve) => setTimeout(resolve, 5)), faulty])
}

/** The whole log, every hash checked from the first append on. */
async function verifiedLog({ dataDir, meetingId }: Province): Promise<Fact[]> {
  const store = await openStore({ dataDir })
  try {
    const all: Fact[] = []
    let hash = genesisHash
    for await (const append of readMeetingLog(store.logs, `meeting/${meetingId}`, 0, genesisHash)) {
      all.push(...append.facts)
      hash = append.hash
    }
    expect(await store.logs.head(`meeting/${meetingId}`)).toEqual({ lastSeq: all.length, hash })
    return all
  } finally {
    await store.close()
  }
}

function checkLog(facts: Fact[], acked: Acked[]): void {
  expect(facts.map(({ seq }) => seq)).toEqual(facts.map((_, index) => index + 1))
  expect(acked.filter(({ command }) => command.type === 'votes:cast').length).toBeGreaterThanOrEqual(ballotsWanted)
  const byCommand = Map.groupBy(facts, ({ commandId }) => commandId)
  for (const { personId, command, from, to } of acked) {
    const caused = facts.slice(from - 1, to)
    const [one] = caused
    expect(caused.length, `${command.type} ${from}–${to} is in the log`).toBe(to - from + 1)
    expect(caused.every(({ by, commandId }) => by === personId && commandId === one?.commandId)).toBe(true)
    expect(byCommand.get(one?.commandId ?? ''), 'a command is done once').toEqual(caused)
    if (command.type === 'votes:cast') expect(one).toMatchObject({ type: 'vote.cast', data: { personId, ...command.data } })
  }
  const cast = facts.filter((fact) => fact.type === 'vote.cast').map((fact) => `${fact.data.voteId} ${fact.data.personId}`)
  expect(new Set(cast).size, 'nobody’s ballot is there twice').toBe(cast.length)
  // Nothing was done that nobody is known to have sent: each command of the load is acknowledged by now.
  const sent = facts.filter(({ commandId }) => commandId !== null && !commandId.startsWith('prepare-'))
  expect(new Set(sent.map(({ commandId }) => commandId)).size).toBe(new Set(acked.map(({ from }) => from)).size)
  for (const fact of facts) if (fact.type === 'vote.counted') expect(fact.data.result.cast, 'every ballot is counted').toBe(voterCount)
}

/** The kills were where they were meant to be: an append is there wholly or not at all, and nothing was acknowledged before it was. */
function checkDeaths(deaths: Death[]): void {
  expect(deaths).toHaveLength(kills)
  for (const { moment, from, to, seqAfter, ackedBefore } of deaths) {
    if (moment === 'before append') expect([seqAfter, ackedBefore]).toEqual([from - 1, false])
    if (moment === 'during append') expect([from - 1, to]).toContain(seqAfter)
    if (moment === 'during append') expect(ackedBefore).toBe(false)
    if (moment === 'after append') expect([seqAfter, ackedBefore]).toEqual([to, false])
    // The next append may have begun already.
    if (moment === 'after ack') expect(seqAfter).toBeGreaterThanOrEqual(to)
  }
  for (const moment of moments) expect(deaths.filter((one) => one.moment === moment).length, moment).toBeGreaterThanOrEqual(Math.floor(kills / moments.length))
  const afterAck = deaths.filter(({ moment }) => moment === 'after ack')
  const starts = deaths.map(({ start }) => start).sort((a, b) => a - b)
  expect(starts[Math.floor(starts.length / 2)], 'the hub is back within two seconds').toBeLessThanOrEqual(longestRecovery)
  expect(afterAck.filter(({ ackedBefore }) => ackedBefore).length, 'answers had gone out before the kill').toBeGreaterThan(afterAck.length / 2)
}

function report(deaths: Death[], acked: number, facts: Fact[], ms: number): void {
  const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]
  const ballots = facts.filter(({ type }) => type === 'vote.cast').length
  const kept = deaths.filter(({ moment, to, seqAfter }) => moment === 'during append' && seqAfter === to).length
  const during = deaths.filter(({ moment }) => moment === 'during append').length
  const recoveries = deaths.flatMap(({ recovery }) => recovery ?? [])
  console.log([
    `SIGKILL, seed ${seed}: ${deaths.length} kills, ${acked} acknowledged commands, ${ballots} ballots, ${facts.length} facts, ${Math.round(ms / 1000)} s`,
    ...moments.map((moment) => `  ${moment}: ${deaths.filter((one) => one.moment === moment).length}${moment === 'during append' ? ` (${kept} of ${during} appends had reached the disk)` : ''}`),
    `  from the kill to the next acknowledged command: median ${middle(recoveries)} ms, longest ${Math.max(...recoveries)} ms; from opening the store to listening: median ${middle(deaths.map(({ start }) => start))} ms`,
  ].join('\n'))
}
