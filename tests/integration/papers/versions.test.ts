import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { UploadAnswer } from '../../../shared/contracts/http/papers.ts'
import { onePage } from '../../support/papers/broken.ts'
import { textPdf } from '../../support/papers/generate.ts'
import { paperScene, type PaperScene } from './scene.ts'

let scene: PaperScene
beforeAll(async () => { scene = await paperScene() })
afterAll(() => scene.hub.stop())

const paperOf = async (response: Response) => (await response.json() as UploadAnswer).paper
const seen = async (personId: string, paperId: string) => (await scene.hub.hub.hosts.view(scene.meetingId, personId))?.papers[paperId]

test('the hub tells on which pages a new version differs', async () => {
  const first = await paperOf(await scene.post(await textPdf({ pages: 2, seed: 1 })))
  await paperOf(await scene.post(await textPdf({ pages: 3, seed: 1 }), { replaces: first.paperId }))
  await vi.waitUntil(async () => (await seen('chi', first.paperId))?.changedPages !== null, { timeout: 40_000, interval: 200 })
  const { version, changedPages, earlier } = (await seen('chi', first.paperId))!
  expect([version, changedPages, earlier.map((one) => one.version)]).toEqual([2, [3], [1]])
}, 60_000)

test('an owner uploads on his own item; nobody else gets it, by any address, before it is approved', async () => {
  const { cookies, openItem } = scene
  expect((await scene.post(await onePage('Của người khác'), { cookie: cookies.binh })).status).toBe(403)
  await scene.send('lan', 'agenda:changeItem', { itemId: openItem, ownerIds: ['binh'] })
  expect((await scene.post(await onePage('Nhầm nội dung'), { cookie: cookies.binh, itemId: scene.confidentialItem })).status).toBe(403)
  const paper = await paperOf(await scene.post(await onePage('Báo cáo của Bình'), { cookie: cookies.binh }))
  const statuses = async (version?: number) => Promise.all([cookies.binh, cookies.lan, cookies.chi].map(async (cookie) => (await scene.file(paper.paperId, { cookie, ...(version ? { version } : {}) })).status))
  expect(await statuses()).toEqual([200, 200, 404])
  await scene.send('binh', 'papers:submit', { paperId: paper.paperId })
  await scene.send('an', 'papers:approve', { paperId: paper.paperId })
  expect(await statuses()).toEqual([200, 200, 200])

  const next = await paperOf(await scene.post(await onePage('Báo cáo đã sửa'), { cookie: cookies.binh, replaces: paper.paperId }))
  expect(next).toMatchObject({ paperId: paper.paperId, version: 2 })
  expect(await statuses(2)).toEqual([200, 200, 404])
  await scene.send('binh', 'papers:submit', { paperId: paper.paperId })
  await scene.send('an', 'papers:approve', { paperId: paper.paperId })
  expect(await statuses(2)).toEqual([200, 200, 200])
  expect(await statuses(1)).toEqual([200, 200, 200])
})

test('access to one paper that is taken away is gone at once, and is audited', async () => {
  const paper = await paperOf(await scene.post(await onePage('Danh sách nhân sự')))
  expect((await scene.file(paper.paperId, { cookie: scene.cookies.chi })).status).toBe(200)
  await scene.send('lan', 'papers:setAccess', { paperId: paper.paperId, access: ['binh'] })
  expect([(await scene.file(paper.paperId, { cookie: scene.cookies.chi })).status, (await scene.file(paper.paperId, { cookie: scene.cookies.binh })).status]).toEqual([404, 200])
  const { entries } = await scene.hub.hub.audit.page(100)
  expect(JSON.stringify(entries)).toContain('paper.accessChanged')
})
