import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { entry } from '../../../shared/meeting/entities.ts'
import { currentList, waitingOn } from '../../../shared/meeting/floor/order.ts'
import { requestRefusal, waitingOf, type FloorRequest } from '../../../shared/meeting/floor/rules.ts'
import type { FloorEntry } from '../../../shared/meeting/floor/state.ts'
import { isGone, nextTurn, onFloor, speaking } from '../../../shared/meeting/floor/turn.ts'
import type { MeetingView } from '../../../shared/meeting/view.ts'
import { useMeetingStore } from '../store.ts'

/** Who has the floor on this screen: the one who speaks, else the one who was paused last. */
export function speechOf(view: Pick<MeetingView, 'floorEntries'>): FloorEntry | null {
  return speaking(view) ?? onFloor(view).sort((a, b) => (b.beganAt ?? 0) - (a.beganAt ?? 0))[0] ?? null
}

/** A person's place in line among those who are there, from 1; null when he does not wait or may not know. */
export function placeInLine(view: MeetingView, personId: string, leads: boolean): number | null {
  const line = waitingOn(view.floorEntries, currentList(view)).filter((one) => one.personId === personId || !isGone(view, one))
  const place = line.findIndex((one) => one.personId === personId)
  // Where the amount is not shown, who stands behind the next three is told only that he waits.
  return place === -1 || (place >= 3 && !view.floor.settings.showAmount && !leads) ? null : place + 1
}

/** Waiting entries on lists of items that would be left. */
export function waitingThere(view: MeetingView, itemIds: readonly (string | null)[]): FloorEntry[] {
  return itemIds.flatMap((itemId) => waitingOn(view.floorEntries, itemId))
}

/** What the floor looks like from this screen. */
export function useFloor() {
  const meeting = useMeetingStore()
  const { t } = useI18n()
  const view = computed(() => meeting.view)
  const list = computed(() => (view.value ? currentList(view.value) : null))
  const speech = computed(() => (view.value ? speechOf(view.value) : null))
  /** Begun and not ended, besides the one that is shown as `speech`. */
  const interrupted = computed(() => (view.value ? onFloor(view.value).filter((one) => one.entryId !== speech.value?.entryId) : []))
  const waiting = computed(() => (view.value && !view.value.pause ? waitingOn(view.value.floorEntries, list.value) : []))
  const mine = computed(() => (view.value ? waitingOf(view.value, meeting.me).filter((one) => one.itemId === list.value) : []))
  const place = computed(() => (view.value && meeting.me ? placeInLine(view.value, meeting.me, meeting.leads) : null))
  const next = computed(() => (view.value ? nextTurn(view.value) : null))
  /** The list can be seen here: in session, and what is on is not hidden from this viewer. */
  const shown = computed(() => {
    const status = view.value?.lifecycle.status
    return (status === 'inSession' || status === 'recess') && !view.value?.pause
  })

  function nameOf(one: Pick<FloorEntry, 'personId' | 'siteId'>): string {
    if (one.personId !== null) return meeting.nameOf(one.personId)
    return one.siteId === null ? t('floor.fromHall') : siteName(one.siteId)
  }
  function siteName(siteId: string): string {
    const site = meeting.sites.get(siteId)
    return site?.shortName ? t('floor.site', { name: site.shortName }) : (site?.name ?? '…')
  }
  /** Where the person sits, if not in the main room. */
  function whereOf(one: Pick<FloorEntry, 'personId' | 'siteId'>): string | null {
    return one.personId === null || one.siteId === null ? null : siteName(one.siteId)
  }
  const gone = (one: FloorEntry) => view.value !== null && isGone(view.value, one)
  function refusalOfRequest(request: FloorRequest) {
    if (!view.value || !meeting.me) return null
    return meeting.refusalOf('floor:request') ?? requestRefusal(view.value, request, meeting.me)
  }
  const entryOf = (entryId: string | null) => (view.value && entryId ? entry(view.value.floorEntries, entryId) : undefined)

  return { list, speech, interrupted, waiting, mine, place, next, shown, nameOf, siteName, whereOf, gone, refusalOfRequest, entryOf }
}
