import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MeetingSummary } from '../../../shared/contracts/http/meetings.ts'
import type { PaperContentsAnswer } from '../../../shared/contracts/http/paper-contents.ts'
import type { UploadAnswer } from '../../../shared/contracts/http/papers.ts'
import { onePage } from '../../support/papers/broken.ts'
import { paperScene, type PaperScene } from './scene.ts'

let scene: PaperScene
beforeAll(async () => { scene = await paperScene() })
afterAll(() => scene.hub.stop())

const paperOf = async (response: Response) => (await response.json() as UploadAnswer).paper
const ask = (path: string, cookie: string) => scene.hub.request(`/api/meetings${path}`, { cookie })

test('a secrecy stamp that was found in a paper is told to those who can take it out, and to nobody else', async () => {
  const { cookies, openItem, hub, meetingId } = scene
  await scene.send('lan', 'agenda:changeItem', { itemId: openItem, ownerIds: ['binh'] })
  const paper = await paperOf(await scene.post(await onePage('Biên bản bản quét')))
  await hub.hub.contents.idle()
  // As if tesseract had come to this machine after the upload and had read the stamp.
  const records = await hub.hub.store.records.collection<{ level: string | null }>({ name: 'paperContents', indexes: ['state'] })
  const known = await records.get(paper.sha256)
  if (!known) throw new Error('the paper was not read')
  await records.put(paper.sha256, { ...known.value, level: 'TỐI MẬT' })
  const level = async (cookie: string) => (await (await ask(`/${meetingId}/papers/${paper.paperId}/contents`, cookie)).json() as PaperContentsAnswer).level
  expect(await Promise.all([cookies.an, cookies.lan, cookies.binh, cookies.chi].map(level))).toEqual(['TỐI MẬT', 'TỐI MẬT', 'TỐI MẬT', null])
  expect((await ask(`/${meetingId}/papers/${paper.paperId}/contents`, cookies.khach)).status).toBe(404)
})

test('the list at home names to each what he is to hand in, and how far it has come', async () => {
  const { cookies, confidentialItem, hub, meetingId } = scene
  const due = Date.now() + 1_800_000
  await scene.send('lan', 'agenda:changeItem', { itemId: confidentialItem, ownerIds: ['binh'], papersDue: due })
  async function duties(cookie: string): Promise<MeetingSummary['duties']> {
    await hub.hub.hosts.projected(meetingId)
    const { meetings } = await (await ask('', cookie)).json() as { meetings: MeetingSummary[] }
    return meetings.find((meeting) => meeting.meetingId === meetingId)?.duties ?? []
  }
  const own = async () => (await duties(cookies.binh)).find(({ itemId }) => itemId === confidentialItem)
  expect(await own()).toMatchObject({ title: 'Nhân sự', due, papers: [] })
  const paper = await paperOf(await scene.post(await onePage('Danh sách nhân sự'), { cookie: cookies.binh, itemId: confidentialItem, name: 'Danh sách.pdf' }))
  await scene.send('binh', 'papers:submit', { paperId: paper.paperId })
  expect((await own())?.papers).toEqual([{ title: 'Danh sách', status: 'submitted', reason: null }])
  await scene.send('an', 'papers:return', { paperId: paper.paperId, reason: 'Thiếu chữ ký' })
  expect((await own())?.papers).toEqual([{ title: 'Danh sách', status: 'returned', reason: 'Thiếu chữ ký' }])
  // Of a confidential item nobody learns here that it exists.
  expect(await Promise.all([cookies.chi, cookies.khach].map(duties))).toEqual([[], []])
})
