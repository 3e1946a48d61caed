import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CommandAnswer } from '../../../shared/contracts/live.ts'
import type { Participant } from '../../../shared/meeting/participants/state.ts'
import { choices } from '../../../shared/meeting/votes/state.ts'
import { LiveClient } from '../../support/live/client.ts'
import { dataOf, Hall, HallMeeting } from '../../support/live/hall.ts'
import { random } from '../../support/papers/random.ts'

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const chance = random(seed)
const voters = Array.from({ length: 200 }, (_, index) => `voter-${index + 1}`)

let dataDir: string
let hall: Hall
/** Two hundred voters, present, in a meeting in session. */
let council: HallMeeting
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'giao-ban-repeats-'))
  hall = await Hall.open({ dataDir })
  await Promise.all(voters.map((id) => hall.test.addAccount({ id })))
  council = await hall.inSession()
  const invited = voters.map((personId): Participant => ({ personId, role: 'delegate', votes: true, siteId: null }))
  await council.do('secretary', 'participants:invite', { participants: invited })
  await Promise.all(voters.map((personId) => council.execute(personId, 'attendance:declare', { presence: 'inRoom' })))
})
afterAll(async () => {
  await hall.close()
  await rm(dataDir, { recursive: true, force: true })
})

const ballotsOf = async (meeting: HallMeeting, voteId: string) =>
  (await meeting.log()).flatMap((fact) => (fact.type === 'vote.cast' && fact.data.voteId === voteId ? fact : []))
/** Without the sender's own frame, which only the first answer may carry. */
const plain = (answer: CommandAnswer) => (answer.ok ? { ok: true, from: answer.from, to: answer.to } : answer)

describe('a command sent again', () => {
  test('with the same id is answered like the first and done once, on any of the sender’s sockets', async () => {
    const meeting = await hall.inSession()
    const [first, second] = [await meeting.screen('chair'), await meeting.screen('chair')]
    const commandId = randomUUID()
    const answer = await first.send('agenda:startItem', { itemId: meeting.item }, commandId)
    expect(answer).toMatchObject({ ok: true })
    expect(await first.send('agenda:startItem', { itemId: meeting.item }, commandId)).toEqual(answer)
    expect(await second.send('agenda:startItem', { itemId: meeting.item }, commandId)).toEqual(answer)
    expect((await meeting.log()).filter((fact) => fact.commandId === commandId)).toHaveLength(1)
    expect(await first.send('agenda:startItem', { itemId: meeting.item })).toMatchObject({ ok: false, code: 'agenda.alreadyCurrent' })
  })

  test('a refusal is not remembered: what was not possible then may be possible now', async () => {
    const meeting = await hall.inSession()
    const voteId = await meeting.openVote()
    const an = await meeting.screen('an')
    await meeting.do('an', 'attendance:declare', { presence: 'absent' })
    const commandId = randomUUID()
    expect(await an.send('votes:cast', { voteId, choice: 'approve' }, commandId)).toMatchObject({ code: 'votes.notPresent' })
    await meeting.do('an', 'attendance:declare', { presence: 'inRoom' })
    expect(await an.send('votes:cast', { voteId, choice: 'approve' }, commandId)).toMatchObject({ ok: true })
  })

  test('is answered like the first by a hub that was started again in between', async () => {
    const before = await Hall.open({ dataDir: await mkdtemp(join(tmpdir(), 'giao-ban-again-')) })
    const meeting = await before.inSession()
    const voteId = await meeting.openVote()
    const ids = { cast: randomUUID(), close: randomUUID() }
    const [an, chair] = [await meeting.screen('an'), await meeting.screen('chair')]
    const cast = await an.send('votes:cast', { voteId, choice: 'approve' }, ids.cast)
    const closed = await chair.send('votes:close', { voteId }, ids.close)
    expect([cast, closed]).toMatchObject([{ ok: true }, { ok: true }])
    const head = await meeting.head()
    const folder = before.test.dataDir
    await before.close()

    const after = await Hall.reopen(folder)
    const again = new HallMeeting(after, meeting.meetingId)
    const [anAgain, chairAgain] = [await again.screen('an'), await again.screen('chair')]
    expect(plain(await anAgain.send('votes:cast', { voteId, choice: 'reject' }, ids.cast))).toEqual(plain(cast))
    expect(plain(await chairAgain.send('votes:close', { voteId }, ids.close))).toEqual(plain(closed))
    expect(await chairAgain.send('votes:close', { voteId }, ids.cast)).toMatchObject({ ok: false, code: 'command.idTaken' })
    expect(await again.head()).toEqual(head)
    await after.close()
    await rm(folder, { recursive: true, force: true })
  })
})

describe('one person’s ballot, sent fifty times at once over three sockets', () => {
  test.each(['the same id', 'an id of its own each'])('with %s is one ballot', async (kind) => {
    const voteId = await council.openVote()
    const person = voters[chance.below(voters.length)] as string
    const sockets = await Promise.all([1, 2, 3].map(() => council.screen(person)))
    const commandId = randomUUID()
    const answers = await Promise.all(Array.from({ length: 50 }, (_, index) =>
      sockets[index % 3]!.send('votes:cast', { voteId, choice: choices[index % 3]! }, kind === 'the same id' ? commandId : randomUUID())))
    const ballots = await ballotsOf(council, voteId)
    expect(ballots).toHaveLength(1)
    const done = answers.filter(({ ok }) => ok)
    expect(new Set(done.map((answer) => JSON.stringify(plain(answer)))).size).toBe(1)
    expect(done).toHaveLength(kind === 'the same id' ? 50 : 1)
    for (const answer of answers) if (!answer.ok) expect(answer.code).toBe('votes.alreadyCast')
    for (const socket of sockets) {
      expect((await socket.waitFor(({ votes }) => votes[voteId]?.myBallot !== null)).votes[voteId]?.myBallot?.choice).toBe(ballots[0]?.data.choice)
      socket.close()
    }
    await council.do('chair', 'votes:close', { voteId })
  })
})

test(`two hundred voters, fifty sends each, half of them with ids of their own: two hundred ballots (seed ${seed})`, { timeout: 240_000 }, async () => {
  const voteId = await council.openVote()
  const screens = await Promise.all(voters.map((person) => council.screen(person)))
  const answers = await Promise.all(screens.map(async (screen) => {
    const commandId = randomUUID()
    const sends = Array.from({ length: 50 }, (_, index) =>
      screen.send('votes:cast', { voteId, choice: chance.pick(choices) }, index % 2 ? commandId : randomUUID()))
    return Promise.all(sends)
  }))
  const ballots = await ballotsOf(council, voteId)
  expect(ballots.map(({ data }) => data.personId).sort()).toEqual([...voters].sort())
  for (const [index, own] of answers.entries()) {
    const ballot = ballots.find(({ data }) => data.personId === voters[index])!
    const done = own.filter((answer) => answer.ok)
    expect(done.length, 'somebody was told that it is done').toBeGreaterThan(0)
    for (const answer of done) expect(plain(answer)).toEqual({ ok: true, from: ballot.seq, to: ballot.seq })
    for (const answer of own) if (!answer.ok) expect(answer.code).toBe('votes.alreadyCast')
  }
  for (const screen of screens) screen.close()
  const { result } = dataOf(await council.do('chair', 'votes:close', { voteId }), 'vote.counted')
  expect(result.cast).toBe(200)
})

test(`fifty votes closed with a hundred ballots in flight: each is acknowledged and counted, or refused (seed ${seed})`, { timeout: 240_000 }, async () => {
  const screens = await Promise.all(voters.slice(0, 100).map((person) => council.screen(person)))
  const chair = await council.screen('chair')
  let counted = 0
  let late = 0
  for (let round = 0; round < 50; round += 1) {
    const voteId = await council.openVote()
    const closeAfter = chance.below(100)
    const casting: Promise<CommandAnswer>[] = []
    let closing: Promise<CommandAnswer> | undefined
    for (const [index, screen] of screens.entries()) {
      if (index === closeAfter) closing = pacedClose(chair, voteId)
      casting.push(screen.send('votes:cast', { voteId, choice: chance.pick(choices) }))
      // Ballots leave a few at a time, so that the closing meets them on their way, in the queue and in an append.
      if (chance.below(8) === 0) await new Promise(setImmediate)
    }
    const answers = await Promise.all(casting)
    expect(await closing).toMatchObject({ ok: true })
    const acked = answers.filter(({ ok }) => ok).length
    const ballots = await ballotsOf(council, voteId)
    const { result, roll } = dataOf((await council.log()).filter((fact) => fact.type === 'vote.counted' && fact.data.voteId === voteId), 'vote.counted')
    expect([ballots.length, result.cast], `round ${round}`).toEqual([acked, acked])
    for (const [index, answer] of answers.entries()) {
      const counts = roll.find(({ personId }) => personId === voters[index])?.choice !== null
      expect(counts, `ballot of ${voters[index]} in round ${round}`).toBe(answer.ok)
      if (!answer.ok) expect(answer.code).toBe('votes.notOpen')
    }
    counted += acked
    late += answers.length - acked
  }
  expect(counted).toBeGreaterThan(100)
  expect(late, 'some ballots came too late').toBeGreaterThan(100)
})

/** Fifty closings are more than a person's pace allows; what is refused for that is sent again. */
async function pacedClose(chair: LiveClient, voteId: string): Promise<CommandAnswer> {
  const commandId = randomUUID()
  for (;;) {
    const answer = await chair.send('votes:close', { voteId }, commandId)
    if (answer.ok || answer.code !== 'request.tooMany') return answer
  }
}
