import type { MeetingState } from '../state.ts'
import type { Choice } from './matter.ts'

/** A confirmed count that did not come by tablet. */
export interface HandCount {
  channel: 'hands' | 'telephone'
  /** Null: the main room. */
  siteId: string | null
  counts: Record<Choice, number>
  /** Who voted how, where it was taken down person by person. */
  persons: { personId: string; choice: Choice }[] | null
}

/** The confirmed counts by hand and telephone of a vote. */
export function handCounts(_meeting: MeetingState, _voteId: string): readonly HandCount[] {
  return []
}
