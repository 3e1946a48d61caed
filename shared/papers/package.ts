import { numberedAgenda } from '../meeting/agenda/tree.ts'
import type { Lifecycle, MeetingDetails } from '../meeting/lifecycle/state.ts'
import { papersOf } from '../meeting/papers/order.ts'
import type { Paper } from '../meeting/papers/state.ts'
import type { MeetingCommon } from '../meeting/state.ts'

const hour = 3_600_000

/**
 * The order in which a meeting's papers are brought to a tablet: those of the item that is on, then of the item after it, then what is
 * still to come, smallest first, so that on a poor line most papers are there soonest; what is done comes last.
 */
export function packingOrder<P extends Paper>({ items, papers }: Pick<MeetingCommon, 'items'> & { papers: Record<string, P> }): P[] {
  const rows = numberedAgenda(items).map(({ item }) => item)
  const pending = rows.filter(({ status }) => status === 'pending').map(({ itemId }) => itemId)
  const urgency = (itemId: string): number => {
    const status = rows.find((item) => item.itemId === itemId)?.status
    if (status === 'current') return 0
    if (status === 'pending') return itemId === pending[0] ? 1 : 2
    return 3
  }
  return rows
    .flatMap(({ itemId }) => (papersOf(papers, itemId) as P[]).map((paper) => ({ paper, urgency: urgency(itemId) })))
    .sort((a, b) => a.urgency - b.urgency || a.paper.size - b.paper.size)
    .map(({ paper }) => paper)
}

export interface PackageLimits {
  /** How long after the planned end of a meeting its package may be read, milliseconds. */
  afterEnd: number
  /** No package lives longer than this without the hub, milliseconds: as long as a session may. */
  longest: number
}

/** A meeting that has ended is over sooner: papers are taken back after it (FEATURES 43). */
const shareAfterClosing = 4

/**
 * When a package that is fetched at `now` ends, hub time. A meeting that runs on beyond its plan moves the end with it; cancelled,
 * or not open to its people any more, it ends at once. Full hours are rounded up, so that the same package keeps one answer for a while.
 */
export function packageExpiry({ status, endedAt }: Lifecycle, { endsAt }: MeetingDetails, now: number, { afterEnd, longest }: PackageLimits): number {
  if (status === 'none' || status === 'cancelled') return now
  const end = status === 'ended'
    ? (endedAt ?? endsAt) + Math.round(afterEnd / shareAfterClosing)
    : (status === 'inSession' || status === 'recess' ? Math.max(endsAt, Math.ceil(now / hour) * hour) : endsAt) + afterEnd
  return Math.min(end, Math.ceil(now / hour) * hour + longest)
}
