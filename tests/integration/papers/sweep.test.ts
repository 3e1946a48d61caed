import { randomUUID } from 'node:crypto'
import { readdir, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, expect, test, vi } from 'vitest'
import type { UploadAnswer } from '../../../shared/contracts/http/papers.ts'
import { recordId, type PaperRecord } from '../../../server/papers/records.ts'
import { onePage } from '../../support/papers/broken.ts'
import { paperScene, type PaperScene } from './scene.ts'

const day = 24 * 60 * 60_000
let scene: PaperScene
let clock = 0
afterEach(() => scene.hub.stop())

/** A hub whose clock can be moved on. Blobs and files keep the machine's own time. */
async function open(): Promise<PaperScene> {
  clock = 0
  return paperScene({ now: () => Date.now() + clock })
}
const later = (): void => { clock = day + 60_000 }

test('an upload that nobody continued goes after a day, not before', async () => {
  scene = await open()
  await scene.chunk(Buffer.from('%PDF-1.7'), { uploadId: randomUUID(), offset: 0, size: 1000 })
  await scene.hub.hub.papers.sweep()
  expect((await scene.count()).unfinished).toBe(1)
  later()
  await scene.hub.hub.papers.sweep()
  expect((await scene.count()).unfinished).toBe(0)
})

test('a file that was stored for nothing goes, one that papers use stays', async () => {
  scene = await open()
  await scene.post(await onePage('Văn bản được dùng đến'))
  await scene.hub.hub.store.blobs.put(Readable.from([Buffer.from('không ai dùng')]))
  const before = await scene.count()
  await scene.hub.hub.papers.sweep()
  expect(await scene.count()).toEqual(before)
  later()
  await scene.hub.hub.papers.sweep()
  expect(await scene.count()).toEqual({ ...before, blobs: before.blobs - 1 })
})

test('files of earlier versions stay as long as the paper', async () => {
  scene = await open()
  const first = await (await scene.post(await onePage('Bản thứ nhất'))).json() as UploadAnswer
  const second = await (await scene.post(await onePage('Bản thứ hai'), { replaces: first.paper.paperId })).json() as UploadAnswer
  expect(second.paper).toMatchObject({ paperId: first.paper.paperId, version: 2, title: first.paper.title })
  later()
  await scene.hub.hub.papers.sweep()
  clock = 0
  for (const [version, { sha256 }] of [[1, first.paper], [2, second.paper]] as const) {
    const response = await scene.file(first.paper.paperId, { version })
    expect([response.status, response.headers.get('etag')]).toEqual([200, `"${sha256}"`])
  }
  expect((await scene.file(first.paper.paperId)).headers.get('etag')).toBe(`"${second.paper.sha256}"`)
  expect((await scene.file(first.paper.paperId, { version: 3 })).status).toBe(404)
})

test('a crash between record and fact is undone, one between fact and record is finished', async () => {
  scene = await open()
  const { hub, meetingId } = scene
  const answer = await (await scene.post(await onePage('Đã vào cuộc họp'))).json() as UploadAnswer
  const records = await hub.hub.store.records.collection<PaperRecord>({ name: 'papers', indexes: ['sha256', 'originalSha256', 'meetingId', 'attached'] })
  const known = (await records.get(recordId(meetingId, answer.paper.paperId)))?.value as PaperRecord
  await records.put(recordId(meetingId, known.paperId), { ...known, attached: false })
  const lost = await hub.hub.store.blobs.put(Readable.from([Buffer.from('chưa vào cuộc họp')]))
  const orphan = { ...known, paperId: randomUUID(), sha256: lost.sha256, attached: false }
  await records.put(recordId(meetingId, orphan.paperId), orphan)

  later()
  await hub.hub.papers.sweep()
  expect((await records.find({})).map(({ value }) => [value.paperId, value.attached])).toEqual([[known.paperId, true]])
  expect(await hub.hub.store.blobs.stat(lost.sha256)).toBeNull()
  // Sessions are young again, too.
  clock = 0
  expect((await scene.file(known.paperId)).status).toBe(200)
})

test('a start sweeps by itself', async () => {
  scene = await open()
  await scene.chunk(Buffer.from('%PDF-1.7'), { uploadId: randomUUID(), offset: 0, size: 1000 })
  const folder = join(scene.hub.dataDir, 'uploads')
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) await utimes(join(entry.parentPath, entry.name), new Date(Date.now() - 2 * day), new Date(Date.now() - 2 * day))
  }
  const { startHub } = await import('../../support/hub.ts')
  await scene.hub.hub.close()
  const again = await startHub({ dataDir: scene.hub.dataDir })
  await vi.waitUntil(async () => (await readdir(folder, { recursive: true, withFileTypes: true })).every(entry => !entry.isFile()), { timeout: 5_000 })
  await again.stop()
  scene = await open()
})
