import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { request as httpRequest } from 'node:http'
import { randomUUID } from 'node:crypto'
import type { UploadAnswer } from '../../../shared/contracts/http/papers.ts'
import { scanPdf, textPdf } from '../../support/papers/generate.ts'
import { paperScene, type PaperScene } from './scene.ts'

let scene: PaperScene
let bytes: Buffer
let open: UploadAnswer['paper']
let confidential: UploadAnswer['paper']
beforeAll(async () => {
  scene = await paperScene()
  bytes = await textPdf({ pages: 3, seed: 1 })
  const upload = async (itemId: string, name: string) => (await (await scene.post(bytes, { itemId, name })).json() as UploadAnswer).paper
  open = await upload(scene.openItem, 'Tờ trình số 5.pdf')
  confidential = await upload(scene.confidentialItem, 'Nhân sự.pdf')
})
afterAll(() => scene.hub.stop())

const body = async (response: Response) => Buffer.from(await response.arrayBuffer())
const audited = async () => (await scene.hub.hub.audit.page(100)).entries.filter(({ type }) => type === 'paper.downloaded')

describe('the file of a paper', () => {
  test('comes whole, with all that a reader and a browser need to know', async () => {
    const response = await scene.file(open.paperId, { cookie: scene.cookies.chi })
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(bytes.length),
      'accept-ranges': 'bytes',
      etag: `"${open.sha256}"`,
      'cache-control': 'private, no-cache',
      'content-disposition': 'inline; filename="To trinh so 5.pdf"; filename*=UTF-8\'\'T%E1%BB%9D%20tr%C3%ACnh%20s%E1%BB%91%205.pdf',
      'content-security-policy': 'sandbox',
      'x-content-type-options': 'nosniff',
    })
    expect((await body(response)).equals(bytes)).toBe(true)
  })

  test('its head alone', async () => {
    const response = await scene.file(open.paperId, { method: 'HEAD' })
    expect([response.status, response.headers.get('content-length'), (await body(response)).length]).toEqual([200, String(bytes.length), 0])
  })

  test.each([['bytes=0-99', 0, 99], ['bytes=100-199', 100, 199], ['bytes=-50', -50, undefined], ['bytes=20000-', 20000, undefined]])('%s', async (range, from, to) => {
    const response = await scene.file(open.paperId, { headers: { range } })
    const part = bytes.subarray(from, to === undefined ? undefined : to + 1)
    expect(response.status).toBe(206)
    const start = from < 0 ? bytes.length + from : from
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${start + part.length - 1}/${bytes.length}`)
    expect((await body(response)).equals(part)).toBe(true)
  })

  test('a range behind its end is refused with its size', async () => {
    const response = await scene.file(open.paperId, { headers: { range: `bytes=${bytes.length}-` } })
    expect([response.status, response.headers.get('content-range')]).toEqual([416, `bytes */${bytes.length}`])
    expect(await response.json()).toMatchObject({ code: 'papers.rangeNotSatisfiable' })
  })

  test.each(['bytes=0-1,5-6', `bytes=${Array.from({ length: 900 }, (_, at) => `${at}-${at}`).join(',')}`, 'bytes=9-5', 'bytes=a-', 'pages=1-2'])(
    'hostile or foreign ranges get it whole: %.40s', async range => {
      const response = await scene.file(open.paperId, { headers: { range } })
      expect([response.status, (await body(response)).length]).toEqual([200, bytes.length])
    })

  test('a range of a version that is gone gets the whole present one', async () => {
    const range = { range: 'bytes=0-9' }
    expect((await scene.file(open.paperId, { headers: { ...range, 'if-range': `"${open.sha256}"` } })).status).toBe(206)
    expect((await scene.file(open.paperId, { headers: { ...range, 'if-range': '"another"' } })).status).toBe(200)
    expect((await scene.file(open.paperId, { headers: { ...range, 'if-range': `W/"${open.sha256}"` } })).status).toBe(200)
  })

  test('is not sent again to whoever has it', async () => {
    const response = await scene.file(open.paperId, { headers: { 'if-none-match': `"${open.sha256}"` } })
    expect([response.status, (await body(response)).length, response.headers.get('etag')]).toEqual([304, 0, `"${open.sha256}"`])
  })
})

describe('who may not know of a paper', () => {
  test('of a confidential item gets the answer for one that does not exist, also with the right ETag', async () => {
    const unknown = await scene.file(randomUUID(), { cookie: scene.cookies.chi })
    const hidden = await scene.file(confidential.paperId, { cookie: scene.cookies.chi, headers: { 'if-none-match': `"${confidential.sha256}"` } })
    expect([hidden.status, await hidden.json()]).toEqual([404, await unknown.json()])
    expect(hidden.headers.get('etag')).toBeNull()
    expect((await scene.file(confidential.paperId, { cookie: scene.cookies.binh })).status).toBe(200)
  })

  test('from outside the meeting, or not signed in', async () => {
    expect((await scene.file(open.paperId, { cookie: scene.cookies.khach })).status).toBe(404)
    expect((await scene.file(open.paperId, { cookie: '' })).status).toBe(401)
  })

  test('any more, from the next request on', async () => {
    const etag = { 'if-none-match': `"${confidential.sha256}"` }
    expect((await scene.file(confidential.paperId, { cookie: scene.cookies.binh, headers: etag })).status).toBe(304)
    await scene.send('lan', 'agenda:changeItem', { itemId: scene.confidentialItem, access: [] })
    expect((await scene.file(confidential.paperId, { cookie: scene.cookies.binh, headers: etag })).status).toBe(404)
    await scene.send('lan', 'agenda:changeItem', { itemId: scene.confidentialItem, access: ['binh'] })
  })

  test.each(['access', 'session'] as const)('loses a running transfer with the %s', async lost => {
    const scan = await scanPdf({ pages: 10, bytes: 16_000_000, seed: 3 })
    const paper = (await (await scene.post(scan, { itemId: scene.confidentialItem })).json() as UploadAnswer).paper
    const cookie = await scene.hub.signIn('binh')
    const reading = slowDownload(scene, paper.paperId, cookie)
    await reading.begun
    if (lost === 'access') await scene.send('lan', 'agenda:changeItem', { itemId: scene.confidentialItem, access: [] })
    else await scene.hub.request('/api/session', { method: 'DELETE', cookie })
    const began = performance.now()
    expect(await reading.ended).toBeLessThan(scan.length)
    expect(performance.now() - began).toBeLessThan(10_000)
    if (lost === 'access') await scene.send('lan', 'agenda:changeItem', { itemId: scene.confidentialItem, access: ['binh'] })
  })
})

test('a download is in the audit record once an hour, without the paper’s title', async () => {
  const paper = (await (await scene.post(await textPdf({ pages: 1, seed: 8 }), { name: 'Tên riêng.pdf' })).json() as UploadAnswer).paper
  const before = (await audited()).length
  for (const headers of [{}, { range: 'bytes=0-99' }, { range: 'bytes=100-199' }] as Record<string, string>[]) await body(await scene.file(paper.paperId, { cookie: scene.cookies.chi, headers }))
  await body(await scene.file(paper.paperId, { cookie: scene.cookies.binh, headers: { range: 'bytes=100-199' } }))
  const entries = await audited()
  expect(entries.length).toBe(before + 2)
  expect(entries[0]).toMatchObject({ by: 'binh', data: { about: paper.paperId } })
  expect(entries[1]).toMatchObject({ by: 'chi', data: { about: paper.paperId, meetingId: scene.meetingId } })
  expect(JSON.stringify(entries.slice(0, 2))).not.toContain('Tên riêng')
})

/** Reads as over a line of some 2 MB/s, so that the transfer lasts until the hub cuts it. Answers how many bytes came in all. */
function slowDownload({ hub, meetingId }: PaperScene, paperId: string, cookie: string): { begun: Promise<void>; ended: Promise<number> } {
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
  const ended = new Promise<number>((resolve, reject) => {
    let received = 0
    const request = httpRequest(`${hub.url}/api/meetings/${meetingId}/papers/${paperId}/file`, { headers: { cookie } }, response => {
      response.on('data', (part: Buffer) => {
        received += part.length
        begin()
        response.pause()
        setTimeout(() => response.resume(), 30)
      })
      response.on('close', () => resolve(received))
    })
    request.on('error', error => (received > 0 ? resolve(received) : reject(error)))
    request.end()
  })
  return { begun, ended }
}
