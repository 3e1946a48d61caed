import { currentItem } from '../../../shared/meeting/agenda/tree.ts'
import type { MeetingView } from '../../../shared/meeting/view.ts'
import { hour } from '../../../shared/vietnamese/dates.ts'

/** Why there is no item to show: `pause` when one is on that this viewer may not know of. */
export type NoticeKind = 'draft' | 'scheduled' | 'recess' | 'pause' | 'ended' | 'cancelled' | 'between'

/** The notice that stands in place of the item that is on; null when there is one. */
export function noticeOf(view: MeetingView): NoticeKind | null {
  const { status } = view.lifecycle
  if (status === 'none') return 'draft'
  if (status !== 'inSession') return status
  if (view.pause) return 'pause'
  return currentItem(view.items) ? null : 'between'
}

/** People mark themselves present from two hours before the beginning; earlier the question would be out of place. */
export function isGathering(view: MeetingView, now: number): boolean {
  const { status } = view.lifecycle
  return status === 'inSession' || status === 'recess' || (status === 'scheduled' && now > view.details.startsAt - 2 * hour)
}
