import type { Commands } from '../../../shared/meeting/command.ts'
import type { MeetingRole } from '../../../shared/meeting/participants/state.ts'
import { allSeats, seatOf } from '../../../shared/meeting/seats/rules.ts'
import type { SeatPlan } from '../../../shared/meeting/seats/state.ts'
import type { MeetingCommon } from '../../../shared/meeting/state.ts'

type Assignments = Commands['seats:assign']['assignments']
type Meeting = Pick<MeetingCommon, 'seatPlans' | 'participants'>

/** Who comes first when seats are filled by precedence; among equals the order of invitation. */
const ranks: MeetingRole[] = ['chair', 'delegate', 'presenter', 'guest', 'secretary', 'observer', 'technician']

/** Those who have no seat yet: first who is expected in this room, each group by rank. */
export function unseated(meeting: Meeting, siteId: string | null): string[] {
  const seated = new Set(allSeats(meeting).map(({ personId }) => personId))
  return Object.values(meeting.participants)
    .filter(({ personId }) => !seated.has(personId))
    .sort((a, b) => Number(b.siteId === siteId) - Number(a.siteId === siteId) || ranks.indexOf(a.role) - ranks.indexOf(b.role))
    .map(({ personId }) => personId)
}

/** Gives a person a seat; the one he had becomes free, and so does whoever sat in this one. */
export function seating(meeting: Meeting, seatId: string, personId: string): Assignments {
  const before = seatOf(meeting, personId)?.seat.seatId
  return [...(before !== undefined && before !== seatId ? [{ seatId: before, personId: null }] : []), { seatId, personId }]
}

/** The two seats exchange their nameplates; one of them may be empty. */
export function exchanging(plan: SeatPlan, one: string, other: string): Assignments {
  const personAt = (seatId: string) => plan.seats.find((seat) => seat.seatId === seatId)?.personId ?? null
  return [{ seatId: one, personId: personAt(other) }, { seatId: other, personId: personAt(one) }]
}

/** Fills the free seats of a room, by precedence of seats and people, with those who are expected in it. */
export function filling(meeting: Meeting, plan: SeatPlan): Assignments {
  const people = unseated(meeting, plan.siteId).filter((personId) => meeting.participants[personId]?.siteId === plan.siteId)
  const free = plan.seats.filter(({ personId }) => personId === null)
  return free.slice(0, people.length).map(({ seatId }, index) => ({ seatId, personId: people[index] ?? null }))
}
