import { computed, markRaw, onBeforeUnmount } from 'vue'
import { isLeader } from '../../../shared/meeting/permission.ts'
import type { Paper } from '../../../shared/meeting/papers/state.ts'
import { MarkLayers, type ShownMark } from '../marks/layers.ts'
import { useSettling } from '../marks/settling.ts'
import { useMeetingStore } from '../store.ts'

/** What was drawn for everybody on the presented paper, as the wall shows it: by who presents or leads. What others add is for tablets. */
export function useWallMarks(meetingId: string, { paperId, version }: Paper) {
  const meeting = useMeetingStore()
  const layers = markRaw(new MarkLayers({ meetingId, paperId, version, me: null, options: () => ({ projector: true }) }))
  layers.openCommon()
  useSettling(() => layers)
  onBeforeUnmount(() => layers.close())
  const byPage = computed(() => {
    const { view } = meeting
    const seen = (owner: string) => view !== null && (view.presentation?.presenterId === owner || isLeader(view, owner))
    return new Map([...layers.byPage.value].map(([page, marks]) => [page, marks.filter(({ ownerId }) => seen(ownerId))]))
  })
  const none: ShownMark[] = []
  return { marksOn: (page: number) => byPage.value.get(page) ?? none }
}
