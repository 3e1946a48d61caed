import { refusal, type Refusal } from '../../contracts/refusal.ts'
import { isPresent, quorumFigures } from '../attendance/quorum.ts'
import { entry } from '../entities.ts'
import { statusRefusal } from '../lifecycle/rules.ts'
import type { MeetingCommon } from '../state.ts'
import type { VoteCommon } from './state.ts'

type Meeting = Pick<MeetingCommon, 'lifecycle' | 'participants' | 'attendance'> & { votes: Record<string, VoteCommon> }

export function openVote<V extends VoteCommon>(meeting: { votes: Record<string, V> }): V | undefined {
  return Object.values(meeting.votes).find((vote) => vote.status === 'open')
}

export function runningVoteOn(meeting: Pick<Meeting, 'votes'>, itemId: string): VoteCommon | undefined {
  return Object.values(meeting.votes).find((vote) => vote.itemId === itemId && vote.status === 'open')
}

/** A draft can be changed and removed; after opening its rule is frozen. */
export function draftRefusal(meeting: Meeting, voteId: string): Refusal | null {
  const vote = entry(meeting.votes, voteId)
  if (!vote) return refusal('votes.unknown')
  return vote.status === 'draft' ? null : refusal('votes.frozen')
}

/** Formal votes need the quorum of their rule (DOMAIN.md 2.6); one vote is open at a time. */
export function openRefusal(meeting: Meeting, voteId: string): Refusal | null {
  const vote = entry(meeting.votes, voteId)
  if (!vote) return refusal('votes.unknown')
  if (vote.status !== 'draft') return refusal('votes.alreadyOpened')
  const wrong = statusRefusal(meeting, 'inSession')
  if (wrong) return wrong
  const other = openVote(meeting)
  if (other) return refusal('votes.anotherOpen', { title: other.title })
  const quorum = quorumFigures(meeting, vote.rule.quorum)
  if (quorum.members === 0) return refusal('votes.nobodyEntitled')
  return quorum.met ? null : refusal('votes.noQuorum', { present: quorum.present, needed: quorum.needed, members: quorum.members })
}

/** Who may cast: on the frozen list, declared present, once, while the vote is open. */
export function castRefusal(meeting: Meeting, voteId: string, personId: string, alreadyCast: boolean): Refusal | null {
  const vote = entry(meeting.votes, voteId)
  if (!vote || vote.status === 'draft') return refusal('votes.unknown')
  if (vote.status !== 'open') return refusal('votes.notOpen')
  if (!vote.entitled.includes(personId)) return refusal('votes.notEntitled')
  if (alreadyCast) return refusal('votes.alreadyCast')
  return isPresent(meeting, personId) ? null : refusal('votes.notPresent')
}

export function closeRefusal(meeting: Meeting, voteId: string): Refusal | null {
  const vote = entry(meeting.votes, voteId)
  if (!vote) return refusal('votes.unknown')
  return vote.status === 'open' ? null : refusal('votes.notOpen')
}
