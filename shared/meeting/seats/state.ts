/** How the seats of a room were laid out: by a few numbers, or by hand. */
export type SeatLayout =
  /** `head`: seats at the chair's table in front; `aisle`: a gap in the middle of each row. */
  | { kind: 'rows'; head: number; rows: number; perRow: number; aisle: boolean }
  /** `head`: seats across the top; `sides`: seats down each arm; `lines`: how many lines deep the arms are. */
  | { kind: 'horseshoe'; head: number; sides: number; lines: number }
  | { kind: 'free' }

/** A place in the drawing of a room: `x` from the left, `y` from the chair's end, both 0 to 1. */
export interface SeatPlace {
  x: number
  y: number
}

export interface Seat extends SeatPlace {
  seatId: string
  /** What stands on the chair: "A3". Different within a room. */
  label: string
  /** Whose nameplate (biển tên) stands there; null: nobody's. */
  personId: string | null
}

/** The seat plan (sơ đồ chỗ ngồi) of one room. */
export interface SeatPlan {
  /** Null: the main room. */
  siteId: string | null
  layout: SeatLayout
  /** By precedence: the chair's own seat first. */
  seats: Seat[]
}

/** Key of the main room's plan; the id of a site cannot look like it. */
const mainRoomKey = '-'

/** Where the plan of a room lies in `seatPlans`. */
export function roomKey(siteId: string | null): string {
  return siteId ?? mainRoomKey
}
