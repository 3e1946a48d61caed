import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import type { SearchAnswer } from '../../../shared/contracts/http/paper-contents.ts'
import { request } from '../../http.ts'

/** Fewer letters are found everywhere. */
const fewestLetters = 2
/** Milliseconds after the last letter, and until papers that are still being read are asked for again. */
const [pause, again] = [250, 3000]

export type SearchState = 'idle' | 'waiting' | 'found' | 'nothing' | 'failed'

/** Asks the hub for `query` in all papers of the meeting, a moment after the last letter was typed. */
export function useMeetingSearch(meetingId: () => string, query: Ref<string>) {
  const state = ref<SearchState>('idle')
  const found = shallowRef<SearchAnswer | null>(null)
  let asking: AbortController | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  async function ask(): Promise<void> {
    asking?.abort()
    asking = new AbortController()
    const { signal } = asking
    const answer = await request<SearchAnswer>('GET', `/api/meetings/${meetingId()}/search?q=${encodeURIComponent(query.value.trim().slice(0, 200))}`, { signal })
    if (signal.aborted) return
    if (!answer.ok) {
      state.value = 'failed'
      return
    }
    found.value = answer.data
    state.value = answer.data.papers.length + answer.data.items.length > 0 ? 'found' : 'nothing'
    if (answer.data.making.length > 0) timer = setTimeout(() => void ask(), again)
  }

  function stop(): void {
    clearTimeout(timer)
    asking?.abort()
  }

  watch(query, (text) => {
    stop()
    if (text.trim().length < fewestLetters) {
      state.value = 'idle'
      found.value = null
      return
    }
    state.value = 'waiting'
    timer = setTimeout(() => void ask(), pause)
  })
  onScopeDispose(stop)

  return { state, found, retry: () => { state.value = 'waiting'; void ask() } }
}
