import type { Letter, Look } from './letters.ts'

/** Words that stand together on a line in one font; places in points, text still as the file has it. */
export interface RawRun { text: string; look: Look; left: number; top: number; right: number; bottom: number }

/** A stretch of letters of one line, in the order in which the file has them. `along`/`across`: measured in the direction of writing. */
interface Piece { letters: Letter[]; from: number; to: number; across: number; size: number; look: Look }

const along = (letter: Letter, look: Look) => letter.x * look.x + letter.y * look.y
const across = (letter: Letter, look: Look) => letter.y * look.x - letter.x * look.y
const lengthOf = ({ left, right, top, bottom }: Letter, look: Look) => Math.abs((right - left) * look.x) + Math.abs((bottom - top) * look.y)
const isMark = (text: string) => /^\p{M}/u.test(text)

/** The letters of a page as runs, in the file's order of lines; a line whose letters came in disorder is put right (`mended`). */
export function runsOf(letters: Letter[]): { runs: RawRun[]; mended: boolean } {
  let mended = false
  const lines = linesOf(piecesOf(letters)).flatMap(line => {
    if (!inDisorder(line)) return line
    mended = true
    return [sorted(line)]
  })
  return { runs: lines.flatMap(runsOfPiece), mended }
}

/** Joins what a converter took apart, once the letters are what was meant: an accented letter from another font in the middle of a word. */
export function joined(runs: RawRun[]): RawRun[] {
  const all: RawRun[] = []
  for (const run of runs) {
    const last = all.at(-1)
    if (last && belongTogether(last, run)) {
      last.text += run.text
      widen(last, run)
    } else {
      all.push({ ...run })
    }
  }
  return all
}

function belongTogether(last: RawRun, run: RawRun): boolean {
  const [one, other] = [last.look, run.look]
  if (one.bold !== other.bold || one.italic !== other.italic || !sameDirection(one, other) || Math.abs(one.size - other.size) > 0.15 * one.size) return false
  if (Math.abs(one.x) < 0.99) return false
  const gap = run.left - last.right
  const level = Math.min(last.bottom, run.bottom) - Math.max(last.top, run.top) > 0.6 * Math.min(last.bottom - last.top, run.bottom - run.top)
  return level && gap > -0.3 * one.size && gap < (last.text.endsWith(' ') ? 0.8 : 0.2) * one.size
}

function piecesOf(letters: Letter[]): Piece[] {
  const pieces: Piece[] = []
  let piece: Piece | null = null
  for (const letter of letters) {
    if (letter.supposed) {
      if (/[\r\n]/u.test(letter.text)) piece = null
      continue
    }
    const { look } = letter
    const from = along(letter, look)
    const to = from + lengthOf(letter, look)
    const size = look.size || letter.bottom - letter.top
    const goesOn = piece !== null && sameDirection(piece.look, look) && Math.abs(across(letter, look) - piece.across) < 0.45 * Math.max(size, piece.size)
      && (isMark(letter.text) || (from > piece.to - 0.6 * size && from < piece.to + 3 * size))
    if (piece && goesOn) {
      piece.letters.push(letter)
      piece.to = Math.max(piece.to, to)
      piece.from = Math.min(piece.from, from)
    } else if (letter.text.trim() !== '') {
      pieces.push(piece = { letters: [letter], from, to, across: across(letter, look), size, look })
    }
  }
  return pieces
}

const sameDirection = (one: Look, other: Look) => Math.abs(one.x - other.x) < 0.05 && Math.abs(one.y - other.y) < 0.05

/** Pieces that follow each other in the file and stand on one line. */
function linesOf(pieces: Piece[]): Piece[][] {
  const lines: Piece[][] = []
  for (const piece of pieces) {
    const line = lines.at(-1)
    const last = line?.at(-1)
    if (line && last && sameDirection(last.look, piece.look) && Math.abs(last.across - piece.across) < 0.3 * Math.max(last.size, piece.size)) line.push(piece)
    else lines.push([piece])
  }
  return lines
}

/** A converter that lacked a letter in one font may write the letters of another after the line that they belong into. */
function inDisorder(line: Piece[]): boolean {
  return line.some((piece, at) => line.slice(0, at).some(before =>
    Math.min(piece.to, before.to) - Math.max(piece.from, before.from) > Math.min(0.3 * piece.size, 0.5 * (piece.to - piece.from))))
}

function sorted(line: Piece[]): Piece {
  const clusters = line.flatMap(piece => piece.letters.reduce<Letter[][]>((all, letter) => {
    const last = all.at(-1)
    if (last && isMark(letter.text)) last.push(letter)
    else all.push([letter])
    return all
  }, []))
  const { look } = line[0] as Piece
  clusters.sort((a, b) => along(a[0] as Letter, look) - along(b[0] as Letter, look))
  const [from, to] = [Math.min(...line.map(piece => piece.from)), Math.max(...line.map(piece => piece.to))]
  return { letters: clusters.flat(), from, to, across: (line[0] as Piece).across, size: Math.max(...line.map(piece => piece.size)), look }
}

function runsOfPiece({ letters }: Piece): RawRun[] {
  const runs: RawRun[] = []
  let run: RawRun | null = null
  let end = 0
  let spaced = false
  for (const letter of letters) {
    const { look } = letter
    const size = look.size || letter.bottom - letter.top
    if (letter.text.trim() === '') {
      spaced = true
      continue
    }
    const from = along(letter, look)
    const gap = run ? from - end : 0
    const like = run !== null && run.look.font === look.font && run.look.bold === look.bold && run.look.italic === look.italic && Math.abs(run.look.size - look.size) < 0.5
    const far = gap > (spaced ? 2.2 : 1) * size
    if (run && isMark(letter.text)) {
      run.text += letter.text
    } else if (run && like && !far) {
      run.text += (spaced || gap > 0.18 * size ? ' ' : '') + letter.text
      widen(run, letter)
    } else {
      // Between words the space stays with the first, so that joined runs read as the line does.
      if (run && !far && (spaced || gap > 0.18 * size)) run.text += ' '
      runs.push(run = { text: letter.text, look, left: letter.left, top: letter.top, right: letter.right, bottom: letter.bottom })
    }
    spaced = false
    end = Math.max(isMark(letter.text) ? end : 0, from + lengthOf(letter, look))
  }
  return runs
}

function widen(run: RawRun, { left, top, right, bottom }: Pick<Letter, 'left' | 'top' | 'right' | 'bottom'>): void {
  run.left = Math.min(run.left, left)
  run.top = Math.min(run.top, top)
  run.right = Math.max(run.right, right)
  run.bottom = Math.max(run.bottom, bottom)
}
