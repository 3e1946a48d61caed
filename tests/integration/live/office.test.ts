import { randomUUID } from 'node:crypto'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MeetingList, MeetingPeople } from '../../../shared/contracts/http/meetings.ts'
import type { RefusalAnswer } from '../../../shared/contracts/refusal.ts'
import { childrenOf, numberedAgenda } from '../../../shared/meeting/agenda/tree.ts'
import { dataOf, Hall, HallMeeting } from '../../support/live/hall.ts'

let hall: Hall
beforeAll(async () => {
  hall = await Hall.open()
})
afterAll(() => hall.close())

const startsAt = Date.now() + 3_600_000
const written = (more: object = {}) => ({
  commandId: randomUUID(), title: 'Họp giao ban tháng 12', kind: 'meeting', type: 'briefing', body: 'committee', startsAt, endsAt: startsAt + 7_200_000, place: 'Phòng họp số 2',
  siteIds: ['site-1'], participants: [{ personId: 'chair', role: 'chair', votes: true, siteId: null }, { personId: 'an', role: 'delegate', votes: true, siteId: 'site-1' }], ...more,
})

async function post<T>(personId: string | null, path: string, body: unknown): Promise<{ status: number; answer: T & RefusalAnswer }> {
  const cookie = personId === null ? undefined : await hall.cookie(personId)
  const answer = await hall.test.request(path, { method: 'POST', body, cookie })
  return { status: answer.status, answer: await answer.json() as T & RefusalAnswer }
}

async function get<T>(personId: string, path: string, from = hall): Promise<{ status: number; answer: T }> {
  const answer = await from.test.request(path, { cookie: await from.cookie(personId) })
  return { status: answer.status, answer: await answer.json() as T }
}

const listOf = async (personId: string, from = hall) => (await get<MeetingList>(personId, '/api/meetings', from)).answer
const create = async (body: object = written()) => (await post<{ meetingId: string }>('secretary', '/api/meetings', body)).answer.meetingId

describe('making a meeting', () => {
  test('an office makes one, is its secretary, and it is on the list of those who prepare it only', async () => {
    const { status, answer: { meetingId } } = await post<{ meetingId: string }>('secretary', '/api/meetings', written({ title: 'Họp chuyên đề' }))
    expect(status).toBe(200)
    const own = (await listOf('secretary')).meetings.find((one) => one.meetingId === meetingId)
    expect(own).toMatchObject({ title: 'Họp chuyên đề', status: 'draft', role: 'secretary', mayPrepare: true, mayProject: true, siteCount: 1, participantCount: 3 })
    expect((await listOf('chair')).meetings.map((one) => one.meetingId)).toContain(meetingId)
    for (const personId of ['an', 'outsider']) expect((await listOf(personId)).meetings.map((one) => one.meetingId), personId).not.toContain(meetingId)

    const meeting = new HallMeeting(hall, meetingId)
    await meeting.addItem('Khai mạc')
    await meeting.do('secretary', 'meeting:publish', {})
    await expect.poll(async () => (await listOf('an')).meetings.find((one) => one.meetingId === meetingId)?.status).toBe('scheduled')
    expect((await listOf('outsider')).meetings.map((one) => one.meetingId)).not.toContain(meetingId)
  })

  test('the list says who may make meetings', async () => {
    expect([(await listOf('secretary')).mayCreate, (await listOf('an')).mayCreate, (await listOf('admin')).mayCreate]).toEqual([true, false, false])
  })

  test('nobody else makes one', async () => {
    for (const personId of ['an', 'chair', 'admin']) {
      expect(await post(personId, '/api/meetings', written()), personId).toMatchObject({ status: 403, answer: { code: 'permission.denied', sentence: 'Bạn không có quyền thực hiện việc này.' } })
    }
    expect(await post(null, '/api/meetings', written())).toMatchObject({ status: 401, answer: { code: 'session.required' } })
  })

  test('with people or sites that are not there, or times that run backwards, nothing is made', async () => {
    const before = (await listOf('secretary')).meetings.length
    const stranger = { personId: 'nobody', role: 'guest', votes: false, siteId: null }
    expect((await post('secretary', '/api/meetings', written({ participants: [stranger] }))).answer.code).toBe('participants.unknownPerson')
    expect((await post('secretary', '/api/meetings', written({ siteIds: ['site-1', 'nowhere'] }))).answer.code).toBe('meeting.unknownSite')
    expect((await post('secretary', '/api/meetings', written({ endsAt: startsAt }))).answer.code).toBe('meeting.endsBeforeStart')
    expect((await post('secretary', '/api/meetings', written({ siteIds: [] }))).answer.code).toBe('participants.unknownSite')
    for (const bad of [{ status: 'ended' }, { title: '' }, { title: 'a\u0000b' }, { startsAt: '2026' }, { kind: 'party' }, { commandId: 'x' }, { participants: 'all' }]) {
      expect((await post('secretary', '/api/meetings', written(bad))).answer.code, JSON.stringify(bad)).toBe('request.malformed')
    }
    expect((await listOf('secretary')).meetings.length).toBe(before)
  })

  test('sent again with the same id it is the same meeting, also many times at once', async () => {
    const body = written()
    const answers = await Promise.all(Array.from({ length: 8 }, () => post<{ meetingId: string }>('secretary', '/api/meetings', body)))
    expect(new Set(answers.map(({ answer }) => answer.meetingId)).size).toBe(1)
    const meeting = new HallMeeting(hall, answers[0]!.answer.meetingId)
    expect((await meeting.log()).filter((fact) => fact.type === 'meeting.created')).toHaveLength(1)
  })
})

describe('copying a meeting', () => {
  async function model(): Promise<HallMeeting> {
    const meeting = await hall.inSession()
    await meeting.addItem('Chi ngân sách', { parentId: meeting.item, presenterId: 'dung', durationMinutes: 15 })
    await meeting.addItem('Thu ngân sách', { parentId: meeting.item })
    await meeting.attach(meeting.item)
    await meeting.do('chair', 'agenda:startItem', { itemId: meeting.item })
    const voteId = await meeting.openVote()
    await meeting.do('an', 'votes:cast', { voteId, choice: 'approve' })
    return meeting
  }
  const next = () => ({ commandId: randomUUID(), title: 'Giao ban tháng sau', startsAt, endsAt: startsAt + 3_600_000 })

  test('takes its people, sites and agenda, and nothing that happened', async () => {
    const source = await model()
    const { status, answer: { meetingId } } = await post<{ meetingId: string }>('secretary', `/api/meetings/${source.meetingId}/copy`, next())
    expect(status).toBe(200)
    const [old, copy] = await Promise.all([source.meetingId, meetingId].map((id) => hall.test.hub.hosts.view(id, 'secretary')))
    expect(copy).toMatchObject({ lifecycle: { status: 'draft' }, details: { title: 'Giao ban tháng sau', place: old!.details.place, siteIds: old!.details.siteIds, startsAt } })
    expect(copy!.participants).toEqual(old!.participants)
    const read = (view: NonNullable<typeof copy>) => numberedAgenda(view.items).map(({ number, item }) => [number, item.title, item.durationMinutes, item.presenterId, item.confidential, item.access])
    expect(read(copy!)).toEqual(read(old!))
    expect(Object.values(copy!.items).every(({ status }) => status === 'pending')).toBe(true)
    expect([copy!.papers, copy!.votes, copy!.attendance, copy!.presentation]).toEqual([{}, {}, {}, null])
    expect(Object.keys(copy!.items).some((id) => id in old!.items)).toBe(false)
  })

  test('sent again with the same id it is the same copy, not one with its agenda twice', async () => {
    const source = await model()
    const body = next()
    const first = await post<{ meetingId: string }>('secretary', `/api/meetings/${source.meetingId}/copy`, body)
    const second = await post<{ meetingId: string }>('secretary', `/api/meetings/${source.meetingId}/copy`, body)
    expect(second.answer.meetingId).toBe(first.answer.meetingId)
    const copy = await hall.test.hub.hosts.view(first.answer.meetingId, 'secretary')
    expect(childrenOf(copy!.items, null)).toHaveLength(2)
  })

  test('is for offices that prepare the model', async () => {
    const source = await model()
    expect(await post('an', `/api/meetings/${source.meetingId}/copy`, next())).toMatchObject({ status: 403, answer: { code: 'permission.denied' } })
    expect(await post('secretary', '/api/meetings/no-such-meeting/copy', next())).toMatchObject({ status: 404, answer: { code: 'notFound' } })
    await source.do('chair', 'participants:change', { personId: 'secretary', role: 'observer', votes: false, siteId: null })
    expect(await post('secretary', `/api/meetings/${source.meetingId}/copy`, next())).toMatchObject({ status: 403, answer: { code: 'permission.denied' } })
    await source.do('chair', 'participants:remove', { personId: 'secretary' })
    expect(await post('secretary', `/api/meetings/${source.meetingId}/copy`, next())).toMatchObject({ status: 404, answer: { code: 'notFound' } })
  })

  test('of a meeting whose people have left its list meanwhile leaves them out', async () => {
    const source = await model()
    await source.do('secretary', 'participants:remove', { personId: 'dung' })
    const { answer: { meetingId } } = await post<{ meetingId: string }>('secretary', `/api/meetings/${source.meetingId}/copy`, next())
    const copy = await hall.test.hub.hosts.view(meetingId, 'secretary')
    expect(Object.values(copy!.items).map(({ presenterId }) => presenterId).filter(Boolean)).toEqual([])
  })
})

describe('the names of a meeting', () => {
  test('are told to its participants, also of those who have left', async () => {
    const meeting = await hall.inSession()
    const voteId = await meeting.openVote()
    await meeting.do('chi', 'votes:cast', { voteId, choice: 'approve' })
    await meeting.do('secretary', 'participants:remove', { personId: 'chi' })
    const { answer } = await get<MeetingPeople>('guest', `/api/meetings/${meeting.meetingId}/people`)
    expect(answer.people.map(({ id }) => id)).toEqual(expect.arrayContaining(['chair', 'an', 'chi']))
    expect(answer.people.map(({ id }) => id)).not.toContain('outsider')
    expect(answer.sites.map(({ id }) => id)).toEqual(['site-1', 'site-2'])
  })

  test('are nobody else’s, and a draft’s are not a delegate’s', async () => {
    const [meeting, draft] = [await hall.inSession(), await create()]
    expect((await get('outsider', `/api/meetings/${meeting.meetingId}/people`)).status).toBe(404)
    expect((await get('an', `/api/meetings/${draft}/people`)).status).toBe(404)
    expect((await get('secretary', `/api/meetings/${draft}/people`)).status).toBe(200)
  })
})

test('the list at home is caught up with the logs when the hub was cut off between the two', async () => {
  const first = await Hall.open()
  const meeting = await first.inSession()
  await expect.poll(async () => (await listOf('an', first)).meetings[0]?.status).toBe('inSession')
  // As a cut leaves it: the log is there, the summary is an older one.
  const { summaries } = first.test.hub.hosts
  const host = (await first.test.hub.hosts.find(meeting.meetingId))!
  const old = { ...host.state, seq: 1, lifecycle: { ...host.state.lifecycle, status: 'draft' as const } }
  const title = dataOf(await meeting.do('secretary', 'meeting:change', { title: 'Tên mới trước khi mất điện' }), 'meeting.changed').title
  await expect.poll(async () => (await listOf('secretary', first)).meetings[0]?.title).toBe(title)
  await summaries.save(old)
  const folder = await mkdtemp(join(tmpdir(), 'giao-ban-cut-'))
  await cp(first.test.dataDir, folder, { recursive: true })
  await first.close()

  const second = await Hall.reopen({ dataDir: folder })
  expect((await listOf('an', second)).meetings).toMatchObject([{ meetingId: meeting.meetingId, title, status: 'inSession' }])
  await second.close()
  await rm(folder, { recursive: true, force: true })
})
