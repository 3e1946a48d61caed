import { entry, withChange, withEntry, withoutEntry } from '../entities.ts'
import type { VisibleFact } from '../fact.ts'
import type { Ballot, Vote, VoteCommon } from './state.ts'

function drafted(fact: VisibleFact & { type: 'vote.drafted' }): VoteCommon {
  return {
    ...fact.data,
    status: 'draft',
    draftedAt: fact.at,
    openedAt: null,
    closedAt: null,
    entitled: [],
    quorumAtOpening: null,
    cancelReason: null,
  }
}

/** What happens to a vote for everyone who may see it; ballots, results and rolls differ by viewer. */
export function evolveVoteCommon<V extends VoteCommon>(
  votes: Record<string, V>,
  fact: VisibleFact,
  complete: (vote: VoteCommon) => V,
): Record<string, V> {
  const change = (voteId: string, part: Partial<VoteCommon>) => withChange<VoteCommon>(votes, voteId, part) as Record<string, V>
  switch (fact.type) {
    case 'vote.drafted':
      return withEntry(votes, fact.data.voteId, complete(drafted(fact)))
    case 'vote.changed':
      return change(fact.data.voteId, { title: fact.data.title, rule: fact.data.rule })
    case 'vote.removed':
      return withoutEntry(votes, fact.data.voteId)
    case 'vote.opened': {
      const { voteId, rule, entitled, quorum } = fact.data
      return change(voteId, { status: 'open', openedAt: fact.at, rule, entitled, quorumAtOpening: quorum })
    }
    case 'vote.closed':
      return change(fact.data.voteId, { status: 'closed', closedAt: fact.at })
    case 'vote.counted':
      return change(fact.data.voteId, { status: 'counted' })
    case 'vote.published':
      return change(fact.data.voteId, { status: 'published' })
    case 'vote.cancelled':
      return change(fact.data.voteId, { status: 'cancelled', closedAt: fact.at, cancelReason: fact.data.reason })
    default:
      return votes
  }
}

export function evolveVotes(votes: Record<string, Vote>, fact: VisibleFact): Record<string, Vote> {
  if (fact.type === 'vote.cast') return withBallot(votes, fact.data.voteId, { personId: fact.data.personId, choice: fact.data.choice, at: fact.at })
  const next = evolveVoteCommon<Vote>(votes, fact, (vote) => ({ ...vote, ballots: [], result: null, roll: null }))
  if (fact.type === 'vote.counted') return withChange(next, fact.data.voteId, { result: fact.data.result, roll: fact.data.roll })
  return next
}

function withBallot(votes: Record<string, Vote>, voteId: string, ballot: Ballot): Record<string, Vote> {
  const vote = entry(votes, voteId)
  return vote ? withEntry(votes, voteId, { ...vote, ballots: [...vote.ballots, ballot] }) : votes
}
