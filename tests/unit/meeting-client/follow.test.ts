import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { afterwards, holdState, placeOf, readerState, startingDesk, targetOf, type Desk, type Happening, type Here } from '../../../client/meeting/presentation/follow.ts'

const following: Desk = { following: true, paperId: 'report' }
const free: Desk = { following: false, paperId: 'report' }

describe('whoever follows', () => {
  test('is taken along when a presentation begins and when another paper is presented', () => {
    const along = afterwards(startingDesk, { kind: 'presented', paperId: 'report', byMe: false }, 'report')
    expect(along).toEqual(following)
    expect(afterwards(along, { kind: 'presented', paperId: 'slides', byMe: false }, 'slides')).toEqual({ following: true, paperId: 'slides' })
  })

  test('leaves at once when he turns a page or zooms himself, with the paper still before him', () => {
    expect(afterwards(following, { kind: 'moved' }, 'report')).toEqual(free)
  })

  test('leaves when he opens another paper or closes this one', () => {
    expect(afterwards(following, { kind: 'opened', paperId: 'budget' }, 'report')).toEqual({ following: false, paperId: 'budget' })
    expect(afterwards(following, { kind: 'closed' }, 'report')).toEqual({ following: false, paperId: null })
  })

  test('keeps the paper when the presentation ends, and goes on to the next item’s page', () => {
    const after = afterwards(following, { kind: 'presented', paperId: null, byMe: false }, null)
    expect(after).toEqual(following)
    expect(afterwards(after, { kind: 'itemChanged' }, null)).toEqual(startingDesk)
  })

  test('stays with the presented paper when the item changes around it', () => {
    expect(afterwards(following, { kind: 'itemChanged' }, 'report')).toEqual(following)
  })
})

describe('whoever reads on alone', () => {
  test.each([
    { kind: 'presented', paperId: 'slides', byMe: false } as const,
    { kind: 'presented', paperId: null, byMe: false } as const,
    { kind: 'itemChanged' } as const,
    { kind: 'moved' } as const,
  ])('is not disturbed by $kind', (happening) => {
    expect(afterwards(free, happening, 'slides')).toBe(free)
  })

  test('comes back with one tap, to whatever is presented then', () => {
    expect(afterwards(free, { kind: 'returned' }, 'slides')).toEqual({ following: true, paperId: 'slides' })
  })

  test('follows again by opening the presented paper himself', () => {
    expect(afterwards(free, { kind: 'opened', paperId: 'slides' }, 'slides')).toEqual({ following: true, paperId: 'slides' })
  })

  test('is ready to follow again once nothing is open and nothing presented', () => {
    const closed = afterwards(free, { kind: 'closed' }, 'slides')
    expect(closed.following).toBe(false)
    expect(afterwards(closed, { kind: 'presented', paperId: null, byMe: false }, null)).toEqual(startingDesk)
  })
})

test('whoever becomes the presenter has the paper before him, even if he was reading another', () => {
  expect(afterwards(free, { kind: 'presented', paperId: 'slides', byMe: true }, 'slides')).toEqual({ following: true, paperId: 'slides' })
})

describe('the presenter’s place', () => {
  const presentation = { paperId: 'report', version: 1, itemId: 'item', presenterId: 'binh', startedAt: 1, hold: null }
  const position = { paperId: 'report', page: 12, top: 0.25, zoom: 'fitWidth' } as const

  test('counts only from the presenter and the paper of this moment', () => {
    expect(placeOf(presentation, { presenterId: 'binh', position })).toBe(position)
    expect(placeOf(presentation, { presenterId: 'an', position })).toBeNull()
    expect(placeOf({ ...presentation, paperId: 'slides' }, { presenterId: 'binh', position })).toBeNull()
    expect(placeOf(null, { presenterId: 'binh', position })).toBeNull()
    expect(placeOf(presentation, null)).toBeNull()
  })

  test('is shown as a zoom by name or as the part of the page that fills the screen', () => {
    expect(targetOf(position)).toEqual({ page: 12, top: 0.25, zoom: 'fitWidth' })
    const region = { x: 0.1, y: 0.2, width: 0.5, height: 0.3 }
    expect(targetOf({ ...position, zoom: region })).toEqual({ page: 12, top: 0.25, region })
  })
})

describe('the state of a reader', () => {
  const hold = { from: 5_000, until: 65_000 }
  const presentation = { paperId: 'report', version: 1, itemId: 'item', presenterId: 'binh', startedAt: 1, hold: null }
  const held = { ...presentation, hold }
  const place = { paperId: 'report', page: 12, top: 0, zoom: 'fitWidth' } as const
  const here: Here = { me: 'an', now: 30_000, holdable: true, writing: false, ballot: false, place, hasPage: () => true }

  test.each([
    ['follows of his own will', following, presentation, here, 'following'],
    ['reads on alone', free, presentation, here, 'free'],
    ['reads another paper', { following: true, paperId: 'budget' }, presentation, here, 'free'],
    ['follows and has not got the page', following, presentation, { ...here, hasPage: () => false }, 'late'],
    ['follows before the presenter’s page is known', following, presentation, { ...here, place: null, hasPage: () => false }, 'following'],
    ['is held', free, held, here, 'held'],
    ['is held and has not got the page', free, held, { ...here, hasPage: () => false }, 'late'],
    ['was told that he will be held', free, held, { ...here, now: 4_999 }, 'free'],
    ['was held until this moment', free, held, { ...here, now: 65_000 }, 'free'],
    ['writes while others are held', free, held, { ...here, writing: true }, 'free'],
    ['has a ballot open while others are held', free, held, { ...here, ballot: true }, 'free'],
    ['writes while he is held and goes along already', following, held, { ...here, writing: true }, 'held'],
    ['leads the meeting', free, held, { ...here, holdable: false }, 'free'],
    ['presents', following, held, { ...here, me: 'binh' }, null],
    ['has nothing presented to him', free, null, here, null],
  ] as const)('of one who %s', (_who, desk, shown, device, expected) => {
    expect(readerState(desk, shown, device)).toBe(expected)
  })

  test('a hold is told before it begins, while it lasts, and to who goes along when he has finished', () => {
    expect(holdState(free, held, { ...here, now: 1_000 })).toEqual({ ...hold, phase: 'announced' })
    expect(holdState(free, held, here)).toEqual({ ...hold, phase: 'on' })
    expect(holdState(free, held, { ...here, ballot: true })).toEqual({ ...hold, phase: 'waiting' })
    expect(holdState(free, held, { ...here, now: 70_000 })).toBeNull()
    expect(holdState(free, held, { ...here, holdable: false })).toBeNull()
    expect(holdState(free, presentation, here)).toBeNull()
  })

  test('who is held stays with the presenter whatever his hand does, and with whatever is presented then', () => {
    for (const byHand of [{ kind: 'opened', paperId: 'budget' }, { kind: 'closed' }, { kind: 'moved' }] as const) {
      expect(afterwards(following, byHand, 'report', true)).toBe(following)
      expect(afterwards(free, byHand, 'report', true)).toEqual(following)
    }
    expect(afterwards(following, { kind: 'presented', paperId: 'slides', byMe: false }, 'slides', true)).toEqual({ following: true, paperId: 'slides' })
  })

  const papers = fc.constantFrom('report', 'slides', 'budget')
  const happening: fc.Arbitrary<Happening> = fc.oneof(
    fc.record({ kind: fc.constant('opened' as const), paperId: papers }), fc.constantFrom<Happening>({ kind: 'closed' }, { kind: 'moved' }, { kind: 'returned' }, { kind: 'itemChanged' }),
    fc.record({ kind: fc.constant('presented' as const), paperId: fc.option(papers), byMe: fc.boolean() }),
  )
  const device = fc.record({ me: fc.constantFrom('an', 'binh'), now: fc.integer({ min: 0, max: 70_000 }), holdable: fc.boolean(), writing: fc.boolean(), ballot: fc.boolean() })
  const history = fc.array(happening, { maxLength: 20 })

  test('whatever happened: free is never moved, held only within the time that was told, and never while he writes or votes', () => {
    fc.assert(fc.property(history, device, fc.constantFrom(presentation, held), (happenings, now, shown) => {
      const desk = happenings.reduce((at, one) => afterwards(at, one, one.kind === 'presented' ? one.paperId : 'report'), startingDesk)
      const all: Here = { ...here, ...now }
      const state = readerState(desk, shown, all)
      const goesAlong = desk.following && desk.paperId === 'report'
      if (all.me === 'binh') {
        expect(state).toBeNull()
        return
      }
      if (state === 'held') {
        expect(shown.hold).not.toBeNull()
        expect(all.now >= hold.from && all.now < hold.until && all.holdable).toBe(true)
        expect(goesAlong || (!all.writing && !all.ballot)).toBe(true)
      } else expect(state).toBe(goesAlong ? 'following' : 'free')
      // One tap always comes back, and one move of the hand always leaves who is not held.
      expect(readerState(afterwards(desk, { kind: 'returned' }, 'report'), { ...shown, hold: null }, all)).toBe('following')
      expect(readerState(afterwards(desk, { kind: 'moved' }, 'report'), { ...shown, hold: null }, all)).toBe('free')
    }))
  })
})
