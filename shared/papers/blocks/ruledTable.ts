import type { TableSpan } from '../contents.ts'
import { markerOf } from './markers.ts'
import { parts, stepsOf, type Ruling } from './ruling.ts'
import { joined, rowsOf, type Piece, type Rectangle } from './rows.ts'

/** A table on one page. `sides`: where its columns part, from its left to its right edge. */
export interface PageTable extends Rectangle { rows: string[][]; spans: TableSpan[]; sides: number[]; headRows: number }

const mostPlaces = 6000

export const middleIn = (piece: Rectangle, { x, y, right, bottom }: Rectangle): boolean => {
  const [across, down] = [(piece.x + piece.right) / 2, (piece.y + piece.bottom) / 2]
  return across >= x && across <= right && down >= y && down <= bottom
}

/** The words of a cell; a list in it keeps its lines. */
export function cellText(pieces: readonly Piece[]): string {
  let text = ''
  for (const row of rowsOf(pieces)) {
    const line = joined(row.pieces).text
    text += text === '' ? line : (markerOf(line) ? '\n' : ' ') + line
  }
  return text
}

/** The table that this ruling draws around `pieces`; null: no table, or one with hardly a word in it. */
export function ruledTable({ across, down }: Ruling, pieces: readonly Piece[]): PageTable | null {
  if (across.length < 2 || down.length === 0) return null
  const sides = stepsOf([...down.map(rule => rule.at), Math.min(...across.map(rule => rule.from)), Math.max(...across.map(rule => rule.to))], 5)
  const heights = stepsOf([...across.map(rule => rule.at), ...(down.length > 1 ? [Math.min(...down.map(rule => rule.from)), Math.max(...down.map(rule => rule.to))] : [])], 5)
  const [columns, rowCount] = [sides.length - 1, heights.length - 1]
  if (columns < 2 || rowCount < 1 || columns * rowCount > mostPlaces) return null
  const at = (steps: number[], index: number): number => steps[index] as number

  const texts: string[][] = Array.from({ length: rowCount }, () => Array<string>(columns).fill(''))
  const bold = Array.from({ length: rowCount }, () => 0)
  const taken = texts.map(row => row.map(() => false))
  const spans: TableSpan[] = []
  let cells = 0
  let filled = 0
  for (let row = 0; row < rowCount; row++) for (let column = 0; column < columns; column++) {
    if (taken[row]?.[column]) continue
    let wide = 1
    while (column + wide < columns && !taken[row]?.[column + wide] && !parts(down, at(sides, column + wide), at(heights, row), at(heights, row + 1))) wide++
    let high = 1
    const open = (line: number): boolean => Array.from({ length: wide }, (_, index) => column + index).every(each => !parts(across, at(heights, line), at(sides, each), at(sides, each + 1)))
    while (row + high < rowCount && open(row + high)) high++
    for (let y = row; y < row + high; y++) for (let x = column; x < column + wide; x++) (taken[y] as boolean[])[x] = true
    const place = { x: at(sides, column), right: at(sides, column + wide), y: at(heights, row), bottom: at(heights, row + high) }
    const inside = pieces.filter(piece => middleIn(piece, place))
    const text = cellText(inside)
    ;(texts[row] as string[])[column] = text
    cells++
    if (text !== '') filled++
    if (text !== '' && inside.every(piece => piece.bold)) (bold[row] as number)++
    if (wide > 1 || high > 1) spans.push({ row, column, rows: high, columns: wide })
  }
  if (filled < 2 || filled < cells * 0.25) return null
  const rectangle = { x: at(sides, 0), right: at(sides, columns), y: at(heights, 0), bottom: at(heights, rowCount) }
  return { ...rectangle, rows: texts, spans, sides, headRows: headRowsOf(texts, spans, bold) }
}

const figure = /^[-–(]?[\d.,\s]+%?\)?$/u
const numbered = /^\(?([A-Z]|\d{1,2})(\s*=.*)?\)?$/u

/** How many rows at the top name the columns: with what spans them, and the row that numbers them. */
export function headRowsOf(rows: readonly string[][], spans: readonly TableSpan[], bold: readonly number[] = []): number {
  const first = rows[0]
  if (!first || rows.length < 2) return 0
  const words = first.filter(text => text !== '')
  if (words.length < Math.min(2, first.length) || words.some(text => figure.test(text) && text.length > 4)) return 0
  if (words.length === 1 && (bold[0] ?? 0) === 0) return 0
  let head = Math.max(1, ...spans.filter(span => span.row === 0 && span.rows < rows.length).map(span => span.rows))
  const next = rows[head]
  if (next && head + 1 < rows.length && next.filter(text => text !== '').length > 1 && next.every(text => text === '' || numbered.test(text))) head++
  return head
}
