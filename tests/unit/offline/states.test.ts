import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { timeSeen } from '../../../client/offline/latest.ts'
import { lineIsFree, paperStatus, type PaperStanding } from '../../../client/offline/paperState.ts'

describe('how a paper stands on the device', () => {
  const standing: PaperStanding = { listed: true, wanted: true, removed: false, bytes: 0, size: 100, formerHeld: false }
  test.each([
    ['notOffered', { listed: false }],
    ['notOffered', { wanted: false }],
    ['queued', {}],
    ['partial', { bytes: 1 }],
    ['partial', { bytes: 99, wanted: false }],
    ['complete', { bytes: 100 }],
    ['complete', { bytes: 100, formerHeld: true }],
    ['stale', { formerHeld: true }],
    ['stale', { formerHeld: true, bytes: 50 }],
    ['revoked', { listed: false, bytes: 100 }],
    ['revoked', { listed: false, formerHeld: true }],
    ['purged', { wanted: false, removed: true }],
  ] satisfies [string, Partial<PaperStanding>][])('%s: %o', (status, change) => {
    expect(paperStatus({ ...standing, ...change })).toBe(status)
  })
})

describe('the line is left to what cannot wait', () => {
  const idle = { live: true, waiting: 0, ballotDue: false, readerBusy: false }
  test('free only when nothing else needs it', () => {
    expect(lineIsFree(idle)).toBe(true)
    expect(lineIsFree({ ...idle, live: false })).toBe(false)
    expect(lineIsFree({ ...idle, waiting: 1 })).toBe(false)
    expect(lineIsFree({ ...idle, ballotDue: true })).toBe(false)
    expect(lineIsFree({ ...idle, readerBusy: true })).toBe(false)
  })
})

describe('what time it is on a tablet', () => {
  const hour = 3_600_000
  test('the hub’s word holds, whatever the own clock says', () => {
    expect(timeSeen({ latest: 900 * hour, behind: 0 }, 5 * hour, { hubTime: 100 * hour, ownClock: 5 * hour })).toEqual({ latest: 100 * hour, behind: 95 * hour })
  })
  test('a clock that is wrong by a constant changes nothing', () => {
    const told = timeSeen({ latest: 0, behind: 0 }, 5 * hour, { hubTime: 100 * hour, ownClock: 5 * hour })
    expect(timeSeen(told, 7 * hour).latest).toBe(102 * hour)
  })
  test('a clock that is set back does not bring the time back', () => {
    const told = timeSeen({ latest: 0, behind: 0 }, 100 * hour, { hubTime: 100 * hour, ownClock: 100 * hour })
    const later = timeSeen(told, 112 * hour)
    expect(timeSeen(later, 20 * hour).latest).toBe(112 * hour)
    expect(timeSeen(timeSeen(later, 20 * hour), 113 * hour).latest).toBe(113 * hour)
  })
  test('a clock that is set forward between the hub’s word and its noting is a clock that is set forward', () => {
    const noted = timeSeen({ latest: 0, behind: 0 }, 460 * hour, { hubTime: 100 * hour, ownClock: 100 * hour })
    expect(timeSeen(noted, 460 * hour).latest).toBe(460 * hour)
  })
  test('without the hub it never goes backwards', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 1e13 }), { minLength: 1 }), (clocks) => {
      let known = { latest: 0, behind: 0 }
      for (const clock of clocks) {
        const next = timeSeen(known, clock)
        expect(next.latest).toBeGreaterThanOrEqual(known.latest)
        known = next
      }
    }))
  })
})
