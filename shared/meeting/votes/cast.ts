import { refusal, type Refusal } from '../../contracts/refusal.ts'
import type { Commands, Deciders } from '../command.ts'
import { entry } from '../entities.ts'
import type { NewFact } from '../fact.ts'
import { seesItem } from '../visibility.ts'
import { ballotOf } from './ballots.ts'
import { isValidChosen } from './matter.ts'
import { castRefusal } from './rules.ts'
import { isSealedBallot } from './sealed-ballot.ts'
import type { VoteCommon } from './state.ts'

export const castDeciders: Deciders<'votes:cast'> = {
  'votes:cast': (state, ballot, { personId }) => {
    const { voteId } = ballot
    const vote = entry(state.votes, voteId)
    if (!vote || !seesItem(state, personId, vote.itemId)) return refusal('votes.unknown')
    const wrong = castRefusal(state, voteId, personId, ballotOf(vote.ballots, personId) !== undefined)
    if (wrong) return wrong
    const fact = ballotFact(vote, ballot, personId)
    return 'code' in fact ? fact : [fact]
  },
}

/** Facts with their keys in the order of canonical JSON, which then need not sort them again: there are thousands of these at once. */
function ballotFact({ method, matter }: VoteCommon, { voteId, choice, chosen, sealed }: Commands['votes:cast'], personId: string): NewFact | Refusal {
  if (method === 'secret') {
    return sealed === undefined || !isSealedBallot(matter, sealed) ? refusal('votes.wrongBallot') : { type: 'vote.sealed', data: { personId, sealed, voteId } }
  }
  if (matter.kind === 'question') {
    return choice === undefined ? refusal('votes.wrongBallot') : { type: 'vote.cast', data: { choice, personId, voteId } }
  }
  if (chosen === undefined) return refusal('votes.wrongBallot')
  if (!isValidChosen(matter, chosen)) return refusal('votes.wrongChosen', { least: matter.least, most: matter.most })
  return { type: 'vote.cast', data: { chosen, personId, voteId } }
}
