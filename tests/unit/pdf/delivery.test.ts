import { afterEach, expect, test } from 'vitest'
import { keepPapersIn } from '../../../client/pdf/keptPapers.ts'
import { PaperDelivery, type PaperRefused } from '../../../client/pdf/delivery.ts'
import { random } from '../../support/papers/random.ts'
import { serveFiles, type FileServer } from '../../support/fileServer.ts'

const chance = random(7)
const paper = Buffer.from(Uint8Array.from({ length: 3_000_000 }, () => chance.below(256)))
const running: { server: FileServer; delivery: PaperDelivery }[] = []

// The browser's own event, which tells of a network that is back: there is none in Node.
Object.assign(globalThis, { addEventListener: () => {}, removeEventListener: () => {} })

afterEach(async () => {
  keepPapersIn(() => null)
  for (const { server, delivery } of running.splice(0)) {
    delivery.stop()
    await server.close()
  }
})

async function deliver(size = paper.length) {
  const server = await serveFiles({ folders: {}, papers: { 'a.pdf': paper } })
  const told = { loaded: 0, stalls: [] as boolean[], refused: [] as number[] }
  const delivery = new PaperDelivery(`${server.origin}/papers/a.pdf`, size, {
    onProgress: loaded => { told.loaded = loaded },
    onStall: stalled => { if (told.stalls.at(-1) !== stalled) told.stalls.push(stalled) },
    onRefused: (refusal: PaperRefused) => { told.refused.push(refusal.status) },
  })
  running.push({ server, delivery })
  return { server, delivery, told }
}

const same = (bytes: Uint8Array, begin: number): boolean => Buffer.from(bytes).equals(paper.subarray(begin, begin + bytes.length))

test('both ends of the file are asked for before anyone wants them, and wanted parts arrive as they are', async () => {
  const { server, delivery } = await deliver()
  delivery.fetchTail()
  delivery.fetchHead()
  const parts = await Promise.all([[0, 1000], [2_990_000, 3_000_000], [1_000_000, 1_065_536], [1_065_536, 1_131_072]].map(async ([begin, end]) =>
    [begin as number, await delivery.want(begin as number, end as number)] as const))
  for (const [begin, bytes] of parts) expect(same(bytes, begin)).toBe(true)
  // Two ends and one request for the two parts that touch.
  expect(server.requests).toHaveLength(3)
})

test('the rest comes in order, each byte once, and what was fetched before is not fetched again', async () => {
  const { server, delivery, told } = await deliver()
  delivery.fetchTail()
  delivery.fetchHead()
  await delivery.want(2_000_000, 2_100_000)
  const got: Uint8Array[] = []
  await delivery.fetchRest(65_536, bytes => got.push(bytes))
  expect(Buffer.concat(got).equals(paper)).toBe(true)
  for (const bytes of got.slice(0, -1)) expect(bytes.length % 65_536).toBe(0)
  expect(server.sent.get('a.pdf')).toBe(paper.length)
  expect(told.loaded).toBe(paper.length)
})

test('what is wanted while the rest is coming does not wait for it', async () => {
  const { server, delivery } = await deliver()
  server.speed = 1_500_000
  delivery.fetchTail()
  delivery.fetchHead()
  const order: string[] = []
  const all = delivery.fetchRest(65_536, () => {}).then(() => order.push('all'))
  await delivery.want(2_500_000, 2_565_536).then(bytes => {
    expect(same(bytes, 2_500_000)).toBe(true)
    order.push('wanted')
  })
  server.speed = null
  await all
  expect(order).toEqual(['wanted', 'all'])
})

test('what is wanted where the rest has just come to is fetched once, though it comes in parts', async () => {
  const { server, delivery } = await deliver()
  server.speed = 3_000_000
  delivery.fetchTail()
  delivery.fetchHead()
  const all = delivery.fetchRest(65_536, () => {})
  const pages = Array.from({ length: 8 }, (_, page) => 262_144 + page * 196_608)
  for (const begin of pages) expect(same(await delivery.want(begin, begin + 196_608), begin)).toBe(true)
  server.speed = null
  await all
  expect(server.sent.get('a.pdf')).toBe(paper.length)
})

test('a cut line is told, and everything still arrives when it is back', async () => {
  const { server, delivery, told } = await deliver()
  server.speed = 2_000_000
  delivery.fetchTail()
  delivery.fetchHead()
  await delivery.want(0, 65_536)
  const wanted = delivery.want(1_500_000, 1_600_000)
  server.cut = true
  await expect.poll(() => told.stalls.at(-1), { timeout: 10_000 }).toBe(true)
  server.cut = false
  server.speed = null
  expect(same(await wanted, 1_500_000)).toBe(true)
  expect(told.stalls.at(-1)).toBe(false)
})

test('a refusal ends the delivery and is told once with its status', async () => {
  const { server, delivery, told } = await deliver()
  server.refuse = 403
  delivery.fetchTail()
  delivery.fetchHead()
  await expect.poll(() => told.refused, { timeout: 10_000 }).toContain(403)
  const asked = server.requests.length
  void delivery.want(1_000_000, 1_100_000)
  await new Promise(resolve => setTimeout(resolve, 50))
  expect(server.requests.length).toBe(asked)
})

test('a file of another size is not taken for the paper', async () => {
  const { delivery, told } = await deliver(paper.length + 1)
  delivery.fetchTail()
  delivery.fetchHead()
  await expect.poll(() => told.refused[0], { timeout: 10_000 }).toBe(0)
})

test('a network that swallows what is sent does not keep the reader waiting for what a store has that opens later', async () => {
  const { server, delivery, told } = await deliver()
  server.speed = 10
  delivery.fetchTail()
  const wanted = delivery.want(1_500_000, 1_600_000)
  await expect.poll(() => server.requests.length, { timeout: 10_000 }).toBe(2)
  keepPapersIn(() => ({
    read: (begin, end) => Promise.resolve(new Uint8Array(paper.subarray(begin, Math.min(end, begin + 50_000)))),
    arrived: () => {},
    busy: () => {},
  }))
  expect(same(await wanted, 1_500_000)).toBe(true)
  expect([server.requests.length, told.stalls]).toEqual([2, []])
})

test('what a store has behind a hole is not kept waiting for the hole', async () => {
  const { server, delivery } = await deliver()
  server.speed = 10
  const hole = paper.length - 120_000
  keepPapersIn(() => ({
    read: (begin, end) => Promise.resolve(begin < hole ? Math.min(end, hole) : new Uint8Array(paper.subarray(begin, Math.min(end, begin + 50_000)))),
    arrived: () => {},
    busy: () => {},
  }))
  delivery.fetchTail()
  expect(same(await delivery.want(paper.length - 65_536, paper.length), paper.length - 65_536)).toBe(true)
  await expect.poll(() => server.requests.length).toBe(1)
})
