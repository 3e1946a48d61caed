import type { MeetingView } from '../../../shared/meeting/view.ts'
import type { RollEntry, VoteView } from '../../../shared/meeting/votes/state.ts'
import { voteAtHand } from '../votes/hand.ts'

/** The named vote whose roll can be shown by seat now: the one at hand, once its roll is known. A secret one has no roll, so it is never shown. */
export function voteBySeat(view: MeetingView): (VoteView & { roll: RollEntry[] }) | null {
  const vote = voteAtHand(view)
  return vote?.roll ? { ...vote, roll: vote.roll } : null
}
