import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findInText, foldForSearch, matchesSearch } from '../../../shared/vietnamese/search.ts'

test('folding drops diacritics and case, and đ becomes d', () => {
  expect(foldForSearch('ĐỀ ÁN Chuyển đổi số')).toBe('de an chuyen doi so')
  expect(foldForSearch('Nghị\u00a0quyết')).toBe('nghi quyet')
})

test('what is typed without diacritics is found, and the range covers the original letters', () => {
  const text = 'Báo cáo tình hình kinh tế, báo cáo ngân sách'
  expect(findInText(text, 'bao cao').map(({ start, end }) => text.slice(start, end))).toEqual(['Báo cáo', 'báo cáo'])
  expect(findInText(text, 'Ngân Sách').map(({ start, end }) => text.slice(start, end))).toEqual(['ngân sách'])
  expect(findInText(text, 'đầu tư')).toEqual([])
})

test('in decomposed text a range takes the combining marks of its last letter', () => {
  const text = 'Dự thảo Nghị quyết'.normalize('NFD')
  expect(findInText(text, 'nghi').map(({ start, end }) => text.slice(start, end).normalize('NFC'))).toEqual(['Nghị'])
})

test('an empty query is found nowhere', () => {
  expect(findInText('văn bản', '  ')).toEqual([])
  expect(findInText('', 'a')).toEqual([])
})

test('words match in any order', () => {
  expect(matchesSearch('Nguyễn Văn Minh', 'minh nguyen')).toBe(true)
  expect(matchesSearch('Nguyễn Văn Minh', 'minh tran')).toBe(false)
  expect(matchesSearch('Nguyễn Văn Minh', ' ')).toBe(true)
})

const letters = fc.array(fc.oneof(
  fc.constantFrom(...'aăâàảãáạằẳẵắặêệđĐƠỡưựỨ ,.0', 'ﬁ', '\u0301', '\u0323', '😀', '\u00a0'),
  fc.string({ unit: 'binary', maxLength: 3 }),
)).map(parts => parts.join(''))

test('folding is the same for both Unicode forms and folding twice changes nothing', () => {
  fc.assert(fc.property(letters, text => {
    expect(foldForSearch(text.normalize('NFD'))).toBe(foldForSearch(text.normalize('NFC')))
    expect(foldForSearch(foldForSearch(text))).toBe(foldForSearch(text))
  }), { numRuns: 1000 })
})

test('every range found reads like the query, ranges do not overlap, and there is one for each occurrence', () => {
  fc.assert(fc.property(letters, letters, letters, (before, query, after) => {
    const needle = foldForSearch(query.trim())
    const text = `${before}${query}${after}`
    const ranges = findInText(text, query)
    let last = 0
    for (const { start, end } of ranges) {
      expect(start).toBeGreaterThanOrEqual(last)
      expect(foldForSearch(text.slice(start, end))).toContain(needle)
      last = start + 1
    }
    expect(ranges.length > 0).toBe(needle !== '' && foldForSearch(text).includes(needle))
  }), { numRuns: 1000 })
})
