import type { Commands } from '../../../shared/meeting/command.ts'
import type { Choice } from '../../../shared/meeting/votes/matter.ts'
import type { VoteView } from '../../../shared/meeting/votes/state.ts'
import { sealBallot } from './seal.ts'

/**
 * The ballot that these marks make in this vote: named as they are, secret sealed.
 * @param marked the choice on a question, candidate ids on a list (none: abstains)
 * @throws Error when it cannot be sealed
 */
export async function ballotOf(vote: VoteView, meetingId: string, personId: string, marked: readonly string[]): Promise<Commands['votes:cast']> {
  const { voteId, method, matter, publicKey } = vote
  if (method === 'secret') return { voteId, sealed: await sealBallot({ meetingId, voteId, personId }, matter, publicKey ?? '', marked) }
  return matter.kind === 'question' ? { voteId, choice: marked[0] as Choice } : { voteId, chosen: [...marked] }
}
