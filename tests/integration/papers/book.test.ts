import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { UploadAnswer } from '../../../shared/contracts/http/papers.ts'
import { bookLimits } from '../../../shared/meeting/papers/book.ts'
import { bookmarksOf } from '../../support/papers/bookmarks.ts'
import { pdfOfObjects } from '../../support/papers/broken.ts'
import { textPdf } from '../../support/papers/generate.ts'
import { linesOf } from '../../support/papers/lines.ts'
import { paperScene, type PaperScene } from './scene.ts'

let scene: PaperScene
const papers: Record<'report' | 'annex' | 'staff', string> = { report: '', annex: '', staff: '' }
beforeAll(async () => {
  scene = await paperScene()
  const upload = async (file: Buffer, name: string, itemId = scene.openItem) => (await (await scene.post(file, { itemId, name })).json() as UploadAnswer).paper.paperId
  papers.report = await upload(await textPdf({ pages: 3, seed: 1 }), 'Báo cáo kinh tế.pdf')
  papers.annex = await upload(await textPdf({ pages: 2, seed: 2 }), 'Phụ lục số liệu.pdf')
  papers.staff = await upload(await textPdf({ pages: 1, seed: 3 }), 'Phương án nhân sự.pdf', scene.confidentialItem)
})
afterAll(() => scene.hub.stop())
beforeEach(() => rules(true, false))

type Who = keyof PaperScene['cookies']
const rules = (downloads: boolean, watermark: boolean) => scene.send('lan', 'papers:setRules', { downloads, watermark })
const ask = (who: Who, headers: Record<string, string> = {}) => fetch(`${scene.hub.url}/api/meetings/${scene.meetingId}/book`, { headers: { cookie: scene.cookies[who], ...headers } })
const refused = async (response: Response) => [response.status, (await response.json() as { code: string }).code]
const saved = async () => (await scene.hub.hub.audit.page(200)).entries.filter(({ type }) => type === 'paper.saved')
const leftLying = () => readdir(join(scene.hub.dataDir, 'binding'))

async function bookFor(who: Who, headers: Record<string, string> = {}) {
  const response = await ask(who, headers)
  expect(response.status).toBe(200)
  const bytes = Buffer.from(await response.arrayBuffer())
  const read = await linesOf(bytes)
  const text = read.map(({ lines }) => lines.map((line) => line.text).join('\n'))
  return { response, bytes, text, feet: read.map(({ lines, height }) => lines.filter(({ y, turn }) => turn === 0 && y > height * 0.97).map((line) => line.text).join(' ')) }
}

describe('the meeting book', () => {
  test('is cover, agenda and every paper in order, numbered through, each page saying which it is', async () => {
    const { response, bytes, text, feet } = await bookFor('chi')
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/pdf', 'content-length': String(bytes.length), 'cache-control': 'private, no-store', 'content-security-policy': 'sandbox',
      'content-disposition': expect.stringMatching(/^attachment; filename="Tap tai lieu phien hop - Hop giao ban.pdf"/u),
    })
    expect(text).toHaveLength(2 + 5)
    expect(text[0]).toMatch(/ỦY BAN NHÂN DÂN\nTập tài liệu phiên họp\nHọp giao ban\n.*\nPhòng A/u)
    expect(text[1]).toMatch(/Chương trình\n1\. Kinh tế - xã hội\nBáo cáo kinh tế\n1\nPhụ lục số liệu\n4/u)
    expect(feet.slice(2)).toEqual([1, 2, 3, 4, 5].map((page) => `Mục 1 Kinh tế - xã hội · ${page <= 3 ? 'Báo cáo kinh tế' : 'Phụ lục số liệu'} — Trang ${page}/5`))
    const { bookmarks, labels } = await bookmarksOf(bytes)
    expect(bookmarks.map(({ title, page, below }) => [title, page, below.map((one) => [one.title, one.page])])).toEqual([
      ['Chương trình', 2, []], ['1. Kinh tế - xã hội', 3, [['Báo cáo kinh tế', 3], ['Phụ lục số liệu', 6]]],
    ])
    expect(labels).toEqual(['i', 'ii', '1', '2', '3', '4', '5'])
    expect(await leftLying()).toEqual([])
  })

  test('leaves out what is confidential to others, without a word of it; whoever may see it has it', async () => {
    const [theirs, his] = [await bookFor('chi'), await bookFor('binh')]
    expect(theirs.text.join('\n')).not.toContain('nhân sự')
    expect(theirs.text.join('\n')).not.toContain('Nhân sự')
    expect(his.text).toHaveLength(2 + 6)
    expect(his.feet.at(-1)).toBe('Mục K1 Nhân sự · Phương án nhân sự — Trang 6/6')
    await scene.send('lan', 'papers:setAccess', { paperId: papers.annex, access: ['binh'] })
    expect((await bookFor('chi')).text).toHaveLength(2 + 3)
    await scene.send('lan', 'papers:setAccess', { paperId: papers.annex, access: null })
  })

  test('bears the name of whoever asks where the meeting asks for that, and nobody else’s', async () => {
    await rules(true, true)
    const { text } = await bookFor('chi')
    expect(text[0]).toMatch(/Bản của: Nguyễn Văn chi · \d\d:\d\d/u)
    for (const page of text) expect(page).toMatch(/^Nguyễn Văn chi · \d\d:\d\d/mu)
    expect(text.join('\n')).not.toContain('Nguyễn Văn an ·')
  })

  test('speaks the reader’s language', async () => {
    const { text, feet } = await bookFor('an', { 'accept-language': 'en' })
    expect([text[0]!.includes('Meeting book'), text[1]!.startsWith('Agenda'), feet[2]]).toEqual([true, true, 'Item 1 Kinh tế - xã hội · Báo cáo kinh tế — Page 1/6'])
  })

  test('stands in the audit record with every paper in it, each time', async () => {
    const before = (await saved()).length
    await bookFor('chi')
    const entries = (await saved()).slice(0, -before || undefined)
    const of = (entry: (typeof entries)[number]) => (entry.data as { about: string; details: object })
    expect(entries.map((entry) => [entry.by, of(entry).about, of(entry).details]).sort()).toEqual([papers.report, papers.annex].map((id) => ['chi', id, { version: 1, form: 'book' }]).sort())
  })

  test('is refused where papers may not be saved, and as unknown as the meeting to others', async () => {
    await rules(false, false)
    expect(await refused(await ask('chi'))).toEqual([403, 'papers.downloadsOff'])
    expect((await bookFor('lan')).text).toHaveLength(2 + 6)
    expect(await refused(await ask('khach'))).toEqual([404, 'notFound'])
    expect((await scene.hub.request(`/api/meetings/${scene.meetingId}/book`, { cookie: '' })).status).toBe(401)
    expect((await scene.hub.request(`/api/meetings/${randomUUID()}/book`, { cookie: scene.cookies.chi })).status).toBe(404)
  })

  test('of one person is bound one at a time', async () => {
    const answers = await Promise.all([ask('binh'), ask('binh'), ask('binh')])
    const statuses = answers.map(({ status }) => status).sort()
    await Promise.all(answers.map((answer) => answer.arrayBuffer()))
    expect(statuses).toEqual([200, 429, 429])
    expect((await ask('binh')).status).toBe(200)
  })

  test('goes without a paper that cannot be taken apart, and says so in front; one of too many pages is refused in words', async () => {
    const lying = pdfOfObjects(['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[3 0 R 4 0 R]/Count 1>>', ...[1, 2].map(() => '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>>>')])
    const odd = (await (await scene.post(lying, { name: 'Bản scan lỗi.pdf' })).json() as UploadAnswer).paper
    const { text } = await bookFor('chi')
    expect(text).toHaveLength(2 + 5)
    expect(text[1]!.replaceAll('\n', ' ')).toContain('Không có trong tập này, xin đọc trong cuộc họp: “Bản scan lỗi”.')

    await scene.send('lan', 'papers:replace', { paperId: odd.paperId, name: 'nang.pdf', sha256: odd.sha256.replace(/^./u, '0'), size: odd.size, pages: bookLimits.pages, changedPages: null })
    const answer = await ask('chi')
    expect([answer.status, await answer.json()]).toMatchObject([422, { code: 'papers.bookTooLarge', sentence: expect.stringContaining('(2005 trang') }])
    expect(await leftLying()).toEqual([])
  })
})
