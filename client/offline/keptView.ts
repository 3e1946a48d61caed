import { useTimeoutFn } from '@vueuse/core'
import { watch, type Ref } from 'vue'
import { keepDocumentsIn, type LocalDocuments } from '../collab/localDocuments.ts'
import type { useMeetingStore } from '../meeting/store.ts'
import { useSession } from '../session.ts'

/** So long the hub may take before what is kept on this device is shown instead. */
const patience = 2500

/** One's own notes on this device; what keeps them comes when the first document is opened. */
function notesHere(personId: string, meetingId: string): LocalDocuments {
  const here = import('./documents.ts').then(({ localDocuments }) => localDocuments(personId, meetingId))
  here.catch(() => undefined)
  return {
    load: async (name) => (await here)?.load(name) ?? [],
    append: async (name, update) => (await here)?.append(name, update),
    compact: async (name, state) => (await here)?.compact(name, state),
    unsent: async (name, isUnsent) => (await here)?.unsent(name, isUnsent),
  }
}

/** When the hub is not heard, the meeting is shown as this device has kept it. */
export function useKeptView(meeting: ReturnType<typeof useMeetingStore>, meetingId: Ref<string | null>): void {
  const session = useSession()
  keepDocumentsIn((name) => (name.meetingId === meetingId.value && session.person ? notesHere(session.person.id, name.meetingId) : undefined))

  async function show(): Promise<void> {
    const [id, personId] = [meetingId.value, session.person?.id]
    if (id === null || personId === undefined || meeting.view) return
    const kept = await import('./device.ts').then(({ keptMeeting }) => keptMeeting(personId, id)).catch(() => null)
    if (kept && id === meetingId.value) meeting.showKept(kept.kept, kept.manifest.package)
  }
  const late = useTimeoutFn(() => void show(), patience, { immediate: false })
  watch([meetingId, () => session.state], ([id]) => {
    late.stop()
    if (id === null) return
    if (session.state === 'offline') void show()
    else late.start()
  }, { immediate: true })
}
