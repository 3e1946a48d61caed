import type { Seat, SeatPlace } from '../../../shared/meeting/seats/state.ts'

/** CSS pixels. */
export interface Size {
  width: number
  height: number
}

const gap = 6
const largest: Size = { width: 136, height: 62 }
const smallest: Size = { width: 30, height: 26 }
/** How high a seat may be for its width: nameplates first, squares where rows are wide. */
const shapes = [0.36, 0.46, 0.6, 0.8, 1]

/** The largest seat with which none of these places overlap on such a board; a seat at 0 or 1 touches the board's edge from within. */
export function seatSize(places: readonly SeatPlace[], board: Size): Size {
  const sizes = shapes.map((shape): Size => {
    let width = Math.min(largest.width, largest.height / shape)
    for (const [index, one] of places.entries()) {
      for (const other of places.slice(index + 1)) {
        const [x, y] = [Math.abs(one.x - other.x), Math.abs(one.y - other.y)]
        const fits = Math.max((x * board.width - gap) / (1 + x), (y * board.height - gap) / (1 + y) / shape)
        if (fits < width) width = fits
      }
    }
    return { width, height: width * shape }
  })
  const readable = ({ width, height }: Size) => Math.min(width / 100, height / 50)
  const best = sizes.reduce((a, b) => (readable(b) > readable(a) ? b : a))
  return { width: Math.max(smallest.width, best.width), height: Math.max(smallest.height, best.height) }
}

const touchable = 48
/** Narrower boards belong to phones; on wider ones the whole room is seen at once. */
const phone = 600

/** How many times larger than a phone's screen the room is drawn, so that each seat can be touched; the rest of it is a swipe away. */
export function roomScale(places: readonly SeatPlace[], screen: Size): number {
  if (screen.width === 0 || screen.width >= phone) return 1
  const scales = [1, 1.25, 1.5, 2, 2.5, 3]
  return scales.find((scale) => {
    const { width, height } = seatSize(places, { width: screen.width * scale, height: screen.height * scale })
    return Math.min(width, height) >= touchable
  }) ?? 4
}

export const directions = { ArrowLeft: { x: -1, y: 0 }, ArrowRight: { x: 1, y: 0 }, ArrowUp: { x: 0, y: -1 }, ArrowDown: { x: 0, y: 1 } } as const
export type DirectionKey = keyof typeof directions

export function isDirection(key: string): key is DirectionKey {
  return Object.hasOwn(directions, key)
}

/** The seat that lies next in this direction; what stands aside counts as farther. */
export function seatTowards(seats: readonly Seat[], from: SeatPlace, key: DirectionKey): Seat | null {
  const { x, y } = directions[key]
  const found = seats
    .map((seat) => {
      const along = (seat.x - from.x) * x + (seat.y - from.y) * y
      const aside = Math.abs((seat.x - from.x) * y) + Math.abs((seat.y - from.y) * x)
      return { seat, along, far: along + 2.5 * aside }
    })
    .filter(({ along }) => along > 0.001)
  return found.reduce<(typeof found)[number] | null>((best, one) => (best === null || one.far < best.far ? one : best), null)?.seat ?? null
}

/** Within the room, and rounded so that a fact does not carry a dozen digits. */
export function within(value: number): number {
  return Math.round(Math.min(1, Math.max(0, value)) * 1000) / 1000
}
