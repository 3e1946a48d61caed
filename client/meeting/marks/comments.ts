import { computed } from 'vue'
import { entry } from '../../../shared/meeting/entities.ts'
import type { Comment } from '../../../shared/meeting/marks/state.ts'
import { useMeetingStore } from '../store.ts'
import { useMarking } from './marking.ts'

/** The formal comments on the open paper that this person may see: of all its versions, latest last. */
export function usePaperComments() {
  const meeting = useMeetingStore()
  const marking = useMarking()
  const paperId = computed(() => marking.layers?.of.paperId ?? '')
  const version = computed(() => marking.layers?.of.version ?? 0)
  const comments = computed<Comment[]>(() => Object.values(meeting.view?.comments ?? {}).filter((one) => one.paperId === paperId.value).sort((a, b) => a.at - b.at))
  const byPage = computed(() => {
    const pages = new Map<number, Comment[]>()
    for (const one of comments.value) if (one.version === version.value && one.withdrawnAt === null) pages.set(one.anchor.page, [...(pages.get(one.anchor.page) ?? []), one])
    return pages
  })
  const nothing: Comment[] = []
  return {
    comments,
    version,
    commentsOn: (page: number) => byPage.value.get(page) ?? nothing,
    paper: computed(() => (meeting.view ? entry(meeting.view.papers, paperId.value) : undefined)),
  }
}
