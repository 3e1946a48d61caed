import { headRowsOf, type PageTable } from './ruledTable.ts'
import { around, segmentsOf, type Piece, type Row } from './rows.ts'

interface Stretch { x: number; right: number }

/** Stretches from left to right, those that overlap put together. */
function together(stretches: readonly Stretch[]): Stretch[] {
  const columns: Stretch[] = []
  for (const { x, right } of [...stretches].sort((a, b) => a.x - b.x)) {
    const last = columns.at(-1)
    if (last && x < last.right + 2) last.right = Math.max(last.right, right)
    else columns.push({ x, right })
  }
  return columns
}

/** Letterheads and signatures stand side by side too, but are no tables. */
const sideBySide = /cộng h[òo][àa]? xã hội|độc lập\s*[-–]\s*tự do|^nơi nhận|^(tm|kt|tl|tuq|q)\.\s/iu

/**
 * A table without ruling: rows from `rows[from]` on whose words stand below each other in columns. Null when the columns do not hold for
 * enough rows to be sure. `used`: how many rows it takes.
 */
export function alignedTable(rows: readonly Row[], from: number, pageWidth: number): { table: PageTable; used: number } | null {
  const split = (row: Row): Piece[] => segmentsOf(row, 0.8)
  let columns = together(split(rows[from] as Row))
  if (columns.length < 2) return null
  const taken = [split(rows[from] as Row)]
  for (let index = from + 1; index < rows.length; index++) {
    const [row, before] = [rows[index] as Row, rows[index - 1] as Row]
    const pieces = split(row)
    if (row.y - before.bottom > 2.2 * (pieces[0]?.size ?? 12)) break
    const next = together([...columns, ...pieces])
    if (next.length < columns.length || next.length < 2) break
    columns = next
    taken.push(pieces)
  }
  while (taken.length > 0 && taken.at(-1)?.length === 1) taken.pop()
  columns = together(taken.flat())
  const parted = taken.filter(pieces => pieces.length > 1)
  const wide = parted.filter(pieces => pieces.length > 2).length
  if (taken.some(pieces => pieces.some(({ text }) => sideBySide.test(text)))) return null
  const sure = columns.length > 2
    ? wide >= 2 && parted.length >= 3 && parted.length >= taken.length * 0.6
    : columns.length === 2 && parted.length >= 4 && parted.length >= taken.length * 0.8 && columns.some(({ x, right }) => right - x < pageWidth * 0.25)
  if (!sure) return null

  const lines = taken.map(pieces => columns.map(({ x, right }) =>
    pieces.filter(piece => (piece.x + piece.right) / 2 >= x && (piece.x + piece.right) / 2 <= right).map(({ text }) => text).join(' ')))
  const cells: string[][] = []
  lines.forEach((line, index) => {
    const [above, here, before] = [cells.at(-1), taken[index] as Piece[], taken[index - 1]]
    const filled = line.filter(text => text !== '').length
    const close = before !== undefined && around(here).y - around(before).y < 1.45 * (here[0]?.size ?? 12)
    if (above && close && line[0] === '' && filled <= columns.length / 2) line.forEach((text, column) => { if (text !== '') above[column] = `${above[column]} ${text}`.trim() })
    else cells.push(line)
  })
  const place = around(taken.flat())
  const sides = [place.x, ...columns.slice(1).map(({ x }, index) => (x + (columns[index] as Stretch).right) / 2), place.right]
  const bold = taken.map(pieces => pieces.filter(piece => piece.bold).length)
  return { table: { ...place, rows: cells, spans: [], sides, headRows: headRowsOf(cells, [], bold) }, used: taken.length }
}
