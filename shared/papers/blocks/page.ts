import type { PageText } from '../contents.ts'
import { alignedTable } from './alignedTable.ts'
import { measure, paragraphsOf, type TextPart } from './paragraphs.ts'
import { middleIn, ruledTable, type PageTable } from './ruledTable.ts'
import { rulingsOf } from './ruling.ts'
import { joined, rectangleOf, rowsOf, type Piece, type Rectangle, type Row } from './rows.ts'
import { isText, sidesOf } from './sides.ts'

export type PagePart =
  | (TextPart & { kind: 'text' })
  | (PageTable & { kind: 'table' })
  | (Rectangle & { kind: 'picture'; text: string })

type Stretch = { at: number } & ({ table: PageTable } | { picture: Rectangle } | { rows: Row[] })

/** Pictures that are part of the text: not a scan behind its words, not a line or a logo of a few points. */
function picturesOf(page: PageText): Rectangle[] {
  if (page.source === 'ocr') return []
  const whole = page.width * page.height
  return (page.pictures ?? []).map(box => rectangleOf(box, page)).filter(({ x, y, right, bottom }) => {
    const area = (right - x) * (bottom - y)
    return right - x > 40 && bottom - y > 40 && area > whole * 0.015 && (area < whole * 0.8 || page.runs.length === 0)
  })
}

/** The text of one page in the order in which it is read. `sideways`: words that run up or down it. */
export function partsOfPage(page: PageText, pieces: readonly Piece[], sideways: readonly Piece[]): PagePart[] {
  const tables: PageTable[] = []
  const inTables = new Set<Piece>()
  for (const ruling of rulingsOf((page.rules ?? []).map(box => rectangleOf(box, page)))) {
    const free = [...pieces, ...sideways].filter(piece => !inTables.has(piece))
    const table = ruledTable(ruling, free)
    if (!table) continue
    tables.push(table)
    for (const piece of free) if (middleIn(piece, table)) inTables.add(piece)
  }
  const fixed: Stretch[] = [
    ...tables.map(table => ({ at: table.y, table })),
    ...picturesOf(page).filter(place => !tables.some(table => middleIn(place, table))).map(picture => ({ at: picture.y, picture })),
  ].sort((a, b) => a.at - b.at)

  // Rows between what stands fixed keep together, so that nothing is read across a table.
  const stretches: Stretch[] = []
  let next = 0
  for (const row of rowsOf(pieces.filter(piece => !inTables.has(piece)))) {
    while (next < fixed.length && (fixed[next] as Stretch).at < row.y) stretches.push(fixed[next++] as Stretch)
    const last = stretches.at(-1)
    if (last && 'rows' in last) last.rows.push(row)
    else stretches.push({ at: row.y, rows: [row] })
  }
  stretches.push(...fixed.slice(next))

  const lines = stretches.flatMap(stretch => ('rows' in stretch ? stretch.rows.map(row => joined(row.pieces)) : []))
  const body = measure(lines, tables)
  const parts = stretches.flatMap((stretch): PagePart[] => {
    if ('table' in stretch) return [{ kind: 'table', ...stretch.table }]
    if ('picture' in stretch) return [{ kind: 'picture', ...stretch.picture, text: '' }]
    return partsOfRows(stretch.rows, body, page.width)
  })
  const apart = sideways.filter(piece => !inTables.has(piece))
  return [...parts, ...apart.map((piece): PagePart => ({ kind: 'text', ...paragraphsOf([piece], measure([piece]))[0] as TextPart }))]
}

function partsOfRows(rows: readonly Row[], body: ReturnType<typeof measure>, pageWidth: number): PagePart[] {
  const parts: PagePart[] = []
  let lines: Piece[] = []
  const told = (found: readonly TextPart[]): void => { for (const part of found) parts.push({ kind: 'text', ...part }) }
  const tell = (): void => {
    told(paragraphsOf(lines, body))
    lines = []
  }
  for (let index = 0; index < rows.length;) {
    const aligned = alignedTable(rows, index, pageWidth)
    const sides = aligned ? null : sidesOf(rows, index)
    if (aligned) {
      tell()
      parts.push({ kind: 'table', ...aligned.table })
    } else if (sides) {
      tell()
      const text = isText(sides)
      told(paragraphsOf(sides.left, measure(sides.left), text ? undefined : 'left'))
      told(paragraphsOf(sides.right, measure(sides.right), text ? undefined : 'right'))
    } else {
      lines.push(joined((rows[index] as Row).pieces))
    }
    index += aligned?.used ?? sides?.used ?? 1
  }
  tell()
  return parts
}
