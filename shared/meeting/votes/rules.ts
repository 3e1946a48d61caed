import { refusal, type Refusal } from '../../contracts/refusal.ts'
import { isPresent, quorumFigures, votingMembers } from '../attendance/quorum.ts'
import { entry } from '../entities.ts'
import { lockingCount, unconfirmedCount } from '../hands/lock.ts'
import { statusRefusal } from '../lifecycle/rules.ts'
import type { MeetingCommon } from '../state.ts'
import type { VoteCommon } from './state.ts'

type Votes<V extends VoteCommon = VoteCommon> = { votes: Record<string, V> }
type Meeting = Pick<MeetingCommon, 'lifecycle' | 'participants' | 'attendance' | 'hands'> & Votes

export function openVotes<V extends VoteCommon>(meeting: Votes<V>): V[] {
  return Object.values(meeting.votes).filter((vote) => vote.status === 'open')
}

/** The open vote; of a sitting, the first that is still open. */
export function openVote<V extends VoteCommon>(meeting: Votes<V>): V | undefined {
  return Object.values(meeting.votes).find((vote) => vote.status === 'open')
}

export function runningVoteOn(meeting: Votes, itemId: string): VoteCommon | undefined {
  return Object.values(meeting.votes).find((vote) => vote.itemId === itemId && vote.status === 'open')
}

/** A vote that has run and whose result nobody knows yet: being counted, or held. */
export function unpublishedVote(meeting: Votes): VoteCommon | undefined {
  return Object.values(meeting.votes).find((vote) => vote.status === 'closed' || vote.status === 'counted')
}

/** The votes of this one's sitting, itself included, in the order they were drafted. */
export function sittingOf<V extends VoteCommon>(meeting: Votes<V>, vote: V): V[] {
  return vote.sittingId === null ? [vote] : Object.values(meeting.votes).filter(({ sittingId }) => sittingId === vote.sittingId)
}

/** Still being voted on or counted: until none of a sitting is, no result of it is published. */
export function isRunning(vote: VoteCommon): boolean {
  return vote.status === 'open' || vote.status === 'closed'
}

/** A draft can be changed and removed; after opening its rule is frozen. */
export function draftRefusal(meeting: Votes, voteId: string): Refusal | null {
  const vote = entry(meeting.votes, voteId)
  if (!vote) return refusal('votes.unknown')
  return vote.status === 'draft' ? null : refusal('votes.frozen')
}

/** Formal votes need the quorum of their rule (DOMAIN.md 2.6); one sitting is open at a time. Asked of one draft for its whole sitting. */
export function openRefusal(meeting: Meeting, voteId: string): Refusal | null {
  const vote = entry(meeting.votes, voteId)
  if (!vote) return refusal('votes.unknown')
  if (vote.status !== 'draft') return refusal('votes.alreadyOpened')
  const wrong = statusRefusal(meeting, 'inSession')
  if (wrong) return wrong
  const other = openVote(meeting)
  if (other) return refusal('votes.anotherOpen', { title: other.title })
  if (votingMembers(meeting).length === 0) return refusal('votes.nobodyEntitled')
  for (const { rule } of sittingOf(meeting, vote)) {
    const { met, present, needed, members } = quorumFigures(meeting, rule.quorum)
    if (!met) return refusal('votes.noQuorum', { present, needed, members })
  }
  return null
}

/** Frozen lists are looked up by every ballot. */
const entitledSets = new WeakMap<readonly string[], ReadonlySet<string>>()

function isEntitled({ entitled }: Pick<VoteCommon, 'entitled'>, personId: string): boolean {
  let known = entitledSets.get(entitled)
  if (!known) entitledSets.set(entitled, (known = new Set(entitled)))
  return known.has(personId)
}

/**
 * Who may cast: on the frozen list, declared present, while the vote is open; once, unless its rule lets a ballot be changed; not where
 * votes are counted by hand.
 */
export function castRefusal(meeting: Meeting, voteId: string, personId: string, alreadyCast: boolean): Refusal | null {
  const vote = entry(meeting.votes, voteId)
  if (!vote || vote.status === 'draft') return refusal('votes.unknown')
  if (vote.status !== 'open') return refusal('votes.notOpen')
  if (!isEntitled(vote, personId)) return refusal('votes.notEntitled')
  if (alreadyCast && !vote.rule.changeable) return refusal('votes.alreadyCast')
  if (!isPresent(meeting, personId)) return refusal('votes.notPresent')
  return lockingCount(meeting, voteId, personId) ? refusal('hands.tabletsLocked') : null
}

/** Extending and cancelling. */
export function runningRefusal(meeting: Votes, voteId: string): Refusal | null {
  const vote = entry(meeting.votes, voteId)
  if (!vote) return refusal('votes.unknown')
  return vote.status === 'open' ? null : refusal('votes.notOpen')
}

/** A count by hand is confirmed or withdrawn before the vote closes. */
export function closeRefusal(meeting: Votes & Pick<MeetingCommon, 'hands'>, voteId: string): Refusal | null {
  return runningRefusal(meeting, voteId) ?? (unconfirmedCount(meeting, voteId) ? refusal('hands.unconfirmed') : null)
}

/** Only a result that was held waits to be published; the others are when the last of their sitting has closed. */
export function publishRefusal(meeting: Votes, voteId: string): Refusal | null {
  const vote = entry(meeting.votes, voteId)
  if (!vote) return refusal('votes.unknown')
  if (vote.status !== 'counted') return refusal('votes.nothingToPublish')
  const running = sittingOf(meeting, vote).find(isRunning)
  return running ? refusal('votes.sittingRunning', { title: running.title }) : null
}
