import { entry, mapValues, withEntry, withoutEntry } from '../entities.ts'
import type { VisibleFact } from '../fact.ts'
import { roomKey, type Seat, type SeatPlan } from './state.ts'

export function evolveSeats(plans: Record<string, SeatPlan>, fact: VisibleFact): Record<string, SeatPlan> {
  switch (fact.type) {
    case 'seats.drawn': {
      const { siteId, layout, seats } = fact.data
      const seated = new Map(entry(plans, roomKey(siteId))?.seats.map(({ seatId, personId }) => [seatId, personId]))
      return withEntry(plans, roomKey(siteId), { siteId, layout, seats: seats.map((seat) => ({ ...seat, personId: seated.get(seat.seatId) ?? null })) })
    }
    case 'seats.changed': {
      const { seatId, ...change } = fact.data
      const moved = 'x' in change || 'y' in change
      return withSeats(plans, (seat) => (seat.seatId === seatId ? { ...seat, ...change } : seat), moved)
    }
    case 'seats.assigned': {
      const given = new Map(fact.data.assignments.map(({ seatId, personId }) => [seatId, personId]))
      return withSeats(plans, (seat) => (given.has(seat.seatId) ? { ...seat, personId: given.get(seat.seatId) ?? null } : seat))
    }
    case 'seats.cleared':
      return withoutEntry(plans, roomKey(fact.data.siteId))
    case 'participant.removed':
      return withSeats(plans, (seat) => (seat.personId === fact.data.personId ? { ...seat, personId: null } : seat))
    case 'meeting.changed': {
      const { siteIds } = fact.data
      return siteIds ? Object.fromEntries(Object.entries(plans).filter(([, { siteId }]) => siteId === null || siteIds.includes(siteId))) : plans
    }
    default:
      return plans
  }
}

/** Every seat through `change`; a plan none of whose seats changed stays the same object. `byHand`: what changed was moved, so no numbers describe it any more. */
function withSeats(plans: Record<string, SeatPlan>, change: (seat: Seat) => Seat, byHand = false): Record<string, SeatPlan> {
  return mapValues(plans, (plan): SeatPlan => {
    const seats = plan.seats.map(change)
    if (seats.every((seat, index) => seat === plan.seats[index])) return plan
    return { ...plan, layout: byHand ? { kind: 'free' } : plan.layout, seats }
  })
}
