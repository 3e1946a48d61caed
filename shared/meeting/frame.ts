import type { Revealed, Withdrawn } from './difference.ts'
import type { VisibleFact } from './fact.ts'

/** Facts that exist only in views: what a change of rights shows to, or takes from, one audience. */
export type ViewOnlyFact =
  | { seq: number; type: 'view.revealed'; at: number; by: null; data: Revealed }
  | { seq: number; type: 'view.withdrawn'; at: number; by: null; data: Withdrawn }

export type ViewFact = VisibleFact | ViewOnlyFact

/**
 * What one audience is told of a stretch of the log. The range covers facts it may not see.
 * A frame joins on when `from` ≤ last known seq + 1; facts already known are passed over; otherwise the client joins again.
 */
export interface Frame {
  from: number
  to: number
  facts: ViewFact[]
}
