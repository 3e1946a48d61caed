import { expect, test } from 'vitest'
import { carried, carriedId, hintsFrom } from '../../../client/meeting/marks/carry.ts'
import type { Mark } from '../../../client/meeting/marks/mark.ts'
import { samePages, versionText } from '../../../shared/papers/anchor.ts'
import type { PageWords } from '../../../shared/papers/quotes.ts'

const page = (...lines: string[]): PageWords => ({ runs: lines.map((text, index) => ({ text, x: 0.1, y: 0.1 + index * 0.1, width: 0.8, height: 0.02 })) })
const quote = { exact: 'mức hỗ trợ một triệu đồng', prefix: '', suffix: '' }
const boxes = [{ x: 0.1, y: 0.1, width: 0.8, height: 0.02 }]
const base = { at: 1, colour: 'red' as const, unplaced: false }
const before = [page('mức hỗ trợ một triệu đồng'), page('trang hai')]
const after = [page('trang mới được thêm vào'), page('dòng mới', 'mức hỗ trợ một triệu đồng'), page('trang hai')]

test('ink goes along with the words it was drawn over', () => {
  const stroke: Mark = { ...base, id: 'ink', kind: 'stroke', tool: 'pen', width: 0.004, points: [{ x: 0.2, y: 0.12, pressure: 0.5 }, { x: 0.6, y: 0.12, pressure: 0.5 }], anchor: { page: 1, quote, boxes } }
  const moved = carried(stroke, 1, versionText(after), samePages(before, after))
  expect(moved).toMatchObject({ unplaced: false, anchor: { page: 2 } })
  expect(moved.kind === 'stroke' && moved.points[0]?.y).toBeCloseTo(0.22, 3)
})

test('a note without words stays on its page, which may have another number now', () => {
  const note: Mark = { ...base, id: 'note', kind: 'note', text: 'Xem lại', anchor: { page: 2, quote: null, boxes } }
  expect(carried(note, 1, versionText(after), samePages(before, after))).toMatchObject({ unplaced: false, anchor: { page: 3, boxes } })
})

test('what nobody can place waits with its quote, and is one mark whoever carries it over', () => {
  const highlight: Mark = { ...base, id: 'gone', kind: 'highlight', anchor: { page: 1, quote: { ...quote, exact: 'điều khoản đã bị bãi bỏ hoàn toàn' }, boxes } }
  const one = carried(highlight, 3, versionText(after), samePages(before, after))
  expect(one).toMatchObject({ id: carriedId('gone', 3), unplaced: true, anchor: { quote: { exact: 'điều khoản đã bị bãi bỏ hoàn toàn' } } })
  expect(carried(highlight, 3, versionText(after), samePages(before, after))).toEqual(one)
})

test.each([
  [[3], 5, 5, [1, 2, null, 4, 5, null]],
  [[3, 4], 5, 6, [1, 2, null, 5, 6, null]],
  [[], 3, 3, [1, 2, 3, null, null, null]],
  [null, 3, 3, [null, null, null, null, null, null]],
])('with pages %j changed, of %i pages before and %i now, each page is known by its number from the nearer end', (changed, was, is, expected) => {
  const hints = hintsFrom(changed as number[] | null, was as number, is as number)
  const found = [1, 2, 3, 4, 5, 6].map((number) => (number <= (was as number) ? hints.samePage(number) : null))
  expect(found).toEqual(expected)
})
