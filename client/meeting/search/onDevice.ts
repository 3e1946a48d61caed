import type { SearchAnswer } from '../../../shared/contracts/http/paper-contents.ts'
import type { MeetingView } from '../../../shared/meeting/view.ts'
import type { PaperContents } from '../../../shared/papers/contents.ts'
import { searchPapers, type SearchedPage } from '../../../shared/papers/search.ts'
import { foldForSearch } from '../../../shared/vietnamese/search.ts'
import { keptContents, onKeptIn } from '../../pdf/keptPapers.ts'
import { passagesOf } from '../../pdf/reading-mode/blockText.ts'

/** Papers that were looked through already: folding is the dear part. */
const read = new Map<string, SearchedPage[]>()
// What was kept may have been deleted.
onKeptIn(() => read.clear())

async function pagesOf(sha256: string): Promise<SearchedPage[] | null> {
  const contents = await keptContents(sha256)
  if (!contents) {
    read.delete(sha256)
    return null
  }
  const pages = read.get(sha256) ?? searchedPages(contents)
  read.set(sha256, pages)
  return pages
}

function searchedPages({ blocks }: PaperContents): SearchedPage[] {
  const texts: string[] = []
  for (const { page, text } of passagesOf(blocks)) texts[page - 1] = texts[page - 1] === undefined ? text : `${texts[page - 1]} ${text}`
  return Array.from(texts, (text = '') => ({ text, folded: foldForSearch(text) }))
}

/** The search in all papers without the hub, by the same rules; `notHere`: papers whose words are not on this device. Null when none are. */
export async function searchOnDevice(query: string, { items, papers }: MeetingView): Promise<SearchAnswer & { notHere: number } | null> {
  const seen = Object.values(papers)
  const pages = await Promise.all(seen.map(({ sha256 }) => pagesOf(sha256)))
  const notHere = pages.filter((one) => one === null).length
  if (seen.length > 0 && notHere === seen.length) return null
  const found = searchPapers(query, Object.values(items).map(({ itemId, title }) => ({ itemId, title })),
    seen.map(({ paperId, itemId, title }, at) => ({ paperId, itemId, title, pages: pages[at] ?? [] })))
  const unsearchable = seen.filter((_paper, at) => pages[at]?.length === 0).map(({ paperId }) => paperId)
  return { ...found, making: [], unsearchable, notHere }
}
