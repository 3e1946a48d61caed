import { computed, ref, shallowRef, watch } from 'vue'
import { findInText, foldForSearch } from '../../shared/vietnamese/search.ts'
import type { PageText, PaperText } from './pageText.ts'

/** One place where the words were found: `start`, `end` in the page's text; `x`, `y` on the page, 0–1. */
export interface Hit { page: number; start: number; end: number; x: number; y: number }

export function hitsIn(page: number, pageText: PageText, query: string): Hit[] {
  if (!pageText.folded.includes(foldForSearch(query.trim()))) return []
  return findInText(pageText.text, query).map(({ start, end }) => {
    const piece = pageText.pieces.find(piece => piece.end > start)
    return { page, start, end, x: piece?.x ?? 0, y: piece?.y ?? 0 }
  })
}

interface Options {
  paperText: () => PaperText | null
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

  return { query, hits, current, searched, searching, noText, next: () => step(1), previous: () => step(-1), close }
}
