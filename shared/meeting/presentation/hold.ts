import { isLeader } from '../permission.ts'
import type { MeetingCommon } from '../state.ts'
import type { Hold, Presentation } from './state.ts'

/** Minutes. Who is held cannot read his own papers, so it is never for long, and each time it is announced anew (DOMAIN.md 2.3). */
export const longestHold = 10

/** Milliseconds between the announcement and the moment from which screens are held. */
export const holdNotice = 5_000

/** announced: it is about to begin. on: screens are held now. Its end is the clock's, whether or not the hub has said so yet. */
export function holdPhase(hold: Hold | null, now: number): 'none' | 'announced' | 'on' {
  if (!hold || now >= hold.until) return 'none'
  return now < hold.from ? 'announced' : 'on'
}

/** Whether a hold concerns this person: not whoever presents, and not chair and secretary, who lead the meeting and its votes meanwhile. */
export function isHoldable(meeting: Pick<MeetingCommon, 'participants'>, presentation: Presentation, personId: string): boolean {
  return presentation.presenterId !== personId && !isLeader(meeting, personId)
}
