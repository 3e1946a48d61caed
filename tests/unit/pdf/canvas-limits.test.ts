import { expect, test } from 'vitest'
import { allCanvases, largestCanvas, needsDetail, pixelRatioFor, withinMemory } from '../../../client/pdf/canvasLimits.ts'

test('a page is drawn at the screen\'s own sharpness, at most twice, and never on too large a canvas', () => {
  expect(pixelRatioFor(800, 1130, 1)).toBe(1)
  expect(pixelRatioFor(500, 707, 3)).toBe(2)
  const ratio = pixelRatioFor(4000, 5600, 2)
  expect(4000 * 5600 * ratio * ratio).toBeLessThanOrEqual(largestCanvas * 1.001)
})

test('what is on a tablet held across, or zoomed into, is drawn once more; a whole page on a phone or a coarse screen is sharp at once', () => {
  expect(needsDetail(pixelRatioFor(390, 552, 3), 3)).toBe(false)
  expect(needsDetail(pixelRatioFor(500, 707, 2), 2)).toBe(false)
  expect(needsDetail(pixelRatioFor(1132, 1601, 2), 2)).toBe(true)
  expect(needsDetail(pixelRatioFor(2400, 3400, 2), 2)).toBe(true)
  expect(needsDetail(pixelRatioFor(1132, 1601, 1), 1)).toBe(false)
})

test('what is visible is kept, what is near only while there is room', () => {
  const page = (number: number) => ({ page: number, pixels: 1_750_000 })
  expect(withinMemory([page(3), page(4)], [5, 2, 6, 1].map(page))).toEqual([3, 4, 5, 2])
  expect(withinMemory([{ page: 1, pixels: allCanvases * 2 }], [page(2)])).toEqual([1])
})
