import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RefusalCode } from '../../../shared/contracts/refusal.ts'
import type { MeetingView } from '../../../shared/meeting/view.ts'
import { Hall, type HallMeeting } from '../../support/live/hall.ts'

let hall: Hall
let meeting: HallMeeting
beforeAll(async () => {
  hall = await Hall.open()
  meeting = await hall.inSession()
})
afterAll(() => hall.close())

const look = async (asker: string | null, personId: string, meetingId = meeting.meetingId) => {
  const answer = await hall.test.request(`/api/meetings/${meetingId}/as/${personId}`, { cookie: asker === null ? undefined : await hall.cookie(asker) })
  return { status: answer.status, text: await answer.text() }
}
const viewFor = async (asker: string, personId: string) => (JSON.parse((await look(asker, personId)).text) as { view: MeetingView }).view
const looks = async () => (await hall.test.hub.audit.page(200)).entries.filter(({ type }) => type === 'meeting.previewed')

test('chair and secretary see what a participant sees: confidential items are absent as they are for him', async () => {
  for (const asker of ['chair', 'secretary']) {
    const [binh, an] = [await viewFor(asker, 'binh'), await viewFor(asker, 'an')]
    expect(binh.me).toEqual({ personId: 'binh', projector: false })
    expect([Object.keys(binh.items), Object.keys(an.items).sort()]).toEqual([[meeting.item], [meeting.item, meeting.secret].sort()])
  }
  expect((await look('chair', 'binh')).text).not.toContain('nhân sự quý IV')
  const screen = await meeting.screen('binh')
  expect(JSON.parse((await look('chair', 'binh')).text)).toEqual({ view: JSON.parse(JSON.stringify(screen.view)) })
})

test('nobody’s own ballot is in it, while the vote runs and afterwards', async () => {
  const voteId = await meeting.openVote()
  await meeting.do('an', 'votes:cast', { voteId, choice: 'reject' })
  const { text } = await look('chair', 'an')
  expect(text).toContain(voteId)
  expect(text).not.toContain('"choice"')
  expect((await viewFor('chair', 'an')).votes[voteId]?.myBallot ?? null).toBeNull()
})

test('each look is in the audit record once, however often the page asks again', async () => {
  const before = await looks()
  for (let again = 0; again < 3; again += 1) await look('secretary', 'chi')
  const after = await looks()
  expect(after.length).toBe(before.length + 1)
  expect(after[0]).toMatchObject({ by: 'secretary', data: { about: 'chi', meetingId: meeting.meetingId } })
})

test.each<[string, string | null, string, number, RefusalCode]>([
  ['a delegate', 'an', 'binh', 403, 'permission.denied'],
  ['a delegate about himself', 'an', 'an', 403, 'permission.denied'],
  ['the technician', 'technician', 'an', 403, 'permission.denied'],
  ['who is not invited', 'outsider', 'an', 404, 'notFound'],
  ['who is not signed in', null, 'an', 401, 'session.required'],
  ['the chair about somebody who is not invited', 'chair', 'outsider', 422, 'participants.unknown'],
  ['the chair about what every object answers to', 'chair', 'constructor', 422, 'participants.unknown'],
  ['the chair about a strange id', 'chair', '__proto__', 400, 'request.malformed'],
])('%s is refused and nothing is recorded', async (_who, asker, personId, status, code) => {
  const before = await looks()
  const answer = await look(asker, personId)
  expect([answer.status, (JSON.parse(answer.text) as { code: string }).code]).toEqual([status, code])
  expect(await looks()).toEqual(before)
})

test('a participant of a draft sees nothing yet', async () => {
  const draft = await hall.draft()
  expect(JSON.parse((await look('secretary', 'an', draft.meetingId)).text)).toMatchObject({ code: 'preview.nothing' satisfies RefusalCode })
})
