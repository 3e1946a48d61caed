import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { keepLocally } from '../../../client/collab/keeping.ts'
import type { LocalDocuments } from '../../../client/collab/localDocuments.ts'

/** A device in memory that may be slow, or refuse. */
class Device implements LocalDocuments {
  updates: Uint8Array[] = []
  writes = 0
  refuses = false
  async load(): Promise<Uint8Array[]> { return [...this.updates] }
  async append(_name: string, update: Uint8Array): Promise<void> {
    await this.#write()
    this.updates.push(update)
  }
  async compact(_name: string, state: Uint8Array): Promise<void> {
    await this.#write()
    this.updates = [state]
  }
  async unsent(): Promise<void> {}
  async #write(): Promise<void> {
    this.writes += 1
    await new Promise((resolve) => setTimeout(resolve, 20))
    if (this.refuses) throw new DOMException('full', 'QuotaExceededError')
  }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const strokesOf = (doc: Y.Doc) => doc.getArray<number>('strokes')
async function keptBy(device: Device): Promise<number[]> {
  const doc = new Y.Doc()
  const { loaded } = keepLocally(doc, 'a', device)
  await vi.advanceTimersByTimeAsync(0)
  await loaded
  return strokesOf(doc).toArray()
}

test('is called kept only when everything is; what came during one writing is written together in the next', async () => {
  const device = new Device()
  const doc = new Y.Doc()
  const told: string[] = []
  const keeping = keepLocally(doc, 'a', device, () => told.push(keeping.standing))
  await vi.advanceTimersByTimeAsync(0)
  for (let number = 0; number < 300; number++) strokesOf(doc).push([number])
  expect(keeping.standing).toBe('keeping')
  await vi.advanceTimersByTimeAsync(1000)
  expect([keeping.standing, told, device.writes]).toEqual(['kept', ['kept'], 2])
  expect(await keptBy(device)).toEqual(Array.from({ length: 300 }, (_, number) => number))
})

test('a device that refuses is asked again with all of it', async () => {
  const device = new Device()
  const doc = new Y.Doc()
  const keeping = keepLocally(doc, 'a', device)
  await vi.advanceTimersByTimeAsync(0)
  device.refuses = true
  strokesOf(doc).push([1])
  await vi.advanceTimersByTimeAsync(100)
  expect(keeping.standing).toBe('refused')
  device.refuses = false
  strokesOf(doc).push([2])
  await vi.advanceTimersByTimeAsync(100)
  expect(keeping.standing).toBe('kept')
  device.refuses = true
  strokesOf(doc).push([3])
  await vi.advanceTimersByTimeAsync(100)
  device.refuses = false
  await vi.advanceTimersByTimeAsync(10_000)
  expect(keeping.standing).toBe('kept')
  expect(await keptBy(device)).toEqual([1, 2, 3])
})

test('what is waiting is written although the document has been closed', async () => {
  const device = new Device()
  const doc = new Y.Doc()
  const keeping = keepLocally(doc, 'a', device)
  await vi.advanceTimersByTimeAsync(0)
  for (const number of [1, 2, 3]) strokesOf(doc).push([number])
  keeping.stop()
  doc.destroy()
  await vi.advanceTimersByTimeAsync(1000)
  expect(await keptBy(device)).toEqual([1, 2, 3])
})

test('a page that is opened again at once finds what the one before it is still writing', async () => {
  const device = new Device()
  const left = new Y.Doc()
  const keeping = keepLocally(left, 'again', device)
  await keeping.loaded
  strokesOf(left).push([1])
  await vi.advanceTimersByTimeAsync(1)
  // Waits until the first is written.
  strokesOf(left).push([2])
  keeping.stop()
  left.destroy()
  const doc = new Y.Doc()
  const { loaded } = keepLocally(doc, 'again', device)
  strokesOf(doc).push([3])
  await vi.advanceTimersByTimeAsync(100)
  expect(await loaded).toBe(true)
  expect([...strokesOf(doc).toArray()].sort()).toEqual([1, 2, 3])
  await vi.advanceTimersByTimeAsync(100)
  expect([...(await keptBy(device))].sort()).toEqual([1, 2, 3])
})
