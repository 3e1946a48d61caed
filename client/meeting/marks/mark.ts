import type { Anchor } from '../../../shared/papers/anchor.ts'
import type { InkPoint } from './points.ts'

/** Few, and each has a name that one can say ("màu đỏ"). The first of each tool is what it starts with. */
export const penColours = ['blue', 'red', 'black'] as const
export const highlighterColours = ['yellow', 'green', 'pink'] as const
export type MarkColour = (typeof penColours)[number] | (typeof highlighterColours)[number]
export const markColours: readonly MarkColour[] = [...penColours, ...highlighterColours]

/** On the page, which is white in every theme. */
export const colourValues: Record<MarkColour, string> = {
  blue: '#1746a2', red: '#c4161c', black: '#1d1a17', yellow: '#ffd60a', green: '#7bd88f', pink: '#ff9ec4',
}

interface MarkBase {
  /** Unique in the paper; deterministic for what is carried over from an earlier version. */
  id: string
  /** When it was made, milliseconds since the epoch (this device's clock). */
  at: number
  colour: MarkColour
  /** Where it is. A stroke's boxes are the words it was drawn over, if there are any: it moves with them. */
  anchor: Anchor
  /** Carried over from that version and waiting to be placed by hand: `anchor` is still the old one. */
  unplaced: boolean
}

export type Mark = MarkBase & (
  /** `width` as a part of the page's width. */
  | { kind: 'stroke'; tool: 'pen' | 'highlighter'; width: number; points: InkPoint[] }
  | { kind: 'highlight' }
  | { kind: 'note'; text: string }
  /** What stood in a layer that others read and was taken back: that it was there, not what it was. */
  | { kind: 'tombstone' }
)

export const longestNote = 4000

/** The least box around a mark on its page, 0–1; null when it has no place. */
export function boundsOf(mark: Mark): { x: number; y: number; width: number; height: number } | null {
  const corners = mark.kind === 'stroke'
    ? mark.points.map(({ x, y }) => ({ left: x, top: y, right: x, bottom: y }))
    : mark.anchor.boxes.map(({ x, y, width, height }) => ({ left: x, top: y, right: x + width, bottom: y + height }))
  if (corners.length === 0) return null
  const [left, top] = [Math.min(...corners.map((one) => one.left)), Math.min(...corners.map((one) => one.top))]
  return { x: left, y: top, width: Math.max(...corners.map((one) => one.right)) - left, height: Math.max(...corners.map((one) => one.bottom)) - top }
}
