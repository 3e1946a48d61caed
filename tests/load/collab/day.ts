/** The ink of a day of eight hours: 300 delegates, 200,000 strokes, 60 papers of 12 pages, one stroke in ten for the meeting, the others for oneself. */
import { packMark } from '../../../client/meeting/marks/codec.ts'
import type { InkPoint } from '../../../client/meeting/marks/points.ts'
import { random, type Random } from '../../support/papers/random.ts'

const delegates = 300
export const pages = 12
/** Documents are one per paper, layer and owner, so one paper stands for all. */
export const strokesOfPaper = Math.round(200_000 / 60)
const points = 120

/** One owner's strokes in one layer: as the page packs them, and as bare points, two times 16 bits each. */
export interface Trace { owner: string; shared: boolean; strokes: Uint8Array[]; raw: Uint8Array[] }

export function strokesByLayer(): Trace[] {
  const chance = random(5)
  const layers = new Map<string, Trace>()
  for (let number = 0; number < strokesOfPaper; number += 1) {
    const [owner, shared] = [`delegate-${chance.below(delegates)}`, chance.below(10) === 0]
    const layer = layers.get(`${owner} ${shared}`) ?? { owner, shared, strokes: [], raw: [] }
    layers.set(`${owner} ${shared}`, layer)
    const hand = path(chance)
    layer.strokes.push(packMark({
      kind: 'stroke', id: '', at: Date.UTC(2026, 10, 22) + number * 144, colour: 'blue', unplaced: false, tool: 'pen', width: 0.004, points: hand,
      anchor: { page: 1 + chance.below(pages), quote: null, boxes: [] },
    }))
    layer.raw.push(new Uint8Array(Uint16Array.from(hand.flatMap(({ x, y }) => [x * 65_535, y * 65_535])).buffer))
  }
  return [...layers.values()]
}

/** A hand that writes, a point every eight milliseconds. */
function path(chance: Random): InkPoint[] {
  let [x, y, angle, speed] = [0.2 + chance.next() * 0.6, 0.2 + chance.next() * 0.6, chance.next() * 6.28, 0.001]
  return Array.from({ length: points }, () => {
    angle += (chance.next() - 0.5) * 0.9
    speed = Math.min(0.004, Math.max(0.0002, speed + (chance.next() - 0.5) * 0.0008))
    x = Math.min(1, Math.max(0, x + Math.cos(angle) * speed))
    y = Math.min(1, Math.max(0, y + Math.sin(angle) * speed))
    return { x, y, pressure: 0.5 }
  })
}
