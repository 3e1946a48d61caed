import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { changedPages } from '../../../shared/papers/changedPages.ts'

const changed = (former: string, fresh: string) => changedPages([...former], [...fresh])

describe('pages that differ', () => {
  test.each([
    ['abcdef', 'abcdef', [], 'nothing changed'],
    ['abcdef', 'abXdef', [3], 'one page rewritten'],
    ['abcdef', 'abXcdef', [3], 'one page put in: the later ones are the same pages'],
    ['abcdef', 'XYabcdef', [1, 2], 'a new cover of two pages'],
    ['abcdef', 'abcdefX', [7], 'one page at the end'],
    ['abcdef', 'abdef', [3], 'one page taken out: what stands there now'],
    ['abcdef', 'abcde', [5], 'the last page taken out'],
    ['abcdef', 'bcdef', [1], 'the first page taken out'],
    ['abcdef', 'abXYdef', [3, 4], 'one page became two'],
    ['abcdefgh', 'abXcdefh', [3, 4, 5, 6, 7], 'one put in and one taken out: those between have no number of their own'],
    ['abcdef', 'bacdef', [1, 2], 'two pages changed places'],
    ['a  b c', 'a X b c', [3], 'blank pages are like each other'],
    ['', 'ab', [1, 2], 'there was nothing'],
    ['ab', '', [], 'there is nothing left'],
  ] as [string, string, number[], string][])('%s → %s: %j (%s)', (former, fresh, pages, _what) => {
    expect(changed(former, fresh)).toEqual(pages)
  })
})

const pages = fc.array(fc.constantFrom(...'abcdefg'), { maxLength: 14 })

/** As many pages as can be kept, the slow and sure way. */
function longest(former: readonly string[], fresh: readonly string[]): number {
  const rows = Array.from({ length: former.length + 1 }, () => new Array<number>(fresh.length + 1).fill(0))
  for (let i = former.length - 1; i >= 0; i -= 1) {
    for (let j = fresh.length - 1; j >= 0; j -= 1) rows[i]![j] = former[i] === fresh[j] ? rows[i + 1]![j + 1]! + 1 : Math.max(rows[i + 1]![j]!, rows[i]![j + 1]!)
  }
  return rows[0]![0]!
}

test('whatever comes and goes: every page that was nowhere before is named, and of the others no more than the best pairing and the gaps ask for', () => {
  const seed = Date.now() % 1_000_000_000
  fc.assert(fc.property(pages, pages, (former, fresh) => {
    const named = new Set(changedPages(former, fresh))
    fresh.forEach((page, index) => expect(former.includes(page) || named.has(index + 1)).toBe(true))
    expect([...named].every((page) => page >= 1 && page <= fresh.length)).toBe(true)
    expect(named.size === 0).toBe(fresh.length === 0 || former.join() === fresh.join())
    if (former.length === fresh.length) fresh.forEach((page, index) => expect(named.has(index + 1) || former[index] === page).toBe(true))
    else expect(fresh.length - named.size).toBeLessThanOrEqual(longest(former, fresh))
    // What is told by the numbers alone: before the first and after the last of them, page for page.
    const [first, last] = [Math.min(Infinity, ...named), Math.max(0, ...named)]
    fresh.forEach((page, index) => {
      if (index + 1 < first) expect(former[index]).toBe(page)
      if (index + 1 > last) expect(former[index + former.length - fresh.length]).toBe(page)
    })
  }), { seed, numRuns: 2000 })
})

test('pages put in anywhere are the only ones named', () => {
  const seed = Date.now() % 1_000_000_000
  fc.assert(fc.property(fc.integer({ min: 1, max: 60 }), fc.array(fc.nat(60), { minLength: 1, maxLength: 5 }), (count, where) => {
    const former = Array.from({ length: count }, (_, page) => `page ${page}`)
    const fresh = where.reduce<string[]>((now, at, index) => now.toSpliced(at % (now.length + 1), 0, `new ${index}`), [...former])
    expect(changedPages(former, fresh)).toEqual(fresh.flatMap((page, index) => (page.startsWith('new') ? [index + 1] : [])))
  }), { seed, numRuns: 500 })
})

test('5,000 blank pages against 5,000 others take a moment, not a minute', () => {
  const former = Array.from({ length: 5000 }, (_, page) => (page % 2 ? '' : `${page}`))
  const began = performance.now()
  changedPages(former, ['new', ...former.toReversed()])
  expect(performance.now() - began).toBeLessThan(5000)
})
