import type { SeatLayout, SeatPlace } from './state.ts'

export interface SeatFacts {
  /** The whole plan of a room anew; a seat whose id was there before keeps its person. */
  'seats.drawn': { siteId: string | null; layout: SeatLayout; seats: ({ seatId: string; label: string } & SeatPlace)[] }
  'seats.changed': { seatId: string; label?: string } & Partial<SeatPlace>
  'seats.assigned': { assignments: { seatId: string; personId: string | null }[] }
  'seats.cleared': { siteId: string | null }
}
