import type { MeetingView } from '../../../shared/meeting/view.ts'
import type { RollEntry } from '../../../shared/meeting/votes/result.ts'
import type { VoteView } from '../../../shared/meeting/votes/state.ts'
import { voteAtHand } from '../votes/hand.ts'

/** The named vote whose roll can be shown by seat now: the one at hand, once its roll is known. A secret one has no choices in it, a list no single one. */
export function voteBySeat(view: MeetingView): (VoteView & { roll: RollEntry[] }) | null {
  const vote = voteAtHand(view)
  return vote?.roll && vote.method === 'named' && vote.matter.kind === 'question' ? { ...vote, roll: vote.roll } : null
}
