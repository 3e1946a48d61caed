import type { PageText } from '../contents.ts'
import { joined, rowsOf, type Piece } from './rows.ts'

const alone = /^[-–—\s]*(?:trang|page)?\s*\(?(\d{1,4})\)?(?:\s*(?:\/|of|trên)\s*\d{1,4})?[-–—.\s]*$/iu
/** How far from the top and bottom of a page running heads and page numbers stand: within an inch, less on a small page. Points. */
const edgeOf = (page: PageText): number => Math.min(72, page.height * 0.11)

const worn = (text: string): string => text.replace(/\d+/gu, '#').toLowerCase()

/** Which pieces of each page are running heads, running feet and page numbers: what repeats page by page at the edge, and is read by nobody. */
export function furnitureOf(pages: readonly PageText[], piecesByPage: readonly Piece[][]): Set<Piece>[] {
  const edges = pages.map((page, index) => {
    const rows = rowsOf((piecesByPage[index] as Piece[]).filter(piece => piece.bottom < edgeOf(page) || piece.y > page.height - edgeOf(page)))
    return rows.map(row => ({ pieces: row.pieces, text: joined(row.pieces).text, top: Math.round(row.y / page.height * 60) }))
  })
  const seen = new Map<string, number>()
  const shifts = new Map<number, number>()
  edges.forEach((rows, index) => rows.forEach(({ text, top }) => {
    for (const near of [top - 1, top, top + 1]) seen.set(`${near}:${worn(text)}`, (seen.get(`${near}:${worn(text)}`) ?? 0) + 1)
    const number = alone.exec(text)?.[1]
    if (number !== undefined) shifts.set(Number(number) - index, (shifts.get(Number(number) - index) ?? 0) + 1)
  }))
  return edges.map((rows, index) => {
    const left = new Set<Piece>()
    for (const { pieces, text, top } of rows) {
      const number = alone.exec(text)?.[1]
      const shift = number === undefined ? 0 : Number(number) - index
      const pageNumber = number !== undefined && (shift === 1 || (shifts.get(shift) ?? 0) > 1)
      const repeats = pages.length > 2 && (seen.get(`${top}:${worn(text)}`) ?? 0) >= Math.max(3, pages.length * 0.3)
      if (pageNumber || repeats) for (const piece of pieces) left.add(piece)
    }
    return left
  })
}
