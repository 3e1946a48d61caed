import { place, versionText, type Hints, type Version } from '../../../shared/papers/anchor.ts'
import type { PageWords } from '../../../shared/papers/quotes.ts'
import { boundsOf, type Mark } from './mark.ts'

/**
 * A mark of an earlier version as it stands in the next: with its words, or on its unchanged page; what nobody can place is marked so and waits.
 * Its id follows from the old one, so that two devices that do it at once make one mark of it.
 */
export function carried(mark: Mark, from: number, version: Version, hints: Hints): Mark {
  const id = carriedId(mark.id, from)
  const placed = place(mark.anchor, version, hints)
  if (!placed) return { ...mark, id, unplaced: true }
  const anchor = { ...mark.anchor, page: placed.page, boxes: placed.boxes }
  if (mark.kind !== 'stroke') return { ...mark, id, anchor, unplaced: false }
  const [was, is] = [boundsOfBoxes(mark.anchor.boxes), boundsOfBoxes(placed.boxes)]
  if (!was || !is || placed.certainty === 'page') return { ...mark, id, anchor, unplaced: false }
  // Ink goes along with the words it was drawn over.
  const [byX, byY] = [is.x - was.x, is.y - was.y]
  return { ...mark, id, anchor, unplaced: false, points: mark.points.map((point) => ({ ...point, x: inside(point.x + byX), y: inside(point.y + byY) })) }
}

export function carriedId(id: string, from: number): string {
  return `${id}~${from}`
}

/** Marks that are carried on: those that were made, and those that were carried before; not what was taken back. */
export function worthCarrying(marks: readonly Mark[]): Mark[] {
  return marks.filter(({ kind }) => kind !== 'tombstone')
}

/**
 * Which page of version `to` is the same as a page of the version before, when all that is known is which of its pages differ and how many
 * pages there are. Where pages came or went, those before the first change keep their number, those after the last keep it from the end.
 */
export function hintsFrom(changedPages: readonly number[] | null, pagesBefore: number, pagesAfter: number): Hints {
  if (changedPages === null) return { samePage: () => null }
  const changed = new Set(changedPages)
  const first = Math.min(Infinity, ...changedPages)
  const last = Math.max(0, ...changedPages)
  const moved = pagesAfter - pagesBefore
  return {
    samePage(page) {
      if (moved === 0) return page <= pagesAfter && !changed.has(page) ? page : null
      if (page < first && page <= pagesAfter) return page
      return page + moved > last && page + moved <= pagesAfter && page + moved >= 1 ? page + moved : null
    },
  }
}

/** The text of a version as it is needed to place marks; pages that cannot be read have no words. */
export async function readVersion(pages: number, words: (page: number) => Promise<PageWords>): Promise<Version> {
  const read: PageWords[] = []
  for (let page = 1; page <= pages; page++) read.push(await words(page).catch(() => ({ runs: [] })))
  return versionText(read)
}

function boundsOfBoxes(boxes: Mark['anchor']['boxes']) {
  return boundsOf({ kind: 'highlight', anchor: { page: 1, quote: null, boxes } } as Mark)
}
const inside = (value: number) => Math.min(1, Math.max(0, value))
