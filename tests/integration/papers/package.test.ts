import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MeetingPackage } from '../../../shared/contracts/http/package.ts'
import type { UploadAnswer } from '../../../shared/contracts/http/papers.ts'
import { textPdf } from '../../support/papers/generate.ts'
import { paperScene, type PaperScene } from './scene.ts'

let scene: PaperScene
let open: UploadAnswer['paper']
let confidential: UploadAnswer['paper']
beforeAll(async () => {
  scene = await paperScene()
  const upload = async (itemId: string, name: string, seed: number) => (await (await scene.post(await textPdf({ pages: 2, seed }), { itemId, name })).json() as UploadAnswer).paper
  open = await upload(scene.openItem, 'Tờ trình số 5.pdf', 1)
  confidential = await upload(scene.confidentialItem, 'Phương án nhân sự.pdf', 2)
})
afterAll(() => scene.hub.stop())

const ask = (cookie: string, headers: Record<string, string> = {}) => scene.hub.request(`/api/meetings/${scene.meetingId}/package`, { cookie, headers })
const packageOf = async (person: keyof PaperScene['cookies']) => await (await ask(scene.cookies[person])).json() as MeetingPackage
const papersOf = async (person: keyof PaperScene['cookies']) => (await packageOf(person)).papers.map(({ paperId }) => paperId)

describe('the package of a meeting', () => {
  test('names whose it is, until when, and where each file is fetched', async () => {
    const before = Date.now()
    const answer = await packageOf('binh')
    expect(answer).toMatchObject({ meetingId: scene.meetingId, personId: 'binh' })
    expect(answer.asOf).toBeGreaterThanOrEqual(before)
    expect(answer.expiresAt).toBeGreaterThan(answer.asOf)
    expect(answer.people.map(({ id }) => id).sort()).toEqual(['an', 'binh', 'chi', 'lan'])
    const [first] = answer.papers
    expect(first).toMatchObject({ paperId: open.paperId, title: open.title, version: 1, sha256: open.sha256, size: open.size, pages: 2, earlier: [] })
    const file = await scene.hub.request(first?.address ?? '', { cookie: scene.cookies.binh, headers: { range: 'bytes=0-3' } })
    expect([file.status, file.headers.get('etag'), await file.text()]).toEqual([206, `"${open.sha256}"`, '%PDF'])
  })

  test('holds what this person may see and nothing else', async () => {
    expect(await papersOf('binh')).toEqual([open.paperId, confidential.paperId])
    expect(await papersOf('chi')).toEqual([open.paperId])
    const text = await (await ask(scene.cookies.chi)).text()
    for (const secret of [confidential.paperId, confidential.sha256, confidential.title, scene.confidentialItem]) expect(text).not.toContain(secret)
  })

  test('is nothing to those who may not look at the meeting, and is not told apart from a meeting that does not exist', async () => {
    const [stranger, unknown] = await Promise.all([ask(scene.cookies.khach), scene.hub.request(`/api/meetings/${randomUUID()}/package`, { cookie: scene.cookies.khach })])
    expect([stranger.status, await stranger.json()]).toEqual([404, await unknown.json()])
    expect((await ask('')).status).toBe(401)
  })

  test('is kept by the tablet and by nobody in between, and not sent twice', async () => {
    const response = await ask(scene.cookies.chi)
    expect(response.headers.get('cache-control')).toBe('no-store')
    const etag = response.headers.get('etag') ?? ''
    const again = await ask(scene.cookies.chi, { 'if-none-match': etag })
    expect([again.status, await again.text()]).toEqual([304, ''])
    expect((await ask(scene.cookies.binh, { 'if-none-match': etag })).status).toBe(200)
  })

  test('leaves out at once what was withdrawn, and its access hash tells of it', async () => {
    const before = await packageOf('binh')
    const tag = (await ask(scene.cookies.binh)).headers.get('etag') ?? ''
    await scene.send('lan', 'agenda:changeItem', { itemId: scene.confidentialItem, access: [] })
    const after = await packageOf('binh')
    expect(after.papers.map(({ paperId }) => paperId)).toEqual([open.paperId])
    expect(after.access).not.toBe(before.access)
    expect((await ask(scene.cookies.binh, { 'if-none-match': tag })).status).toBe(200)
    await scene.send('lan', 'agenda:changeItem', { itemId: scene.confidentialItem, access: ['binh'] })
    expect((await packageOf('binh')).access).toBe(before.access)
    expect((await ask(scene.cookies.binh)).headers.get('etag')).toBe(tag)
  })
})
