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

/** The line of a stroke on a page of this many pixels, for an SVG path: through the middles of its points, so that it is smooth. */
export function pathOf(points: readonly number[], width: number, height: number): string {
  const at = (index: number): [number, number] => [(points[2 * index] ?? 0) / inkGrid * width, (points[2 * index + 1] ?? 0) / inkGrid * height]
  const count = Math.floor(points.length / 2)
  const write = ([x, y]: [number, number]) => `${x.toFixed(1)} ${y.toFixed(1)}`
  if (count === 0) return ''
  let path = `M${write(at(0))}`
  if (count === 1) return `${path}l0.01 0`
  for (let index = 1; index < count - 1; index += 1) {
    const [here, next] = [at(index), at(index + 1)]
    path += `Q${write(here)} ${write([(here[0] + next[0]) / 2, (here[1] + next[1]) / 2])}`
  }
  return `${path}L${write(at(count - 1))}`
}
