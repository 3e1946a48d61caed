import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { AttachedPaper, ConversionState, UploadState } from '../../../shared/contracts/http/papers.ts'
import { docx, paragraph } from '../../support/papers/office.ts'
import { startHub } from '../../support/hub.ts'
import { officeFolder } from './conversion-scene.ts'
import { paperScene, type PaperScene } from './scene.ts'

const libreOffice = existsSync(join(officeFolder, 'soffice.bin'))
if (!libreOffice) console.log('LibreOffice is not here: uploads of office files are not tried in this run')

const report = docx({ body: paragraph('Báo cáo kinh tế - xã hội tháng 11 năm 2026') })

/** Asks until the upload is over. */
async function over(scene: PaperScene, uploadId: string): Promise<AttachedPaper | { code: string }> {
  return vi.waitUntil(async () => {
    const state = await scene.uploadState(uploadId) as UploadState | { code: string }
    return 'code' in state ? state : state.paper
  }, { timeout: 60_000, interval: 100 })
}

describe.skipIf(!libreOffice)('an office file that is uploaded', () => {
  let scene: PaperScene
  beforeAll(async () => { scene = await paperScene() })
  afterAll(() => scene.hub.stop())

  test('is answered at once, converted by itself, and kept beside its PDF', async () => {
    const uploadId = randomUUID()
    const answer = await (await scene.chunk(report, { uploadId, offset: 0, size: report.length, name: 'Báo cáo tháng 11.docx' })).json() as UploadState
    expect(answer).toMatchObject({ held: report.length, paper: null, stage: expect.stringMatching(/^(waiting|converting)$/) })
    const paper = await over(scene, uploadId)
    expect(paper).toMatchObject({ paperId: uploadId, name: 'Báo cáo tháng 11.pdf', title: 'Báo cáo tháng 11', pages: 1, hasText: true })
    const seen = (await scene.hub.hub.hosts.view(scene.meetingId, 'chi'))?.papers[uploadId]
    expect(seen?.original).toEqual({
      name: 'Báo cáo tháng 11.docx', size: report.length, sha256: expect.any(String), mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    })
    const file = Buffer.from(await (await scene.file(uploadId)).arrayBuffer())
    expect(file.subarray(0, 5).toString()).toBe('%PDF-')
    expect(await scene.count()).toMatchObject({ blobs: 2, records: 1, unfinished: 0 })
  })

  test('in one piece, is answered with its paper', async () => {
    const response = await scene.post(report, { name: 'Tờ trình.DOCX', contentType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' })
    expect((await response.json() as { paper: AttachedPaper }).paper).toMatchObject({ name: 'Tờ trình.pdf', title: 'Tờ trình', pages: 1 })
  })

  test('sent twice at once is one paper', async () => {
    const uploadId = randomUUID()
    const { facts } = await scene.count()
    await Promise.all([1, 2, 3].map(() => scene.chunk(report, { uploadId, offset: 0, size: report.length }).catch(() => null)))
    expect(await over(scene, uploadId)).toMatchObject({ paperId: uploadId })
    expect((await scene.count()).facts).toBe(facts + 1)
  })

  test('that cannot be read leaves its reason, and nothing else', async () => {
    const before = await scene.count()
    const uploadId = randomUUID()
    const broken = docx({ body: '<w:p><w:broken' })
    await scene.chunk(broken, { uploadId, offset: 0, size: broken.length })
    expect(await over(scene, uploadId)).toMatchObject({ code: 'papers.cannotConvert', sentence: expect.stringContaining('PDF') })
    expect(await scene.count()).toEqual(before)
    // The same upload may be tried again with better bytes.
    await scene.chunk(report, { uploadId, offset: 0, size: report.length })
    expect(await over(scene, uploadId)).toMatchObject({ paperId: uploadId })
  })

  test('with macros is shown, and its original is not handed on', async () => {
    const uploadId = randomUUID()
    const macros = docx({ more: [{ name: 'word/vbaProject.bin', data: 'x' }] })
    await scene.chunk(macros, { uploadId, offset: 0, size: macros.length, name: 'Mẫu.docm' })
    expect(await over(scene, uploadId)).toMatchObject({ pages: 1 })
    expect((await scene.hub.hub.hosts.view(scene.meetingId, 'chi'))?.papers[uploadId]?.original).toBeNull()
  })

  test('with a mark of secrecy on its first page is refused', async () => {
    const uploadId = randomUUID()
    const secret = docx({ body: paragraph('TUYỆT MẬT') + paragraph('Kế hoạch') })
    await scene.chunk(secret, { uploadId, offset: 0, size: secret.length })
    expect(await over(scene, uploadId)).toMatchObject({ code: 'papers.secret' })
  })

  test('is taken up again after the hub went down in the middle, and becomes one paper', async () => {
    const first = await paperScene({ dataDir: join(scene.hub.dataDir, 'second') })
    const uploadId = randomUUID()
    const long = docx({ body: paragraph('Báo cáo kinh tế - xã hội tháng 11').repeat(20_000) })
    await first.chunk(long, { uploadId, offset: 0, size: long.length })
    await first.hub.stop()
    const hub = await startHub({ dataDir: first.hub.dataDir })
    const cookie = await hub.signIn('lan')
    const path = `/api/meetings/${first.meetingId}/uploads/${uploadId}`
    const asked = async () => await (await hub.request(path, { cookie })).json() as UploadState
    expect(await asked()).toEqual({ held: long.length, stage: 'arriving', ahead: 0, paper: null })
    const query = new URLSearchParams({ itemId: first.openItem, name: 'Báo cáo.docx', offset: String(long.length), size: String(long.length) })
    await fetch(`${hub.url}${path}?${query}`, { method: 'PUT', headers: { origin: hub.url, cookie, 'content-type': 'application/octet-stream' }, body: '' })
    const paper = await vi.waitUntil(async () => (await asked()).paper, { timeout: 90_000, interval: 100 })
    expect(paper).toMatchObject({ paperId: uploadId })
    expect(Object.keys((await hub.hub.hosts.view(first.meetingId, 'lan'))?.papers ?? {})).toEqual([uploadId])
    await hub.stop()
  })
})

describe('without LibreOffice', () => {
  test('pictures become papers, and office files are refused with what to install', async () => {
    const scene = await paperScene({ config: { officeDir: '/nowhere' } })
    const answer = await (await scene.hub.request('/api/conversion', { cookie: scene.cookies.lan })).json() as ConversionState
    expect(answer).toMatchObject({ office: false, missing: expect.arrayContaining(['libreoffice-writer-nogui', 'libreoffice-calc-nogui', 'libreoffice-impress-nogui']) })
    const picture = await sharp({ create: { width: 600, height: 800, channels: 3, background: '#fff' } }).jpeg().toBuffer()
    const response = await scene.post(picture, { name: 'Ảnh chụp.jpg' })
    expect((await response.json() as { paper: AttachedPaper }).paper).toMatchObject({ name: 'Ảnh chụp.pdf', title: 'Ảnh chụp', pages: 1, hasText: false })
    const refused = await scene.post(report)
    expect(await refused.json()).toMatchObject({ code: 'papers.noConverter', sentence: expect.stringContaining('libreoffice-writer-nogui') })
    await scene.hub.stop()
  })
})
