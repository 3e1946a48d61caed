import type { Block } from '../../../shared/papers/contents.ts'
import { findExactly, foldPages, foldQuote } from '../../../shared/papers/quotes.ts'
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

/** What somebody marked in the paper: words with their neighbours, on a page of it. */
export interface Highlight { id: string; page: number; exact: string; prefix: string; suffix: string; colour: string; label: string }

/** Where the highlights lie in the passages: the nearest place with the same words, the neighbours deciding between several. */
export function placed(highlights: readonly Highlight[], passages: readonly Passage[]): Map<string, Stretch[]> {
  const found = new Map<string, Stretch[]>()
  if (highlights.length === 0) return found
  const folded = foldPages([{ runs: passages.map(({ text }) => ({ text, x: 0, y: 0, width: 1, height: 1 })) }])
  for (const { id, page, exact, prefix, suffix, colour, label } of highlights) {
    const [before, after] = [foldQuote(prefix).slice(-12), foldQuote(suffix).slice(0, 12)]
    const best = findExactly(folded.text, foldQuote(exact)).map(({ start, end }) => {
      const passage = passages[folded.letters[start]?.run ?? 0]
      const neighbours = Number(before !== '' && folded.text.slice(0, start).endsWith(before)) + Number(after !== '' && folded.text.startsWith(after, end))
      return { start, end, score: neighbours * 2 - Math.abs((passage?.page ?? page) - page) }
    }).sort((a, b) => b.score - a.score)[0]
    if (!best) continue
    const byRun = new Map<number, Stretch>()
    for (const letter of folded.letters.slice(best.start, best.end)) {
      const known = byRun.get(letter.run)
      if (known) known.end = Math.max(known.end, letter.end)
      else byRun.set(letter.run, { start: letter.start, end: letter.end, colour, id, label })
    }
    for (const [run, stretch] of byRun) {
      const key = passages[run]?.key as string
      found.set(key, [...(found.get(key) ?? []), stretch])
    }
  }
  return found
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
