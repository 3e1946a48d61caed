/**
 * What one receiver takes. All that it could take stands in one line, the most needful first: the voices of the stage, the page, the speaker's low
 * layer, the rest of the stage, its own picture back, the gallery. It takes the longest beginning of that line which its line carries. So more
 * line never gives less of anything, the gallery goes first and the voice last (DOMAIN.md 2.8), and nothing is ever over the budget.
 */

/** From nothing but text and page numbers, which the hub sends anyway, up to everything. */
export const rungs = ['text', 'voices', 'page', 'speaker', 'stage', 'own', 'gallery'] as const
export type Rung = (typeof rungs)[number]

/** One layer of a simulcast picture, with all temporal layers below it. */
export interface Layer {
  spatial: number
  temporal: number
  width: number
  height: number
  bitsPerSecond: number
}

/** A place on the receiver's screen, in its own pixels, with the layers its producer sends, least first. */
export interface Tile {
  producerId: string
  width: number
  height: number
  layers: Layer[]
}

export interface Wanted {
  /** Voices of the stage, the speaker's first. */
  voices: { producerId: string; bitsPerSecond: number }[]
  /** The page that is presented, as a picture by the hub. */
  page: boolean
  /** Who is looked at; null: nobody on stage sends a picture. */
  speaker: Tile | null
  /** A shared screen and the others on stage. */
  stage: Tile[]
  own: Tile | null
  gallery: Tile[]
  /** "Tiết kiệm dữ liệu": no more than the speaker's low layer. */
  saveData: boolean
}

/** Of a producer: this layer; null for a voice. */
export interface Taken {
  producerId: string
  layer: Layer | null
}

export interface Step {
  rung: Rung
  /** Null: the page's picture. */
  taken: Taken | null
  /** What it costs more than the step before it of the same producer. */
  bitsPerSecond: number
}

export interface Served {
  rung: Rung
  taken: Taken[]
  page: boolean
  bitsPerSecond: number
}

/** Bits a second that a page's picture may take, and what votes, queue and page numbers have for themselves before anything else. */
export const pageBits = 32_000
export const hubBits = 24_000

/** The line of steps, most needful first. */
export function stepsOf(wanted: Wanted): Step[] {
  const { voices, page, speaker, stage, own, gallery, saveData } = wanted
  const needed: Step[] = [
    ...voices.map(({ producerId, bitsPerSecond }): Step => ({ rung: 'voices', taken: { producerId, layer: null }, bitsPerSecond })),
    ...(page ? [{ rung: 'page', taken: null, bitsPerSecond: pageBits } satisfies Step] : []),
    ...(speaker ? climb('speaker', speaker).slice(0, 1) : []),
  ]
  if (saveData) return needed
  return [
    ...needed,
    // Everybody on stage is seen before anybody is seen better.
    ...stage.flatMap((tile) => climb('stage', tile).slice(0, 1)),
    ...(speaker ? climb('stage', speaker).slice(1) : []),
    ...stage.flatMap((tile) => climb('stage', tile).slice(1)),
    ...(own ? climb('own', own) : []),
    ...gallery.flatMap((tile) => climb('gallery', tile).slice(0, 1)),
    ...gallery.flatMap((tile) => climb('gallery', tile).slice(1)),
  ]
}

/** One picture's layers as steps, up to the first that fills its tile: more would be sent for nobody's eyes. */
function climb(rung: Rung, { producerId, width, height, layers }: Tile): Step[] {
  const sorted = better(layers)
  const enough = sorted.find((layer) => layer.width >= width && layer.height >= height)
  const useful = enough ? sorted.filter((layer) => layer.spatial <= enough.spatial) : sorted
  return useful.map((layer, index) => ({ rung, taken: { producerId, layer }, bitsPerSecond: layer.bitsPerSecond - (useful[index - 1]?.bitsPerSecond ?? 0) }))
}

/** Layers from the least to the best, each larger or smoother than the one before it, and dearer: one that costs more than a better one is no step. */
function better(layers: readonly Layer[]): Layer[] {
  const ordered = [...layers].sort((a, b) => a.spatial - b.spatial || a.temporal - b.temporal)
  return ordered.filter((layer, index) => ordered.slice(index + 1).every((other) => other.bitsPerSecond > layer.bitsPerSecond))
}

/** The longest beginning of the line that `bitsPerSecond` carries. */
export function serve(steps: readonly Step[], bitsPerSecond: number): Served {
  const taken = new Map<string, Layer | null>()
  let [rung, page, spent]: [Rung, boolean, number] = ['text', false, 0]
  for (const step of steps) {
    if (spent + step.bitsPerSecond > bitsPerSecond) break
    spent += step.bitsPerSecond
    rung = step.rung
    if (step.taken) taken.set(step.taken.producerId, step.taken.layer)
    else page = true
  }
  return { rung, page, bitsPerSecond: spent, taken: [...taken].map(([producerId, layer]) => ({ producerId, layer })) }
}

/** Where a receiver stands: on the last rung whose steps it takes, and at the top when it has all that it wants, be that ever so little. */
export function rungReached(steps: readonly Step[], served: Served): Rung {
  return served.bitsPerSecond >= steps.reduce((sum, { bitsPerSecond }) => sum + bitsPerSecond, 0) ? 'gallery' : served.rung
}

/** A receiver's line as it is measured. */
export interface ReceiverLine {
  /** By the congestion control, bits a second. */
  availableBits: number
  lossPercent: number
  roundTripMs: number
}

/** What media may use of it: less where packets are lost or late, and never what the hub needs. */
export function usableBits({ availableBits, lossPercent, roundTripMs }: ReceiverLine): number {
  const forLoss = lossPercent >= 10 ? 0.7 : lossPercent >= 5 ? 0.85 : lossPercent >= 2 ? 0.95 : 1
  const forDelay = roundTripMs >= 800 ? 0.9 : 1
  return Math.max(0, Math.floor(availableBits * forLoss * forDelay) - hubBits)
}

/** By producer: the highest spatial layer that anybody takes; −1: nobody takes any. What is above is told to stop. */
export function highestTaken(producerIds: readonly string[], receivers: readonly Pick<Served, 'taken'>[]): Record<string, number> {
  const highest = new Map(producerIds.map((producerId) => [producerId, -1]))
  for (const { taken } of receivers) {
    for (const { producerId, layer } of taken) {
      const known = highest.get(producerId)
      if (known !== undefined) highest.set(producerId, Math.max(known, layer?.spatial ?? 0))
    }
  }
  return Object.fromEntries(highest)
}
