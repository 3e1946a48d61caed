import type { Block } from '../../../shared/papers/contents.ts'
import { findExactly, findNearly, foldPages, foldQuote, type FoldedText, type Found } from '../../../shared/papers/quotes.ts'
import { foldForSearch } from '../../../shared/vietnamese/search.ts'
import type { PageText, Piece } from '../pageText.ts'

/** A text of a block: of a table, one cell. `key` names it on the page, `page` is where the block begins. */
export interface Passage { key: string; block: Block; page: number; text: string }

/** A stretch of a passage that is marked. */
export interface Stretch { start: number; end: number; colour?: string; id?: string; label?: string; hit?: number }

export const cellKey = (block: Block, row: number, column: number): string => `${block.id}:${row}:${column}`

/** Everything that is written in the blocks, in the order in which it is read. */
export function passagesOf(blocks: readonly Block[]): Passage[] {
  return blocks.flatMap((block): Passage[] => {
    if (block.kind === 'table') return block.rows.flatMap((row, at) => row.map((text, column) => ({ key: cellKey(block, at, column), block, page: block.page, text })))
    return block.kind === 'picture' ? [] : [{ key: String(block.id), block, page: block.page, text: block.text }]
  }).filter(({ text }) => text !== '')
}

/** The passages of one page as the search reads it; `item` is the passage's index among all. */
export function searchText(passages: readonly Passage[], page: number): PageText {
  let text = ''
  const pieces: Piece[] = []
  passages.forEach((passage, item) => {
    if (passage.page !== page) return
    pieces.push({ start: text.length, end: text.length + passage.text.length, item, x: passage.block.box.x, y: passage.block.box.y })
    text += `${passage.text} `
  })
  return { text, folded: foldForSearch(text), pieces }
}

/**
 * What somebody marked in the paper: words with their neighbours, on a page of it. `look`: a wash over the words; a note, told below them; ink, which
 * is only where the page is seen as printed, told below the words it was drawn over. `text`: a note's own words. `top`: where on the page (0–1), for
 * what has no words or whose words are not found.
 */
export interface Highlight { id: string; page: number; exact: string; prefix: string; suffix: string; colour: string; label: string; look?: 'wash' | 'note' | 'ink'; text?: string; top?: number }

/** Where highlights are shown: stretches by passage, and what is told below a block, by the block's id. */
export interface Placed { stretches: Map<string, Stretch[]>; below: Map<number, Highlight[]> }

/**
 * Where the highlights lie in the text: the nearest place with the same words (or nearly the same: a paper says some things twice, in its text layer and as
 * it is read), the neighbours deciding between several; else beside the block that stands where they are on the page.
 */
export function placed(highlights: readonly Highlight[], passages: readonly Passage[]): Placed {
  const stretches: Placed['stretches'] = new Map()
  const below: Placed['below'] = new Map()
  if (highlights.length === 0) return { stretches, below }
  const { runs, folded } = foldedOnce(passages)
  for (const highlight of highlights) {
    const found = nearest(highlight, folded, runs)
    const letters = found ? folded.letters.slice(found.start, found.end) : []
    const block = letters.map(({ run }) => runs[run]?.passage?.block).find((one) => one !== undefined) ?? blockAt(highlight, passages)
    if (block && (highlight.look === 'note' || highlight.look === 'ink' || !found)) below.set(block.id, [...(below.get(block.id) ?? []), highlight])
    if (highlight.look === 'ink') continue
    const byRun = new Map<number, Stretch>()
    for (const letter of letters) {
      const known = byRun.get(letter.run)
      if (known) known.end = Math.max(known.end, letter.end)
      else byRun.set(letter.run, { start: letter.start, end: letter.end, colour: highlight.colour, id: highlight.id, label: highlight.label })
    }
    for (const [run, stretch] of byRun) {
      const key = runs[run]?.passage?.key
      if (key !== undefined) stretches.set(key, [...(stretches.get(key) ?? []), stretch])
    }
  }
  return { stretches, below }
}

interface Run { text: string; passage: Passage | null }
const foldedBefore = new WeakMap<readonly Passage[], { runs: Run[]; folded: FoldedText }>()

/** Marks come and go; the text stays, and is long. */
function foldedOnce(passages: readonly Passage[]): { runs: Run[]; folded: FoldedText } {
  const known = foldedBefore.get(passages)
  if (known) return known
  // The markers of lists are words of the page too, in runs of their own.
  const runs: Run[] = passages.flatMap((passage) => [...(passage.block.kind === 'listItem' ? [{ text: passage.block.marker, passage: null }] : []), { text: passage.text, passage }])
  const made = { runs, folded: foldPages([{ runs: runs.map(({ text }) => ({ text, x: 0, y: 0, width: 1, height: 1 })) }]) }
  foldedBefore.set(passages, made)
  return made
}

function nearest({ page, exact, prefix, suffix }: Highlight, folded: FoldedText, runs: readonly { passage: Passage | null }[]): Found | null {
  const quote = foldQuote(exact)
  const [before, after] = [foldQuote(prefix).slice(-12), foldQuote(suffix).slice(0, 12)]
  const judged = (places: Found[]) => places.map((found) => {
    const run = folded.letters[found.start]?.run ?? 0
    const passage = runs[run]?.passage ?? runs[run + 1]?.passage
    const neighbours = Number(before !== '' && folded.text.slice(0, found.start).endsWith(before)) + Number(after !== '' && folded.text.startsWith(after, found.end))
    return { found, score: neighbours * 2 - Math.abs((passage?.page ?? page) - page) - found.errors / 4 }
  }).sort((a, b) => b.score - a.score)[0]?.found
  return judged(findExactly(folded.text, quote)) ?? judged(findNearly(folded.text, quote)) ?? null
}

/** What stands at a place of a page: the last block that begins above it. */
function blockAt({ page, top = 0 }: Highlight, passages: readonly Passage[]): Block | undefined {
  const before = (block: Block) => block.page < page || (block.page === page && block.box.y <= top)
  return (passages.findLast(({ block }) => before(block)) ?? passages[0])?.block
}

/** A passage in pieces that look alike: plain, marked, found. */
export function cut(text: string, stretches: readonly Stretch[]): { text: string; mark: Stretch | null; hit: Stretch | null }[] {
  const at = [...new Set([0, text.length, ...stretches.flatMap(({ start, end }) => [start, Math.min(end, text.length)])])].sort((a, b) => a - b)
  return at.slice(0, -1).map((start, index) => {
    const end = at[index + 1] as number
    const over = stretches.filter(stretch => stretch.start < end && stretch.end > start)
    return { text: text.slice(start, end), mark: over.find(({ hit }) => hit === undefined) ?? null, hit: over.find(({ hit }) => hit !== undefined) ?? null }
  })
}

/** The passages page by page, as the search asks for them. */
export class PassageText {
  readonly passages: readonly Passage[]
  private readonly pages = new Map<number, PageText>()

  constructor(blocks: readonly Block[]) { this.passages = passagesOf(blocks) }

  pageNow(page: number): PageText {
    const text = this.pages.get(page) ?? searchText(this.passages, page)
    this.pages.set(page, text)
    return text
  }

  page(page: number): Promise<PageText> { return Promise.resolve(this.pageNow(page)) }

  /** Where what was found lies in the passages. */
  found(hits: readonly { page: number; start: number; end: number }[]): Map<string, Stretch[]> {
    const found = new Map<string, Stretch[]>()
    hits.forEach((hit, index) => {
      for (const piece of this.pageNow(hit.page).pieces) {
        if (piece.end <= hit.start || piece.start >= hit.end) continue
        const key = this.passages[piece.item]?.key as string
        const stretch: Stretch = { start: Math.max(0, hit.start - piece.start), end: Math.min(hit.end, piece.end) - piece.start, hit: index }
        found.set(key, [...(found.get(key) ?? []), stretch])
      }
    })
    return found
  }
}
