import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import type { SearchAnswer } from '../../../shared/contracts/http/paper-contents.ts'
import type { MeetingView } from '../../../shared/meeting/view.ts'
import { request } from '../../http.ts'

/** Fewer letters are found everywhere. */
const fewestLetters = 2
/** Milliseconds after the last letter, and until papers that are still being read are asked for again. */
const [pause, again] = [250, 3000]

export type SearchState = 'idle' | 'waiting' | 'found' | 'nothing' | 'failed'

/**
 * Asks the hub for `query` in all papers of the meeting, a moment after the last letter was typed; without the hub, looks through what this
 * device has of them. `live`: the hub is within reach.
 */
export function useMeetingSearch(view: () => MeetingView | null, live: () => boolean, query: Ref<string>) {
  const state = ref<SearchState>('idle')
  const found = shallowRef<SearchAnswer | null>(null)
  /** The answer is this device's own: how many papers it could not look through; null when the hub has answered. */
  const notHere = ref<number | null>(null)
  let asking: AbortController | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  async function ask(): Promise<void> {
    asking?.abort()
    asking = new AbortController()
    const { signal } = asking
    const words = query.value.trim().slice(0, 200)
    const answer = live() ? await request<SearchAnswer>('GET', `/api/meetings/${view()?.meetingId}/search?q=${encodeURIComponent(words)}`, { signal }) : null
    if (signal.aborted) return
    if (!answer?.ok) return await askDevice(words, signal)
    notHere.value = null
    found.value = answer.data
    state.value = answer.data.papers.length + answer.data.items.length > 0 ? 'found' : 'nothing'
    if (answer.data.making.length > 0) timer = setTimeout(() => void ask(), again)
  }

  async function askDevice(words: string, signal: AbortSignal): Promise<void> {
    const seen = view()
    const own = seen && await import('./onDevice.ts').then(({ searchOnDevice }) => searchOnDevice(words, seen)).catch(() => null)
    if (signal.aborted) return
    if (!own) {
      state.value = 'failed'
      return
    }
    notHere.value = own.notHere
    found.value = own
    state.value = own.papers.length + own.items.length > 0 ? 'found' : 'nothing'
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
  // The hub is back, or gone: its answer counts where there is one.
  watch(live, () => {
    if (found.value || state.value === 'failed') void ask()
  })
  onScopeDispose(stop)

  return { state, found, notHere, retry: () => { state.value = 'waiting'; void ask() } }
}
