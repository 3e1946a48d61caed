import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { InvitationReply, MeetingList } from '../../../shared/contracts/http/meetings.ts'
import { Hall, type HallMeeting } from '../../support/live/hall.ts'

let hall: Hall
beforeAll(async () => {
  hall = await Hall.open()
})
afterAll(() => hall.close())

async function published(): Promise<HallMeeting> {
  const meeting = await hall.draft()
  await meeting.do('secretary', 'meeting:publish', {})
  return meeting
}

async function reply(personId: string, meetingId: string, body: InvitationReply | object) {
  return hall.test.request(`/api/meetings/${meetingId}/reply`, { method: 'POST', cookie: await hall.cookie(personId), body })
}

async function listed(personId: string, meetingId: string) {
  const list = await (await hall.test.request('/api/meetings', { cookie: await hall.cookie(personId) })).json() as MeetingList
  return list.meetings.find((meeting) => meeting.meetingId === meetingId)
}

test('an invitation is answered from the home page, and the page tells of it at once', async () => {
  const { meetingId } = await published()
  expect(await listed('an', meetingId)).toMatchObject({ reply: 'none', decision: null })
  expect((await reply('an', meetingId, { commandId: randomUUID(), reply: 'accepted' })).status).toBe(200)
  expect(await listed('an', meetingId)).toMatchObject({ reply: 'accepted', decision: null })
  expect(await listed('binh', meetingId), 'one’s own only').toMatchObject({ reply: 'none' })
})

test('an excuse waits for the chair, whose word then shows', async () => {
  const meeting = await published()
  await reply('binh', meeting.meetingId, { commandId: randomUUID(), reply: 'excuse', reason: 'Trực phòng chống bão' })
  expect(await listed('binh', meeting.meetingId)).toMatchObject({ reply: 'excuse', decision: 'pending' })
  const chair = await meeting.screen('chair')
  expect(chair.view.invitations.binh).toMatchObject({ reason: 'Trực phòng chống bão' })
  expect(await chair.send('invitations:decide', { personId: 'binh', agreed: true })).toMatchObject({ ok: true })
  const other = await meeting.screen('an')
  expect(other.view.invitations.binh).toMatchObject({ reply: 'excuse', decision: 'agreed', reason: null })
  expect(other.packets.join('')).not.toContain('Trực phòng chống bão')
})

test('the same answer sent twice is one answer', async () => {
  const meeting = await published()
  const body = { commandId: randomUUID(), reply: 'accepted' } as const
  await reply('an', meeting.meetingId, body)
  const before = await meeting.head()
  expect((await reply('an', meeting.meetingId, body)).status).toBe(200)
  expect(await meeting.head()).toEqual(before)
})

test('a substitute sees the meeting when the chair has agreed, not before', async () => {
  const meeting = await published()
  await reply('an', meeting.meetingId, { commandId: randomUUID(), reply: 'substitute', substituteId: 'outsider', reason: 'Đi công tác' })
  expect(await listed('outsider', meeting.meetingId)).toBeUndefined()
  await meeting.do('chair', 'invitations:decide', { personId: 'an', agreed: true })
  expect((await meeting.screen('outsider')).view.participants.outsider).toMatchObject({ votes: false })
  const names = await (await hall.test.request(`/api/meetings/${meeting.meetingId}/people`, { cookie: await hall.cookie('chair') })).json() as { people: { id: string }[] }
  expect(names.people.map(({ id }) => id)).toContain('outsider')
})

test('what is malformed, from outside, or names nobody is refused and changes nothing', async () => {
  const meeting = await published()
  const before = await meeting.head()
  const commandId = randomUUID()
  const refused: [string, object, number, string][] = [
    ['an', { commandId, reply: 'excuse' }, 400, 'request.malformed'],
    ['an', { commandId, reply: 'excuse', reason: ' ' }, 400, 'request.malformed'],
    ['an', { commandId, reply: 'accepted', personId: 'binh' }, 400, 'request.malformed'],
    ['an', { commandId, reply: 'none' }, 400, 'request.malformed'],
    ['an', { commandId, reply: 'substitute', substituteId: 'nobody-known', reason: 'Bận' }, 422, 'participants.unknownPerson'],
    ['an', { commandId, reply: 'substitute', substituteId: 'binh', reason: 'Bận' }, 422, 'participants.alreadyInvited'],
    ['outsider', { commandId, reply: 'accepted' }, 404, 'notFound'],
  ]
  for (const [personId, body, status, code] of refused) {
    const answer = await reply(personId, meeting.meetingId, body)
    expect([answer.status, (await answer.json() as { code: string }).code], JSON.stringify(body)).toEqual([status, code])
  }
  expect((await hall.test.request(`/api/meetings/${meeting.meetingId}/reply`, { method: 'POST', body: { commandId, reply: 'accepted' } })).status).toBe(401)
  expect(await meeting.head()).toEqual(before)
})

test('a draft is nobody’s invitation yet', async () => {
  const meeting = await hall.draft()
  expect((await reply('an', meeting.meetingId, { commandId: randomUUID(), reply: 'accepted' })).status).toBe(404)
})
