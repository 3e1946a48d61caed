import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ballotsOf, fewestTold, isUnanimous, sitesTold, type SiteCounts } from '../../../shared/meeting/votes/by-site.ts'

const site = (siteId: string | null, approve: number, reject: number, abstain = 0, invalid = 0): SiteCounts => ({ siteId, approve, reject, abstain, invalid })
const told = (...sites: SiteCounts[]) => sitesTold(sites).map(({ siteId }) => siteId)

test('sites of five and more that did not vote alike are told', () => {
  expect(told(site(null, 12, 8), site('a', 4, 1), site('b', 3, 3))).toEqual(['a', 'b', null])
})

test('a small site is withheld, and with it the next smallest: the whole less the others would be that site', () => {
  expect(told(site(null, 12, 8), site('a', 3, 1), site('b', 3, 3))).toEqual([null])
  expect(told(site(null, 12, 8), site('a', 3, 1))).toEqual([])
})

test('two small sites cover for each other only when there are enough ballots behind them', () => {
  expect(told(site(null, 12, 8), site('a', 2, 1), site('b', 1, 1))).toEqual([null])
  expect(told(site(null, 12, 8), site('c', 5, 4), site('a', 1, 0), site('b', 0, 1))).toEqual([null])
})

test('a site that voted alike takes all of them with it: leaving only that one out would tell that it did', () => {
  expect(told(site(null, 12, 8), site('a', 6, 0), site('b', 3, 3))).toEqual([])
  expect(told(site(null, 12, 8), site('a', 0, 0, 0, 6), site('b', 3, 3))).toEqual([])
})

test('withheld sites that voted alike together take all of them with them', () => {
  expect(told(site(null, 12, 8), site('a', 3, 0), site('b', 6, 0))).toEqual([])
})

test('a site where nobody voted hides nobody', () => {
  expect(told(site(null, 12, 8), site('a', 3, 1), site('b', 0, 0))).toEqual([])
})

const anySites = fc.uniqueArray(fc.record({ siteId: fc.option(fc.string({ minLength: 1, maxLength: 3 })), approve: fc.nat(9), reject: fc.nat(9), abstain: fc.nat(3), invalid: fc.nat(2) }), { selector: ({ siteId }) => siteId, maxLength: 8 })

test('neither a told site nor what is left of the whole is small or unanimous', () => {
  fc.assert(fc.property(anySites, (sites) => {
    const shown = sitesTold(sites)
    if (shown.length === 0) return
    const rest = { approve: 0, reject: 0, abstain: 0, invalid: 0 }
    const behind = sites.filter((one) => ballotsOf(one) > 0 && !shown.includes(one))
    for (const one of behind) for (const mark of ['approve', 'reject', 'abstain', 'invalid'] as const) rest[mark] += one[mark]
    for (const one of behind.length > 0 ? [...shown, rest] : shown) {
      expect(ballotsOf(one)).toBeGreaterThanOrEqual(fewestTold)
      expect(isUnanimous(one)).toBe(false)
    }
    expect(behind).not.toHaveLength(1)
  }), { numRuns: 5000 })
})

test('which sites are withheld follows from the turnout, or none is told: the pattern says nothing about choices', () => {
  fc.assert(fc.property(anySites, fc.infiniteStream(fc.nat(3)), (sites, marks) => {
    const marked = sites.map((one) => {
      const other = { siteId: one.siteId, approve: 0, reject: 0, abstain: 0, invalid: 0 }
      for (let ballot = 0; ballot < ballotsOf(one); ballot += 1) other[(['approve', 'reject', 'abstain', 'invalid'] as const)[marks.next().value!]!] += 1
      return other
    })
    const [a, b] = [sitesTold(sites), sitesTold(marked)].map((shown) => shown.map(({ siteId }) => siteId))
    if (a!.length > 0 && b!.length > 0) expect(a).toEqual(b)
  }), { numRuns: 5000 })
})
