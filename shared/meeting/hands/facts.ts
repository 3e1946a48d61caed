import type { Choice } from '../votes/matter.ts'
import type { HandChannel, PersonChoice } from './state.ts'

/** Who began, entered, confirmed and withdrew stands in the envelope. */
export interface HandFacts {
  'hands.begun': { countId: string; voteId: string; siteId: string | null; channel: HandChannel; personIds: string[] }
  /** `persons` null: totals only. `personIds`: whose votes they may be; they cannot vote by tablet any more, wherever they go. */
  'hands.entered': { countId: string; counts: Record<Choice, number>; persons: PersonChoice[] | null; personIds: string[] }
  'hands.confirmed': { countId: string }
  'hands.withdrawn': { countId: string; reason: string }
}
