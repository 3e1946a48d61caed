import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { laidOut } from '../../../shared/meeting/seats/layouts.ts'
import { seatOf, seatPlanOf } from '../../../shared/meeting/seats/rules.ts'
import { draftMeeting, only } from '../../support/meeting/rehearsal.ts'

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const place = (x: number, label: string) => ({ x, y: 0.5, label })

describe('a seat plan', () => {
  test('drawn anew keeps the nameplates of the seats that stay', () => {
    const { meeting } = draftMeeting()
    const [first, second] = meeting.drawSeats(2) as [string, string]
    meeting.do('secretary', 'seats:assign', { assignments: [{ seatId: first, personId: 'an' }, { seatId: second, personId: 'binh' }] })
    meeting.do('secretary', 'seats:draw', { siteId: null, layout: { kind: 'free' }, seats: [{ ...place(0.9, 'B1'), seatId: first }, place(0.1, 'B2')] })
    expect(seatPlanOf(meeting.state, null)?.seats.map(({ label, personId }) => [label, personId])).toEqual([['B1', 'an'], ['B2', null]])
    expect(seatOf(meeting.state, 'binh')).toBeNull()
  })

  test('lets two people change places in one command, and nobody sit twice', () => {
    const { meeting } = draftMeeting()
    const [first, second] = meeting.drawSeats(2) as [string, string]
    meeting.do('secretary', 'seats:assign', { assignments: [{ seatId: first, personId: 'an' }, { seatId: second, personId: 'binh' }] })
    meeting.do('chair', 'seats:assign', { assignments: [{ seatId: first, personId: 'binh' }, { seatId: second, personId: 'an' }] })
    expect(seatOf(meeting.state, 'an')?.seat.seatId).toBe(second)
    const [far] = meeting.drawSeats(1, 'site-1') as [string]
    expect(meeting.refusal('secretary', 'seats:assign', { assignments: [{ seatId: far, personId: 'an' }] }).code, 'rooms are one meeting').toBe('seats.personTwice')
    expect(meeting.refusal('secretary', 'seats:assign', { assignments: [{ seatId: far, personId: 'outsider' }] }).code).toBe('participants.unknown')
  })

  test('is by hand once a seat was moved, and as it was laid out when one was only named anew', () => {
    const { meeting } = draftMeeting()
    const layout = { kind: 'rows', head: 1, rows: 1, perRow: 2, aisle: false } as const
    const { seats } = only(meeting.do('secretary', 'seats:draw', { siteId: null, layout, seats: laidOut(layout) }), 'seats.drawn')
    meeting.do('secretary', 'seats:change', { seatId: seats[0]!.seatId, label: 'Chủ tọa' })
    expect(seatPlanOf(meeting.state, null)?.layout).toEqual(layout)
    meeting.do('secretary', 'seats:change', { seatId: seats[0]!.seatId, x: 0.1 })
    expect(seatPlanOf(meeting.state, null)).toMatchObject({ layout: { kind: 'free' }, seats: [{ label: 'Chủ tọa', x: 0.1 }, {}, {}] })
    expect(meeting.refusal('secretary', 'seats:change', { seatId: seats[1]!.seatId, label: 'Chủ tọa' })).toMatchObject({ code: 'seats.labelTwice', params: { label: 'Chủ tọa' } })
  })

  test('loses the nameplate of who leaves the meeting, and goes with its site', () => {
    const { meeting } = draftMeeting()
    const [seatId] = meeting.drawSeats(1) as [string]
    meeting.drawSeats(2, 'site-2')
    meeting.do('secretary', 'seats:assign', { assignments: [{ seatId, personId: 'an' }] })
    meeting.do('secretary', 'participants:remove', { personId: 'an' })
    meeting.do('secretary', 'participants:change', { personId: 'chi', role: 'delegate', votes: true, siteId: null })
    meeting.do('secretary', 'meeting:change', { siteIds: ['site-1'] })
    expect(Object.values(meeting.state.seatPlans)).toMatchObject([{ siteId: null, seats: [{ personId: null }] }])
  })

  test('is a record once the meeting has ended', () => {
    const { meeting } = draftMeeting()
    meeting.drawSeats(1)
    meeting.begin()
    meeting.do('secretary', 'seats:clear', { siteId: null })
    meeting.drawSeats(1)
    meeting.do('chair', 'meeting:end', {})
    expect(meeting.refusal('secretary', 'seats:clear', { siteId: null }).code).toBe('meeting.ended')
  })
})

describe('a layout', () => {
  const layout = fc.oneof(
    fc.record({ kind: fc.constant('rows' as const), head: fc.integer({ min: 0, max: 20 }), rows: fc.integer({ min: 1, max: 30 }), perRow: fc.integer({ min: 1, max: 40 }), aisle: fc.boolean() }),
    fc.record({ kind: fc.constant('horseshoe' as const), head: fc.integer({ min: 1, max: 20 }), sides: fc.integer({ min: 1, max: 30 }), lines: fc.integer({ min: 1, max: 3 }) }),
  )

  test(`of any numbers has the seats they say, within the room, each at a place and under a name of its own (seed ${seed})`, () => {
    fc.assert(
      fc.property(layout, (one) => {
        const seats = laidOut(one)
        expect(seats).toHaveLength(one.head + (one.kind === 'rows' ? one.rows * one.perRow : 2 * one.sides * one.lines))
        expect(seats.every(({ x, y }) => x >= 0 && x <= 1 && y >= 0 && y <= 1)).toBe(true)
        expect(new Set(seats.map(({ label }) => label)).size).toBe(seats.length)
        expect(new Set(seats.map(({ x, y }) => `${x} ${y}`)).size).toBe(seats.length)
        expect(seats.every(({ label }) => label.length <= 12)).toBe(true)
      }),
      { seed, numRuns: 300 },
    )
  })

  test('puts the chair in the middle of the head table and the next beside him', () => {
    expect(laidOut({ kind: 'horseshoe', head: 3, sides: 2, lines: 1 }).map(({ label }) => label)).toEqual(['A2', 'A1', 'A3', 'B1', 'C1', 'B2', 'C2'])
  })
})
