import { entry, withChange, withEntry, withoutEntry } from '../entities.ts'
import type { VisibleFact } from '../fact.ts'
import { withBallot } from './ballots.ts'
import { isBallot } from './facts.ts'
import type { Ballot, Vote, VoteCommon } from './state.ts'

/** A fact that brings a ballot. */
export type BallotFact = Extract<VisibleFact, { type: 'vote.cast' | 'vote.sealed' }>

function drafted(fact: VisibleFact & { type: 'vote.drafted' }): VoteCommon {
  return {
    ...fact.data,
    status: 'draft',
    draftedAt: fact.at,
    openedAt: null,
    closesAt: null,
    closedAt: null,
    entitled: [],
    quorumAtOpening: null,
    quorumAtClosing: null,
    publicKey: null,
    held: false,
    cancelReason: null,
    cancelledBy: null,
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
      return change(fact.data.voteId, fact.data)
    case 'vote.removed':
      return withoutEntry(votes, fact.data.voteId)
    case 'vote.opened': {
      const { voteId, quorum, ...opened } = fact.data
      return change(voteId, { status: 'open', openedAt: fact.at, quorumAtOpening: quorum, ...opened })
    }
    case 'vote.extended':
      return change(fact.data.voteId, { closesAt: fact.data.closesAt })
    case 'vote.closed':
      return change(fact.data.voteId, { status: 'closed', closedAt: fact.at, quorumAtClosing: fact.data.quorum, held: fact.data.held })
    case 'vote.counted':
      return change(fact.data.voteId, { status: 'counted' })
    case 'vote.published':
      return change(fact.data.voteId, { status: 'published' })
    case 'vote.cancelled':
      return change(fact.data.voteId, { status: 'cancelled', closedAt: fact.at, cancelReason: fact.data.reason, cancelledBy: fact.data.by })
    default:
      return votes
  }
}

export function evolveVotes(votes: Record<string, Vote>, fact: VisibleFact): Record<string, Vote> {
  if (isBallot(fact)) return cast(votes, fact)
  const next = evolveVoteCommon<Vote>(votes, fact, (vote) => ({ ...vote, ballots: [], result: null, roll: null }))
  if (fact.type === 'vote.counted') return counted(next, fact)
  // A cancelled secret vote is never opened: what was sealed need not be carried along.
  if (fact.type === 'vote.cancelled') return withChange(next, fact.data.voteId, { ballots: (entry(next, fact.data.voteId)?.ballots ?? []).map(emptied) })
  return next
}

function counted(votes: Record<string, Vote>, { data: { voteId, result, roll } }: VisibleFact & { type: 'vote.counted' }): Record<string, Vote> {
  const ballots = entry(votes, voteId)?.ballots ?? []
  return withChange(votes, voteId, { result, roll, ballots: ballots.map(emptied) })
}

function emptied(ballot: Ballot): Ballot {
  return 'sealed' in ballot ? { ...ballot, sealed: null } : ballot
}

function cast(votes: Record<string, Vote>, fact: BallotFact): Record<string, Vote> {
  const vote = entry(votes, fact.data.voteId)
  return vote ? withEntry(votes, vote.voteId, { ...vote, ballots: withBallot(vote.ballots, ballotFrom(fact), vote.rule.changeable) }) : votes
}

export function ballotFrom({ data, at }: BallotFact): Ballot {
  const { personId } = data
  if ('sealed' in data) return { personId, sealed: data.sealed, at }
  return 'choice' in data ? { personId, choice: data.choice, at } : { personId, chosen: data.chosen, at }
}

/** A ballot as its own voter's screens know it: that he cast it; what was sealed stays with the hub. */
export function ownBallot(ballot: Ballot): Ballot {
  return emptied(ballot)
}
