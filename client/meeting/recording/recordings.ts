import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { RecordingsAnswer } from '../../../shared/contracts/http/recordings.ts'
import { request, type HttpAnswer } from '../../http.ts'

const askAgain = 1_500

/** What was recorded of a meeting; asked for anew while something is being made. */
export function useRecordings(meetingId: () => string) {
  const known = shallowRef<RecordingsAnswer>({ recordings: [], mayManage: false })
  const unreachable = ref(false)
  let waiting: ReturnType<typeof setTimeout> | undefined
  let over = false
  const path = (rest = '') => `/api/meetings/${encodeURIComponent(meetingId())}/recordings${rest}`

  async function load(): Promise<void> {
    clearTimeout(waiting)
    const answer = await request<RecordingsAnswer>('GET', path())
    if (over) return
    unreachable.value = !answer.ok && answer.kind === 'unreachable'
    if (answer.ok) known.value = answer.data
    const busy = known.value.recordings.some(({ state }) => state === 'finishing' || state === 'recording')
    if (busy || unreachable.value) waiting = setTimeout(() => void load(), askAgain)
  }

  async function change(method: 'POST' | 'DELETE', rest: string): Promise<HttpAnswer<object>> {
    const answer = await request<object>(method, path(rest))
    await load()
    return answer
  }

  watch(meetingId, () => void load(), { immediate: true })
  onScopeDispose(() => {
    over = true
    clearTimeout(waiting)
  })
  return {
    known, unreachable, load,
    retry: (recordingId: string) => change('POST', `/${recordingId}/finish`),
    remove: (recordingId: string) => change('DELETE', `/${recordingId}`),
    fileOf: (recordingId: string) => path(`/${recordingId}/file`),
  }
}
