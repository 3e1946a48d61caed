import { ref, shallowRef } from 'vue'
import type { PreviewAnswer } from '../../shared/contracts/http/preview.ts'
import type { RefusalAnswer } from '../../shared/contracts/refusal.ts'
import type { MeetingView } from '../../shared/meeting/view.ts'
import { request } from '../http.ts'

/** Not asked again sooner than this, however fast the meeting moves. */
const pause = 700

/**
 * The meeting as another participant sees it: the hub is asked for his view whenever one's own has changed. What comes from the hub is
 * shown as it is; nothing is worked out here from what chair and secretary may know.
 */
export function usePreview(show: (view: MeetingView | null) => void) {
  /** Who is looked at; null: nobody, this is one's own screen. */
  const personId = ref<string | null>(null)
  const failure = shallowRef<RefusalAnswer | null>(null)
  let asking = false
  let again: MeetingView | null = null

  function begin(as: string | null): void {
    personId.value = as
    failure.value = null
    again = null
  }

  async function refresh(own: MeetingView): Promise<void> {
    const as = personId.value
    if (as === null) return
    if (asking) {
      again = own
      return
    }
    asking = true
    const answer = await request<PreviewAnswer>('GET', `/api/meetings/${own.meetingId}/as/${as}`)
    if (personId.value === as) {
      if (answer.ok) {
        failure.value = null
        show(answer.data.view)
      } else if (answer.kind === 'refused') {
        failure.value = answer.refusal
        show(null)
      }
    }
    setTimeout(() => {
      asking = false
      const next = again
      again = null
      if (next) void refresh(next)
    }, pause)
  }

  return { personId, failure, begin, refresh }
}
