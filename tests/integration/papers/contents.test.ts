import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readContents } from '../../../server/papers/contents/reading/read.ts'
import type { PaperContentsAnswer, SearchAnswer } from '../../../shared/contracts/http/paper-contents.ts'
import type { UploadAnswer } from '../../../shared/contracts/http/papers.ts'
import type { PageText } from '../../../shared/papers/contents.ts'
import { pdf, scanPdf, serif, textPdf } from '../../support/papers/generate.ts'
import { startHub } from '../../support/hub.ts'
import { paperScene, type PaperScene } from './scene.ts'

type Person = keyof PaperScene['cookies']
type Uploaded = UploadAnswer['paper']

let scene: PaperScene
beforeAll(async () => { scene = await paperScene() })
afterAll(() => scene.hub.stop())

const sentences = (...lines: string[]) => pdf(document => { for (const line of lines) document.font(serif).fontSize(14).text(line) })
async function upload(bytes: Buffer, name: string, itemId = scene.openItem): Promise<Uploaded> {
  return (await (await scene.post(bytes, { name, itemId })).json() as UploadAnswer).paper
}
const get = (path: string, person: Person = 'chi', headers: Record<string, string> = {}) =>
  scene.hub.request(`/api/meetings/${scene.meetingId}/${path}`, { cookie: scene.cookies[person], headers })
const search = async (q: string, person: Person = 'chi') => await (await get(`search?q=${encodeURIComponent(q)}`, person)).json() as SearchAnswer
const contents = async (paperId: string) => await (await get(`papers/${paperId}/contents`)).json() as PaperContentsAnswer
const made = () => scene.hub.hub.contents.idle()

describe('the contents of a paper', () => {
  test('are made after it was attached; until then the answer says that they are being made', async () => {
    const paper = await upload(await textPdf({ pages: 12, seed: 4 }), 'Báo cáo tháng 11.pdf')
    expect((await contents(paper.paperId)).state).toBe('making')
    await made()
    const answer = await contents(paper.paperId)
    expect(answer).toMatchObject({ state: 'ready', recognised: [], rewritten: [], wordless: [], level: null })
    expect(answer.outline.length).toBeGreaterThan(3)
    const words = await (await get(`papers/${paper.paperId}/pages/1/words`)).json() as PageText
    expect([Math.round(words.width), Math.round(words.height), words.source]).toEqual([595, 842, 'text'])
    expect(words.runs[0]).toMatchObject({ text: 'UỶ BAN NHÂN DÂN TỈNH TÂN GIANG', size: 14 })
    for (const { x, y, width, height } of words.runs) expect(x >= 0 && y >= 0 && x + width <= 1.001 && y + height <= 1.001 && width > 0 && height > 0).toBe(true)
  })

  test('have pictures of its pages: the first ones and any other, small and legible, at most 80 KB', async () => {
    const paper = await upload(await textPdf({ pages: 12, seed: 5 }), 'Phụ lục.pdf')
    for (const [page, width, pixels] of [[1, 'screen', 1000], [11, 'screen', 1000], [11, 'small', 240]] as const) {
      const response = await get(`papers/${paper.paperId}/pages/${page}/picture?width=${width}`)
      expect([response.status, response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([200, 'image/webp', 'private, no-cache'])
      const data = Buffer.from(await response.arrayBuffer())
      expect(data.length).toBeLessThanOrEqual(80 * 1024)
      expect(await sharp(data).metadata()).toMatchObject({ format: 'webp', width: pixels, height: Math.round(pixels * 841.89 / 595.28) })
      const again = await get(`papers/${paper.paperId}/pages/${page}/picture?width=${width}`, 'chi', { 'if-none-match': response.headers.get('etag') ?? '' })
      expect(again.status).toBe(304)
    }
    expect((await get(`papers/${paper.paperId}/pages/13/picture?width=screen`)).status).toBe(404)
    expect((await get(`papers/${paper.paperId}/pages/1/picture?width=1000`)).status).toBe(400)
  })

  test('stand the right way round also on turned pages', async () => {
    const turned = await pdf(document => {
      document.addPage({ size: 'A4', layout: 'landscape' })
      document.font(serif).fontSize(20).text('Biểu ngang', 60, 40)
      Object.assign(document.page.dictionary.data, { Rotate: 90 })
    }, { autoFirstPage: false })
    const paper = await upload(turned, 'Biểu.pdf')
    await made()
    const words = await (await get(`papers/${paper.paperId}/pages/1/words`)).json() as PageText
    // Landscape, turned by a quarter: upright, and what stood at the upper left stands at the upper right.
    expect([Math.round(words.width), Math.round(words.height)]).toEqual([595, 842])
    expect(words.runs[0]?.text).toBe('Biểu ngang')
    expect(words.runs[0]?.x).toBeGreaterThan(0.85)
    expect(words.runs[0]?.y).toBeLessThan(0.1)
    const small = await sharp(await (await get(`papers/${paper.paperId}/pages/1/picture?width=small`)).arrayBuffer()).metadata()
    expect(small.height).toBeGreaterThan(small.width)
  })

  test('are nobody’s who may not see the paper', async () => {
    const paper = await upload(await sentences('Nhân sự dự kiến: đồng chí Trần Bí Danh.'), 'Đề án nhân sự.pdf', scene.confidentialItem)
    await made()
    for (const path of ['contents', 'pages/1/words', 'pages/1/picture?width=small']) {
      expect((await get(`papers/${paper.paperId}/${path}`, 'binh')).status, path).toBe(200)
      expect((await get(`papers/${paper.paperId}/${path}`, 'chi')).status, path).toBe(404)
      expect((await get(`papers/${paper.paperId}/${path}`, 'khach')).status, path).toBe(404)
    }
    const etag = (await get(`papers/${paper.paperId}/contents`, 'binh')).headers.get('etag') ?? ''
    expect((await get(`papers/${paper.paperId}/contents`, 'binh', { 'if-none-match': etag })).status).toBe(304)
    expect((await get(`papers/${paper.paperId}/contents`, 'chi', { 'if-none-match': etag })).status).toBe(404)
  })
})

describe('the search in all papers of a meeting', () => {
  test('finds words without diacritics, in any case, composed and decomposed; the phrase before scattered words', async () => {
    const phrase = await upload(await sentences('Dự thảo quy định mức hỗ trợ chuyển đổi số cấp xã.'.normalize('NFD')), 'a.pdf')
    const scattered = await upload(await sentences('Chuyển vốn sang năm sau.', 'Đổi mới tổ chức.', 'Số lượng cấp phát.'), 'b.pdf')
    await made()
    for (const q of ['chuyển đổi số', 'CHUYEN DOI SO', 'chuyển đổi số'.normalize('NFD')]) {
      const { papers } = await search(q)
      const mine = papers.filter(({ paperId }) => paperId === phrase.paperId || paperId === scattered.paperId)
      expect(mine.map(({ paperId }) => paperId), q).toEqual([phrase.paperId, scattered.paperId])
      const hit = mine[0]?.hits[0]
      expect(hit).toMatchObject({ page: 1, phrase: true })
      expect(hit?.marks.map(({ start, end }) => hit.snippet.slice(start, end))).toEqual(['chuyển đổi số'])
      expect(mine[1]?.hits[0]?.phrase).toBe(false)
    }
    expect((await search('kinh te')).items.map(({ title }) => title)).toEqual(['Kinh tế - xã hội'])
    expect((await search('không có ở đâu cả')).papers).toEqual([])
    expect((await get('search?q=')).status).toBe(400)
  })

  test('says nothing of what one may not see: neither words nor titles nor how many', async () => {
    const secret = await upload(await sentences('Phương án Kỳ Lân Đỏ, chỉ trao đổi miệng.'), 'Phương án Kỳ Lân.pdf', scene.confidentialItem)
    await made()
    expect((await search('ky lan', 'binh')).papers.map(({ paperId }) => paperId)).toEqual([secret.paperId])
    const answer = await search('ky lan', 'chi')
    expect(answer).toMatchObject({ items: [], papers: [], making: [] })
    expect((await search('nhân sự', 'chi')).items).toEqual([])
    expect((await search('nhân sự', 'binh')).items.map(({ title }) => title)).toEqual(['Nhân sự'])
    expect((await get('search?q=lan', 'khach')).status).toBe(404)
  })
})

test('a hostile file loses its own contents, nobody else’s', async () => {
  // One page, one form drawn within another a hundred times, nine deep: 10^18 letters to read.
  const bomb = await pdf(document => {
    const forms = Array.from({ length: 9 }, () => document.ref({ Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 600, 800] }))
    forms.forEach((form, at) => {
      const inner = forms[at + 1]
      Object.assign(form.data, { Resources: { XObject: inner ? { F: inner } : {} } })
      form.end((inner ? '/F Do\n' : '0 0 m 500 500 l S\n').repeat(100))
    })
    Object.assign(document.page.dictionary.data, { Resources: { XObject: { F: forms[0] } } })
    document.addContent('/F Do')
  })
  const { sha256 } = await scene.hub.hub.store.blobs.put(Readable.from([bomb]))
  const told: string[] = []
  const limits = { computing: 3_000, computingAPage: 0, time: 20_000, memory: 600 * 2 ** 20 }
  const job = { first: [{ page: 1, width: 1000, grey: false }], words: true, then: [], thumbnails: null }
  const whole = await readContents(scene.hub.hub.store.blobs.open(sha256), bomb.length, job, limits, ({ kind }) => { told.push(kind) })
  expect([whole, told]).toEqual([false, ['opened']])

  scene.hub.hub.contents.want(sha256)
  const after = await upload(await sentences('Sau tệp lạ.'), 'sau.pdf')
  expect((await get(`papers/${after.paperId}/pages/1/picture?width=small`)).status).toBe(200)
})

test('a hub that is stopped in the middle of making goes on after its start', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'giao-ban-contents-'))
  try {
    const first = await paperScene({ dataDir })
    const papers: Uploaded[] = []
    for (let seed = 0; seed < 2; seed++) papers.push((await (await first.post(await textPdf({ pages: 15, seed: seed + 50 }), { name: `${seed}.pdf`, uploadId: randomUUID() })).json() as UploadAnswer).paper)
    await first.hub.stop()
    const second = await startHub({ dataDir })
    try {
      const cookie = await second.signIn('chi')
      const state = async ({ paperId }: Uploaded) => (await (await second.request(`/api/meetings/${first.meetingId}/papers/${paperId}/contents`, { cookie })).json() as PaperContentsAnswer).state
      for (const paper of papers) await state(paper)
      await second.hub.contents.idle()
      expect(await Promise.all(papers.map(state))).toEqual(['ready', 'ready'])
    } finally {
      await second.stop()
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
})

test('what was read out of a file goes with it', async () => {
  const paper = await upload(await sentences('Sẽ bị gỡ.'), 'gỡ.pdf')
  await made()
  const pages = await scene.hub.hub.store.records.collection<{ sha256: string }>({ name: 'paperPages', indexes: ['sha256', 'page'] })
  expect(await pages.find({ sha256: paper.sha256 })).toHaveLength(1)
  const records = await scene.hub.hub.store.records.collection<object>({ name: 'papers' })
  await records.remove(`${scene.meetingId}.${paper.paperId}`)
  await scene.hub.hub.contents.sweep()
  expect(await pages.find({ sha256: paper.sha256 })).toEqual([])
})

test('a scan says that it has no words, or has those that were recognised', async () => {
  const paper = await upload(await scanPdf({ pages: 2, bytes: 400_000, seed: 6 }), 'Bản quét.pdf')
  await made()
  const answer = await contents(paper.paperId)
  expect(answer.state).toBe('ready')
  expect([...answer.wordless, ...answer.recognised].sort()).toEqual([1, 2])
  expect((await search('bao cao')).unsearchable.includes(paper.paperId)).toBe(answer.wordless.length === 2)
})
