import { computed } from 'vue'
import { MendedText } from './pageText.ts'
import type { useOpening } from './opening.ts'
import type { usePaperContents } from './paperContents.ts'
import { useSearching, type Hit } from './searching.ts'

interface Options {
  text: ReturnType<typeof useOpening>['text']
  contents: ReturnType<typeof usePaperContents>
  asText: () => boolean
  pages: () => number
  pageNow: () => number
  goTo: (hit: Hit) => void
}

/** The search in whichever text is shown: the printed pages' (the hub's words where their own say something else), or that of reading mode. */
export function usePaperSearch({ text, contents: { contents, passages, words }, asText, pages, pageNow, goTo }: Options) {
  const printText = computed(() => {
    const { recognised = [], rewritten = [] } = contents.value ?? {}
    return text.value && recognised.length + rewritten.length > 0 ? new MendedText(text.value, [...recognised, ...rewritten], words) : text.value
  })
  const searchedText = computed(() => (asText() ? passages.value : printText.value))
  const searching = useSearching({ paperText: () => searchedText.value, pages, pageNow, goTo })
  const hitsByPage = computed(() => {
    const byPage = new Map<number, Hit[]>()
    for (const hit of searching.hits.value) byPage.set(hit.page, [...(byPage.get(hit.page) ?? []), hit])
    return byPage
  })
  const currentHit = computed(() => searching.hits.value[searching.current.value])
  return { ...searching, hitsByPage, currentHit }
}
