import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boardFit } from '../../../client/meeting/projector/board.ts'

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
/** Below header, sentence and count, of a wall of 1280 × 800 whose type is 31 px. */
const wall = { width: 1205, height: 510 }
const type = { largest: 34, smallest: 17 }
/** Of the type's size: "Nguyễn Thị Bích Hà". */
const names = (count: number) => Array.from({ length: count }, (_, index) => 7.4 + (index % 10) * 0.3)

test.each([[12, 1], [24, 1], [60, 1], [100, 1], [220, 3]])('%i names stand on the wall on so many pages as they need: %i', (count, pages) => {
  const fit = boardFit(names(count), wall, type)
  expect(fit.pages).toBeLessThanOrEqual(pages)
  expect(fit.fontSize).toBeGreaterThanOrEqual(type.smallest)
})

test('sixty stand in larger type than a hundred, and a dozen in the largest', () => {
  const [dozen, sixty, hundred] = [12, 60, 100].map((count) => boardFit(names(count), wall, type).fontSize) as [number, number, number]
  expect([dozen, sixty > hundred, sixty > 21]).toEqual([type.largest, true, true])
})

test(`what is fitted fits: columns and lines stay on the board (seed ${seed})`, () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 4, max: 13, noNaN: true }), { minLength: 1, maxLength: 300 }), fc.integer({ min: 600, max: 2000 }), fc.integer({ min: 200, max: 900 }), (widths, width, height) => {
      const fit = boardFit(widths, { width, height }, type)
      const onPage = Math.ceil(widths.length / fit.pages)
      expect(fit.columns * fit.rows).toBeGreaterThanOrEqual(onPage)
      if (fit.fontSize > type.smallest) expect(fit.rows * fit.fontSize * 1.34).toBeLessThanOrEqual(height + 0.5)
    }),
    { seed, numRuns: 200 },
  )
})
