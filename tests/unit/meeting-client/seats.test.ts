import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seatSize, seatTowards } from '../../../client/meeting/seats/drawing.ts'
import { exchanging, filling, seating, unseated } from '../../../client/meeting/seats/placing.ts'
import { laidOut, suggestedLayout } from '../../../shared/meeting/seats/layouts.ts'
import { seatPlanOf } from '../../../shared/meeting/seats/rules.ts'
import { draftMeeting, type Rehearsal } from '../../support/meeting/rehearsal.ts'

const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)
const board = { width: 880, height: 480 }

describe('seats drawn on a board', () => {
  const layout = fc.tuple(fc.constantFrom('rows' as const, 'horseshoe' as const), fc.integer({ min: 6, max: 90 }))

  test(`do not overlap, and sixty of them can still be tapped (seed ${seed})`, () => {
    fc.assert(
      fc.property(layout, ([kind, people]) => {
        const seats = laidOut(suggestedLayout(kind, people))
        expect(seats.length).toBeGreaterThanOrEqual(people)
        const { width, height } = seatSize(seats, board)
        if (people <= 60) expect([width >= 44, height >= 36], `${kind} of ${people}: ${width} × ${height}`).toEqual([true, true])
        if (width <= 30 || height <= 26) return
        const corners = seats.map(({ x, y }) => ({ left: x * (board.width - width), top: y * (board.height - height) }))
        for (const [index, one] of corners.entries()) {
          for (const other of corners.slice(index + 1)) {
            expect(Math.abs(one.left - other.left) >= width || Math.abs(one.top - other.top) >= height).toBe(true)
          }
        }
      }),
      { seed, numRuns: 60 },
    )
  })

  test('are walked with the arrow keys: the next in that direction, and nobody beyond the edge', () => {
    const seats = laidOut({ kind: 'rows', head: 1, rows: 2, perRow: 3, aisle: false }).map((seat) => ({ ...seat, seatId: seat.label, personId: null }))
    const from = (label: string) => seats.find((seat) => seat.label === label)!
    expect(seatTowards(seats, from('A1'), 'ArrowDown')?.label).toBe('B2')
    expect(seatTowards(seats, from('B2'), 'ArrowRight')?.label).toBe('B3')
    expect(seatTowards(seats, from('B3'), 'ArrowRight')).toBeNull()
    expect(seatTowards(seats, from('C3'), 'ArrowUp')?.label).toBe('B3')
  })
})

describe('nameplates', () => {
  const seated = (meeting: Rehearsal) => seatPlanOf(meeting.state, null)!.seats.map(({ personId }) => personId)

  test('are filled by rank with those who are expected in the room', () => {
    const { meeting } = draftMeeting()
    meeting.drawSeats(4)
    meeting.do('secretary', 'seats:assign', { assignments: filling(meeting.state, seatPlanOf(meeting.state, null)!) })
    expect(seated(meeting)).toEqual(['chair', 'an', 'dung', 'guest'])
    expect(unseated(meeting.state, 'site-2')).toEqual(['chi', 'binh', 'secretary', 'observer', 'technician'])
  })

  test('follow a person to his new seat, and change places', () => {
    const { meeting } = draftMeeting()
    const [first, second] = meeting.drawSeats(3) as [string, string]
    meeting.do('secretary', 'seats:assign', { assignments: seating(meeting.state, first, 'an') })
    meeting.do('secretary', 'seats:assign', { assignments: seating(meeting.state, second, 'an') })
    expect(seated(meeting)).toEqual([null, 'an', null])
    meeting.do('secretary', 'seats:assign', { assignments: seating(meeting.state, first, 'binh') })
    meeting.do('secretary', 'seats:assign', { assignments: exchanging(seatPlanOf(meeting.state, null)!, first, second) })
    expect(seated(meeting)).toEqual(['an', 'binh', null])
  })
})
