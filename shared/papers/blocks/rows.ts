import type { Box, PageText, TextRun } from '../contents.ts'

/** Edges in points from the upper left corner of the page as it is seen. */
export interface Rectangle { x: number; y: number; right: number; bottom: number }

/** Words in one font, and later a stretch of a line. `boldTo`: how many characters of `text` from its beginning are bold. */
export interface Piece extends Rectangle {
  text: string
  size: number
  bold: boolean
  italic: boolean
  boldTo: number
  /** Parted from the piece before it by white space that the paper itself holds. */
  spaced: boolean
}

/** What stands at one height; pieces from left to right. */
export interface Row extends Rectangle { pieces: Piece[] }

export function rectangleOf(box: Box, page: PageText): Rectangle {
  return { x: box.x * page.width, y: box.y * page.height, right: (box.x + box.width) * page.width, bottom: (box.y + box.height) * page.height }
}

export function around(parts: readonly Rectangle[]): Rectangle {
  return {
    x: Math.min(...parts.map(part => part.x)), y: Math.min(...parts.map(part => part.y)),
    right: Math.max(...parts.map(part => part.right)), bottom: Math.max(...parts.map(part => part.bottom)),
  }
}

/** Letters that run up or down the page. */
export function isUpright({ width, height, text, size }: TextRun, page: PageText): boolean {
  return text.trim().length < 2 || height * page.height < 1.8 * size || width * page.width > 1.8 * size
}

/**
 * The runs of a page as pieces with words in them. What is drawn twice in the same place to look bold is told once; the second is given to
 * `twice`.
 */
export function piecesOf(page: PageText, runs: readonly TextRun[], twice: (text: string) => void): Piece[] {
  const pieces: Piece[] = []
  const byText = new Map<string, Piece[]>()
  let spaced = false
  for (const run of runs) {
    const text = run.text.normalize('NFC').replace(/\s+/gu, ' ')
    if (text.trim() === '') {
      spaced = true
      continue
    }
    const piece: Piece = {
      ...rectangleOf(run, page), text: text.trim(), size: run.size, bold: run.bold, italic: run.italic, boldTo: run.bold ? text.trim().length : 0,
      spaced: spaced || text.startsWith(' '),
    }
    spaced = text.endsWith(' ')
    const alike = byText.get(piece.text) ?? []
    const before = alike.find(other => Math.abs(other.x - piece.x) < piece.size * 0.12 && Math.abs(other.y - piece.y) < piece.size * 0.12)
    if (before) {
      before.bold = true
      before.boldTo = before.text.length
      twice(run.text)
    } else {
      pieces.push(piece)
      byText.set(piece.text, [...alike, piece])
    }
  }
  return pieces
}

/** Pieces at one height make a row: indices and notes beside a word go with it. */
export function rowsOf(pieces: readonly Piece[]): Row[] {
  const rows: (Row & { core: Piece })[] = []
  const byMiddle = pieces.map((piece, order) => ({ piece, order, middle: (piece.y + piece.bottom) / 2 })).sort((a, b) => a.middle - b.middle || a.order - b.order)
  for (const { piece } of byMiddle) {
    const row = rows.slice(-6).findLast(({ core }) => {
      const shared = Math.min(core.bottom, piece.bottom) - Math.max(core.y, piece.y)
      return shared > 0.5 * Math.min(core.bottom - core.y, piece.bottom - piece.y)
    })
    if (!row) {
      rows.push({ ...around([piece]), pieces: [piece], core: piece })
      continue
    }
    row.pieces.push(piece)
    if (piece.size > row.core.size * 1.15) row.core = piece
  }
  return rows.map(({ pieces: unordered }) => {
    const rightToLeft = /[\u0590-\u08ff]/u.test(unordered.map(({ text }) => text).join(''))
    const ordered = [...unordered].sort((a, b) => (rightToLeft ? b.right - a.right : a.x - b.x))
    return { ...around(ordered), pieces: ordered }
  }).sort((a, b) => a.y - b.y)
}

/** The stretch that pieces of one row make together. */
export function joined(pieces: readonly Piece[]): Piece {
  let text = ''
  let boldTo = 0
  let [bold, italic] = [0, 0]
  pieces.forEach((piece, index) => {
    const before = pieces[index - 1]
    const gap = before ? Math.max(piece.x - before.right, before.x - piece.right) : 0
    if (before && (piece.spaced || gap > 0.15 * Math.min(before.size, piece.size))) text += ' '
    if (piece.boldTo > 0 && boldTo >= text.trimEnd().length) boldTo = text.length + piece.boldTo
    text += piece.text
    if (piece.bold) bold += piece.text.length
    if (piece.italic) italic += piece.text.length
  })
  const letters = pieces.reduce((sum, piece) => sum + piece.text.length, 0)
  const longest = pieces.reduce((one, other) => (other.text.length > one.text.length ? other : one))
  return {
    ...around(pieces), text, boldTo, size: longest.size, bold: bold >= letters * 0.95, italic: italic >= letters * 0.8, spaced: pieces[0]?.spaced ?? false,
  }
}

/** The row in stretches that stand apart: more than justified words ever do. */
export function segmentsOf(row: Row, apart = 0.9): Piece[] {
  const groups: Piece[][] = []
  for (const piece of row.pieces) {
    const before = groups.at(-1)?.at(-1)
    const gap = before ? Math.max(piece.x - before.right, before.x - piece.right) : 0
    if (before && gap <= apart * Math.min(before.size, piece.size)) groups.at(-1)?.push(piece)
    else groups.push([piece])
  }
  return groups.map(joined)
}
