import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { currentItem } from '../../shared/meeting/agenda/tree.ts'
import { entry } from '../../shared/meeting/entities.ts'
import type { Position } from '../../shared/meeting/presentation/position.ts'
import { afterwards, placeOf, startingDesk, type Happening } from './presentation/follow.ts'
import { useMeetingStore } from './store.ts'

/** What lies open on this person's screen, and how it goes along with the presenter. */
export const useDesk = defineStore('desk', () => {
  const meeting = useMeetingStore()
  const desk = shallowRef(startingDesk)
  /** A presentation that began while this person was reading on alone: told once, gently. */
  const notice = ref(false)

  const presentation = computed(() => meeting.view?.presentation ?? null)
  const presentedId = computed(() => presentation.value?.paperId ?? null)
  const presenting = computed(() => presentation.value !== null && presentation.value.presenterId === meeting.me)
  const paper = computed(() => (desk.value.paperId && meeting.view ? (entry(meeting.view.papers, desk.value.paperId) ?? null) : null))
  const presentedPaper = computed(() => (presentedId.value && meeting.view ? (entry(meeting.view.papers, presentedId.value) ?? null) : null))
  const place = computed(() => placeOf(presentation.value, meeting.position))
  /** Own page and presenter's page are the same paper. */
  const onPresentedPaper = computed(() => presentedId.value !== null && desk.value.paperId === presentedId.value)
  /** Goes along with somebody else's page. */
  const following = computed(() => desk.value.following && onPresentedPaper.value && !presenting.value)
  /** There is something to come back to. */
  const away = computed(() => presentedPaper.value !== null && !following.value && !(presenting.value && onPresentedPaper.value))

  function happen(happening: Happening): void {
    desk.value = afterwards(desk.value, happening, presentedId.value)
    if (!away.value) notice.value = false
  }

  watch(() => presentation.value && `${presentation.value.paperId} ${presenting.value}`, () => {
    happen({ kind: 'presented', paperId: presentedId.value, byMe: presenting.value })
    notice.value = away.value
  })
  watch([() => meeting.view && currentItem(meeting.view.items)?.itemId, () => meeting.view?.pause], () => happen({ kind: 'itemChanged' }))
  // A paper that was taken away, or withdrawn with its item, is closed with a clean desk left behind.
  watch(paper, (now) => {
    if (now === null && desk.value.paperId !== null) happen({ kind: 'closed' })
  })

  function clear(): void {
    desk.value = startingDesk
    notice.value = false
  }

  /** What the reader shows now; passed on to everyone when this is the presenter's own page. */
  function shown(position: Omit<Position, 'paperId'>): void {
    if (presenting.value && onPresentedPaper.value && presentedId.value) meeting.sendPosition({ ...position, paperId: presentedId.value })
  }

  return {
    desk, paper, presentation, presentedPaper, presenting, place, following, away, notice, onPresentedPaper,
    open: (paperId: string) => happen({ kind: 'opened', paperId }),
    close: () => happen({ kind: 'closed' }),
    moved: () => presenting.value || happen({ kind: 'moved' }),
    comeBack: () => happen({ kind: 'returned' }),
    dismissNotice: () => (notice.value = false),
    shown, clear,
  }
})
