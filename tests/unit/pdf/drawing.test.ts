import { expect, test, vi } from 'vitest'
import { DrawingQueue, type Drawing } from '../../../client/pdf/drawing.ts'

/** Drawings that end when told to, and a record of what was begun and broken off. */
function board() {
  const begun: string[] = []
  const broken: string[] = []
  const ends = new Map<string, () => void>()
  const drawing = (page: number, layer: Drawing['layer'] = 'page'): Drawing => ({
    page,
    layer,
    draw: signal => new Promise((resolve, reject) => {
      const name = `${layer} ${page}`
      begun.push(name)
      ends.set(name, resolve)
      signal.addEventListener('abort', () => {
        broken.push(name)
        reject(new Error('broken off'))
      })
    }),
  })
  const end = async (name: string): Promise<void> => {
    ends.get(name)?.()
    await new Promise(resolve => setImmediate(resolve))
  }
  return { begun, broken, drawing, end }
}

test('one page at a time, in the order in which they are wanted', async () => {
  const { begun, drawing, end } = board()
  const queue = new DrawingQueue()
  queue.want([4, 5, 3], 1)
  for (const page of [4, 3, 5]) queue.add(drawing(page))
  expect(begun).toEqual(['page 4'])
  await end('page 4')
  expect(begun).toEqual(['page 4', 'page 5'])
  await end('page 5')
  expect(begun).toEqual(['page 4', 'page 5', 'page 3'])
})

test('a page that nobody looks at gives way, and is drawn later', async () => {
  const { begun, broken, drawing, end } = board()
  const queue = new DrawingQueue()
  queue.want([1, 2], 1)
  queue.add(drawing(2))
  queue.add(drawing(1))
  await end('')
  expect(broken).toEqual(['page 2'])
  expect(begun).toEqual(['page 2', 'page 1'])
  await end('page 1')
  expect(begun).toEqual(['page 2', 'page 1', 'page 2'])
})

test('a drawing that is dropped is broken off, and the next one goes on', async () => {
  const { begun, broken, drawing, end } = board()
  const queue = new DrawingQueue()
  queue.want([1, 2], 2)
  queue.add(drawing(1))
  queue.add(drawing(2))
  queue.drop(1)
  await end('')
  expect(broken).toEqual(['page 1'])
  expect(begun).toEqual(['page 1', 'page 2'])
})

test('details come after the pages on the screen and before those around', async () => {
  const { begun, drawing, end } = board()
  const queue = new DrawingQueue()
  queue.want([7, 8, 9], 2)
  queue.add(drawing(8))
  queue.add(drawing(9))
  queue.add(drawing(7, 'detail'))
  queue.add(drawing(7))
  await end('page 8')
  await end('page 7')
  await end('detail 7')
  expect(begun).toEqual(['page 8', 'page 7', 'detail 7', 'page 9'])
})

test('a page whose bytes do not come holds up no other page on the screen, but those around wait', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const { begun, broken, drawing, end } = board()
    const queue = new DrawingQueue()
    queue.want([1, 2, 3], 2)
    for (const page of [1, 2, 3]) queue.add(drawing(page))
    expect(begun).toEqual(['page 1'])
    vi.advanceTimersByTime(2000)
    expect(begun).toEqual(['page 1', 'page 2'])
    await end('page 2')
    expect(begun).toEqual(['page 1', 'page 2'])
    await end('page 1')
    expect(begun).toEqual(['page 1', 'page 2', 'page 3'])
    expect(broken).toEqual([])
  } finally {
    vi.useRealTimers()
  }
})
