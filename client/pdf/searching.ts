import { computed, ref, shallowRef, watch } from 'vue'
import { findInText, foldForSearch } from '../../shared/vietnamese/search.ts'
import type { Box } from '../../shared/papers/contents.ts'
import type { PageText, Piece } from './pageText.ts'

/** One place where the words were found: `start`, `end` in the page's text; `x`, `y` on the page, 0–1. */
export interface Hit { page: number; start: number; end: number; x: number; y: number; /** Where it lies, if that need not be measured on the text layer. */ boxes?: Box[] }

export function hitsIn(page: number, pageText: PageText, query: string): Hit[] {
  if (!pageText.folded.includes(foldForSearch(query.trim()))) return []
  return findInText(pageText.text, query).map(({ start, end }) => {
    const touched = pageText.pieces.filter(piece => piece.end > start && piece.start < end)
    const boxes = touched.flatMap(piece => (piece.box ? [partOf(piece, piece.box, start, end)] : []))
    return { page, start, end, x: touched[0]?.x ?? 0, y: touched[0]?.y ?? 0, ...(boxes.length > 0 ? { boxes } : {}) }
  })
}

/** The part of a piece's box that letters `start` to `end` take: as if all letters were equally wide. */
function partOf(piece: Piece, box: Box, start: number, end: number): Box {
  const share = (at: number): number => Math.min(1, Math.max(0, (at - piece.start) / Math.max(1, piece.end - piece.start)))
  return { ...box, x: box.x + share(start) * box.width, width: (share(end) - share(start)) * box.width }
}

/** What is searched: the text layer of the paper, or what the hub has read out of it. */
export interface SearchedText { page(number: number): Promise<PageText> }

interface Options {
  paperText: () => SearchedText | null
  pages: () => number
  /** The page the reader is on: the first hit shown is the next one from here. */
  pageNow: () => number
  goTo: (hit: Hit) => void
}

/** Search through a paper, page by page, so that the first hits show while later pages are still being read. */
export function useSearching({ paperText, pages, pageNow, goTo }: Options) {
  const query = ref('')
  const hits = shallowRef<readonly Hit[]>([])
  const current = ref(-1)
  /** Pages looked through, of `pages`; equal when done. */
  const searched = ref(0)
  const pagesWithText = ref(0)
  let run = 0

  async function search(): Promise<void> {
    const mine = ++run
    hits.value = []
    current.value = -1
    searched.value = 0
    pagesWithText.value = 0
    const text = paperText()
    if (!text || query.value.trim() === '') return
    const from = pageNow()
    const all: Hit[] = []
    let shown = performance.now()
    for (let number = 1; number <= pages(); number++) {
      let pageText: PageText
      try {
        pageText = await text.page(number)
      } catch {
        // A damaged page has no hits; the others may.
        pageText = { text: '', folded: '', pieces: [] }
      }
      if (mine !== run) return
      if (pageText.text.trim() !== '') pagesWithText.value++
      const found = hitsIn(number, pageText, query.value)
      all.push(...found)
      searched.value = number
      // Not on every page: on a paper of a thousand that alone would take seconds.
      if (found.length > 0 && (current.value === -1 || performance.now() - shown > 120) || number === pages()) {
        hits.value = [...all]
        shown = performance.now()
        if (current.value === -1 && number >= from) select(all.findIndex(hit => hit.page >= from))
      }
    }
    if (current.value === -1 && all.length > 0) select(0)
  }

  function select(index: number): void {
    const hit = hits.value[index]
    if (!hit) return
    current.value = index
    goTo(hit)
  }

  function step(direction: 1 | -1): void {
    const count = hits.value.length
    if (count > 0) select((current.value + direction + count) % count)
  }

  let typing: ReturnType<typeof setTimeout> | undefined
  watch(query, () => {
    run++
    clearTimeout(typing)
    typing = setTimeout(() => void search(), 200)
  })

  function close(): void {
    clearTimeout(typing)
    query.value = ''
    run++
    hits.value = []
    current.value = -1
    searched.value = 0
  }

  const searching = computed(() => query.value.trim() !== '' && searched.value < pages())
  /** Looked everywhere and met no letter at all: a scan. */
  const noText = computed(() => query.value.trim() !== '' && searched.value === pages() && pagesWithText.value === 0)

  /** The text is another one now: the same words are looked for in it. */
  watch(paperText, () => { if (query.value.trim() !== '') void search() })

  return { query, hits, current, searched, searching, noText, next: () => step(1), previous: () => step(-1), close }
}
