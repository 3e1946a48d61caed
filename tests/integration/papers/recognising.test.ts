import { Readable } from 'node:stream'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tesseractLanguages } from '../../../server/papers/contents/ocr/tesseract.ts'
import { readContents, usualLimits } from '../../../server/papers/contents/reading/read.ts'
import type { PaperContentsAnswer, SearchAnswer } from '../../../shared/contracts/http/paper-contents.ts'
import type { UploadAnswer } from '../../../shared/contracts/http/papers.ts'
import type { PageText } from '../../../shared/papers/contents.ts'
import { pdf, serif } from '../../support/papers/generate.ts'
import { paperScene, type PaperScene } from './scene.ts'

const recognises = await tesseractLanguages() !== null
let scene: PaperScene
beforeAll(async () => { scene = await paperScene() })
afterAll(() => scene.hub.stop())

/** A page as a scanner makes it: print, drawn and put back as one grey picture. */
async function scanned(lines: [text: string, size: number, x: number, y: number][]): Promise<Buffer> {
  const print = await pdf(document => { for (const [text, size, x, y] of lines) document.font(serif).fontSize(size).text(text, x, y, { lineBreak: false }) })
  let picture = Buffer.alloc(0)
  await readContents(Readable.from([print]), print.length, { first: [{ page: 1, width: 1654, grey: true }], words: false, then: [], thumbnails: null }, usualLimits, async told => {
    if (told.kind === 'drawn') picture = await sharp(told.pixels, { raw: { width: told.width, height: told.height, channels: 1 } }).blur(0.6).jpeg({ quality: 70 }).toBuffer()
  })
  return pdf(document => document.image(picture, 0, 0, { width: 595.28, height: 841.89 }), { margin: 0 })
}
const letterhead: [string, number, number, number][] = [['UỶ BAN NHÂN DÂN', 13, 80, 60], ['TỈNH TÂN GIANG', 13, 85, 78], ['CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM', 12, 290, 60]]
const body: [string, number, number, number][] = [['BIÊN BẢN', 15, 260, 200], ['Hội nghị thống nhất chủ trương xây cầu Sông Hậu', 14, 90, 240], ['giao Sở Giao thông lập dự án đầu tư công.', 14, 90, 262]]
const json = async <T>(path: string) => await (await scene.hub.request(`/api/meetings/${scene.meetingId}/${path}`, { cookie: scene.cookies.chi })).json() as T

describe.skipIf(!recognises)('letters of a scan (tesseract with Vietnamese; skipped where it is not installed)', () => {
  test('are recognised: the page can be searched and read on in, and says that its words may be wrong', async () => {
    const { paper } = await (await scene.post(await scanned([...letterhead, ...body]), { name: 'Biên bản quét.pdf' })).json() as UploadAnswer
    await scene.hub.hub.contents.idle()
    const contents = await json<PaperContentsAnswer>(`papers/${paper.paperId}/contents`)
    expect(contents).toMatchObject({ state: 'ready', recognised: [1], wordless: [], recognises: true, level: null })
    expect(contents.blocks.length).toBeGreaterThan(2)
    const words = await json<PageText>(`papers/${paper.paperId}/pages/1/words`)
    expect(words.source).toBe('ocr')
    const bridge = words.runs.find(({ text }) => text.includes('cầu Sông'))
    expect(bridge && [bridge.x, bridge.y].map(part => Math.round(part * 50) / 50)).toEqual([0.16, 0.28])
    const { papers } = await json<SearchAnswer>('search?q=xay%20cau%20song%20hau')
    expect(papers.map(({ paperId, hits }) => [paperId, hits[0]?.phrase])).toEqual([[paper.paperId, true]])
  })

  test('that are a secrecy stamp keep the paper out', async () => {
    const response = await scene.post(await scanned([...letterhead, ['TỐI MẬT', 22, 110, 130], ...body]), { name: 'Ban sao.pdf' })
    expect([response.status, await response.json()]).toEqual([422, expect.objectContaining({ code: 'papers.secret', params: { level: 'TỐI MẬT' } })])
  })

  test('a word that merely ends so does not', async () => {
    const response = await scene.post(await scanned([...letterhead, ['Đề án bảo mật dữ liệu', 16, 200, 150], ...body]), { name: 'De an.pdf' })
    expect(response.status).toBe(200)
  })
})

test('a scan whose letters nobody can recognise says so', async () => {
  const blank = await sharp({ create: { width: 800, height: 1100, channels: 3, background: '#eee' } }).jpeg().toBuffer()
  const { paper } = await (await scene.post(await pdf(document => document.image(blank, 0, 0, { width: 595, height: 842 }), { margin: 0 }), { name: 'Trắng.pdf' })).json() as UploadAnswer
  await scene.hub.hub.contents.idle()
  expect(await json<PaperContentsAnswer>(`papers/${paper.paperId}/contents`)).toMatchObject({ state: 'ready', recognised: [], wordless: [1], recognises })
  expect((await json<SearchAnswer>('search?q=gì')).unsearchable).toContain(paper.paperId)
})
