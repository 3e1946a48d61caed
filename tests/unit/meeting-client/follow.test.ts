import { describe, expect, test } from 'vitest'
import { afterwards, placeOf, startingDesk, targetOf, type Desk } from '../../../client/meeting/presentation/follow.ts'

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
  const presentation = { paperId: 'report', itemId: 'item', presenterId: 'binh', startedAt: 1 }
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
