import { randomUUID } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { UploadAnswer, UploadState } from '../../../shared/contracts/http/papers.ts'
import { letter, noPages, onePage } from '../../support/papers/broken.ts'
import { scanPdf, textPdf } from '../../support/papers/generate.ts'
import { paperScene, type PaperScene, type PostOptions } from './scene.ts'

let scene: PaperScene
let report: Buffer
beforeAll(async () => {
  report = await textPdf({ pages: 4, seed: 1 })
  scene = await paperScene({ config: { uploadLimit: 2_000_000 } })
})
afterAll(() => scene.hub.stop())

const paperOf = async (response: Response) => (await response.json() as UploadAnswer).paper

describe('an upload in one piece', () => {
  test('becomes a paper that everybody on the item can see, called as it was named', async () => {
    const response = await scene.post(report, { name: 'Báo cáo KT-XH tháng 11 📈.pdf'.normalize('NFD') })
    expect(response.status).toBe(200)
    const paper = await paperOf(response)
    expect(paper).toMatchObject({ name: 'Báo cáo KT-XH tháng 11 📈.pdf', title: 'Báo cáo KT-XH tháng 11 📈', pages: 4, size: report.length, hasText: true, itemId: scene.openItem })
    const view = await scene.hub.hub.hosts.view(scene.meetingId, 'chi')
    expect(view?.papers[paper.paperId]).toMatchObject({ sha256: paper.sha256, pages: 4 })
    expect(Buffer.from(await (await scene.file(paper.paperId)).arrayBuffer()).equals(report)).toBe(true)
  })

  test('larger than any JSON body may be, arrives as a stream', async () => {
    const scan = await scanPdf({ pages: 6, bytes: 1_800_000, seed: 5 })
    expect(await paperOf(await scene.post(scan, { contentType: 'application/octet-stream' }))).toMatchObject({ pages: 6, hasText: false, size: scan.length })
  })

  test('repeated with the same id answers with the same paper and adds nothing', async () => {
    const uploadId = randomUUID()
    const first = await paperOf(await scene.post(report, { uploadId }))
    const before = await scene.count()
    const again = await scene.post(report, { uploadId })
    expect(again.status).toBe(200)
    expect(await paperOf(again)).toEqual(first)
    expect(await scene.count()).toEqual(before)
  })

  test('repeated while the first is still being checked is one paper, too', async () => {
    const uploadId = randomUUID()
    const before = await scene.count()
    const answers = await Promise.allSettled([scene.post(report, { uploadId }), scene.post(report, { uploadId })])
    const papers = await Promise.all(answers.flatMap(answer => (answer.status === 'fulfilled' && answer.value.ok ? [paperOf(answer.value)] : [])))
    expect(papers.length).toBeGreaterThan(0)
    expect(new Set(papers.map(paper => paper.paperId))).toEqual(new Set([uploadId]))
    expect((await scene.count()).facts).toBe(before.facts + 1)
  })

  test('the same file on two items is two papers and one blob', async () => {
    const bytes = await textPdf({ pages: 2, seed: 77 })
    const before = await scene.count()
    await scene.post(bytes)
    await scene.post(bytes, { itemId: scene.confidentialItem })
    expect(await scene.count()).toEqual({ ...before, blobs: before.blobs + 1, records: before.records + 2, facts: before.facts + 2 })
  })

  test('somebody else cannot take over an id', async () => {
    const uploadId = randomUUID()
    await scene.post(report, { uploadId })
    const response = await scene.post(report, { uploadId, cookie: scene.cookies.an })
    expect(await response.json()).toMatchObject({ code: 'papers.alreadyAttached' })
  })
})

describe('what is refused leaves nothing behind', () => {
  const cases: [string, () => Buffer | Promise<Buffer>, Partial<PostOptions> | (() => Partial<PostOptions>), number, string][] = [
    ['an empty file', () => Buffer.alloc(0), {}, 422, 'papers.empty'],
    ['a web page', () => Buffer.from('<html>'), {}, 422, 'papers.unknownKind'],
    ['a broken Word document', () => Buffer.from('PK\x03\x04word/document.xml'), {}, 422, 'papers.damaged'],
    ['half a PDF', () => report.subarray(0, report.length / 2), {}, 422, 'papers.truncated'],
    ['a PDF without pages', noPages, {}, 422, 'papers.noPages'],
    ['a PDF with a password', () => onePage('x', { userPassword: 'mat khau' }), {}, 422, 'papers.encrypted'],
    ['a PDF with a stamp', () => letter('TUYỆT MẬT', 'Kế hoạch'), {}, 422, 'papers.secret'],
    ['a name with a mark', () => report, { name: 'TỐI MẬT - Kế hoạch.pdf' }, 422, 'papers.secret'],
    ['too many bytes', () => Buffer.alloc(2_000_001, 'x'), {}, 413, 'papers.tooLarge'],
    ['a name of 256 bytes', () => report, { name: `${'x'.repeat(252)}.pdf` }, 422, 'papers.badName'],
    ['a name of dots', () => report, { name: '../..' }, 422, 'papers.badName'],
    ['an item that is not there', () => report, { itemId: 'nothing' }, 422, 'agenda.unknownItem'],
    ['a meeting that is not there', () => report, { meetingId: 'nothing' }, 404, 'notFound'],
    ['a delegate', () => report, () => ({ cookie: scene.cookies.chi }), 403, 'permission.denied'],
    ['somebody from outside', () => report, () => ({ cookie: scene.cookies.khach }), 404, 'notFound'],
    ['nobody', () => report, { cookie: '' }, 401, 'session.required'],
    ['another origin', () => report, { headers: { origin: 'https://evil.example' } }, 403, 'request.foreignOrigin'],
    ['an id that is none', () => report, { uploadId: '../../x' }, 400, 'request.malformed'],
    ['JSON', () => report, { contentType: 'application/json' }, 400, 'request.malformed'],
  ]
  test.each(cases)('%s', async (_what, bytes, options, status, code) => {
    const before = await scene.count()
    const response = await scene.post(await bytes(), typeof options === 'function' ? options() : options)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ code, sentence: expect.stringMatching(/\p{L}{2,}/u) })
    expect(await scene.count()).toEqual(before)
  })

  test('in the reader’s language', async () => {
    const vi = await scene.post(Buffer.from('x'))
    const en = await scene.post(Buffer.from('x'), { headers: { 'accept-language': 'en' } })
    expect([(await vi.json()).sentence, (await en.json()).sentence]).toEqual([
      'Nội dung tệp không phải loại tài liệu nhận được. Xin tải lên PDF, Word, Excel, PowerPoint, OpenDocument, RTF hoặc ảnh (JPEG, PNG, WebP, TIFF).',
      'The content of this file is not of a kind that is taken. Please upload PDF, Word, Excel, PowerPoint, OpenDocument, RTF or a picture (JPEG, PNG, WebP, TIFF).',
    ])
  })

  test('a stream that never says how long it is and goes beyond the limit', async () => {
    const before = await scene.count()
    const { status, body } = await streamPost(scene, async write => { for (let sent = 0; sent < 40; sent++) await write(Buffer.alloc(100_000, 'x')) })
    expect(status).toBe(413)
    expect(JSON.parse(body)).toMatchObject({ code: 'papers.tooLarge' })
    expect(await scene.count()).toEqual(before)
  })

  test('a file whose item goes while it is being checked', async () => {
    await scene.send('lan', 'agenda:addItem', { title: 'Sắp bỏ', durationMinutes: null, unitId: null, presenterId: null, confidential: false, access: [], parentId: null })
    const itemId = Object.values((await scene.hub.hub.hosts.view(scene.meetingId, 'lan'))?.items ?? {}).find(item => item.title === 'Sắp bỏ')?.itemId as string
    const bytes = await textPdf({ pages: 3, seed: 99 })
    const uploading = scene.post(bytes, { itemId })
    await vi.waitUntil(async () => (await scene.count()).unfinished > 0, { timeout: 5_000, interval: 5 })
    await scene.send('lan', 'agenda:removeItem', { itemId })
    const before = await scene.count()
    expect(await (await uploading).json()).toMatchObject({ code: 'agenda.unknownItem' })
    expect(await scene.count()).toEqual({ ...before, unfinished: 0 })
  })
})

describe('permission comes before the body', () => {
  test('a delegate is refused while the first bytes are still on their way', async () => {
    const { status, body } = await streamPost(scene, async (write, answered) => {
      await write(Buffer.from('%PDF-1.7\n'))
      await answered
    }, { cookie: scene.cookies.chi })
    expect([status, JSON.parse(body).code]).toEqual([403, 'permission.denied'])
  })

  test('too large a file is refused by the length it announces', async () => {
    const { status } = await streamPost(scene, async (_write, answered) => answered, { headers: { 'content-length': '2000001' } })
    expect(status).toBe(413)
  })
})

describe('an upload in chunks', () => {
  test('becomes a paper with the last one', async () => {
    const uploadId = randomUUID()
    const [a, b] = [10_000, 25_000]
    const options = { uploadId, size: report.length }
    expect(await (await scene.chunk(report.subarray(0, a), { ...options, offset: 0 })).json()).toEqual({ held: a, stage: 'arriving', ahead: 0, paper: null })
    expect(await (await scene.chunk(report.subarray(a, b), { ...options, offset: a })).json()).toEqual({ held: b, stage: 'arriving', ahead: 0, paper: null })
    expect(await scene.uploadState(uploadId)).toEqual({ held: b, stage: 'arriving', ahead: 0, paper: null })
    const last = await (await scene.chunk(report.subarray(b), { ...options, offset: b })).json() as UploadState
    expect(last).toMatchObject({ held: report.length, paper: { paperId: uploadId, pages: 4 } })
    expect(await scene.uploadState(uploadId)).toEqual(last)
    expect((await scene.count()).unfinished).toBe(0)
  })

  test('goes on where a broken line left it, in one piece or another', async () => {
    const uploadId = randomUUID()
    await breakOff(scene, report.subarray(0, 30_000), uploadId)
    const { held } = await vi.waitUntil(async () => { const state = await scene.uploadState(uploadId); return state.held === 30_000 && state }, { timeout: 5_000 })
    const response = await scene.chunk(report.subarray(held), { uploadId, offset: held, size: report.length })
    expect(await response.json()).toMatchObject({ paper: { size: report.length, pages: 4 } })
  })

  test('may send a part again, whose end is then the end', async () => {
    const uploadId = randomUUID()
    await scene.chunk(report.subarray(0, 20_000), { uploadId, offset: 0, size: report.length })
    await scene.chunk(report.subarray(5_000, 9_000), { uploadId, offset: 5_000, size: report.length })
    expect(await scene.uploadState(uploadId)).toEqual({ held: 9_000, stage: 'arriving', ahead: 0, paper: null })
    expect(await (await scene.chunk(report.subarray(9_000), { uploadId, offset: 9_000, size: report.length })).json()).toMatchObject({ paper: { pages: 4 } })
  })

  test('with a gap is refused and told where to go on', async () => {
    const uploadId = randomUUID()
    await scene.chunk(report.subarray(0, 1000), { uploadId, offset: 0, size: report.length })
    const response = await scene.chunk(report.subarray(2000), { uploadId, offset: 2000, size: report.length })
    expect(await response.json()).toMatchObject({ code: 'papers.uploadGap', params: { held: 1000 } })
  })

  test('longer than it said is refused and forgotten', async () => {
    const uploadId = randomUUID()
    const before = await scene.count()
    const response = await scene.chunk(report, { uploadId, offset: 0, size: 1000 })
    expect(await response.json()).toMatchObject({ code: 'request.malformed' })
    expect(await scene.count()).toEqual(before)
  })

  test('a new line takes over from one that hangs', async () => {
    const uploadId = randomUUID()
    const hanging = hangingPut(scene, report.subarray(0, 12_000), uploadId, report.length)
    await vi.waitUntil(async () => (await scene.uploadState(uploadId)).held === 12_000, { timeout: 5_000 })
    const response = await scene.chunk(report.subarray(12_000), { uploadId, offset: 12_000, size: report.length })
    expect(await response.json()).toMatchObject({ paper: { pages: 4 } })
    await hanging
  })

  test('another person knows nothing of it', async () => {
    const uploadId = randomUUID()
    await scene.chunk(report.subarray(0, 1000), { uploadId, offset: 0, size: report.length })
    expect(await scene.uploadState(uploadId, scene.cookies.an)).toEqual({ held: 0, stage: 'arriving', ahead: 0, paper: null })
  })

  test('not more than twenty at a time for one person', async () => {
    const answers: number[] = []
    for (let count = 0; count < 22; count++) {
      answers.push((await scene.chunk(report.subarray(0, 10), { uploadId: randomUUID(), offset: 0, size: 1000, cookie: scene.cookies.an })).status)
    }
    expect(answers).toEqual([...Array<number>(20).fill(200), 422, 422])
  })
})

type Write = (bytes: Buffer) => Promise<void>

/** A POST whose body is written bit by bit, chunked unless a length is given. */
function streamPost(
  { hub, meetingId, openItem, cookies }: PaperScene, body: (write: Write, answered: Promise<void>) => Promise<void>,
  { cookie = cookies.lan, headers = {} }: { cookie?: string; headers?: Record<string, string> } = {},
): Promise<{ status: number; body: string }> {
  const query = new URLSearchParams({ itemId: openItem, name: 'a.pdf', uploadId: randomUUID() })
  return new Promise((resolve, reject) => {
    const request = httpRequest(`${hub.url}/api/meetings/${meetingId}/papers?${query}`, {
      method: 'POST', headers: { origin: hub.url, cookie, 'content-type': 'application/pdf', ...headers },
    })
    const answered = new Promise<void>(done => request.once('response', response => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => { text += part }).on('end', () => {
        resolve({ status: response.statusCode ?? 0, body: text })
        request.destroy()
        done()
      })
    }))
    request.on('error', reject)
    request.flushHeaders()
    const write: Write = bytes => new Promise(done => { if (request.write(bytes)) done(); else request.once('drain', done) })
    void body(write, answered).then(() => request.end())
  })
}

/** Sends some bytes of an announced whole and then loses the line. */
async function breakOff({ hub, meetingId, openItem, cookies }: PaperScene, bytes: Buffer, uploadId: string): Promise<void> {
  const query = new URLSearchParams({ itemId: openItem, name: 'Báo cáo.pdf', uploadId })
  const request = httpRequest(`${hub.url}/api/meetings/${meetingId}/papers?${query}`, {
    method: 'POST', headers: { origin: hub.url, cookie: cookies.lan, 'content-type': 'application/pdf', 'content-length': bytes.length + 5000 },
  })
  request.on('error', () => undefined)
  await new Promise<void>(done => request.write(bytes, () => done()))
  await vi.waitUntil(async () => (await paperHeld(hub.url, meetingId, uploadId, cookies.lan)) === bytes.length, { timeout: 5_000 })
  request.destroy()
}

const paperHeld = async (url: string, meetingId: string, uploadId: string, cookie: string): Promise<number> =>
  ((await (await fetch(`${url}/api/meetings/${meetingId}/uploads/${uploadId}`, { headers: { cookie } })).json()) as UploadState).held

/** Sends some bytes and then neither more nor goodbye; resolves when the hub cuts the line. */
function hangingPut({ hub, meetingId, openItem, cookies }: PaperScene, bytes: Buffer, uploadId: string, size: number): Promise<void> {
  const query = new URLSearchParams({ itemId: openItem, name: 'Báo cáo.pdf', offset: '0', size: String(size) })
  const request = httpRequest(`${hub.url}/api/meetings/${meetingId}/uploads/${uploadId}?${query}`, {
    method: 'PUT', headers: { origin: hub.url, cookie: cookies.lan, 'content-type': 'application/pdf', 'content-length': size },
  })
  request.write(bytes)
  return new Promise(done => { request.once('error', () => done()); request.once('close', () => done()) })
}
