import type { Box } from './contents.ts'
import { boxesOf, findExactly, findNearly, foldPages, foldQuote, joinLine, type FoldedText, type Found, type PageWords } from './quotes.ts'

/** Words that are meant, with what stands before and after them, so that they are found again where the paper was changed. */
export interface Quote { exact: string; prefix: string; suffix: string }

/**
 * What a note is about. `boxes`: where its words, or what was drawn, lay on the page (from 1) of the version it was made on.
 * A note with a quote goes where its words go; one without stays on its page as long as the page is the same.
 */
export interface Anchor { page: number; quote: Quote | null; boxes: Box[] }

/** Longest quote that is kept; of longer stretches the beginning is quoted. Letters of context on each side. */
export const longestQuote = 2000
export const contextLength = 40
export const mostBoxes = 120

/** `words`: they stand there as they were. `similar`: nearly. `page`: no words to go by, but the page is the same. */
export interface Placed { page: number; boxes: Box[]; certainty: 'words' | 'similar' | 'page' }

/** The folded text of a version, made once for all notes. */
export interface Version { pages: readonly PageWords[]; folded: FoldedText }

export interface Hints {
  /** The page of the new version that is the same as this page of the old one; null when there is none, or none is known. */
  samePage(page: number): number | null
}

export function versionText(pages: readonly PageWords[]): Version {
  return { pages, folded: foldPages(pages) }
}

/** Where a note belongs in a version; null when nobody can tell: then it waits to be placed by hand. */
export function place(anchor: Anchor, version: Version, hints: Hints): Placed | null {
  const same = hints.samePage(anchor.page)
  const expected = same ?? Math.min(anchor.page, version.pages.length)
  const exact = anchor.quote ? foldQuote(anchor.quote.exact) : ''
  if (anchor.quote && exact !== '') {
    const found = best(anchor, anchor.quote, exact, version.folded, expected, same)
    const placed = found && placedAt(found, version)
    if (placed) return placed
    // A page that is the same may still have words that nobody can read (recognised from a picture, or told anew).
    const wordless = same !== null && (version.pages[same - 1]?.runs.length ?? 0) === 0
    if (!wordless) return null
  }
  return same !== null && same <= version.pages.length ? { page: same, boxes: anchor.boxes, certainty: 'page' } : null
}

/** So short a quote stands in many places by chance: it needs its neighbours, or its own page. */
const short = 12

function best(anchor: Anchor, quote: Quote, exact: string, folded: FoldedText, expected: number, same: number | null): Found | null {
  const before = foldQuote(quote.prefix)
  const after = foldQuote(quote.suffix)
  const around = Math.max(1, before.length + after.length)
  const top = anchor.boxes[0]?.y ?? 0
  const judged = (found: Found[]) => found.map((one) => {
    const context = (sameEnd(folded.text.slice(Math.max(0, one.start - before.length), one.start), before)
      + sameStart(folded.text.slice(one.end, one.end + after.length), after)) / around
    return { one, context, away: Math.abs(positionOf(folded, one.start) - (expected + top)) }
  }).filter(({ one, context }) => exact.length >= short || context >= 0.5 || (same !== null && folded.letters[one.start]?.page === same && before.length + after.length === 0))
    // Context in coarse steps: among places with much the same neighbours the nearest is meant.
    .sort((a, b) => Math.round(b.context * 4) - Math.round(a.context * 4) || a.one.errors - b.one.errors || a.away - b.away || a.one.start - b.one.start)
  return (judged(findExactly(folded.text, exact))[0] ?? judged(findNearly(folded.text, exact))[0])?.one ?? null
}

/** Page and part of the page as one number. */
function positionOf(folded: FoldedText, at: number): number {
  const page = folded.letters[at]?.page ?? 1
  const [from = 0, to = 1] = [folded.pageStarts[page - 1], folded.pageStarts[page]]
  return page + (at - from) / Math.max(1, to - from)
}

/** Over a page's end the greater part counts: a note lies on one page. */
function placedAt({ start, end, errors }: Found, { pages, folded }: Version): Placed | null {
  const count = new Map<number, number>()
  for (const { page } of folded.letters.slice(start, end)) count.set(page, (count.get(page) ?? 0) + 1)
  const page = [...count].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]?.[0]
  if (page === undefined) return null
  const boxes: Box[] = []
  for (const box of boxesOf(folded, pages, start, end, page)) joinLine(boxes, box)
  return { page, boxes: boxes.slice(0, mostBoxes), certainty: errors === 0 ? 'words' : 'similar' }
}

function sameStart(a: string, b: string): number {
  let length = 0
  while (length < a.length && length < b.length && a[length] === b[length]) length++
  return length
}

function sameEnd(a: string, b: string): number {
  let length = 0
  while (length < a.length && length < b.length && a[a.length - 1 - length] === b[b.length - 1 - length]) length++
  return length
}

/** An anchor's quote, cut to what is kept. `before` and `after`: what stands around it on the page. */
export function quoteOf(exact: string, before: string, after: string): Quote | null {
  if (foldQuote(exact) === '') return null
  const tidy = (text: string) => text.normalize('NFC').replace(/\s+/gu, ' ')
  return { exact: tidy(exact).slice(0, longestQuote).trim(), prefix: tidy(before).slice(-contextLength), suffix: tidy(after).slice(0, contextLength) }
}

/** Which pages of two versions read the same: by their words, each page once, in order. */
export function samePages(before: readonly PageWords[], after: readonly PageWords[]): Hints {
  const textOf = ({ runs }: PageWords) => foldQuote(runs.map(({ text }) => text).join(''))
  const places = new Map<string, number[]>()
  after.forEach((page, index) => {
    const text = textOf(page)
    if (text !== '') places.set(text, [...(places.get(text) ?? []), index + 1])
  })
  const same = new Map<number, number>()
  before.forEach((page, index) => {
    const next = places.get(textOf(page))?.shift()
    if (next !== undefined) same.set(index + 1, next)
  })
  return { samePage: (page) => same.get(page) ?? null }
}
