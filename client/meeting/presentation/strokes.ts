import { inkGrid, type InkBatch } from '../../../shared/meeting/presentation/pointing.ts'

/** A stroke as it is being drawn by the presenter, on this screen only. */
export interface LiveStroke extends Pick<InkBatch, 'strokeId' | 'paperId' | 'page' | 'tool' | 'colour' | 'width'> {
  /** x, y, x, y … on the grid of pointing.ts. */
  points: readonly number[]
  done: boolean
  /** When the last of it came, milliseconds on this device. */
  at: number
}

/** Milliseconds that a stroke stays after its last point: what shall stay longer is committed to a layer, and comes from there. */
export const strokeStays = 6_000
/** However much a presenter scribbles, a follower's tablet draws no more than this. */
const mostStrokes = 60
const mostPoints = 4_000

/** The strokes after one more batch. Batches overlap, so that one that was lost leaves no gap. */
export function withBatch(strokes: readonly LiveStroke[], { from, points: added, done, ...stroke }: InkBatch, at: number): readonly LiveStroke[] {
  const known = strokes.find(({ strokeId }) => strokeId === stroke.strokeId)
  const before = known?.points.slice(0, 2 * from) ?? []
  const points = [...before, ...added]
  // An older batch that came late must not shorten what is there.
  const longer = known && known.points.length > points.length ? known.points : points
  const next: LiveStroke = { ...stroke, points: longer.slice(0, 2 * mostPoints), done: done || known?.done === true, at }
  if (known) return strokes.map((one) => (one === known ? next : one))
  return [...strokes, next].slice(-mostStrokes)
}

/** What is still to be seen. */
export function stillSeen(strokes: readonly LiveStroke[], now: number): readonly LiveStroke[] {
  const left = strokes.filter(({ at }) => now - at < strokeStays)
  return left.length === strokes.length ? strokes : left
}

/** Its points as a layer keeps them: so the stroke looks the same before and after it is there. */
export function pointsOf(points: readonly number[]): { x: number; y: number; pressure: number }[] {
  return Array.from({ length: Math.floor(points.length / 2) }, (_, index) => ({ x: (points[2 * index] ?? 0) / inkGrid, y: (points[2 * index + 1] ?? 0) / inkGrid, pressure: 0.5 }))
}
