import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { logIdOf } from '../../../server/meetings/meeting-log.ts'
import type { Vote } from '../../../shared/meeting/votes/state.ts'
import { Hall, type HallMeeting } from '../../support/live/hall.ts'
import { choiceOf } from '../../support/meeting/ballots.ts'

let dataDir: string
let hall: Hall
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'giao-ban-sittings-'))
  hall = await Hall.open({ dataDir })
})
afterAll(async () => {
  await hall.close()
  await rm(dataDir, { recursive: true, force: true })
})

async function voteOf({ meetingId }: HallMeeting, voteId: string): Promise<Vote | undefined> {
  return (await hall.test.hub.hosts.find(meetingId))?.state.votes[voteId]
}

const inTime = { timeout: 20_000, interval: 50 }

describe('a deadline is kept by the hub', () => {
  test('it closes the vote by itself, and everybody sees the result', { timeout: 30_000 }, async () => {
    const meeting = await hall.inSession()
    const an = await meeting.screen('an')
    const voteId = await meeting.openVote(meeting.item, { closesAfterSeconds: 5 })
    const { closesAt, openedAt } = (await an.waitFor(({ votes }) => votes[voteId]?.status === 'open')).votes[voteId]!
    expect(closesAt).toBe((openedAt ?? 0) + 5000)
    expect(await an.send('votes:cast', { voteId, choice: 'approve' })).toMatchObject({ ok: true })
    await expect.poll(() => an.view.votes[voteId]?.status, inTime).toBe('published')
    const closed = (await meeting.log()).filter(({ type }) => type === 'vote.closed' || type === 'vote.counted' || type === 'vote.published')
    expect(closed.map(({ by }) => by)).toEqual([null, null, null])
    expect(closed[0]?.at).toBeGreaterThanOrEqual(closesAt ?? Infinity)
  })

  test('after a restart too, though nobody has come back to the meeting; a deadline that passed meanwhile is the chair’s to deal with', { timeout: 60_000 }, async () => {
    const [soon, late] = [await hall.inSession(), await hall.inSession()]
    const missed = await late.openVote(late.item, { closesAfterSeconds: 5 })
    const missedAt = (await voteOf(late, missed))?.closesAt ?? 0
    await soon.openVote(soon.item, { closesAfterSeconds: 12 })
    await hall.test.stop()
    await expect.poll(() => Date.now() > missedAt, inTime).toBe(true)
    hall = await Hall.reopen({ dataDir })
    // The log alone is looked at: asking for the meeting would load it.
    const types = async ({ meetingId }: HallMeeting) => {
      const found: string[] = []
      for await (const { facts } of hall.test.hub.store.logs.read(logIdOf(meetingId), 0)) found.push(...facts.map(({ type }) => type))
      return found
    }
    await expect.poll(() => types(soon), inTime).toContain('vote.published')
    expect((await types(late)).filter((type) => type === 'vote.closed')).toEqual([])
    expect((await voteOf(late, missed))?.status).toBe('open')
  })
})

test('a sitting over the wire: opened together, closed one by one, nobody’s result before the last', async () => {
  const meeting = await hall.inSession()
  const [chair, an, wall] = await Promise.all([meeting.screen('chair'), meeting.screen('an'), meeting.screen('chair', { projector: true })])
  const [first, second] = [await meeting.draftVote(meeting.item, { sittingId: 'dot-1' }), await meeting.draftVote(meeting.item, { sittingId: 'dot-1', preset: 'opinion' })]
  expect(await chair.send('votes:open', { voteId: second })).toMatchObject({ ok: true })
  await an.waitFor(({ votes }) => votes[first]?.status === 'open' && votes[second]?.status === 'open')
  expect(await an.send('votes:cast', { voteId: first, choice: 'approve' })).toMatchObject({ ok: true })
  expect(await an.send('votes:cast', { voteId: second, choice: 'reject' })).toMatchObject({ ok: true })
  expect(await an.send('votes:cast', { voteId: second, choice: 'approve' }), 'an opinion may be changed').toMatchObject({ ok: true })
  expect(choiceOf((await an.waitFor(({ votes }) => choiceOf(votes[second]?.myBallot) === 'approve')).votes[second]?.myBallot)).toBe('approve')
  await wall.until(() => wall.turnouts.at(-1)?.turnouts.every(({ cast }) => cast === 1) === true)
  expect(wall.turnouts.at(-1)?.turnouts).toEqual([first, second].map((voteId) => ({
    voteId, cast: 1, entitled: 4, bySite: [{ siteId: null, cast: 1, entitled: 4, reachable: 2 }],
  })))

  expect(await chair.send('votes:close', { voteId: first })).toMatchObject({ ok: true })
  for (const screen of [chair, an, wall]) {
    expect((await screen.waitFor(({ votes }) => votes[first]?.status === 'counted' || votes[first]?.status === 'closed')).votes[first]?.result).toBeNull()
    expect(screen.packets.join('\n')).not.toMatch(/"approve":1/)
  }
  expect(await chair.send('votes:close', { voteId: second })).toMatchObject({ ok: true })
  for (const screen of [chair, an, wall]) {
    const { votes } = await screen.waitFor((view) => view.votes[first]?.status === 'published' && view.votes[second]?.status === 'published')
    expect([votes[first]?.result, votes[second]?.result]).toMatchObject([{ counts: { approve: 1, reject: 0 } }, { counts: { approve: 1, reject: 0 } }])
  }
})
