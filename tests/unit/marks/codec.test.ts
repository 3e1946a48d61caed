import fc from 'fast-check'
import { expect, test } from 'vitest'
import { packMark, unpackMark } from '../../../client/meeting/marks/codec.ts'
import { markColours, type Mark } from '../../../client/meeting/marks/mark.ts'
import { packPoints, unpackPoints, type InkPoint } from '../../../client/meeting/marks/points.ts'

const part = fc.double({ min: 0, max: 1, noNaN: true })
const box = fc.record({ x: part, y: part, width: part, height: part })
const text = (maxLength: number) => fc.string({ unit: 'grapheme', maxLength }).map((one) => one.slice(0, maxLength)).filter((one) => one.isWellFormed())
const anchor = fc.record({
  page: fc.integer({ min: 1, max: 5000 }),
  quote: fc.option(fc.record({ exact: text(300), prefix: text(40), suffix: text(40) })),
  boxes: fc.array(box, { maxLength: 6 }),
})
const base = { id: fc.constant('m1'), at: fc.integer({ min: 0, max: 4_102_444_800_000 }), colour: fc.constantFrom(...markColours), anchor, unplaced: fc.boolean() }
const point: fc.Arbitrary<InkPoint> = fc.record({ x: part, y: part, pressure: part })
const mark: fc.Arbitrary<Mark> = fc.oneof(
  fc.record({ ...base, kind: fc.constant('stroke' as const), tool: fc.constantFrom('pen' as const, 'highlighter' as const), width: part, points: fc.array(point, { minLength: 1, maxLength: 200 }) }),
  fc.record({ ...base, kind: fc.constant('highlight' as const) }),
  fc.record({ ...base, kind: fc.constant('note' as const), text: text(500) }),
  fc.record({ ...base, kind: fc.constant('tombstone' as const) }),
)

/** As a mark comes back: places in steps of 1/32767 of the page. */
function coarse(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_key, one: unknown) => (typeof one === 'number' && one <= 1 ? Math.round(one * 250) / 250 : one)))
}

test('a mark comes back as it was packed', () => {
  fc.assert(fc.property(mark, (one) => {
    const back = unpackMark(one.id, packMark(one))
    expect(back).toMatchObject({ kind: one.kind, at: one.at, colour: one.colour, unplaced: one.unplaced, anchor: { page: one.anchor.page, quote: one.anchor.quote } })
    expect(back && packMark(back)).toEqual(packMark(one))
    if (one.kind === 'note') expect(back).toMatchObject({ text: one.text })
  }))
})

test('a stroke’s points come back to a thirty-thousandth of the page', () => {
  fc.assert(fc.property(fc.array(point, { maxLength: 300 }), (points) => {
    const back = unpackPoints(packPoints(points))
    expect(back).toHaveLength(points.length)
    for (const [index, one] of points.entries()) {
      expect(Math.abs((back?.[index]?.x ?? 9) - one.x)).toBeLessThan(1 / 32_000)
      expect(Math.abs((back?.[index]?.y ?? 9) - one.y)).toBeLessThan(1 / 32_000)
      expect(Math.abs((back?.[index]?.pressure ?? 9) - one.pressure)).toBeLessThan(1 / 250)
    }
  }))
})

test('a handwritten stroke of 120 points takes less than 500 bytes, without pressure less than 300', () => {
  const written = (pressure: (index: number) => number) => Array.from({ length: 120 }, (_, index) => ({ x: 0.2 + index * 0.001, y: 0.3 + Math.sin(index / 6) * 0.01, pressure: pressure(index) }))
  expect(packPoints(written((index) => 0.4 + Math.sin(index / 9) * 0.2)).length).toBeLessThan(500)
  expect(packPoints(written(() => 0.5)).length).toBeLessThan(300)
})

test('bytes of anybody are a mark or nothing, and never an error', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
    const back = unpackMark('x', bytes)
    if (back) expect(coarse(unpackMark('x', packMark(back)))).toEqual(coarse(back))
  }), { numRuns: 3000 })
  for (const value of [null, 'text', 7, {}, new Uint8Array(70_000)]) expect(unpackMark('x', value)).toBeNull()
})

test('a mark with a byte changed or cut off does no harm', () => {
  fc.assert(fc.property(mark, fc.nat(), fc.nat(255), (one, at, byte) => {
    const bytes = packMark(one)
    const changed = bytes.slice()
    changed[at % bytes.length] = byte
    for (const value of [changed, bytes.slice(0, at % bytes.length)]) {
      const back = unpackMark(one.id, value)
      for (const each of back?.kind === 'stroke' ? back.points : []) expect(each.x >= 0 && each.x <= 1 && each.y >= 0 && each.y <= 1).toBe(true)
    }
  }))
})
