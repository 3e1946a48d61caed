import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CommandAnswer } from '../../../shared/contracts/live.ts'
import { choices, type Choice } from '../../../shared/meeting/votes/matter.ts'
import type { Screen } from '../../load/screen.ts'
import { Council, receiptOf } from '../../support/live/council.ts'
import { dataOf } from '../../support/live/hall.ts'
import { random } from '../../support/papers/random.ts'
import { choiceOf } from '../../support/meeting/ballots.ts'

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const chance = random(seed)
const size = 1000
const perVoter = 50
/** So many vote at the same moment: their sockets and ours live in one process. */
const wave = 100

let council: Council
beforeAll(async () => void (council = await Council.open(size)))
afterAll(() => council.hall.close())

interface Sent { commandId: string; choice: Choice; answer: CommandAnswer }

test(`PROOF R2: ${size} voters, ${perVoter} requests each at once over three sockets and two tablets, one cut off in the middle: one ballot each (seed ${seed})`, { timeout: 600_000 }, async () => {
  const voteId = await council.meeting.openVote()
  const since = (await council.meeting.head())!.lastSeq
  const sent = new Map<string, Sent[]>()
  for (let first = 0; first < size; first += wave) {
    await Promise.all(council.voters.slice(first, first + wave).map(async (voter) => sent.set(voter, await voteMadly(voter, voteId))))
  }
  const facts = await council.meeting.log(since)
  const ballots = facts.filter((fact) => fact.type === 'vote.cast')
  expect(ballots.map(({ by }) => by).sort(), 'one ballot of each').toEqual([...council.voters].sort())
  let requests = 0
  let receipts = 0
  for (const ballot of ballots) {
    const own = sent.get(ballot.by ?? '') ?? []
    requests += own.length
    expect(own.length).toBe(perVoter)
    const done = own.filter(({ answer }) => answer.ok)
    receipts += done.length
    expect(done.length, 'somebody was told that it is done').toBeGreaterThan(0)
    for (const { answer, commandId } of own) {
      if (commandId === ballot.commandId) expect(receiptOf(answer)).toEqual({ ok: true, from: ballot.seq, to: ballot.seq })
      else expect(receiptOf(answer)).toBe('votes.alreadyCast')
    }
    const counted = own.filter(({ commandId }) => commandId === ballot.commandId).map(({ choice }) => choice)
    expect(counted, 'what counts is what he sent').toContain(choiceOf(ballot.data))
  }
  const { result, roll } = dataOf(await council.meeting.do('chair', 'votes:close', { voteId }), 'vote.counted')
  expect(result.cast).toBe(size)
  for (const { data } of ballots) expect(roll.find(({ personId }) => personId === data.personId)?.choice).toBe(choiceOf(data))
  console.log(`R2, seed ${seed}: ${requests} requests of ${size} voters, ${ballots.length} ballots, ${receipts} receipts, ${requests - receipts} times "already voted", 0 violations`)
})

/**
 * One voter with two sockets on one tablet and a third on another one. Half of what he sends repeats one command; its choice
 * differs from repeat to repeat, which changes nothing. Every third voter loses a line with requests on their way, comes back, and repeats them.
 */
async function voteMadly(voter: string, voteId: string): Promise<Sent[]> {
  const [tablet, other] = await Promise.all([council.signIn(voter), council.signIn(voter)])
  const sockets = await Promise.all([tablet, tablet, other].map((cookie) => council.screen(cookie)))
  const repeated = randomUUID()
  const requests = Array.from({ length: perVoter }, () => ({ commandId: chance.below(2) ? repeated : randomUUID(), choice: chance.pick(choices) }))
  const cast = (screen: Screen, { commandId, choice }: { commandId: string; choice: Choice }) =>
    screen.ask<CommandAnswer>('votes:cast', { commandId, data: { voteId, choice } })
  const cutOff = chance.below(3) === 0
  const lost: number[] = []
  const answers = requests.map((request, index) => {
    const socket = index % 3
    if (!cutOff || socket !== 1) return cast(sockets[socket]!, request)
    lost.push(index)
    return cast(sockets[1]!, request)
  })
  if (cutOff) {
    // The requests have left, the answers have not come, or not all.
    await new Promise(setImmediate)
    sockets[1]!.close()
    sockets[1] = await council.screen(other)
    for (const index of lost) answers[index] = cast(sockets[1], requests[index]!)
  }
  const sent = (await Promise.all(answers)).map((answer, index) => ({ ...requests[index]!, answer }))
  for (const socket of sockets) socket.close()
  return sent
}
