import type { MeetingView } from '../../../shared/meeting/view.ts'
import type { RollEntry } from '../../../shared/meeting/votes/result.ts'
import { unpackRoll } from '../../../shared/meeting/votes/roll.ts'
import type { VoteView } from '../../../shared/meeting/votes/state.ts'
import { voteAtHand } from '../votes/hand.ts'

/** The named vote whose roll can be shown by seat now: the one at hand, once its roll is known. A secret one has no choices in it, a list no single one. */
export function voteBySeat(view: MeetingView): (Omit<VoteView, 'roll'> & { roll: RollEntry[] }) | null {
  const vote = voteAtHand(view)
  const roll = vote && vote.method === 'named' && vote.matter.kind === 'question' ? unpackRoll(vote) : null
  return vote && roll && { ...vote, roll }
}
