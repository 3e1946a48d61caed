import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import type { PackagePaper } from '../../../shared/contracts/http/package.ts'
import { Beside } from '../../../client/offline/beside.ts'

/** A device's storage, in memory. */
class Chunks {
  readonly stored = new Map<string, Uint8Array<ArrayBuffer>>()
  full = false
  async writeChunk(sha256: string, index: number, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    if (this.full) throw new DOMException('full', 'QuotaExceededError')
    this.stored.set(`${sha256} ${index}`, bytes)
  }
  async readChunk(sha256: string, index: number): Promise<Uint8Array<ArrayBuffer> | null> { return this.stored.get(`${sha256} ${index}`) ?? null }
  async forgetFile(sha256: string): Promise<void> {
    for (const key of this.stored.keys()) if (key.startsWith(`${sha256} `)) this.stored.delete(key)
  }
}

let server: Server
const ready = { state: 'ready', blocks: [], outline: [] }
const signal = new AbortController().signal

afterEach(async () => {
  vi.useRealTimers()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

/** A hub that answers with what `answer` says, and notes what it was asked for. */
async function hub(answer: (path: string) => { status?: number; body: string } | Promise<{ status?: number; body: string }>) {
  const asked: string[] = []
  server = createServer((request, response) => {
    asked.push(request.url ?? '')
    void Promise.resolve(answer(request.url ?? '')).then(({ status = 200, body }) => response.writeHead(status).end(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/meetings/m/papers/p/file?version=2`
  const paper = { paperId: 'p', sha256: 'sha', address, size: 1, pages: 1, version: 2, itemId: 'i', title: 'T', earlier: [] } as PackagePaper
  return { asked, paper }
}
const events = () => ({ onFull: vi.fn(), onAgain: vi.fn() })

test('the text comes first, then the picture, each of the paper’s own version, and then nothing', async () => {
  const { asked, paper } = await hub((path) => ({ body: path.includes('contents') ? JSON.stringify(ready) : 'picture' }))
  const chunks = new Chunks()
  const beside = new Beside(chunks, new Map(), events())
  for (let turn = 0; turn < 2; turn++) await beside.next(paper, new Set())?.bring(signal)
  expect(asked).toEqual(['/api/meetings/m/papers/p/contents?version=2', '/api/meetings/m/papers/p/pages/1/picture?width=screen&version=2'])
  expect(beside.next(paper, new Set())).toBeNull()
  expect(await beside.contents('sha')).toEqual(ready)
  expect(await (await beside.picture('sha'))?.text()).toBe('picture')
  // Found again after the page was closed.
  expect(new Beside(chunks, new Map([['sha', [-1, -2]]]), events()).next(paper, new Set())).toBeNull()
})

test('what the hub is still reading is asked for again later, and other things are brought meanwhile', async () => {
  const answers = ['making', 'ready']
  const { asked, paper } = await hub((path) => ({ body: path.includes('contents') ? JSON.stringify({ ...ready, state: answers.shift() }) : 'picture' }))
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const told = events()
  const beside = new Beside(new Chunks(), new Map(), told)
  await beside.next(paper, new Set())?.bring(signal)
  await beside.next(paper, new Set())?.bring(signal)
  expect([beside.has('sha', 'contents'), beside.has('sha', 'picture'), beside.next(paper, new Set())]).toEqual([false, true, null])
  vi.advanceTimersByTime(3000)
  expect(told.onAgain).toHaveBeenCalledOnce()
  await beside.next(paper, new Set())?.bring(signal)
  expect([beside.has('sha', 'contents'), asked.length]).toEqual([true, 3])
})

test('what was on its way when the paper was withdrawn is not kept', async () => {
  let go = (): void => {}
  const { asked, paper } = await hub(async () => {
    await new Promise<void>((resolve) => { go = resolve })
    return { body: JSON.stringify(ready) }
  })
  const chunks = new Chunks()
  const beside = new Beside(chunks, new Map(), events())
  const bringing = beside.next(paper, new Set())?.bring(signal)
  await vi.waitFor(() => expect(asked).toHaveLength(1))
  beside.keepOnly(new Set())
  go()
  await bringing
  expect([chunks.stored.size, beside.has('sha', 'contents')]).toEqual([0, false])
})

test('a device without room is told of, and a page that cannot be drawn is asked for three times', async () => {
  const { asked, paper } = await hub((path) => (path.includes('contents') ? { body: JSON.stringify(ready) } : { status: 404, body: '{}' }))
  const chunks = new Chunks()
  chunks.full = true
  const told = events()
  const beside = new Beside(chunks, new Map(), told)
  await beside.next(paper, new Set())?.bring(signal)
  expect(told.onFull).toHaveBeenCalledOnce()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  for (let time = 0; time < 3; time++) {
    await beside.next(paper, new Set())?.bring(signal)
    vi.advanceTimersByTime(60_000)
  }
  expect([beside.next(paper, new Set()), chunks.stored.size, asked.length]).toEqual([null, 0, 4])
})
