import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { currentItem } from '../../shared/meeting/agenda/tree.ts'
import { entry } from '../../shared/meeting/entities.ts'
import type { Paper } from '../../shared/meeting/papers/state.ts'
import { atVersion } from '../../shared/meeting/papers/versions.ts'
import { isHoldable } from '../../shared/meeting/presentation/hold.ts'
import type { Position } from '../../shared/meeting/presentation/position.ts'
import { useReaderSettings } from '../pdf/readerSettings.ts'
import { afterwards, holdState, placeOf, readerState, startingDesk, type Happening, type Here } from './presentation/follow.ts'
import { useWriting } from './presentation/writing.ts'
import { useMeetingStore } from './store.ts'
import { useVotePanel } from './votes/panel.ts'

/** What lies open on this person's screen, and how it goes along with the presenter. */
export const useDesk = defineStore('desk', () => {
  const meeting = useMeetingStore()
  const votes = useVotePanel()
  const writing = useWriting()
  const readerSettings = useReaderSettings()
  const desk = shallowRef(startingDesk)
  /** A presentation that began while this person was reading on alone: told once, gently. */
  const notice = ref(false)

  const presentation = computed(() => meeting.view?.presentation ?? null)
  const presentedId = computed(() => presentation.value?.paperId ?? null)
  const presenting = computed(() => presentation.value !== null && presentation.value.presenterId === meeting.me)
  /** A paper as it is read now: the presented one in the version that is presented, however new another is, so that page 12 is page 12 for all. */
  function inHand(paperId: string | null): Paper | null {
    const found = paperId && meeting.view ? entry(meeting.view.papers, paperId) : undefined
    if (!found) return null
    return (presentation.value?.paperId === paperId && atVersion(found, presentation.value.version)) || found
  }
  const paper = computed(() => inHand(desk.value.paperId))
  const presentedPaper = computed(() => inHand(presentedId.value))
  const place = computed(() => placeOf(presentation.value, meeting.position))
  /** Own page and presenter's page are the same paper. */
  const onPresentedPaper = computed(() => presentedId.value !== null && desk.value.paperId === presentedId.value)
  /** Goes along with somebody else's page. */
  const following = computed(() => desk.value.following && onPresentedPaper.value && !presenting.value)
  /** This is the page that everybody follows. */
  const leading = computed(() => presenting.value && onPresentedPaper.value)
  /** There is something to come back to. */
  const away = computed(() => presentedPaper.value !== null && !following.value && !(presenting.value && onPresentedPaper.value))

  /** Pages of the open paper that stand on the screen. */
  const standing = shallowRef<ReadonlySet<number>>(new Set())
  /** What is to be read can be read: the page may turn to what else there is. */
  const settled = computed(() => desk.value.paperId === null || standing.value.size > 0)
  const here = computed<Here>(() => ({
    me: meeting.me, now: meeting.now, writing: writing.value, ballot: votes.awaited !== null, place: place.value,
    holdable: meeting.view !== null && meeting.me !== null && presentation.value !== null && isHoldable(meeting.view, presentation.value, meeting.me),
    // Reading mode has no pages that could be late.
    hasPage: (page) => readerSettings.mode === 'text' || standing.value.has(page),
  }))
  const state = computed(() => readerState(desk.value, presentation.value, here.value))
  const hold = computed(() => holdState(desk.value, presentation.value, here.value))
  const held = computed(() => hold.value?.phase === 'on')
  /** Where this screen is to go now: nobody's page is turned under his pen. */
  const target = computed(() => (following.value && !writing.value ? place.value : null))
  /** Counts how often a hand was stopped because the screen is held. */
  const stopped = ref(0)

  function happen(happening: Happening): void {
    const byHand = happening.kind === 'opened' || happening.kind === 'closed' || happening.kind === 'moved'
    if (held.value && byHand) stopped.value += 1
    desk.value = afterwards(desk.value, happening, presentedId.value, held.value)
    if (!away.value) notice.value = false
  }

  watch(() => presentation.value && `${presentation.value.paperId} ${presenting.value}`, () => {
    happen({ kind: 'presented', paperId: presentedId.value, byMe: presenting.value })
    notice.value = away.value
  })
  watch([() => meeting.view && currentItem(meeting.view.items)?.itemId, () => meeting.view?.pause], () => happen({ kind: 'itemChanged' }))
  // Whoever is held is taken along, and whoever was writing or voting as soon as he has finished.
  watch(() => held.value && !following.value, (taken) => taken && happen({ kind: 'returned' }))
  // A paper that was taken away, or withdrawn with its item, is closed with a clean desk left behind.
  watch(paper, (now) => {
    if (now === null && desk.value.paperId !== null) happen({ kind: 'closed' })
  })

  function clear(): void {
    desk.value = startingDesk
    notice.value = false
  }

  function pageStands(page: number, stands: boolean): void {
    if (standing.value.has(page) === stands) return
    const pages = new Set(standing.value)
    if (stands) pages.add(page)
    else pages.delete(page)
    standing.value = pages
  }

  /** What the reader shows now; passed on to everyone when this is the presenter's own page. */
  function shown(position: Omit<Position, 'paperId'>): void {
    if (leading.value && presentedId.value) meeting.sendPosition({ ...position, paperId: presentedId.value })
  }

  return {
    desk, paper, presentation, presentedId, presentedPaper, presenting, leading, place, target, following, away, notice, onPresentedPaper, state, hold, held, writing, stopped, settled, pageStands,
    open: (paperId: string) => happen({ kind: 'opened', paperId }),
    close: () => happen({ kind: 'closed' }),
    moved: () => presenting.value || happen({ kind: 'moved' }),
    comeBack: () => happen({ kind: 'returned' }),
    dismissNotice: () => (notice.value = false),
    shown, clear,
  }
})
