import { getStroke } from 'perfect-freehand'
import type { Mark } from './mark.ts'
import type { InkPoint } from './points.ts'

/** Strokes are drawn in a page that is so wide; how high it is follows from its shape. */
export const inkWidth = 1000

type Stroke = Extract<Mark, { kind: 'stroke' }>

/** Of a page's width: a pen's and a highlighter's stroke. */
export const penWidth = 0.0042
export const highlighterWidth = 0.024

/** The outline of a stroke as an SVG path, crisp at any zoom. `height`: of the page, in units of `inkWidth`. */
export function strokePath({ points, tool, width }: Pick<Stroke, 'points' | 'tool' | 'width'>, height: number, done = true): string {
  const pressed = points.some(({ pressure }) => pressure !== 0.5)
  const outline = getStroke(points.map(({ x, y, pressure }): [number, number, number] => [x * inkWidth, y * height, pressure]), {
    size: width * inkWidth,
    thinning: tool === 'pen' ? (pressed ? 0.6 : 0.35) : 0,
    smoothing: 0.5,
    streamline: 0.35,
    simulatePressure: tool === 'pen' && !pressed,
    last: done,
  })
  const [first] = outline
  if (!first) return ''
  let path = `M${one(first[0])} ${one(first[1])}Q`
  outline.forEach(([x, y], index) => {
    const [nextX, nextY] = outline[(index + 1) % outline.length] as [number, number]
    path += `${one(x)} ${one(y)} ${one((x + nextX) / 2)} ${one((y + nextY) / 2)} `
  })
  return `${path}Z`
}

const one = (value: number) => Math.round(value * 10) / 10

const paths = new WeakMap<object, { height: number; path: string }>()

/** The same, remembered: marks never change. */
export function pathOf(stroke: Stroke, height: number): string {
  const known = paths.get(stroke)
  if (known?.height === height) return known.path
  const path = strokePath(stroke, height)
  paths.set(stroke, { height, path })
  return path
}

/** Leaves out what is too near to be seen, so that a slow hand makes no long stroke. */
export function thinned(points: readonly InkPoint[], least = 0.0006): InkPoint[] {
  const kept: InkPoint[] = []
  for (const [index, point] of points.entries()) {
    const last = kept.at(-1)
    if (!last || index === points.length - 1 || Math.hypot(point.x - last.x, point.y - last.y) >= least) kept.push(point)
  }
  return kept
}
