import { articleOf, markerOf } from './markers.ts'
import { around, type Piece, type Rectangle } from './rows.ts'

/** Where the text of a page or column stands: its edges, where its first lines begin, the usual distance from line to line, the usual letters. Points. */
export interface Measure { left: number; right: number; pitch: number; size: number; indent: number | null }

/** Lines that belong together. `full`: its last line reaches the right edge; `indented`: its first line stands in from the left edge. */
export interface TextPart extends Rectangle {
  text: string
  align: 'start' | 'centre' | 'end'
  size: number
  bold: boolean
  italic: boolean
  boldTo: number
  lines: number
  full: boolean
  indented: boolean
  side?: 'left' | 'right'
}

function commonest(values: readonly number[], otherwise: number): number {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(Math.round(value / 2) * 2, (counts.get(Math.round(value / 2) * 2) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0] ?? otherwise
}

/** `tables`: their edges are the text's too, on pages that hold little else. */
export function measure(lines: readonly Piece[], tables: readonly Rectangle[] = []): Measure {
  const whole = lines.length + tables.length > 0 ? around([...lines, ...tables]) : { x: 0, right: 0 }
  const wide = [...lines, ...tables, ...tables, ...tables].filter(line => line.right - line.x > (whole.right - whole.x) * 0.6)
  const rights = wide.map(line => line.right)
  const usualRight = commonest(rights, whole.right)
  // Not justified: the longest line tells how far lines may go.
  const right = rights.filter(each => Math.abs(each - usualRight) < 3).length >= rights.length * 0.3 ? usualRight : Math.max(...rights)
  const starts = wide.map(line => line.x)
  const left = starts.filter(x => starts.filter(other => Math.abs(other - x) < 3).length > Math.max(1, starts.length * 0.1)).sort((a, b) => a - b)[0] ?? (starts.length > 0 ? Math.min(...starts) : whole.x)
  const size = commonest(lines.flatMap(line => Array<number>(Math.ceil(line.text.length / 10)).fill(line.size)), 12)
  const steps = lines.flatMap((line, index) => {
    const before = lines[index - 1]
    const step = before ? line.bottom - before.bottom : 0
    return step > 0.7 * size && step < 2.4 * size ? [step] : []
  }).sort((a, b) => a - b)
  const inward = lines.map(line => Math.round(line.x)).filter(x => x > left + 8 && x < left + 80)
  const indent = commonest(inward, -1)
  const usual = inward.filter(x => Math.abs(x - indent) < 3).length > 2 ? indent : null
  return { left, right: Math.max(right, left + 1), indent: usual, pitch: steps[Math.floor(steps.length * 0.4)] ?? size * 1.3, size }
}

const ends = /[.;:!?…”"»)]$|\.\/\.$/u
const capitals = (text: string): boolean => /\p{Lu}/u.test(text) && !/\p{Ll}/u.test(text)
const vietnamese = /[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]/iu

/** The text with its next line. A word parted at the line's end is whole again; Vietnamese parts none, its hyphens stay. */
export function withLine(text: string, line: string): string {
  if (!/\p{L}-$/u.test(text) || !/^\p{Ll}/u.test(line)) return `${text} ${line}`
  return vietnamese.test(text) || vietnamese.test(line) ? text + line : text.slice(0, -1) + line
}

function alignOf(line: Piece, { left, right, indent }: Measure): TextPart['align'] {
  if (indent !== null && Math.abs(line.x - indent) < 3) return 'start'
  const offCentre = Math.abs(line.x + line.right - left - right) / 2
  if (line.x > left + 12 && right - line.right > 12 && offCentre < 7) return 'centre'
  if (Math.abs(line.right - right) < 4 && line.x > left + (right - left) * 0.25) return 'end'
  return 'start'
}

/** Whether the first word of the next line had no room any more on this one. */
function isFull(last: Piece, line: Piece, body: Measure, centred: boolean): boolean {
  const firstWord = (line.right - line.x) * ((line.text.indexOf(' ') + 1 || line.text.length + 1) / (line.text.length + 1))
  const room = centred ? body.right - body.left - (last.right - last.x) : body.right - last.right
  return room < firstWord + 0.6 * line.size
}

/** What a line must be for the next one to go on in the same paragraph. */
function goesOn(part: TextPart, last: Piece, line: Piece, align: TextPart['align'], body: Measure): boolean {
  if (line.bottom - last.bottom > body.pitch * 1.22 * Math.max(1, line.size / body.size) || line.bottom <= last.y) return false
  if (Math.abs(line.size - part.size) > Math.max(1, part.size * 0.12) || part.align !== align) return false
  if (align !== 'start') return part.bold === line.bold && capitals(part.text) === capitals(line.text)
  const full = isFull(last, line, body, false) || /\([^)]*$/u.test(last.text)
  const ended = ends.test(last.text)
  const inward = line.x > body.left + 8
  if ((articleOf(line.text) || markerOf(line.text)) && (!full || ended || (inward && line.x > last.x - 3))) return false
  if (part.bold !== line.bold && (!full || ended || part.lines === 1)) return false
  if (!full) return false
  const hanging = part.lines > 1 || markerOf(part.text) !== null
  // Two first lines below each other are two paragraphs.
  return !(inward && ended && (line.x > last.x + 8 ? !hanging : Math.abs(line.x - last.x) < 3 && part.lines === 1))
}

export function paragraphsOf(lines: readonly Piece[], body: Measure, side?: 'left' | 'right'): TextPart[] {
  const found: TextPart[] = []
  let last: Piece | undefined
  lines.forEach((line, index) => {
    const part = found.at(-1)
    const neighbours = [lines[index - 1], lines[index + 1]].filter(near => near !== undefined && Math.abs(near.bottom - line.bottom) < body.pitch * 1.4 && Math.abs(near.size - line.size) < 1)
    const offCentre = (one: Piece): number => Math.abs(one.x + one.right - body.left - body.right) / 2
    const widest = offCentre(line) < 4 && neighbours.some(near => near && near.bold === line.bold && !ends.test(near.text) && alignOf(near, body) === 'centre')
    const align = side ? 'centre' : widest ? 'centre' : alignOf(line, body)
    const close = part && last && line.bottom - last.bottom < 1.75 * line.size
    if (part && last && (side ? close : goesOn(part, last, line, align, body))) {
      if (part.boldTo === part.text.length && line.boldTo > 0) part.boldTo = part.text.length + 1 + line.boldTo
      part.text = !side && (align === 'start' || isFull(last, line, body, true)) ? withLine(part.text, line.text) : `${part.text}\n${line.text}`
      Object.assign(part, around([part, line]), { lines: part.lines + 1, full: body.right - line.right < body.size * 2.5 })
      part.bold &&= line.bold
      part.italic &&= line.italic
    } else {
      found.push({
        ...around([line]), text: line.text, align, size: line.size, bold: line.bold, italic: line.italic, boldTo: line.boldTo, lines: 1,
        full: body.right - line.right < body.size * 2.5, indented: line.x > body.left + 8, ...(side ? { side } : {}),
      })
    }
    last = line
  })
  return found
}
