import type { FoundPaper, SearchAnswer, SearchHit } from '../contracts/http/paper-contents.ts'
import { findInText, foldForSearch, type TextRange } from '../vietnamese/search.ts'

/** A page's text and the same as search compares it, kept because folding is the dear part. */
export interface SearchedPage { text: string; folded: string }
export interface SearchedPaper { paperId: string; itemId: string; title: string; pages: readonly SearchedPage[] }
export interface SearchedItem { itemId: string; title: string }

const [mostHitsOfOne, mostHits, mostWords, mostMarks] = [20, 200, 12, 20]
const [before, after] = [60, 140]
/** Letters around the first place that are looked through for marks. */
const reach = 240

/**
 * Looks for `query` in titles and pages: papers with the phrase as it was typed first, then those that have all its words on one page.
 * Without regard to case, diacritics and Unicode form.
 */
export function searchPapers(query: string, items: readonly SearchedItem[], papers: readonly SearchedPaper[]): Pick<SearchAnswer, 'items' | 'papers'> {
  const phrase = foldForSearch(query).replace(/ +/gu, ' ').trim()
  const words = [...new Set(phrase.split(' ').filter(Boolean))].slice(0, mostWords)
  if (words.length === 0) return { items: [], papers: [] }

  const found = papers.flatMap(paper => foundIn(paper, phrase, words) ?? [])
  const rank = ({ exact, marks }: Found) => (exact.length > 0 ? 0 : marks ? 1 : 2)
  found.sort((a, b) => rank(a) - rank(b))
  let left = mostHits
  return {
    items: items.flatMap(({ itemId, title }) => {
      const marks = marksIn(title, phrase, words)
      return marks ? [{ itemId, title, marks }] : []
    }),
    papers: found.map(({ paper: { paperId, itemId, title, pages }, exact, scattered, marks }): FoundPaper => {
      const shown = [...exact, ...scattered].slice(0, Math.min(mostHitsOfOne, left))
      left -= shown.length
      const hits = shown.map((index, at) => hitOn(index + 1, pages[index] as SearchedPage, at < exact.length ? [phrase] : words, at < exact.length))
      return { paperId, itemId, title, marks: marks ?? [], hits, pages: exact.length + scattered.length }
    }),
  }
}

/** Pages by their index. */
interface Found { paper: SearchedPaper; exact: number[]; scattered: number[]; marks: TextRange[] | null }

function foundIn(paper: SearchedPaper, phrase: string, words: string[]): Found | null {
  const exact: number[] = []
  const scattered: number[] = []
  paper.pages.forEach(({ folded }, index) => {
    if (folded.includes(phrase)) exact.push(index)
    else if (words.length > 1 && words.every(word => folded.includes(word))) scattered.push(index)
  })
  const marks = marksIn(paper.title, phrase, words)
  return exact.length + scattered.length > 0 || marks ? { paper, exact, scattered, marks } : null
}

/** Where `words` stand in `text`, or null unless all of them do. */
function marksIn(text: string, phrase: string, words: string[]): TextRange[] | null {
  const whole = findInText(text, phrase)
  if (whole.length > 0) return whole.slice(0, mostMarks)
  const each = words.map(word => findInText(text, word))
  return each.every(ranges => ranges.length > 0) ? inOrder(each.flat()) : null
}

function hitOn(page: number, { text, folded }: SearchedPage, needles: string[], phrase: boolean): SearchHit {
  // Nearly always a letter is folded into one; a page on which it is not is looked through as a whole.
  const at = folded.length === text.length ? Math.min(...needles.map(needle => folded.indexOf(needle))) : null
  const cut = at === null ? 0 : Math.max(0, at - reach)
  const part = at === null ? text : text.slice(cut, at + (needles[0]?.length ?? 0) + reach)
  const ranges = inOrder(needles.flatMap(needle => findInText(part, needle))).map(({ start, end }) => ({ start: start + cut, end: end + cut }))
  const first = ranges[0] ?? { start: 0, end: 0 }
  const from = wordEdge(text, Math.max(0, first.start - before), 1)
  const to = Math.max(first.end, wordEdge(text, Math.min(text.length, first.end + after), -1))
  const head = from > 0 ? '… ' : ''
  const marks = ranges.filter(range => range.start >= from && range.end <= to).map(range => ({ start: range.start - from + head.length, end: range.end - from + head.length }))
  return { page, snippet: `${head}${text.slice(from, to)}${to < text.length ? ' …' : ''}`, marks: marks.slice(0, mostMarks), phrase }
}

/** The next space from `at` on in `direction`, unless that is far away. */
function wordEdge(text: string, at: number, direction: 1 | -1): number {
  if (at === 0 || at === text.length) return at
  for (let step = 0; step < 25; step++) {
    const here = at + step * direction
    if (text[here] === ' ') return direction === 1 ? here + 1 : here
  }
  // Never between the halves of a letter.
  return /[\udc00-\udfff]/u.test(text[at] ?? '') ? at + 1 : at
}

/** From left to right, without those that overlap. */
function inOrder(ranges: TextRange[]): TextRange[] {
  let end = 0
  return [...ranges].sort((a, b) => a.start - b.start || b.end - a.end).filter(range => {
    if (range.start < end) return false
    end = range.end
    return true
  })
}
