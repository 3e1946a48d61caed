import type { BookItem } from '../../../shared/meeting/papers/book.ts'
import type { BookJob, BoundPaper } from './job.ts'
import { wrapped, type Measure } from './setting.ts'
import type { BookWords } from './words.ts'

/** A line of words on a page of A4, from its lower left corner, in points. `bold`: strokes made thicker. `leads`: on a paper's row, to its number among all. */
export interface FrontLine { words: string; x: number; y: number; size: number; bold: boolean; leads?: number }
/** Dots from a title to its page. */
export interface Dots { from: number; to: number; y: number }
export interface FrontPage { lines: FrontLine[]; dots: Dots[] }

export const a4 = { width: 595.28, height: 841.89 }
const [margin, foot] = [64, 72]
const room = a4.width - 2 * margin

/** The cover: what meets, what for, when, where; how much it is, and whose copy. */
export function coverOf({ cover, line }: BookJob, counts: { papers: number; pages: number }, words: BookWords, measure: Measure): FrontPage {
  const lines: FrontLine[] = []
  const centred = (text: string, size: number, y: number, bold = false, most = 3): number => {
    for (const one of wrapped(text, room / size, measure, most)) {
      lines.push({ words: one, x: (a4.width - measure(one) * size) / 2, y, size, bold })
      y -= size * 1.4
    }
    return y
  }
  if (cover.body !== null) centred(cover.body.toLocaleUpperCase('vi'), 15, 760, true)
  centred(words.book, 17, 590)
  const below = centred(cover.title, 28, 548, true, 6)
  let y = centred(cover.when, 15, below - 26, false, 1)
  if (cover.place !== '') y = centred(cover.place, 15, y - 2)
  if (line !== null) centred(words.copyOf(line), 14, 196, true)
  centred(words.contents(counts.papers, counts.pages), 14, 146)
  centred(words.made(cover.made), 12, 112)
  return { lines, dots: [] }
}

/** The agenda, with the page on which each paper begins; below it what is not in the book though its reader may see it. */
export function agendaOf(items: readonly BookItem<BoundPaper>[], begins: readonly (number | null)[], words: BookWords, measure: Measure): FrontPage[] {
  const pages: FrontPage[] = []
  let y = 0
  let page: FrontPage = { lines: [], dots: [] }
  function begin(height: number): void {
    if (pages.length > 0 && y - height > foot) return
    pages.push((page = { lines: [], dots: [] }))
    y = a4.height - 72
  }
  function paragraph(text: string, size: number, left: number, right: number, bold: boolean, most: number): void {
    const set = wrapped(text, (right - left) / size, measure, most)
    begin(set.length * size * 1.35)
    for (const one of set) {
      page.lines.push({ words: one, x: left, y, size, bold })
      y -= size * 1.35
    }
  }

  paragraph(words.agenda, 22, margin, a4.width - margin, true, 1)
  y -= 8
  const missing: string[] = []
  let at = 0
  for (const { number, title, depth, papers } of items) {
    const left = margin + Math.min(depth, 6) * 18
    y -= 6
    paragraph(`${number}. ${title}`, 14, left, a4.width - margin, true, 4)
    for (const paper of papers) {
      const index = at
      at += 1
      const number = begins[index] ?? null
      if (number === null) {
        missing.push(paper.title)
        continue
      }
      paragraph(paper.title, 13, left + 20, a4.width - margin - 64, false, 3)
      const last = page.lines.at(-1) as FrontLine
      last.leads = index
      const [words, right] = [String(number), a4.width - margin]
      page.lines.push({ words, x: right - measure(words) * 13, y: last.y, size: 13, bold: false })
      page.dots.push({ from: last.x + measure(last.words) * 13 + 6, to: right - measure(words) * 13 - 6, y: last.y })
    }
  }
  y -= 14
  if (missing.length > 0) paragraph(words.leftOut(missing.map((title) => `“${title}”`).join('; ')), 13, margin, a4.width - margin, false, 40)
  y -= 6
  paragraph(words.rewritten, 12, margin, a4.width - margin, false, 4)
  return pages
}
