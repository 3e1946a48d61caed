import type { StageMessage } from '../../shared/contracts/media.ts'
import type { Source } from '../../shared/media/peer.ts'

/** stage: who is looked at, large, and the others on stage. gallery: besides them everybody who sends a picture. grid: all of one size. */
export const layouts = ['stage', 'gallery', 'grid'] as const
export type Layout = (typeof layouts)[number]

/** One place on the screen. `peerId` null: nothing of him is connected; his name stands there all the same. */
export interface Tile {
  key: string
  peerId: string | null
  source: Source
  personId: string | null
  siteId: string | null
  /** Why he is on stage; null: in the gallery. */
  because: StageMessage['onStage'][number]['because'] | null
}

export interface Arrangement {
  main: Tile | null
  beside: Tile[]
  gallery: Tile[]
  /** Grids of at most `mostInGrid`. */
  pages: number
}

export const mostInGrid = 25

/** Where everybody is on the screen. The order follows the hub's, so nobody jumps about because he is loud. */
export function arrange({ onStage, peers }: Pick<StageMessage, 'onStage' | 'peers'>, layout: Layout, page = 0): Arrangement {
  const shared = peers.flatMap((peer) => peer.sources.filter((source) => source === 'screen' || source === 'second').map((source): Tile => ({ ...about(peer), key: `${peer.peerId} ${source}`, source, because: 'floor' })))
  const staged = onStage.map((one): Tile => ({
    key: one.peerId ?? `${one.personId ?? ''}@${one.siteId ?? ''}`, peerId: one.peerId, source: 'camera', personId: one.personId, siteId: one.siteId, because: one.because,
  })).filter(({ key }, index, all) => all.findIndex((other) => other.key === key) === index)
  const others = peers.filter((peer) => peer.sources.includes('camera') && !staged.some(({ peerId }) => peerId === peer.peerId)).map((peer): Tile => ({ ...about(peer), key: peer.peerId, source: 'camera', because: null }))
  if (layout === 'grid') {
    const all = [...shared, ...staged, ...others]
    const pages = Math.max(1, Math.ceil(all.length / mostInGrid))
    const from = Math.min(page, pages - 1) * mostInGrid
    return { main: null, beside: [], gallery: all.slice(from, from + mostInGrid), pages }
  }
  const [main = null, ...beside] = [...shared, ...staged]
  const pages = Math.max(1, Math.ceil(others.length / mostInGrid))
  const from = Math.min(page, pages - 1) * mostInGrid
  return { main, beside, gallery: layout === 'gallery' ? others.slice(from, from + mostInGrid) : [], pages: layout === 'gallery' ? pages : 1 }
}

function about({ peerId, siteId, personId }: StageMessage['peers'][number]): Pick<Tile, 'peerId' | 'siteId' | 'personId'> {
  return { peerId, siteId, personId }
}

/** Columns of a grid of `count` places in a box, so that places of 16:9 become as large as they can. */
export function columnsFor(count: number, width: number, height: number): number {
  let [best, largest] = [1, 0]
  for (let columns = 1; columns <= Math.max(1, count); columns += 1) {
    const rows = Math.ceil(count / columns)
    const each = Math.min(width / columns, (height / rows) * (16 / 9))
    if (each > largest) [best, largest] = [columns, each]
  }
  return best
}

/** Loud enough to be a voice and not the room. */
export const voiceDecibels = -50

/** Who is heard the most at this moment; null: nobody. */
export function loudest(levels: ReadonlyMap<string, number>): string | null {
  const [first] = [...levels].filter(([, decibels]) => decibels > voiceDecibels).sort((a, b) => b[1] - a[1])
  return first?.[0] ?? null
}
