import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { genesisHash } from '../../../server/meetings/chain.ts'
import { readMeetingLog } from '../../../server/meetings/meeting-log.ts'
import { openStore } from '../../../server/store/open.ts'
import type { Fact } from '../../../shared/meeting/fact.ts'
import { HubLife } from '../../support/crash/child.ts'
import { moments, type Moment, type Plan } from '../../support/crash/plan.ts'
import { prepareProvince, type Province } from '../../support/crash/province.ts'
import { Tablet } from '../../support/crash/tablet.ts'
import { random } from '../../support/papers/random.ts'

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const chance = random(seed)
const voterCount = 50
const kills = Number(process.env.CRASH_KILLS ?? 35)
const ackedWanted = Number(process.env.CRASH_ACKED ?? 5000)

let province: Province
beforeAll(async () => {
  province = await prepareProvince(await mkdtemp(join(tmpdir(), 'giao-ban-sigkill-')), voterCount)
})
afterAll(() => rm(province.dataDir, { recursive: true, force: true }))

/** Every moment as often as any other, in a shuffled order. */
function plans(): Plan[] {
  const order = Array.from({ length: kills }, (_, index) => moments[index % moments.length] as Moment)
  for (let index = order.length - 1; index > 0; index -= 1) {
    const other = chance.below(index + 1)
    ;[order[index], order[other]] = [order[other] as Moment, order[index] as Moment]
  }
  return order.map((moment) => ({ moment, append: 6 + chance.below(40), spin: chance.below(2500) }))
}

/** One death of the hub and what the log held when it was back. */
interface Death { moment: Moment; from: number; to: number; seqAfter: number; ackedBefore: boolean; recovery: number; start: number }

test(`whatever is acknowledged survives ${kills} kills, once, and every screen agrees (seed ${seed})`, { timeout: 600_000 }, async () => {
  const first = new HubLife({ ...province, port: 0 })
  first.begin(null)
  const { port } = await first.listening
  first.kill('SIGKILL')
  await first.ended

  const chair = new Tablet(province, 'chair', port)
  const secretary = new Tablet(province, 'secretary', port)
  const voters = province.voters.map((personId) => new Tablet(province, personId, port))
  const tablets = [chair, secretary, ...voters]
  const acked = () => tablets.flatMap((tablet) => tablet.acked)
  const begin = performance.now()

  let voting = true
  const votes = (async () => {
    for (let round = 1; voting; round += 1) await holdVote(round, chair, voters)
  })()
  let moving = true
  const agenda = (async () => {
    while (moving) await moveAgenda(secretary)
  })()
  // A fault in the load must end the test at once, not at its time limit.
  const faulty = Promise.all([votes, agenda]).then(() => new Promise<never>(() => {}))

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
      await until(() => acked().some((one) => one.at > listening), faulty)
      deaths.push({ ...death, seqAfter: seq, start: ms, recovery: Math.round(performance.now() - at) })
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
    dead = { moment: plan.moment, from, to, ackedBefore: acked().some((one) => one.from >= from && one.to <= to && from > 0), at: performance.now() }
    expect(life.errors, 'a hub that is killed has not complained before').toBe('')
  }

  const last = await live(null)
  await until(() => acked().length >= ackedWanted, faulty)
  voting = false
  await votes
  moving = false
  await agenda

  // Every tablet's folded view is what a tablet that is opened now is told.
  const folded = tablets.map(({ view }) => view)
  for (const [index, tablet] of tablets.entries()) {
    const fresh = new Tablet(province, tablet.personId, port)
    fresh.connect()
    expect({ ...folded[index], seq: 0 }, tablet.personId).toEqual({ ...(await fresh.until((view) => view)), seq: 0 })
    fresh.close()
    tablet.close()
  }
  last.kill('SIGTERM')
  await last.ended

  const facts = await verifiedLog(province)
  checkLog(facts, acked())
  expect(tablets.flatMap(({ refused }) => refused.map(({ code }) => code)), 'a repeat never meets a refusal').toEqual([])
  checkDeaths(deaths)
  report(deaths, acked().length, facts.length, performance.now() - begin)
})

/** The chair drafts and opens, all fifty cast as soon as their screens show it, the chair closes when all are answered. */
async function holdVote(round: number, chair: Tablet, voters: Tablet[]): Promise<void> {
  const title = `Biểu quyết lần ${round}`
  // A round takes the hub a few milliseconds, and it takes no more than twenty commands a second from one screen.
  const paced = new Promise((resolve) => setTimeout(resolve, 200))
  const drafted = await chair.send('votes:draft', { itemId: province.voteItem, title, preset: 'castMajority' })
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

function checkLog(facts: Fact[], acked: Tablet['acked']): void {
  expect(facts.map(({ seq }) => seq)).toEqual(facts.map((_, index) => index + 1))
  expect(acked.length).toBeGreaterThanOrEqual(ackedWanted)
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
  expect(afterAck.filter(({ ackedBefore }) => ackedBefore).length, 'answers had gone out before the kill').toBeGreaterThan(afterAck.length / 2)
}

function report(deaths: Death[], acked: number, facts: number, ms: number): void {
  const middle = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]
  const kept = deaths.filter(({ moment, to, seqAfter }) => moment === 'during append' && seqAfter === to).length
  const during = deaths.filter(({ moment }) => moment === 'during append').length
  const recoveries = deaths.map(({ recovery }) => recovery)
  console.log([
    `SIGKILL, seed ${seed}: ${deaths.length} kills, ${acked} acknowledged commands, ${facts} facts, ${Math.round(ms / 1000)} s`,
    ...moments.map((moment) => `  ${moment}: ${deaths.filter((one) => one.moment === moment).length}${moment === 'during append' ? ` (${kept} of ${during} appends had reached the disk)` : ''}`),
    `  from the kill to the next acknowledged command: median ${middle(recoveries)} ms, longest ${Math.max(...recoveries)} ms; from opening the store to listening: median ${middle(deaths.map(({ start }) => start))} ms`,
  ].join('\n'))
}
