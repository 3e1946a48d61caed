import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CommandAnswer } from '../../../shared/contracts/live.ts'
import { choices } from '../../../shared/meeting/votes/matter.ts'
import { Hall, HallMeeting } from '../../support/live/hall.ts'
import { choiceOf } from '../../support/meeting/ballots.ts'

// A thousand voters at once: tests/integration/votes.
let hall: Hall
beforeAll(async () => void (hall = await Hall.open()))
afterAll(() => hall.close())

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

    const after = await Hall.reopen({ dataDir: folder })
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
    const meeting = await hall.inSession()
    const voteId = await meeting.openVote()
    const sockets = await Promise.all([1, 2, 3].map(() => meeting.screen('an')))
    const commandId = randomUUID()
    const answers = await Promise.all(Array.from({ length: 50 }, (_, index) =>
      sockets[index % 3]!.send('votes:cast', { voteId, choice: choices[index % 3]! }, kind === 'the same id' ? commandId : randomUUID())))
    const ballots = await ballotsOf(meeting, voteId)
    expect(ballots).toHaveLength(1)
    const done = answers.filter(({ ok }) => ok)
    expect(new Set(done.map((answer) => JSON.stringify(plain(answer)))).size).toBe(1)
    expect(done).toHaveLength(kind === 'the same id' ? 50 : 1)
    for (const answer of answers) if (!answer.ok) expect(answer.code).toBe('votes.alreadyCast')
    for (const socket of sockets) {
      expect(choiceOf((await socket.waitFor(({ votes }) => votes[voteId]?.myBallot !== null)).votes[voteId]?.myBallot)).toBe(choiceOf(ballots[0]?.data))
      socket.close()
    }
  })
})
