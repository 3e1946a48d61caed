import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { logIdOf } from '../../../server/meetings/meeting-log.ts'
import type { Choice } from '../../../shared/meeting/votes/matter.ts'
import { unpackRoll } from '../../../shared/meeting/votes/roll.ts'
import { Hall } from '../../support/live/hall.ts'
import { choiceOf, countsOf } from '../../support/meeting/ballots.ts'

let hall: Hall
beforeAll(async () => {
  hall = await Hall.open()
})
afterAll(() => hall.close())

const same = (view: object) => ({ ...view, seq: 0 })

describe('joining and coming back', () => {
  test('a tablet that is opened late is shown the true state at once', async () => {
    const meeting = await hall.inSession()
    const paperId = await meeting.attach(meeting.item)
    await meeting.do('chair', 'agenda:startItem', { itemId: meeting.item })
    const voteId = await meeting.openVote()
    await meeting.do('chair', 'presentation:start', { paperId })
    const late = await hall.keep(await meeting.screen('binh'))
    expect(late.view).toMatchObject({
      lifecycle: { status: 'inSession' }, presentation: { paperId }, pause: false, me: { personId: 'binh', projector: false },
      items: { [meeting.item]: { status: 'current' } }, votes: { [voteId]: { status: 'open', myBallot: null } },
    })
    expect(Object.keys(late.view.items)).toEqual([meeting.item])
  })

  test('who comes back is told what he missed and nothing else', async () => {
    const meeting = await hall.inSession()
    const tablet = await meeting.screen('an')
    const { seq } = tablet.view
    const before = structuredClone(tablet.view)
    tablet.close()
    await meeting.do('chair', 'agenda:startItem', { itemId: meeting.item })
    await meeting.do('secretary', 'agenda:addItem', { title: 'Phát sinh', durationMinutes: null, unitId: null, presenterId: null, confidential: true, access: ['binh'], parentId: null })

    const back = await meeting.screen('binh', {})
    const answer = await back.join(seq)
    expect(answer).toMatchObject({ ok: true, view: null, frame: { from: seq + 1, to: seq + 2 } })
    const again = await meeting.screen('an')
    const own = await again.join(seq)
    expect(own.ok && own.frame).toMatchObject({ from: seq + 1, to: seq + 2, facts: [{ seq: seq + 1, type: 'agenda.itemStarted' }] })
    expect(own.ok && own.frame?.facts).toHaveLength(1)
    expect(before.items[meeting.item]?.status).toBe('pending')
    const level = await again.join(seq + 2)
    expect(level).toMatchObject({ ok: true, view: null, frame: { facts: [] } })
  })

  test('who comes back is not told what he might have seen for a moment while he was away', async () => {
    const meeting = await hall.inSession()
    const tablet = await meeting.screen('an')
    const { seq } = tablet.view
    tablet.close()
    await meeting.do('secretary', 'agenda:changeItem', { itemId: meeting.secret, title: 'Cho xem nhầm', access: ['an'] })
    await meeting.do('secretary', 'agenda:changeItem', { itemId: meeting.secret, access: [] })
    const answer = await (await meeting.screen('an')).join(seq)
    expect(answer).toMatchObject({ ok: true, frame: null })
    expect(JSON.stringify(answer)).not.toContain('Cho xem nhầm')
    expect(JSON.stringify(answer)).not.toContain(meeting.secret)
  })

  test('who was away too long, or claims more than there is, is given the whole view', async () => {
    const meeting = await hall.inSession()
    const tablet = await meeting.screen('an')
    const ahead = await tablet.join(tablet.view.seq + 1000)
    expect(ahead.ok && ahead.view?.seq).toBe(tablet.view.seq)
    // More than the steps a host keeps for those who were away for a moment.
    await Promise.all(Array.from({ length: 3100 }, (_, index) => meeting.execute('secretary', 'agenda:changeItem', { itemId: meeting.item, title: `Nội dung ${index + 1}` })))
    const old = await tablet.join(5)
    expect(old.ok && old.frame).toBeNull()
    expect(old.ok && old.view?.items[meeting.item]?.title).toBe('Nội dung 3100')
  })

  test('facts arrive in order and once, and what is folded is what is shown afresh', async () => {
    const meeting = await hall.inSession()
    const screens = await Promise.all(['chair', 'an', 'binh', 'guest'].map((personId) => meeting.screen(personId)))
    const chair = screens[0]!
    for (let round = 0; round < 10; round += 1) {
      await chair.send('agenda:startItem', { itemId: round % 2 ? meeting.secret : meeting.item })
      await chair.send('meeting:change', { place: `Phòng ${round}` })
    }
    for (const [index, screen] of screens.entries()) {
      await screen.waitFor(({ details }) => details.place === 'Phòng 9')
      const seqs = screen.facts.map(({ seq }) => seq)
      expect(seqs).toEqual([...seqs].sort((a, b) => a - b))
      const places = screen.facts.flatMap((fact) => (fact.type === 'meeting.changed' ? (fact.data.place ?? []) : []))
      expect(places).toEqual(Array.from({ length: 10 }, (_, round) => `Phòng ${round}`))
      const fresh = await meeting.screen(['chair', 'an', 'binh', 'guest'][index]!)
      expect(same(screen.view)).toEqual(same(fresh.view))
    }
  })
})

test('a meeting whose log somebody wrote into is not shown, with a reason and nothing of the inside; others are', async () => {
  const before = await Hall.open({ dataDir: await mkdtemp(join(tmpdir(), 'giao-ban-tampered-')) })
  const [damaged, sound] = [await before.inSession(), await before.inSession()]
  await before.close()
  const { dataDir } = before.test
  const database = new DatabaseSync(join(dataDir, 'giao-ban.sqlite'))
  database.exec('DELETE FROM records_snapshots')
  database.prepare(`UPDATE appends SET facts = replace(facts, '"inRoom"', '"absent"') WHERE log = ?`).run(logIdOf(damaged.meetingId))
  database.close()

  const after = await Hall.reopen({ dataDir })
  const refused = await after.screen('an', damaged.meetingId, { language: 'en' }).catch((error: unknown) => error)
  expect(refused).toMatchObject({ message: 'hub.failed', reason: { code: 'hub.failed', sentence: 'The hub met an error. Nothing was changed.' } })
  expect((await after.screen('an', sound.meetingId)).view.lifecycle.status).toBe('inSession')
  await after.close()
  await rm(dataDir, { recursive: true, force: true })
})

describe('ballots', () => {
  test('both tablets of one person learn his ballot; others the turnout, four times a second at most', async () => {
    const meeting = await hall.inSession()
    const [first, second, other] = [await meeting.screen('an'), await meeting.screen('an'), await meeting.screen('observer')]
    const voteId = await meeting.openVote()
    await first.waitFor(({ votes }) => votes[voteId]?.status === 'open')
    expect(await first.send('votes:cast', { voteId, choice: 'approve' })).toMatchObject({ ok: true })
    for (const tablet of [first, second]) {
      expect((await tablet.waitFor(({ votes }) => votes[voteId]?.myBallot !== null)).votes[voteId]?.myBallot).toMatchObject({ personId: 'an', choice: 'approve' })
    }
    for (const personId of ['binh', 'chi', 'chair']) await meeting.do(personId, 'votes:cast', { voteId, choice: 'reject' })
    await other.until(() => other.turnouts.at(-1)?.turnouts[0]?.cast === 4)
    expect(other.turnouts.at(-1)?.turnouts).toMatchObject([{ voteId, cast: 4, entitled: 4 }])
    const gaps = other.turnouts.slice(1).map(({ at }, index) => at - (other.turnouts[index]?.at ?? 0))
    // What leaves the hub every 250 ms may arrive a little closer together on a busy machine.
    for (const gap of gaps) expect(gap).toBeGreaterThan(150)
    expect(other.view.votes[voteId]?.myBallot).toBeNull()
  })

  test('nobody’s choice is in any packet of another before the result is published, and the result is nobody’s before its time', async () => {
    const meeting = await hall.inSession()
    const watchers = await Promise.all(['chair', 'secretary', 'an', 'chi', 'guest'].map((personId) => meeting.screen(personId)))
    const wall = await meeting.screen('chair', { projector: true })
    const voteId = await meeting.openVote()
    const voter = await meeting.screen('binh')
    expect(await voter.send('votes:cast', { voteId, choice: 'reject' satisfies Choice })).toMatchObject({ ok: true })
    // A public fact behind the ballot: once it has come, the ballot would have come too.
    await meeting.do('chair', 'meeting:change', { place: 'Sau khi bỏ phiếu' })
    for (const screen of [...watchers, wall]) {
      await screen.waitFor(({ details }) => details.place === 'Sau khi bỏ phiếu')
      const heard = screen.packets.join('\n')
      expect(heard).toContain(voteId)
      expect(heard).not.toContain('vote.cast')
      expect(heard).not.toMatch(/"choice":"(approve|reject|abstain)"/)
    }
    expect(voter.packets.join('\n')).toMatch(/"choice":"reject"/)
    await meeting.do('chair', 'votes:close', { voteId })
    for (const screen of [...watchers, wall]) {
      const { votes } = await screen.waitFor((view) => view.votes[voteId]?.status === 'published')
      expect(unpackRoll(votes[voteId]!)).toContainEqual({ personId: 'binh', present: true, channel: 'tablet', choice: 'reject', chosen: null })
      expect(countsOf(votes[voteId]?.result)).toMatchObject({ reject: 1, silent: 3 })
    }
  })

  test('a ballot that becomes durable together with something public reaches its voter whole', async () => {
    const meeting = await hall.inSession()
    for (let round = 0; round < 20; round += 1) {
      const voteId = await meeting.openVote()
      const voters = await Promise.all(['an', 'binh', 'chi'].map((personId) => meeting.screen(personId)))
      await Promise.all([
        ...voters.map((voter) => voter.send('votes:cast', { voteId, choice: 'approve' })),
        meeting.do('chair', 'meeting:change', { place: `Phòng ${round}` }),
        meeting.do('guest', 'attendance:declare', { presence: round % 2 ? 'absent' : 'inRoom' }),
      ])
      for (const voter of voters) {
        const view = await voter.waitFor(({ details }) => details.place === `Phòng ${round}`)
        expect(choiceOf(view.votes[voteId]?.myBallot), `round ${round}`).toBe('approve')
        voter.close()
      }
      await meeting.do('chair', 'votes:close', { voteId })
    }
  })
})
