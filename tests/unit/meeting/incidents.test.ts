import fc from 'fast-check'
import { expect, test } from 'vitest'
import { incidentsOf } from '../../../server/meetings/incidents.ts'
import type { Fact } from '../../../shared/meeting/fact.ts'
import { endedAt, mostIncidents, troubles, withSite, type Incident } from '../../../shared/meeting/sites/incidents.ts'
import { siteStatuses, untouched, type Site } from '../../../shared/meeting/sites/state.ts'

const site = (siteId: string, status: Site['status'], since: number, more: Partial<Site> = {}): Site => ({ ...untouched(siteId), status, since, ...more })

test('a weak line that is lost and comes back is two incidents, one after the other', () => {
  const states = [site('s1', 'inSession', 5), site('s1', 'degraded', 10, { weakness: { lossPercent: 8, roundTripMs: 300 } }), site('s1', 'lost', 20), site('s1', 'inSession', 28)]
  expect(states.reduce<readonly Incident[]>(withSite, [])).toEqual([
    { siteId: 's1', trouble: 'degraded', from: 10, until: 20, by: null, weakness: { lossPercent: 8, roundTripMs: 300 } },
    { siteId: 's1', trouble: 'lost', from: 20, until: 28, by: null, weakness: null },
  ])
})

test('whatever sites become, incidents of one site never overlap, a state told twice changes nothing, and the list is bounded', () => {
  const state = fc.tuple(fc.constantFrom('s1', 's2', 's3'), fc.constantFrom(...siteStatuses))
  fc.assert(fc.property(fc.array(state, { maxLength: 300 }), (states) => {
    let known: readonly Incident[] = []
    for (const [index, [siteId, status]] of states.entries()) {
      // Two in one millisecond.
      const now = site(siteId, status, Math.floor(index / 2) + 1)
      known = withSite(known, now)
      expect(withSite(known, now)).toBe(known)
      const last = known.findLast((one) => one.siteId === siteId)
      expect(last?.until === null ? last.trouble : 'none').toBe(troubles.find((one) => one === status) ?? 'none')
    }
    for (const siteId of ['s1', 's2', 's3']) {
      const own = known.filter((one) => one.siteId === siteId)
      for (const [at, one] of own.entries()) {
        const next = own[at + 1]
        if (next) expect(one.until).not.toBeNull()
        if (next && one.until !== null) expect(one.until).toBeLessThanOrEqual(next.from)
      }
    }
    expect(endedAt(known, 1_000).every(({ until }) => until !== null)).toBe(true)
  }))
  let many: readonly Incident[] = []
  for (let at = 1; at < 3 * mostIncidents; at += 1) many = withSite(many, site('s1', at % 2 ? 'lost' : 'inSession', at))
  expect(many).toHaveLength(mostIncidents)
})

test('read from a log: what lasts is over when its site is taken off, and when the meeting ends', async () => {
  const fact = (seq: number, type: Fact['type'], data: object) => ({ seq, type, v: 1, at: seq * 10, by: null, commandId: null, data }) as unknown as Fact
  async function* log() {
    yield fact(1, 'site.entered', { siteId: 's1' })
    yield fact(2, 'site.lost', { siteId: 's1' })
    yield fact(3, 'site.telephoned', { siteId: 's2', reason: null })
    yield fact(4, 'meeting.changed', { siteIds: ['s2'] })
    yield fact(5, 'meeting.ended', {})
  }
  expect(await incidentsOf(log())).toMatchObject([{ siteId: 's1', trouble: 'lost', from: 20, until: 40 }, { siteId: 's2', trouble: 'byTelephone', from: 30, until: 50 }])
})
