import { refusal, type Refusal } from '../../contracts/refusal.ts'
import type { Commands } from '../command.ts'
import { entry } from '../entities.ts'
import type { MeetingCommon } from '../state.ts'
import { roomKey, type Seat, type SeatPlan } from './state.ts'

/** Seats of all rooms together. */
const mostSeats = 2000

type Meeting = Pick<MeetingCommon, 'seatPlans' | 'participants' | 'details'>

export function seatPlanOf(meeting: Pick<Meeting, 'seatPlans'>, siteId: string | null): SeatPlan | undefined {
  return entry(meeting.seatPlans, roomKey(siteId))
}

export function allSeats(meeting: Pick<Meeting, 'seatPlans'>): Seat[] {
  return Object.values(meeting.seatPlans).flatMap(({ seats }) => seats)
}

/** Where a person's nameplate stands, in any room. */
export function seatOf(meeting: Pick<Meeting, 'seatPlans'>, personId: string): { plan: SeatPlan; seat: Seat } | null {
  for (const plan of Object.values(meeting.seatPlans)) {
    const seat = plan.seats.find((one) => one.personId === personId)
    if (seat) return { plan, seat }
  }
  return null
}

function labelRefusal(labels: readonly string[]): Refusal | null {
  const twice = labels.find((label, index) => labels.indexOf(label) < index)
  return twice === undefined ? null : refusal('seats.labelTwice', { label: twice })
}

/** Whether a room may be drawn like this. */
export function drawRefusal(meeting: Meeting, { siteId, seats }: Commands['seats:draw']): Refusal | null {
  if (siteId !== null && !meeting.details.siteIds.includes(siteId)) return refusal('seats.unknownRoom')
  const here = seatPlanOf(meeting, siteId)?.seats ?? []
  const known = new Set(here.map(({ seatId }) => seatId))
  // Taken out as it is found, so that a seat named twice is unknown the second time.
  if (seats.some(({ seatId }) => seatId !== undefined && !known.delete(seatId))) return refusal('seats.unknown')
  if (allSeats(meeting).length - here.length + seats.length > mostSeats) return refusal('seats.tooMany', { most: mostSeats })
  return labelRefusal(seats.map(({ label }) => label))
}

export function changeSeatRefusal(meeting: Meeting, { seatId, label, x, y }: Commands['seats:change']): Refusal | null {
  const plan = Object.values(meeting.seatPlans).find(({ seats }) => seats.some((one) => one.seatId === seatId))
  const seat = plan?.seats.find((one) => one.seatId === seatId)
  if (!plan || !seat) return refusal('seats.unknown')
  if ((label ?? seat.label) === seat.label && (x ?? seat.x) === seat.x && (y ?? seat.y) === seat.y) return refusal('seats.unchanged')
  return labelRefusal(plan.seats.map((one) => (one.seatId === seatId ? (label ?? one.label) : one.label)))
}

/** One person a seat and one seat a person, as it stands when all of `assignments` are done. */
export function assignRefusal(meeting: Meeting, assignments: Commands['seats:assign']['assignments']): Refusal | null {
  const after = new Map(allSeats(meeting).map(({ seatId, personId }) => [seatId, personId]))
  const named = new Set<string>()
  let changes = false
  for (const { seatId, personId } of assignments) {
    if (!after.has(seatId)) return refusal('seats.unknown')
    if (personId !== null && !entry(meeting.participants, personId)) return refusal('participants.unknown')
    if (named.has(seatId)) return refusal('seats.seatTwice')
    named.add(seatId)
    changes ||= after.get(seatId) !== personId
    after.set(seatId, personId)
  }
  const seated = [...after.values()].filter((personId) => personId !== null)
  if (new Set(seated).size < seated.length) return refusal('seats.personTwice')
  return changes ? null : refusal('seats.unchanged')
}
