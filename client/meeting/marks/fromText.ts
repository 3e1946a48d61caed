import { place, versionText, type Anchor } from '../../../shared/papers/anchor.ts'
import type { PageWords } from '../../../shared/papers/quotes.ts'
import { pageWordsOf } from '../../pdf/pageWords.ts'
import type { OpenedPaper } from '../../pdf/engine.ts'
import type { SelectedQuote } from '../../pdf/reading-mode/selectedQuote.ts'

/** What has no words. */
const blank: PageWords = { runs: [] }

/**
 * Where words of reading mode stand on the printed page: looked for in the page's own words, then in the hub's (`hubWords`), which knows old fonts and
 * recognises scans. Words that neither has get the place of the piece of text they stand in.
 */
export async function anchorOfQuote({ exact, prefix, suffix, page, box }: SelectedQuote, { document }: OpenedPaper, hubWords: (page: number) => Promise<PageWords | null>): Promise<Anchor> {
  const wanted: Anchor = { page, quote: { exact, prefix, suffix }, boxes: [box] }
  for (const words of [(number: number) => pageWordsOf(document, number), hubWords]) {
    // A piece of text may begin on one page and end on the next.
    const pages = await Promise.all(Array.from({ length: document.numPages }, (_, index) => (Math.abs(index + 1 - page) <= 1 ? words(index + 1).catch(() => null) : null)))
    const version = versionText(pages.map((one) => one ?? blank))
    const found = place(wanted, version, { samePage: (number) => number })
    if (found && found.certainty !== 'page') return { ...wanted, page: found.page, boxes: found.boxes }
  }
  return wanted
}
