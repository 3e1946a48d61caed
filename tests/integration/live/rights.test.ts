import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { HandshakeFailed, LiveClient } from '../../support/live/client.ts'
import { dataOf, Hall, type HallMeeting } from '../../support/live/hall.ts'
import { sessionFor } from '../../support/live/session.ts'

let hall: Hall
/** How far the hub's clock is ahead. */
let ahead = 0
beforeAll(async () => {
  hall = await Hall.open({ now: () => Date.now() + ahead })
})
afterAll(() => hall.close())

const words = { title: 'Kỷ luật cán bộ huyện X', paper: 'Báo cáo thanh tra mật danh', changed: 'Kỷ luật, bản sửa' }

/** A confidential item with a paper, known to chair, secretary and `an`. */
async function secretItem(meeting: HallMeeting): Promise<{ itemId: string; paperId: string }> {
  const itemId = await meeting.addItem(words.title, { confidential: true, access: ['an'] })
  return { itemId, paperId: await meeting.attach(itemId, words.paper) }
}

/** Everything that came to a screen, once it has heard of `place`. */
async function heardBy(screen: LiveClient, meeting: HallMeeting, place: string): Promise<string> {
  await meeting.do('chair', 'meeting:change', { place })
  await screen.waitFor(({ details }) => details.place === place)
  return screen.packets.join('\n')
}

describe('a confidential item', () => {
  test('is in no packet to those without access, whatever happens on it; they see a pause', async () => {
    const meeting = await hall.inSession()
    const before = await secretItem(meeting)
    const [binh, guest, wall, an] = await Promise.all([
      meeting.screen('binh'), meeting.screen('guest'), meeting.screen('technician', { projector: true }), meeting.screen('an'),
    ])
    const during = await secretItem(meeting)
    await meeting.do('secretary', 'agenda:changeItem', { itemId: before.itemId, title: words.changed })
    await meeting.do('secretary', 'agenda:moveItem', { itemId: before.itemId, parentId: null, afterId: null })
    await meeting.do('chair', 'agenda:startItem', { itemId: before.itemId })
    await meeting.do('chair', 'presentation:start', { paperId: before.paperId })
    const { voteId } = dataOf(await meeting.do('secretary', 'votes:draft', { itemId: during.itemId, title: 'Bỏ phiếu kín đáo', method: 'named', matter: { kind: 'question' }, preset: 'presentMajority' }), 'vote.drafted')
    for (const screen of [binh, guest, wall]) {
      await screen.waitFor(({ pause }) => pause)
      expect(screen.view.presentation).toBeNull()
      const heard = await heardBy(screen, meeting, `Phòng ${Math.random()}`)
      for (const secret of [...Object.values(words), before.itemId, before.paperId, during.itemId, during.paperId, 'Bỏ phiếu kín đáo', voteId]) {
        expect(heard).not.toContain(secret)
      }
    }
    await an.waitFor(({ presentation }) => presentation?.paperId === before.paperId)
    expect(an.view).toMatchObject({ pause: false, items: { [before.itemId]: { title: words.changed, status: 'current' } } })
    await meeting.do('chair', 'agenda:startItem', { itemId: meeting.item })
    for (const screen of [binh, guest, wall]) await screen.waitFor(({ pause }) => !pause)
    expect(binh.packets.join('\n')).not.toContain(before.itemId)
  })

  test('is revealed when access is given and withdrawn when it is taken', async () => {
    const meeting = await hall.inSession()
    const { itemId, paperId } = await secretItem(meeting)
    await meeting.do('chair', 'agenda:startItem', { itemId })
    await meeting.do('chair', 'presentation:start', { paperId })
    const binh = await meeting.screen('binh')
    expect(binh.view.pause).toBe(true)
    await meeting.do('secretary', 'agenda:changeItem', { itemId, access: ['an', 'binh'] })
    await binh.waitFor(({ items }) => itemId in items)
    expect(binh.view).toMatchObject({ pause: false, papers: { [paperId]: { title: words.paper } }, presentation: { paperId } })
    await meeting.do('secretary', 'agenda:changeItem', { itemId, access: ['an'] })
    await binh.waitFor(({ items }) => !(itemId in items))
    expect(binh.view).toMatchObject({ pause: true, presentation: null })
    expect(binh.view.papers).not.toHaveProperty(paperId)
    binh.packets.length = 0
    await meeting.do('secretary', 'papers:rename', { paperId, title: 'Tên mới của báo cáo' })
    expect(await heardBy(binh, meeting, 'Sau khi rút quyền')).not.toContain('Tên mới của báo cáo')
  })

  test('is no longer on the wall once it has become confidential, nor for a secretary who is no longer one', async () => {
    const meeting = await hall.inSession()
    await meeting.do('chair', 'agenda:startItem', { itemId: meeting.item })
    const wall = await meeting.screen('chair', { projector: true })
    await meeting.do('secretary', 'agenda:changeItem', { itemId: meeting.item, confidential: true, access: [] })
    await wall.waitFor(({ pause, items }) => pause && !(meeting.item in items))
    const secretary = await meeting.screen('secretary')
    expect(secretary.view.items).toHaveProperty(meeting.item)
    await meeting.do('chair', 'participants:change', { personId: 'secretary', role: 'observer', votes: false, siteId: null })
    await secretary.waitFor(({ pause, items }) => pause && Object.keys(items).length === 0)
  })
})

describe('losing the right to look', () => {
  test('a participant who is taken off the list is told so and cut off within a second, on every screen of his', async () => {
    const meeting = await hall.inSession()
    const [tablet, wall] = [await meeting.screen('technician'), await meeting.screen('technician', { projector: true })]
    const other = await meeting.screen('an')
    const at = performance.now()
    await meeting.do('secretary', 'participants:remove', { personId: 'technician' })
    for (const screen of [tablet, wall]) {
      expect((await screen.closed) - at).toBeLessThan(1000)
      expect(screen.ended).toEqual({ code: 'meeting.noLongerInvited', sentence: 'Bạn không còn trong thành phần tham dự cuộc họp này.' })
    }
    await other.waitFor(({ participants }) => !('technician' in participants))
    expect(other.socket.connected).toBe(true)
    await expect(meeting.screen('technician')).rejects.toMatchObject({ reason: { code: 'notFound' } })
  })

  const losses: [string, (personId: string, cookie: string) => Promise<Response>][] = [
    ['signs out', (_personId, cookie) => hall.test.request('/api/session', { method: 'DELETE', cookie })],
    ['is deactivated', async (personId) => hall.test.request(`/api/accounts/${personId}`, { method: 'PATCH', cookie: await hall.cookie('admin'), body: { active: false } })],
    ['has the password reset', async (personId) => hall.test.request(`/api/accounts/${personId}/password-reset`, { method: 'POST', cookie: await hall.cookie('admin') })],
  ]
  test.each(losses)('who %s loses every socket of the session within a second', async (_name, lose) => {
    const meeting = await hall.inSession()
    const personId = `leaver-${losses.findIndex(([, each]) => each === lose)}`
    await hall.test.addAccount({ id: personId })
    await meeting.do('secretary', 'participants:invite', { participants: [{ personId, role: 'delegate', votes: true, siteId: null }] })
    const { cookie } = await sessionFor(hall.test, personId)
    const screens = await Promise.all([1, 2].map(async () => hall.keep(await LiveClient.open(hall, cookie, meeting.meetingId, { language: 'en' }))))
    const stays = await meeting.screen('an')
    const at = performance.now()
    expect((await lose(personId, cookie)).ok).toBe(true)
    for (const screen of screens) {
      expect((await screen.closed) - at).toBeLessThan(1000)
      expect(screen.ended).toEqual({ code: 'session.required', sentence: 'Please sign in to go on.' })
    }
    expect(stays.socket.connected).toBe(true)
    await expect(LiveClient.connect(hall, cookie, meeting.meetingId)).rejects.toMatchObject({ reason: { code: 'session.required' } })
  })

  test('signing out on one tablet leaves the other session’s tablet on', async () => {
    const meeting = await hall.inSession()
    const [home, office] = await Promise.all([sessionFor(hall.test, 'an'), sessionFor(hall.test, 'an')])
    const [first, second] = await Promise.all([home, office].map(async ({ cookie }) => hall.keep(await LiveClient.open(hall, cookie, meeting.meetingId))))
    await hall.test.request('/api/session', { method: 'DELETE', cookie: home.cookie })
    await first!.closed
    expect(await second!.join()).toMatchObject({ ok: true })
  })

  test('a session that is used only through its socket does not expire; one that is not used does', async () => {
    const meeting = await hall.inSession()
    const [busy, idle] = await Promise.all([sessionFor(hall.test, 'an'), sessionFor(hall.test, 'an')])
    const [casting, silent] = await Promise.all([busy, idle].map(async ({ cookie }) => hall.keep(await LiveClient.open(hall, cookie, meeting.meetingId))))
    const records = await hall.test.hub.store.records.collection<{ lastSeenAt: number }>({ name: 'sessions', indexes: ['personId', 'createdAt', 'lastSeenAt'] })
    for (const presence of ['absent', 'inRoom', 'absent', 'inRoom'] as const) {
      ahead += 5 * 3_600_000
      expect(await casting!.send('attendance:declare', { presence })).toMatchObject({ ok: true })
      const hubTime = Date.now() + ahead
      await expect.poll(async () => (await records.get(busy.sessionId))?.value.lastSeenAt).toBeGreaterThan(hubTime - 60_000)
    }
    await hall.test.hub.directory.sessions.sweep()
    await silent!.closed
    expect(silent!.ended?.code).toBe('session.required')
    expect(await casting!.join()).toMatchObject({ ok: true })
  })

  test('no handshake survives the sign-out that it races with', async () => {
    const meeting = await hall.inSession()
    const { sessions } = hall.test.hub.directory
    let through = 0
    for (let round = 0; round < 60; round += 1) {
      const { cookie, sessionId } = await sessionFor(hall.test, 'an')
      const handshake = LiveClient.connect(hall, cookie, meeting.meetingId).then((client) => hall.keep(client), (error: unknown) => error as HandshakeFailed)
      // From at once to about as long as a handshake takes.
      for (let turn = 0; turn < round * 3; turn += 1) await new Promise(setImmediate)
      await sessions.end(sessionId)
      const met = await handshake
      if (!(met instanceof LiveClient)) {
        expect(met.reason?.code).toBe('session.required')
        continue
      }
      through += 1
      if (met.socket.connected) await met.closed
      expect(met.socket.connected, `round ${round}`).toBe(false)
    }
    expect(through, 'some handshakes were faster than the sign-out').toBeLessThan(60)
  })
})
