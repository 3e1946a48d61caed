import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Fetching, type Fetched, type Taken } from '../../../client/offline/fetching.ts'
import { chunkBytes, PaperFile } from '../../../client/offline/paperFile.ts'
import { bytesOf } from '../../support/papers/random.ts'

/** A device's storage, in memory. */
class Chunks {
  readonly stored = new Map<string, Uint8Array<ArrayBuffer>>()
  full = false
  async writeChunk(sha256: string, index: number, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    if (this.full) throw new DOMException('full', 'QuotaExceededError')
    this.stored.set(`${sha256} ${index}`, bytes)
  }
  async readChunk(sha256: string, index: number): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.stored.get(`${sha256} ${index}`) ?? null
  }
}

const events = () => ({ onKept: vi.fn(), onFull: vi.fn(), onBusy: vi.fn() })

describe('a file in chunks', () => {
  const size = chunkBytes * 3 + 1000
  const bytes = bytesOf(size, 7)

  test('keeps what arrives in any order and any pieces, and reads it back', async () => {
    const file = new PaperFile(new Chunks(), 'a', size, [], events())
    for (const [begin, end] of [[chunkBytes * 3, size], [100, chunkBytes + 5], [0, 100], [chunkBytes + 5, chunkBytes * 3]] as const) file.arrived(begin, bytes.subarray(begin, end))
    await file.stored
    expect([file.complete, file.bytes]).toEqual([true, size])
    expect(await file.read(10, size)).toEqual(bytes.subarray(10, size))
    expect(file.missing(1)).toBeNull()
  })

  test('says how far nothing is kept, so that the network is asked for that alone', async () => {
    const file = new PaperFile(new Chunks(), 'a', size, [], events())
    expect(await file.read(0, size)).toBe(size)
    file.arrived(chunkBytes * 2, bytes.subarray(chunkBytes * 2, chunkBytes * 3))
    await file.stored
    expect(await file.read(0, size)).toBe(chunkBytes * 2)
    expect(await file.read(chunkBytes * 2 + 7, size)).toEqual(bytes.subarray(chunkBytes * 2 + 7, chunkBytes * 3))
    expect(file.missing(1e9)).toEqual({ begin: 0, end: chunkBytes * 2 })
  })

  test('goes on where it was broken off, within a chunk too', async () => {
    const file = new PaperFile(new Chunks(), 'a', size, [], events())
    file.arrived(0, bytes.subarray(0, chunkBytes + 300))
    await file.stored
    expect(file.missing(1000)).toEqual({ begin: chunkBytes + 300, end: chunkBytes + 1300 })
  })

  test('does not keep what the device refuses, and says so', async () => {
    const chunks = new Chunks()
    chunks.full = true
    const told = events()
    const file = new PaperFile(chunks, 'a', size, [], told)
    file.arrived(0, bytes)
    await file.stored
    expect(told.onFull).toHaveBeenCalled()
    expect([file.complete, file.bytes]).toEqual([false, 0])
  })

  test('a chunk that the device has lost is missing again', async () => {
    const chunks = new Chunks()
    const file = new PaperFile(chunks, 'a', size, [0, 1, 2, 3], events())
    expect(await file.read(0, 10)).toBe(10)
    expect(file.missing(chunkBytes)).toEqual({ begin: 0, end: chunkBytes })
  })
})

describe('fetching', () => {
  let server: Server
  let fetching: Fetching | null = null
  afterEach(async () => {
    fetching?.end()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  /** A hub that has `files` and tells which ranges it was asked for; `serve` may break an answer off after so many bytes. */
  async function hub(files: Record<string, Uint8Array>, cutAfter: (asked: number) => number | null = () => null) {
    const asked: { name: string; begin: number; end: number }[] = []
    let sent = 0
    server = createServer((request, response) => {
      const name = (request.url ?? '').slice(1)
      const bytes = files[name] as Uint8Array
      const [, from = '0', to = '0'] = /bytes=(\d+)-(\d+)/u.exec(request.headers.range ?? '') ?? []
      const [begin, end] = [Number(from), Number(to) + 1]
      asked.push({ name, begin, end })
      const cut = cutAfter(asked.length)
      response.writeHead(206, { etag: `"${name}"`, 'content-length': end - begin, 'content-range': `bytes ${begin}-${end - 1}/${bytes.length}` })
      const part = bytes.subarray(begin, cut === null ? end : Math.min(end, begin + cut))
      sent += part.length
      const answer = () => response.write(part, () => (cut === null ? response.end() : response.destroy()))
      // After a good beginning the line becomes poor.
      if (name.startsWith('slow') && asked.length > 2) setTimeout(answer, 900)
      else answer()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return { asked, sent: () => sent, url: (name: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}` }
  }

  function fetchAll(files: PaperFile[], url: (name: string) => string) {
    const next = (taken: Taken): Fetched | null => {
      const file = files.find((one) => !one.complete && !taken.has(one) && one.missing(1))
      return file ? { file, address: url(file.sha256) } : null
    }
    const told = { onChange: vi.fn(), onRefused: vi.fn() }
    fetching = new Fetching(next, told)
    return told
  }

  test('brings the files in the order of the queue', async () => {
    const contents = { a: bytesOf(300_000, 1), b: bytesOf(100, 2), c: bytesOf(500_000, 3) }
    const { asked, url } = await hub(contents)
    const chunks = new Chunks()
    const files = Object.entries(contents).map(([name, bytes]) => new PaperFile(chunks, name, bytes.length, [], events()))
    fetchAll(files, url)
    fetching?.allow(true)
    await vi.waitFor(() => expect(files.every(({ complete }) => complete)).toBe(true), 15_000)
    expect(asked[0]).toMatchObject({ name: 'a', begin: 0 })
    expect([...new Set(asked.map(({ name }) => name))]).toEqual(['a', 'b', 'c'])
    for (const file of files) expect(await whole(file)).toEqual(contents[file.sha256 as keyof typeof contents])
  })

  test('after a break goes on where the answer ended; no byte comes twice', async () => {
    const bytes = bytesOf(400_000, 4)
    const { asked, sent, url } = await hub({ a: bytes }, (count) => (count === 2 ? 70_001 : null))
    const file = new PaperFile(new Chunks(), 'a', bytes.length, [], events())
    fetchAll([file], url)
    fetching?.allow(true)
    await vi.waitFor(() => expect(file.complete).toBe(true), 15_000)
    expect(sent()).toBe(bytes.length)
    expect(asked[2]?.begin).toBe((asked[1]?.begin ?? 0) + 70_001)
    expect(await whole(file)).toEqual(bytes)
  })

  test('goes on alone when the line has become poor while two files came at once', async () => {
    const contents = { a: bytesOf(100, 1), slow: bytesOf(700_000, 2) }
    const { url } = await hub(contents)
    const chunks = new Chunks()
    const files = Object.entries(contents).map(([name, bytes]) => new PaperFile(chunks, name, bytes.length, [], events()))
    fetchAll(files, url)
    fetching?.allow(true)
    await vi.waitFor(() => expect(files.every(({ complete }) => complete)).toBe(true), 15_000)
  })

  test('asks for nothing while the line is needed, and goes on afterwards', async () => {
    const bytes = bytesOf(2_000_000, 5)
    const { asked, url } = await hub({ a: bytes })
    const file = new PaperFile(new Chunks(), 'a', bytes.length, [], events())
    const told = fetchAll([file], url)
    expect(asked).toEqual([])
    // Stopped by the very news that something came, or all of it may be there before anybody looks.
    told.onChange.mockImplementationOnce(() => fetching?.allow(false))
    fetching?.allow(true)
    await vi.waitFor(() => expect(told.onChange).toHaveBeenCalled(), 15_000)
    const [before, held] = [asked.length, file.bytes]
    expect(held).toBeLessThan(bytes.length)
    fetching?.allow(true)
    await vi.waitFor(() => expect(file.complete).toBe(true), 15_000)
    expect(asked.length).toBeGreaterThan(before)
  })

  test('a file that is not the one on the list is refused, not kept', async () => {
    const { url } = await hub({ other: bytesOf(1000, 6) })
    const file = new PaperFile(new Chunks(), 'a', 1000, [], events())
    const next = (taken: Taken) => (taken.has(file) ? null : { file, address: url('other') })
    const told = { onChange: vi.fn(), onRefused: vi.fn() }
    fetching = new Fetching(next, told)
    fetching.allow(true)
    await vi.waitFor(() => expect(told.onRefused).toHaveBeenCalledWith(206), 15_000)
    expect(file.bytes).toBe(0)
  })
})

async function whole(file: PaperFile): Promise<Uint8Array> {
  const bytes = new Uint8Array(file.size)
  for (let at = 0; at < file.size;) {
    const part = await file.read(at, file.size)
    if (typeof part === 'number') throw new Error(`nothing is kept from ${at} on`)
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
