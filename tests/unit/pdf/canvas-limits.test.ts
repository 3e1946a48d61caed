import { expect, test } from 'vitest'
import { allCanvases, largestCanvas, needsDetail, pixelRatioFor, withinMemory } from '../../../client/pdf/canvasLimits.ts'

test('a page is drawn at the screen\'s own sharpness, at most twice, and never on too large a canvas', () => {
  expect(pixelRatioFor(800, 1130, 1)).toBe(1)
  expect(pixelRatioFor(800, 1130, 3)).toBe(2)
  const ratio = pixelRatioFor(4000, 5600, 2)
  expect(4000 * 5600 * ratio * ratio).toBeLessThanOrEqual(largestCanvas * 1.001)
})

test('a page at reading size needs no finer detail, a page zoomed into does', () => {
  expect(needsDetail(pixelRatioFor(1132, 1601, 2), 2)).toBe(false)
  expect(needsDetail(pixelRatioFor(2400, 3400, 2), 2)).toBe(true)
  expect(needsDetail(pixelRatioFor(1132, 1601, 1), 1)).toBe(false)
})

test('what is visible is kept, what is near only while there is room', () => {
  const page = (number: number) => ({ page: number, pixels: 6_000_000 })
  expect(withinMemory([page(3), page(4)], [5, 2, 6, 1].map(page))).toEqual([3, 4, 5, 2])
  expect(withinMemory([{ page: 1, pixels: allCanvases * 2 }], [page(2)])).toEqual([1])
})
