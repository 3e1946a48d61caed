import type { Block, Box, OutlineEntry, PageText } from '../contents.ts'
import { furnitureOf } from './furniture.ts'
import { headingOf, type Heading } from './headings.ts'
import { articleOf, depthOf, markerOf } from './markers.ts'
import { partsOfPage, type PagePart } from './page.ts'
import { overPageBreaks, type PaperPart } from './pageBreaks.ts'
import type { TextPart } from './paragraphs.ts'
import { isUpright, piecesOf, type Rectangle } from './rows.ts'

export interface ReadOn {
  blocks: Block[]
  outline: OutlineEntry[]
  /** Words that are not told: running heads, page numbers, repeated heads of tables, letters drawn twice. */
  leftOut: string[]
}

/** The text of a paper as one reads it on, made of the words of its pages and their places. The same pages give the same blocks. */
export function blocksOf(pages: readonly PageText[]): ReadOn {
  const leftOut: string[] = []
  const leave = (text: string): void => { if (text.trim() !== '') leftOut.push(text) }
  const upright = pages.map(page => piecesOf(page, page.runs.filter(run => isUpright(run, page)), leave))
  const sideways = pages.map(page => piecesOf(page, page.runs.filter(run => !isUpright(run, page)), leave))
  const furniture = furnitureOf(pages, upright)
  const parts = overPageBreaks(pages.map((page, index): PagePart[] => {
    const [standing, lying] = [upright[index] ?? [], sideways[index] ?? []]
    const whole = { kind: 'picture' as const, x: 0, y: 0, right: page.width, bottom: page.height }
    if (standing.length + lying.length === 0) return [{ ...whole, text: '' }]
    for (const piece of furniture[index] ?? []) leave(piece.text)
    // Printed across the page: in which direction nobody told.
    const letters = (pieces: typeof standing): number => pieces.reduce((sum, { text }) => sum + text.length, 0)
    const told = standing.filter(piece => !furniture[index]?.has(piece) && !(ornament.test(piece.text) && (leave(piece.text), true)))
    if (letters(lying) > letters(standing) * 2 || isUpsideDown(standing)) return [{ ...whole, text: [...lying, ...told].map(({ text }) => text).join(' ') }]
    return partsOfPage(page, told, lying)
  }), leave)
  return { ...told(parts, pages), leftOut }
}

/** Strokes of signs under a letterhead or title. */
const ornament = /^[_\-–—=*~]{3,}$/u

/** Whether what comes first on the page stands last: printed upside down. */
function isUpsideDown(pieces: readonly Rectangle[]): boolean {
  if (pieces.length < 24) return false
  const third = Math.floor(pieces.length / 3)
  const height = (some: readonly Rectangle[]): number => some.reduce((sum, { y }) => sum + y, 0) / some.length
  const [first, middle, last] = [height(pieces.slice(0, third)), height(pieces.slice(third, -third)), height(pieces.slice(-third))]
  const rising = pieces.slice(1).filter((piece, index) => piece.y < (pieces[index] as Rectangle).y - 1).length
  const falling = pieces.slice(1).filter((piece, index) => piece.y > (pieces[index] as Rectangle).y + 1).length
  return first > middle + 20 && middle > last + 20 && rising > falling * 1.2
}

/** The size in which most letters are set, and those larger than it. */
function sizesOf(parts: readonly PaperPart[]): { body: number; larger: number[] } {
  const letters = new Map<number, number>()
  for (const part of parts) if (part.kind === 'text') letters.set(Math.round(part.size * 2) / 2, (letters.get(Math.round(part.size * 2) / 2) ?? 0) + part.text.length)
  const body = [...letters].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 12
  return { body, larger: [...letters.keys()].filter(size => size > body * 1.12).sort((a, b) => b - a) }
}

function told(parts: readonly PaperPart[], pages: readonly PageText[]): { blocks: Block[]; outline: OutlineEntry[] } {
  const blocks: Block[] = []
  const outline: OutlineEntry[] = []
  const sizes = { ...sizesOf(parts), titled: false }
  let insideClause = false
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index] as PaperPart
    const page = pages[part.page - 1] as PageText
    const place = (): { id: number; page: number; box: Box; endPage?: number } => ({
      id: blocks.length + 1, page: part.page, box: boxOf(part, page), ...(part.endPage ? { endPage: part.endPage } : {}),
    })
    if (part.kind === 'picture') {
      blocks.push({ ...place(), kind: 'picture', text: part.text })
      continue
    }
    if (part.kind === 'table') {
      blocks.push({ ...place(), kind: 'table', rows: part.rows, headRows: part.headRows, ...(part.spans.length > 0 ? { spans: part.spans } : {}) })
      continue
    }
    const next = parts[index + 1]
    const heading = headingOf(part, next?.kind === 'text' ? next : undefined, sizes)
    let text = part.text
    if (heading) {
      let headline = text.slice(0, heading.length).trim()
      text = text.slice(heading.length).trim()
      for (let below = parts[index + 1]; heading.takesNext && text === '' && belowHeading(below, part, heading); below = parts[index + 1]) {
        headline += `\n${below.text}`
        index++
      }
      insideClause = false
      sizes.titled = true
      blocks.push({ ...place(), kind: 'heading', level: heading.level, text: headline })
      if (!heading.title) outline.push({ title: titleOf(headline), page: part.page, top: Math.max(0, part.y / page.height), level: heading.level, blockId: blocks.length })
      if (text === '') continue
    }
    const marker = part.side || part.align !== 'start' ? null : markerOf(text)
    if (marker) {
      if (marker.sort === 'clause' || marker.sort === 'letter') insideClause = true
      blocks.push({ ...place(), kind: 'listItem', marker: marker.marker, text: marker.rest, depth: depthOf(marker.sort, insideClause) })
    } else {
      blocks.push({ ...place(), kind: 'paragraph', text, align: part.align, bold: part.bold, italic: part.italic, ...(part.side ? { side: part.side } : {}) })
    }
  }
  return { blocks, outline }
}

/** Whether the part below a heading's first line is its second: "QUY ĐỊNH CHUNG" under "Chương I", what a resolution is about under its name. */
function belowHeading(below: PaperPart | undefined, part: PaperPart & TextPart, heading: Heading): below is PaperPart & { kind: 'text' } {
  if (below?.kind !== 'text' || below.side || below.page !== part.page || below.text.length > 400 || below.y - part.bottom > 3 * part.size) return false
  if (headingOf(below, undefined, { body: below.size, larger: [], titled: true }) || /^(căn cứ|kính gửi|\()/iu.test(below.text)) return false
  const capitals = !/\p{Ll}/u.test(below.text)
  return heading.title ? below.align === 'centre' && below.bold : capitals || (below.align === 'centre' && (below.bold || part.align === 'centre'))
}

/** "Chương I" and its name below it in one line. */
function titleOf(text: string): string {
  const [first = '', ...below] = text.split('\n')
  return below.length === 0 ? first : `${first}${/[.:]$/u.test(first) || !articleOf(first) ? ' ' : '. '}${below.join(' ')}`
}

function boxOf({ x, y, right, bottom }: Rectangle, { width, height }: PageText): Box {
  const share = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 1e4) / 1e4
  const [left, top] = [share(x / (width || 1)), share(y / (height || 1))]
  return { x: left, y: top, width: share(right / (width || 1) - left), height: share(bottom / (height || 1) - top) }
}
