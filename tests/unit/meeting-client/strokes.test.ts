import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { StrokeBatches } from '../../../client/meeting/presentation/batches.ts'
import { pointsOf, stillSeen, strokeStays, withBatch, type LiveStroke } from '../../../client/meeting/presentation/strokes.ts'
import { largestBatch, type InkBatch } from '../../../shared/meeting/presentation/pointing.ts'

const stroke = { paperId: 'report', strokeId: 'one', page: 3, tool: 'pen', colour: 'red', width: 0.005 } as const

/** All batches of a stroke whose points are added in groups. */
function batchesOf(groups: readonly number[]): { batches: InkBatch[]; points: readonly number[] } {
  const cutter = new StrokeBatches(stroke)
  const batches: InkBatch[] = []
  let step = 0
  for (const size of groups) {
    for (let added = 0; added < size; added += 1) cutter.add(((step += 1) % 97) / 97, (step % 89) / 89)
    const batch = cutter.next()
    if (batch) batches.push(batch)
  }
  for (let last = cutter.next(true); last; last = last.done ? null : cutter.next(true)) batches.push(last)
  return { batches, points: cutter.points }
}
const fold = (batches: readonly InkBatch[]) => batches.reduce<readonly LiveStroke[]>((strokes, batch) => withBatch(strokes, batch, 0), [])

describe('a stroke that travels in batches', () => {
  test('is whole when none is lost, when any one of them is lost, and when the last comes twice; none is larger than the hub takes', () => {
    // Fewer points a batch than the hub takes, as a hand makes them: there is always room for those of the batch before.
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: largestBatch / 2 }), { minLength: 1, maxLength: 12 }), fc.nat(), (groups, lost) => {
      const { batches, points } = batchesOf(groups)
      for (const batch of batches) expect(batch.points.length).toBeLessThanOrEqual(2 * largestBatch)
      expect(batches.map(({ done }) => done)).toEqual(batches.map((_, index) => index === batches.length - 1))
      expect(fold(batches)[0]?.points).toEqual(points)
      expect(fold([...batches, ...batches.slice(-1)])[0]?.points).toEqual(points)
      // The last comes twice, so it is never the one that is lost.
      const left = batches.filter((_, index) => index !== lost % Math.max(1, batches.length - 1) || batches.length === 1)
      expect(fold(left)[0]?.points).toEqual(points)
    }))
  })

  test('has no point twice where the hand rested, and stays on the page', () => {
    const cutter = new StrokeBatches(stroke)
    for (const [x, y] of [[0.5, 0.5], [0.5, 0.5], [1.2, -0.1], [0.25, 0.75]] as const) cutter.add(x, y)
    expect(cutter.next(true)).toEqual({ ...stroke, from: 0, points: [5000, 5000, 10_000, 0, 2500, 7500], done: true })
  })

  test('says nothing while there is nothing new', () => {
    const cutter = new StrokeBatches(stroke)
    expect(cutter.next()).toBeNull()
    cutter.add(0.1, 0.1)
    expect(cutter.next()).not.toBeNull()
    expect(cutter.next()).toBeNull()
  })
})

describe('strokes on a follower’s screen', () => {
  test('go by themselves some seconds after their last point, and are bounded in number', () => {
    const [one] = withBatch([], { ...stroke, from: 0, points: [1, 1], done: true }, 1000)
    expect(stillSeen(one ? [one] : [], 1000 + strokeStays - 1)).toHaveLength(1)
    expect(stillSeen(one ? [one] : [], 1000 + strokeStays)).toEqual([])
    const many = Array.from({ length: 200 }, (_, index) => ({ ...stroke, strokeId: `s${index}`, from: 0, points: [1, 1], done: true }))
    expect(fold(many)).toHaveLength(60)
    expect(fold(many).at(-1)?.strokeId).toBe('s199')
  })

  test('are told as a layer keeps them, in parts of the page', () => {
    expect(pointsOf([0, 0, 5000, 10_000])).toEqual([{ x: 0, y: 0, pressure: 0.5 }, { x: 0.5, y: 1, pressure: 0.5 }])
    expect(pointsOf([])).toEqual([])
  })
})
