import { createHash, randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import sharp from 'sharp'
import type { UploadAnswer } from '../../../shared/contracts/http/papers.ts'
import { pdfOfObjects } from '../../support/papers/broken.ts'
import { textPdf } from '../../support/papers/generate.ts'
import { linesOf } from '../../support/papers/lines.ts'
import { paperScene, type PaperScene } from './scene.ts'

let scene: PaperScene
let bytes: Buffer
let picture: Buffer
let paper: UploadAnswer['paper']
let photo: UploadAnswer['paper']
let confidential: UploadAnswer['paper']
beforeAll(async () => {
  scene = await paperScene()
  bytes = await textPdf({ pages: 3, seed: 1 })
  picture = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#aabbcc' } }).jpeg().toBuffer()
  const upload = async (file: Buffer, itemId: string, name: string) => (await (await scene.post(file, { itemId, name })).json() as UploadAnswer).paper
  paper = await upload(bytes, scene.openItem, 'Tờ trình số 5 (Đã sửa).pdf')
  photo = await upload(picture, scene.openItem, 'Ảnh hiện trường.jpg')
  confidential = await upload(await textPdf({ pages: 1, seed: 2 }), scene.confidentialItem, 'Nhân sự.pdf')
})
afterAll(() => scene.hub.stop())
beforeEach(() => rules(true, false))

const rules = (downloads: boolean, watermark: boolean) => scene.send('lan', 'papers:setRules', { downloads, watermark })
const body = async (response: Response) => Buffer.from(await response.arrayBuffer())
const refused = async (response: Response) => [response.status, (await response.json() as { code: string }).code]
const pagesOf = async (pdf: Buffer) => (await linesOf(pdf)).map(({ lines }) => lines.map(({ text }) => text).join('\n'))
const saved = async () => (await scene.hub.hub.audit.page(200)).entries.filter(({ type }) => type === 'paper.saved')

describe('a copy to keep', () => {
  test('is the file that is read, as an attachment under its Vietnamese name, in nobody’s store', async () => {
    const response = await scene.copy(paper.paperId, 'download', { cookie: scene.cookies.chi })
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/pdf', 'content-length': String(bytes.length), 'cache-control': 'private, no-store', 'x-content-type-options': 'nosniff', 'content-security-policy': 'sandbox',
      'content-disposition': "attachment; filename=\"To trinh so 5 (Da sua).pdf\"; filename*=UTF-8''T%E1%BB%9D%20tr%C3%ACnh%20s%E1%BB%91%205%20%28%C4%90%C3%A3%20s%E1%BB%ADa%29.pdf",
    })
    expect((await body(response)).equals(bytes)).toBe(true)
  })

  test('of what was converted is there as it was brought, too, never to be opened in place', async () => {
    const response = await scene.copy(photo.paperId, 'original', { cookie: scene.cookies.chi })
    expect(Object.fromEntries(response.headers)).toMatchObject({ 'content-type': 'image/jpeg', 'content-disposition': expect.stringMatching(/^attachment; filename="Anh hien truong.jpg"/u), 'x-content-type-options': 'nosniff' })
    expect((await body(response)).equals(picture)).toBe(true)
    expect((await scene.copy(photo.paperId, 'download')).headers.get('content-disposition')).toContain('Anh hien truong.pdf')
    expect(await refused(await scene.copy(paper.paperId, 'original'))).toEqual([404, 'papers.noOriginal'])
  })

  test('is in the audit record each time, with the kind of copy and without the title', async () => {
    const before = (await saved()).length
    for (const form of ['download', 'original'] as const) await body(await scene.copy(photo.paperId, form, { cookie: scene.cookies.binh }))
    const entries = (await saved()).slice(0, -before || undefined)
    expect(entries.map(({ by, data }) => [by, (data as { details: { form: string } }).details.form])).toEqual([['binh', 'original'], ['binh', 'pdf']])
    expect(JSON.stringify(entries)).not.toContain('hiện trường')
  })

  test('is refused to all but chair and secretary where the meeting does not let papers be saved', async () => {
    await rules(false, false)
    for (const form of ['download', 'original'] as const) {
      for (const cookie of [scene.cookies.chi, scene.cookies.binh]) expect(await refused(await scene.copy(photo.paperId, form, { cookie }))).toEqual([403, 'papers.downloadsOff'])
      for (const cookie of [scene.cookies.lan, scene.cookies.an]) expect((await scene.copy(photo.paperId, form, { cookie })).status).toBe(200)
    }
    const answer = await (await scene.copy(paper.paperId, 'download', { cookie: scene.cookies.chi })).json() as { sentence: string }
    expect(answer.sentence).toBe('Cuộc họp này không cho tải tài liệu về máy.')
  })

  test('is as unknown as the paper to those who may not see it, whatever the rule', async () => {
    for (const form of ['download', 'original'] as const) {
      const [hidden, none] = await Promise.all([scene.copy(confidential.paperId, form, { cookie: scene.cookies.chi }), scene.copy(randomUUID(), form, { cookie: scene.cookies.chi })])
      expect([hidden.status, await hidden.json()]).toEqual([404, await none.json()])
      expect((await scene.copy(paper.paperId, form, { cookie: scene.cookies.khach })).status).toBe(404)
      expect((await scene.copy(paper.paperId, form, { cookie: '' })).status).toBe(401)
      expect((await scene.copy(paper.paperId, form, { version: 7 })).status).toBe(404)
    }
    expect((await scene.hub.request(`/api/meetings/${scene.meetingId}/papers/${paper.paperId}/download?version=a`, { cookie: scene.cookies.chi })).status).toBe(400)
  })
})

describe('with the watermark on', () => {
  beforeEach(() => rules(true, true))

  test('every page of a copy bears the name and the time of whoever asked for it, and of nobody else', async () => {
    const [mine, yours] = await Promise.all([scene.cookies.chi, scene.cookies.an].map(async (cookie) => scene.copy(paper.paperId, 'download', { cookie })))
    expect(mine!.headers.get('content-disposition')).toContain('attachment')
    const [chi, an] = [await body(mine!), await body(yours!)]
    expect(mine!.headers.get('content-length')).toBe(String(chi.length))
    expect(createHash('sha256').update(chi).digest('hex')).not.toBe(paper.sha256)
    const [pages, others, plain] = [await pagesOf(chi), await pagesOf(an), await pagesOf(bytes)]
    expect(pages).toHaveLength(3)
    for (const [index, page] of pages.entries()) {
      expect(page).toMatch(/Nguyễn Văn chi · \d\d:\d\d/u)
      expect(page).toContain(plain[index]!.split('\n')[0])
      expect(page).not.toContain('Nguyễn Văn an ·')
      expect(others[index]).toContain('Nguyễn Văn an ·')
    }
  })

  test('no file without a name goes to anybody but chair and secretary: no original, nor the reader’s own opened by hand', async () => {
    const { chi, an } = scene.cookies
    expect(await refused(await scene.copy(photo.paperId, 'original', { cookie: chi }))).toEqual([403, 'papers.markedOnly'])
    expect((await scene.copy(photo.paperId, 'original', { cookie: an })).status).toBe(200)
    const byHand = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
    expect(await refused(await scene.file(paper.paperId, { cookie: chi, headers: byHand }))).toEqual([403, 'papers.markedOnly'])
    expect((await scene.file(paper.paperId, { cookie: an, headers: byHand })).status).toBe(200)
    // Of its own accord fetch says that it is no navigation, so this one is asked by hand in the word's other sense.
    expect([await navigated(chi), await navigated(an)]).toEqual([403, 200])
    expect((await scene.file(paper.paperId, { cookie: chi })).status).toBe(200)
  })

  test('what cannot be stamped is refused with a sentence, and nothing is left lying about', async () => {
    // Its pages are counted by a program that believes the tree; the one that writes it anew counts them itself.
    const lying = pdfOfObjects(['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[3 0 R 4 0 R]/Count 1>>', ...[1, 2].map(() => '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>>>')])
    const odd = (await (await scene.post(lying)).json() as UploadAnswer).paper
    expect(odd.pages).toBe(1)
    const answer = await scene.copy(odd.paperId, 'download', { cookie: scene.cookies.chi })
    expect([answer.status, await answer.json()]).toMatchObject([422, { code: 'papers.cannotStamp', sentence: expect.stringContaining('Không in chìm được tên') }])
    expect(await readdir(join(scene.hub.dataDir, 'stamping'))).toEqual([])
  })
})

test('with downloads off, the reader’s own file opened by hand is refused; the reader goes on', async () => {
  await rules(false, false)
  const { chi } = scene.cookies
  expect(await refused(await scene.file(paper.paperId, { cookie: chi, headers: { accept: 'text/html' } }))).toEqual([403, 'papers.downloadsOff'])
  expect((await scene.file(paper.paperId, { cookie: chi, headers: { range: 'bytes=0-99' } })).status).toBe(206)
})

test('one person’s copies wait for each other and no more than two are made at a time for him', async () => {
  await rules(true, true)
  const answers = await Promise.all(Array.from({ length: 5 }, () => scene.copy(paper.paperId, 'download', { cookie: scene.cookies.binh })))
  const statuses = answers.map(({ status }) => status).sort()
  await Promise.all(answers.map(body))
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(2)
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(1)
  expect((await scene.copy(paper.paperId, 'download', { cookie: scene.cookies.binh })).status).toBe(200)
})

function navigated(cookie: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const path = `${scene.hub.url}/api/meetings/${scene.meetingId}/papers/${paper.paperId}/file`
    request(path, { headers: { cookie, 'sec-fetch-mode': 'navigate' } }, (response) => {
      response.resume()
      resolve(response.statusCode)
    }).on('error', reject).end()
  })
}
