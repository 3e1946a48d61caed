import type { Box } from './contents.ts'

/** Words of one page with their places, in reading order. What the hub reads out of a paper, or what pdf.js says, will do. */
export interface PageWords { runs: readonly (Box & { text: string })[] }

/**
 * Text as quotes are compared: composed, without white space and soft hyphens, so that neither the breaking of lines nor the way a program
 * sets its words apart matters. Every letter knows its run and where in the run it stands.
 */
export interface FoldedText {
  text: string
  /** For each UTF-16 unit of `text`. `start` and `end` are offsets in the run's own text. */
  letters: { page: number; run: number; start: number; end: number }[]
  /** Where each page begins in `text`; index 0 is page 1. One more at the end. */
  pageStarts: number[]
}

const unseen = /^[\s\u00ad\u200b-\u200d\ufeff]+$/u

export function foldQuote(text: string): string {
  return [...text.normalize('NFC')].filter((letter) => !unseen.test(letter)).join('')
}

/** The text of a whole paper, folded. */
export function foldPages(pages: readonly PageWords[]): FoldedText {
  let text = ''
  const letters: FoldedText['letters'] = []
  const pageStarts: number[] = []
  pages.forEach(({ runs }, index) => {
    pageStarts.push(text.length)
    for (const [run, { text: words }] of runs.entries()) {
      // A letter and the marks over it are one, however they are spelt.
      for (const match of words.matchAll(/\P{M}\p{M}*|\p{M}+/gu)) {
        const start = match.index
        for (const letter of foldQuote(match[0])) {
          for (let unit = 0; unit < letter.length; unit++) letters.push({ page: index + 1, run, start, end: start + match[0].length })
          text += letter
        }
      }
    }
  })
  pageStarts.push(text.length)
  return { text, letters, pageStarts }
}

/** The places of the letters from `start` to `end` (of `text`) that lie on one page: a box for each run, cut by its share of letters. */
export function boxesOf(folded: FoldedText, pages: readonly PageWords[], start: number, end: number, page: number): Box[] {
  const parts = new Map<number, { start: number; end: number }>()
  for (const letter of folded.letters.slice(start, end)) {
    if (letter.page !== page) continue
    const known = parts.get(letter.run)
    parts.set(letter.run, { start: Math.min(known?.start ?? letter.start, letter.start), end: Math.max(known?.end ?? letter.end, letter.end) })
  }
  return [...parts].flatMap(([index, part]) => {
    const run = pages[page - 1]?.runs[index]
    if (!run) return []
    const each = run.width / Math.max(1, run.text.length)
    return [{ x: run.x + part.start * each, y: run.y, width: (part.end - part.start) * each, height: run.height }]
  })
}

/** Pieces of one line become one box: a page's words come in as many pieces as its program liked. */
export function joinLine(boxes: Box[], next: Box): void {
  const last = boxes.at(-1)
  const sameLine = last && Math.abs(last.y + last.height / 2 - next.y - next.height / 2) < Math.min(last.height, next.height) / 2
  if (!last || !sameLine || next.x < last.x || next.x > last.x + last.width + 0.03) return void boxes.push(next)
  const bottom = Math.max(last.y + last.height, next.y + next.height)
  last.y = Math.min(last.y, next.y)
  last.height = bottom - last.y
  last.width = Math.max(last.width, next.x + next.width - last.x)
}

/** Where a quote stands: `errors` letters differ. */
export interface Found { start: number; end: number; errors: number }

/** Most places that are looked at closely; a word that stands on every line has thousands. */
const mostPlaces = 400

/** Every place where `quote` stands as it is. */
export function findExactly(text: string, quote: string): Found[] {
  const found: Found[] = []
  for (let at = text.indexOf(quote); at !== -1 && quote !== '' && found.length < mostPlaces; at = text.indexOf(quote, at + 1)) {
    found.push({ start: at, end: at + quote.length, errors: 0 })
  }
  return found
}

/** Of so many letters at most this share may differ, and a quote must have so many to be looked for with differences at all. */
const tolerance = 0.25
const shortest = 16
const mostCandidates = 6

/**
 * Places where `quote` stands with small differences: cut into pieces, of which one at least must stand as it is; then the letters around
 * are compared. Best first.
 */
export function findNearly(text: string, quote: string): Found[] {
  if (quote.length < shortest) return []
  const most = Math.floor(quote.length * tolerance)
  const size = Math.max(6, Math.min(24, Math.floor(quote.length / (most + 1) * 2)))
  const votes = new Map<number, number>()
  for (let at = 0; at + size <= quote.length; at += Math.max(3, Math.floor(size / 2))) {
    for (const { start } of findExactly(text, quote.slice(at, at + size))) {
      const place = Math.round((start - at) / size)
      votes.set(place, (votes.get(place) ?? 0) + 1)
    }
  }
  const places = [...votes].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, mostCandidates)
  const found = places.flatMap(([place]) => {
    const from = Math.max(0, place * size - most - size)
    const window = text.slice(from, place * size + quote.length + most + size)
    const match = nearest(window, quote, most)
    return match ? [{ start: from + match.start, end: from + match.end, errors: match.errors }] : []
  })
  const unique = new Map(found.map((one) => [`${one.start} ${one.end}`, one]))
  return [...unique.values()].sort((a, b) => a.errors - b.errors || a.start - b.start)
}

/** The stretch of `text` nearest to `quote` (letters put in, left out, changed), when at most `most` differ. */
function nearest(text: string, quote: string, most: number): Found | null {
  let row = new Int32Array(text.length + 1)
  let begin = Int32Array.from({ length: text.length + 1 }, (_, index) => index)
  for (let i = 1; i <= quote.length; i++) {
    const next = new Int32Array(text.length + 1)
    const from = new Int32Array(text.length + 1)
    next[0] = i
    for (let j = 1; j <= text.length; j++) {
      const change = (row[j - 1] as number) + (quote.charCodeAt(i - 1) === text.charCodeAt(j - 1) ? 0 : 1)
      const leave = (row[j] as number) + 1
      const put = (next[j - 1] as number) + 1
      const least = Math.min(change, leave, put)
      next[j] = least
      from[j] = (least === change ? begin[j - 1] : least === leave ? begin[j] : from[j - 1]) as number
    }
    row = next
    begin = from
  }
  let best = 0
  for (let j = 1; j <= text.length; j++) if ((row[j] as number) < (row[best] as number)) best = j
  const errors = row[best] as number
  return errors <= most && best > (begin[best] as number) ? { start: begin[best] as number, end: best, errors } : null
}
