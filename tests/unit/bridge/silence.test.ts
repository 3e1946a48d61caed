import { describe, expect, test } from 'vitest'
import { isDead, looked, type Look, type Standing } from '../../../client/bridge/silence.ts'

const every = 400
/** Looks at a way on which, up to `cutAt`, these streams come and the browser's checks are answered; `at` what it then knows. */
function watched({ streams, checks, cutAt = Infinity, mutedAt = Infinity, roundTripMs = 20, until }:
{ streams: string[]; checks: number[]; cutAt?: number; mutedAt?: number; roundTripMs?: number; until: number }): number | null {
  let standing: Standing | null = null
  for (let at = 0; at <= until; at += every) {
    const packets = Math.min(at, cutAt, mutedAt) / 20
    const answered = checks.filter((asked) => asked < cutAt && asked + roundTripMs <= at).length
    const look: Look = { at, wayId: 'a', arrived: packets * streams.length * 100 + answered, unanswered: checks.filter((asked) => asked <= at).length - answered, roundTripMs, streams: new Map(streams.map((id) => [id, packets])) }
    standing = looked(standing, look)
    if (isDead(standing)) return at
  }
  return null
}
const everyTwoAndAHalf = Array.from({ length: 12 }, (_, n) => n * 2_500)
/** As Chromium does: when nothing has come for 2.5 s it asks in quick succession. */
const hasty = (from: number) => [...everyTwoAndAHalf.filter((asked) => asked < from), ...Array.from({ length: 100 }, (_, n) => from + n * 60)]

describe('a way by which nothing comes any more', () => {
  test('is dead after one and a half seconds when voice and picture end together', () => {
    expect(watched({ streams: ['voice', 'picture'], checks: everyTwoAndAHalf, cutAt: 10_100, until: 20_000 })).toBeLessThanOrEqual(10_100 + 1_500 + 2 * every)
  })

  test('is dead after three seconds at the latest when only one voice came, whenever the browser asked last', () => {
    for (let cutAt = 10_001; cutAt < 12_500; cutAt += 100) {
      const found = watched({ streams: ['voice'], checks: hasty(cutAt + 2_500), cutAt, until: 20_000 }) ?? Infinity
      expect(found - cutAt, `cut at ${cutAt}`).toBeLessThanOrEqual(3_200)
      expect(found - cutAt).toBeGreaterThanOrEqual(1_100)
    }
  })

  test('is dead, too, when nothing ever came but answers', () => {
    expect(watched({ streams: [], checks: hasty(12_500), cutAt: 10_100, until: 20_000 })).toBeLessThanOrEqual(13_300)
  })
})

describe('a way that lives', () => {
  test('may be silent: the only voice is muted, and checks are answered', () => {
    expect(watched({ streams: ['voice'], checks: everyTwoAndAHalf, mutedAt: 10_100, until: 28_000 })).toBeNull()
    expect(watched({ streams: [], checks: everyTwoAndAHalf, until: 28_000 })).toBeNull()
  })

  test('may be slow: the answer to a check takes its time', () => {
    expect(watched({ streams: [], checks: everyTwoAndAHalf, roundTripMs: 900, until: 28_000 })).toBeNull()
  })

  test('is new after an ICE restart, and after the page has slept', () => {
    const look = (at: number, wayId: string): Look => ({ at, wayId, arrived: 5, unanswered: 9, roundTripMs: 1, streams: new Map() })
    const dead = [0, 400, 800, 1_200, 1_600, 2_000].reduce<Standing | null>((standing, at) => looked(standing, { ...look(at, 'a'), unanswered: at / 100 }), null) as Standing
    expect(isDead(dead)).toBe(true)
    expect(isDead(looked(dead, look(2_400, 'b')))).toBe(false)
    expect(isDead(looked(dead, look(9_000, 'a')))).toBe(false)
  })

  test('may have lost a check, and one stream of two that was closed by the hub', () => {
    const before = looked(looked(null, { at: 0, wayId: 'a', arrived: 0, unanswered: 1, roundTripMs: 1, streams: new Map([['voice', 0], ['picture', 0]]) }),
      { at: 400, wayId: 'a', arrived: 400, unanswered: 1, roundTripMs: 1, streams: new Map([['voice', 20], ['picture', 20]]) })
    const after = [800, 1_200, 1_600, 2_000].reduce((standing, at) => looked(standing, { at, wayId: 'a', arrived: 400, unanswered: 1, roundTripMs: 1, streams: new Map([['voice', 20]]) }), before)
    expect(isDead(after)).toBe(false)
  })
})
