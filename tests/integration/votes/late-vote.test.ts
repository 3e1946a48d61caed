import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CommandAnswer } from '../../../shared/contracts/live.ts'
import { choices } from '../../../shared/meeting/votes/matter.ts'
import type { Screen } from '../../load/screen.ts'
import { Council, receiptOf } from '../../support/live/council.ts'
import { dataOf } from '../../support/live/hall.ts'
import { random } from '../../support/papers/random.ts'
import { choiceOf as choiceIn } from '../../support/meeting/ballots.ts'

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const chance = random(seed)
const size = 500
const rounds = Number(process.env.LATE_ROUNDS ?? 200)

let council: Council
let screens: Screen[]
let chair: Screen
beforeAll(async () => {
  council = await Council.open(size)
  chair = await council.screen(await council.signIn('chair'))
  screens = await Promise.all(council.voters.map(async (voter) => council.screen(await council.signIn(voter))))
})
afterAll(async () => {
  for (const screen of [chair, ...screens]) screen.close()
  await council.hall.close()
})

test(`PROOF R3: ${rounds} votes closed with ${size} ballots in flight: each is acknowledged and counted, or refused (seed ${seed})`, { timeout: 600_000 }, async () => {
  const total = { counted: 0, late: 0, mixed: 0 }
  for (let round = 0; round < rounds; round += 1) {
    const { acked, late } = await closeInFlight(round)
    total.counted += acked
    total.late += late
    if (acked > 0 && late > 0) total.mixed += 1
  }
  console.log(`R3, seed ${seed}: ${rounds} rounds, ${total.counted} ballots acknowledged and counted, ${total.late} refused, ${total.mixed} rounds with both`)
  expect(total.counted + total.late).toBe(rounds * size)
  expect(total.mixed, 'the closings came in the middle').toBeGreaterThan(rounds / 2)
})

async function closeInFlight(round: number): Promise<{ acked: number; late: number }> {
  const voteId = await council.meeting.openVote()
  const since = (await council.meeting.head())!.lastSeq
  const closeAfter = chance.below(size)
  let closing: Promise<CommandAnswer> | undefined
  const casting: Promise<CommandAnswer>[] = []
  for (const [index, screen] of screens.entries()) {
    if (index === closeAfter) closing = close(voteId)
    casting.push(screen.ask('votes:cast', { commandId: randomUUID(), data: { voteId, choice: chance.pick(choices) } }))
    // Ballots leave a few at a time, so that the closing meets them on their way, in the queue and in an append.
    if (chance.below(8) === 0) await new Promise(setImmediate)
  }
  const answers = await Promise.all(casting)
  const closed = await closing
  expect(closed).toMatchObject({ ok: true })
  const facts = await council.meeting.log(since)
  const ballots = facts.filter((fact) => fact.type === 'vote.cast')
  const { result, roll } = dataOf(facts, 'vote.counted')
  const choiceOf = new Map(roll.map(({ personId, choice }) => [personId, choice]))
  const castBy = new Map(ballots.map((ballot) => [ballot.data.personId, ballot]))
  expect(castBy.size, 'nobody’s ballot is there twice').toBe(ballots.length)
  let acked = 0
  for (const [index, answer] of answers.entries()) {
    const voter = council.voters[index]!
    const ballot = castBy.get(voter)
    if (answer.ok) {
      acked += 1
      expect(receiptOf(answer), `${voter} in round ${round}`).toEqual({ ok: true, from: ballot?.seq, to: ballot?.seq })
      expect(choiceOf.get(voter)).toBe(choiceIn(ballot?.data))
    } else {
      expect([answer.code, ballot, choiceOf.get(voter)], `${voter} in round ${round}`).toEqual(['votes.notOpen', undefined, null])
    }
  }
  expect([ballots.length, result.cast], `round ${round}`).toEqual([acked, acked])
  return { acked, late: answers.length - acked }
}

/** So many closings in a row are more than a person's pace allows; what is refused for that is sent again. */
async function close(voteId: string): Promise<CommandAnswer> {
  const commandId = randomUUID()
  for (;;) {
    const answer = await chair.ask<CommandAnswer>('votes:close', { commandId, data: { voteId } })
    if (answer.ok || answer.code !== 'request.tooMany') return answer
  }
}
