import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LARGEST_VALUE, ValueTooLarge, type Store } from '../../server/store/port.ts'
import { adapters, type Place } from './adapters.ts'

const bytes = (...values: number[]) => new Uint8Array(values)

describe.each(adapters())('collab: $name', adapter => {
  let place: Place
  let store: Store
  let documentId = ''
  let made = 0
  const newDocument = () => (documentId = `meeting/1/minutes-${++made}`)
  const load = async () => (await store.collab.load(documentId)).updates.map(update => [...update])

  beforeAll(async () => {
    place = adapter.makePlace()
    store = await place.open()
  })
  afterAll(async () => {
    await store.close()
    await place.forget()
  })

  test('a document nobody wrote to is empty', async () => {
    newDocument()
    expect((await store.collab.load(documentId)).updates).toEqual([])
  })

  test('updates come back in order, byte for byte, also those sent at once', async () => {
    newDocument()
    await Promise.all(Array.from({ length: 40 }, (_, index) => store.collab.append(documentId, bytes(index, 0, 255))))
    await store.collab.append(documentId, bytes())
    expect(await load()).toEqual([...Array.from({ length: 40 }, (_, index) => [index, 0, 255]), []])
  })

  test('compacting replaces what was loaded; updates that arrived in between stay, after the state', async () => {
    newDocument()
    for (const value of [1, 2, 3]) await store.collab.append(documentId, bytes(value))
    const { upTo } = await store.collab.load(documentId)
    await Promise.all([4, 5].map(value => store.collab.append(documentId, bytes(value))))
    await store.collab.compact(documentId, upTo, bytes(123))
    expect(await load()).toEqual([[123], [4], [5]])
    await store.collab.append(documentId, bytes(6))
    await store.collab.compact(documentId, (await store.collab.load(documentId)).upTo, bytes(200))
    await store.collab.append(documentId, bytes(7))
    expect(await load()).toEqual([[200], [7]])
  })

  test('nothing is lost when appends and compactions run against each other', async () => {
    newDocument()
    let sent = 0
    const writing = (async () => {
      while (sent < 120) await store.collab.append(documentId, bytes(sent++))
    })()
    let rounds = 0
    while (sent < 120) {
      const { updates, upTo } = await store.collab.load(documentId)
      const state = updates.flatMap(update => [...update])
      if (updates.length > 1) await store.collab.compact(documentId, upTo, new Uint8Array(state))
      rounds++
    }
    await writing
    expect(rounds).toBeGreaterThan(1)
    expect((await load()).flat()).toEqual(Array.from({ length: 120 }, (_, index) => index))
  })

  test('a compaction that comes too late changes nothing', async () => {
    newDocument()
    await store.collab.append(documentId, bytes(1))
    const early = await store.collab.load(documentId)
    await store.collab.append(documentId, bytes(2))
    await store.collab.compact(documentId, (await store.collab.load(documentId)).upTo, bytes(12))
    await store.collab.compact(documentId, early.upTo, bytes(1))
    expect(await load()).toEqual([[12]])
    await store.collab.remove(documentId)
    expect(await load()).toEqual([])
    await store.collab.append(documentId, bytes(9))
    await store.collab.compact(documentId, early.upTo, bytes(1))
    expect(await load()).toEqual([[9]])
  })

  test('documents do not mix, and removing one leaves the others', async () => {
    const first = newDocument()
    await store.collab.append(first, bytes(1))
    newDocument()
    await store.collab.append(documentId, bytes(2))
    await store.collab.remove(first)
    expect(await load()).toEqual([[2]])
  })

  test('1 MB fits, more than the limit does not', async () => {
    newDocument()
    const large = new Uint8Array(1024 * 1024).fill(7)
    await store.collab.append(documentId, large)
    expect((await store.collab.load(documentId)).updates[0]).toEqual(large)
    const tooLarge = new Uint8Array(LARGEST_VALUE + 1)
    await expect(store.collab.append(documentId, tooLarge)).rejects.toThrow(ValueTooLarge)
    await expect(store.collab.compact(documentId, 1, tooLarge)).rejects.toThrow(ValueTooLarge)
  })
})
