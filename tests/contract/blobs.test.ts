import { createHash, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { BlobTooLarge, UnknownBlob, type Store } from '../../server/store/port.ts'
import { adapters, collect, type Place } from './adapters.ts'

const FAR_AHEAD = Date.now() + 3_600_000
const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex')
/** In pieces of uneven size, as they come from a network. */
function streamOf(content: Buffer): Readable {
  return Readable.from((function* () {
    for (let at = 0, size = 1; at < content.length; at += size, size = 1 + ((size * 7919) % 65_536)) yield content.subarray(at, at + size)
  })())
}

describe.each(adapters())('blobs: $name', adapter => {
  let place: Place
  let store: Store
  const read = async (...query: Parameters<Store['blobs']['open']>) => Buffer.concat(await collect(store.blobs.open(...query)))

  beforeAll(async () => {
    place = adapter.makePlace()
    store = await place.open()
  })
  beforeEach(async () => {
    for await (const blob of store.blobs.list(FAR_AHEAD)) await store.blobs.remove(blob.sha256)
  })
  afterAll(async () => {
    await store.close()
    await place.forget()
  })

  test.each([0, 1, 1_000, 261_120, 700_001])('a blob of %i bytes is kept under its hash', async size => {
    const content = randomBytes(size)
    const info = await store.blobs.put(streamOf(content))
    expect(info).toEqual({ sha256: sha256(content), size })
    expect(await store.blobs.stat(info.sha256)).toEqual(info)
    expect((await read(info.sha256)).equals(content)).toBe(true)
  })

  test('ranges are inclusive and clipped to the end', async () => {
    const content = randomBytes(600_000)
    const { sha256: id } = await store.blobs.put(streamOf(content))
    for (const [start, end] of [[0, 0], [0, 599_999], [10, 19], [261_119, 261_120], [599_999, 599_999], [599_990, 700_000]] as const) {
      expect((await read(id, { start, end })).equals(content.subarray(start, end + 1))).toBe(true)
    }
    expect(await read(id, { start: 600_000, end: 600_010 })).toHaveLength(0)
  })

  test('the same bytes again are the same blob, also when both come at once', async () => {
    const content = randomBytes(300_000)
    const infos = await Promise.all([1, 2, 3].map(() => store.blobs.put(streamOf(content))))
    infos.push(await store.blobs.put(streamOf(content)))
    expect(new Set(infos.map(info => info.sha256)).size).toBe(1)
    expect(await collect(store.blobs.list(FAR_AHEAD))).toEqual([infos[0]])
    expect((await read(infos[0]!.sha256)).equals(content)).toBe(true)
    await store.blobs.remove(infos[0]!.sha256)
    expect(await store.blobs.stat(infos[0]!.sha256)).toBeNull()
  })

  test('the limit is the last byte that fits; beyond it nothing stays', async () => {
    const content = randomBytes(500_000)
    await expect(store.blobs.put(streamOf(content), { limit: 499_999 })).rejects.toThrow(BlobTooLarge)
    expect(await store.blobs.stat(sha256(content))).toBeNull()
    expect(await leftovers(store, place)).toEqual([])
    expect((await store.blobs.put(streamOf(content), { limit: 500_000 })).size).toBe(500_000)
  })

  test('a stream that breaks off leaves nothing, and its own error is told', async () => {
    const content = randomBytes(900_000)
    const broken = Readable.from((function* () {
      yield content.subarray(0, 800_000)
      throw new Error('the line went dead')
    })())
    await expect(store.blobs.put(broken)).rejects.toThrow('the line went dead')
    const destroyed = streamOf(content)
    destroyed.once('data', () => destroyed.destroy())
    await expect(store.blobs.put(destroyed)).rejects.toThrow()
    expect(await collect(store.blobs.list(FAR_AHEAD))).toEqual([])
    expect(await leftovers(store, place)).toEqual([])
  })

  test('what is not there is unknown, and what is no hash too', async () => {
    for (const id of ['0'.repeat(64), '../../etc/passwd', '', 'A'.repeat(64), `${'0'.repeat(64)}/..`]) {
      expect(await store.blobs.stat(id)).toBeNull()
      await expect(read(id)).rejects.toThrow(UnknownBlob)
      await store.blobs.remove(id)
    }
  })

  test('a blob that is removed while it is read is read to its end or fails, never cut short silently', async () => {
    const content = randomBytes(2_000_000)
    const { sha256: id } = await store.blobs.put(streamOf(content))
    const reading = store.blobs.open(id)
    await new Promise(resolve => reading.once('readable', resolve))
    await store.blobs.remove(id)
    const got = await collect(reading).then(chunks => Buffer.concat(chunks), (error: Error) => error)
    if (Buffer.isBuffer(got)) expect(got.equals(content)).toBe(true)
    expect(await store.blobs.stat(id)).toBeNull()
  })

  test('the list gives what was last stored before a moment, and storing again makes young', async () => {
    const content = randomBytes(1_000)
    const info = await store.blobs.put(streamOf(content))
    expect(await collect(store.blobs.list(Date.now() - 60_000))).toEqual([])
    expect(await collect(store.blobs.list(FAR_AHEAD))).toEqual([info])
    await waitUntilLater(Date.now())
    const between = Date.now()
    await waitUntilLater(between)
    expect(await collect(store.blobs.list(between))).toEqual([info])
    await store.blobs.put(streamOf(content))
    expect(await collect(store.blobs.list(between))).toEqual([])
  })
})

/** The clock has moved on from `moment`; file times are kept in milliseconds. */
async function waitUntilLater(moment: number): Promise<void> {
  while (Date.now() < moment + 15) await new Promise(resolve => setImmediate(resolve))
}

/** What an upload that failed has left where the adapter keeps its bytes. */
async function leftovers(store: Store, place: Place): Promise<unknown[]> {
  if (store.kind === 'sqlite' && 'dataDir' in place.address) {
    const { readdirSync } = await import('node:fs')
    return readdirSync(`${place.address.dataDir}/blobs/incoming`)
  }
  const { MongoClient } = await import('mongodb')
  const client = await MongoClient.connect((place.address as { mongodbUrl: string }).mongodbUrl)
  try {
    return [...(await client.db().collection('blobs.chunks').find().toArray()), ...(await client.db().collection('blobs.files').find().toArray())]
  } finally {
    await client.close()
  }
}
