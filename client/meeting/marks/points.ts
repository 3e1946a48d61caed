/** A point of a stroke: `x`, `y` as parts (0–1) of the page, pressure 0–1. */
export interface InkPoint { x: number; y: number; pressure: number }

/** A page is so many steps wide and high: finer than a hair on A3. */
const steps = 32_767
const pressureSteps = 255
/** More than a stroke of a minute; what is longer is cut into several. */
export const mostPoints = 4000

/**
 * A stroke as bytes: a flag (1: with pressure), then each point's way from the one before in steps, each number in seven-bit groups. About three
 * bytes a point. Also for live strokes: a later part of one is packed by itself.
 */
export function packPoints(points: readonly InkPoint[]): Uint8Array {
  const kept = points.slice(0, mostPoints)
  const pressed = kept.some(({ pressure }) => Math.round(pressure * pressureSteps) !== Math.round(0.5 * pressureSteps))
  const bytes: number[] = [pressed ? 1 : 0]
  let [x, y, p] = [0, 0, 0]
  for (const point of kept) {
    const next = [step(point.x, steps), step(point.y, steps), step(point.pressure, pressureSteps)] as const
    writeSigned(bytes, next[0] - x)
    writeSigned(bytes, next[1] - y)
    if (pressed) writeSigned(bytes, next[2] - p)
    ;[x, y, p] = next
  }
  return Uint8Array.from(bytes)
}

/** The points of a packed stroke; null when these bytes are none. */
export function unpackPoints(bytes: Uint8Array): InkPoint[] | null {
  const pressed = bytes[0] === 1
  if (bytes.length === 0 || (bytes[0] ?? 2) > 1) return null
  const reader = { bytes, at: 1 }
  const points: InkPoint[] = []
  let [x, y, p] = [0, 0, 0]
  while (reader.at < bytes.length) {
    if (points.length >= mostPoints) return null
    const way = [readSigned(reader), readSigned(reader), pressed ? readSigned(reader) : 0]
    if (way.some((part) => part === null)) return null
    x += way[0] as number
    y += way[1] as number
    p += way[2] as number
    if (x < 0 || x > steps || y < 0 || y > steps || p < 0 || p > pressureSteps) return null
    points.push({ x: x / steps, y: y / steps, pressure: pressed ? p / pressureSteps : 0.5 })
  }
  return points
}

function step(value: number, most: number): number {
  return Math.round(Math.min(1, Math.max(0, Number.isFinite(value) ? value : 0)) * most)
}

function writeSigned(bytes: number[], value: number): void {
  let rest = value < 0 ? -value * 2 - 1 : value * 2
  while (rest > 127) {
    bytes.push(rest % 128 + 128)
    rest = Math.floor(rest / 128)
  }
  bytes.push(rest)
}

function readSigned(reader: { bytes: Uint8Array; at: number }): number | null {
  let value = 0
  for (let group = 0; group < 3; group++) {
    const byte = reader.bytes[reader.at++]
    if (byte === undefined) return null
    value += (byte % 128) * 128 ** group
    if (byte < 128) return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }
  return null
}
