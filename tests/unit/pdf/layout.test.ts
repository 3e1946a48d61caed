import fc from 'fast-check'
import { expect, test } from 'vitest'
import { layOut, pageAt, pagesWanted, placeAt, regionInView, scrollTopOf } from '../../../client/pdf/layout.ts'
import { factorOf, limited, stepFrom, type PageSize, type Zoom } from '../../../client/pdf/zoom.ts'

const viewport = { width: 1180, height: 760 }
const sizes = fc.array(fc.record({ width: fc.integer({ min: 100, max: 1200 }), height: fc.integer({ min: 100, max: 1700 }) }), { minLength: 1, maxLength: 40 })
const zooms = fc.oneof(fc.constantFrom<Zoom>('fitWidth', 'fitPage'), fc.double({ min: 0.3, max: 6, noNaN: true }))

test('a place that is scrolled to is the place that is read back', () => {
  fc.assert(fc.property(sizes, zooms, fc.nat(), fc.double({ min: 0, max: 0.99, noNaN: true }), (sizes, zoom, pick, top) => {
    const layout = layOut(sizes, zoom, viewport)
    const page = pick % sizes.length + 1
    const back = placeAt(layout, scrollTopOf(layout, { page, top }))
    expect(back.page).toBe(page)
    expect(back.top).toBeCloseTo(top, 5)
  }))
})

test('pages lie one below the other, none over another, all within the column', () => {
  fc.assert(fc.property(sizes, zooms, (sizes, zoom) => {
    const { boxes, width, height } = layOut(sizes, zoom, viewport)
    boxes.forEach((box, index) => {
      const above = boxes[index - 1]
      expect(box.top).toBeGreaterThanOrEqual(above ? above.top + above.height : 0)
      expect(box.left).toBeGreaterThanOrEqual(0)
      expect(box.left + box.width).toBeLessThanOrEqual(width)
      expect(box.top + box.height).toBeLessThanOrEqual(height)
    })
  }))
})

test('fitting the width fills the width with every page, also with a landscape annex', () => {
  const mixed: PageSize[] = [{ width: 595, height: 842 }, { width: 1191, height: 842 }]
  const { boxes, width } = layOut(mixed, 'fitWidth', viewport)
  expect(boxes.map(box => box.width)).toEqual([1132, 1132])
  expect(width).toBe(viewport.width)
})

test('fitting the page shows the whole page', () => {
  fc.assert(fc.property(sizes, sizes => {
    for (const box of layOut(sizes, 'fitPage', viewport).boxes) {
      expect(box.width).toBeLessThanOrEqual(viewport.width)
      expect(box.height).toBeLessThanOrEqual(viewport.height)
    }
  }))
})

test('a region comes back as the region that is on the screen', () => {
  const a4 = Array.from({ length: 5 }, () => ({ width: 595, height: 842 }))
  const region = { x: 0.2, y: 0.3, width: 0.5, height: 0.5 * 595 / 842 * viewport.height / viewport.width }
  const layout = layOut(a4, region, viewport, 3)
  const box = layout.boxes[2]
  if (!box) throw new Error('no page 3')
  const seen = regionInView(layout, 3, { top: box.top + region.y * box.height, left: box.left + region.x * box.width }, viewport)
  for (const key of ['x', 'y', 'width', 'height'] as const) expect(seen[key]).toBeCloseTo(region[key], 2)
})

test('the pages on the screen come first, then two on either side', () => {
  const layout = layOut(Array.from({ length: 20 }, () => ({ width: 595, height: 842 })), 'fitPage', viewport)
  const wanted = pagesWanted(layout, scrollTopOf(layout, { page: 10, top: 0 }), viewport)
  expect(wanted.visible).toContain(10)
  expect(wanted.visible.length).toBeLessThanOrEqual(2)
  expect(new Set([...wanted.visible, ...wanted.near]).size).toBe(wanted.visible.length + wanted.near.length)
  expect(wanted.near).toHaveLength(4)
  expect(pagesWanted(layout, 0, viewport).near.every(page => page > 1)).toBe(true)
})

test('a gap belongs to the page below it', () => {
  const layout = layOut([{ width: 595, height: 842 }, { width: 595, height: 842 }], 'fitWidth', viewport)
  const [first, second] = layout.boxes
  expect(pageAt(layout, (first?.top ?? 0) + (first?.height ?? 0) + 2)?.page).toBe(2)
  expect(pageAt(layout, (second?.top ?? 0) + 100_000)?.page).toBe(2)
})

test('zooming goes in steps that always move on, up to the limits', () => {
  let factor = factorOf('fitWidth', { width: 595, height: 842 }, viewport)
  for (let step = 0; step < 20; step++) {
    const next = limited(stepFrom(factor, 1))
    expect(next > factor || next === 8).toBe(true)
    factor = next
  }
  expect(factor).toBe(8)
  for (let step = 0; step < 30; step++) factor = limited(stepFrom(factor, -1))
  expect(factor).toBe(0.25)
})

test('one page at a time: only that page is on the screen, its neighbours wait to be drawn', () => {
  fc.assert(fc.property(sizes, zooms, fc.nat(), fc.nat({ max: 4000 }), (sizes, zoom, pick, scrollTop) => {
    const page = pick % sizes.length + 1
    const layout = layOut(sizes, zoom, viewport, page, true)
    expect(pagesWanted(layout, scrollTop, viewport).visible).toEqual([page])
    expect(pagesWanted(layout, scrollTop, viewport).near).toEqual([page + 1, page - 1, page + 2, page - 2].filter(each => each >= 1 && each <= sizes.length))
    for (const box of layout.boxes) expect(box.top + box.height > 0).toBe(box.page === page)
  }))
})
