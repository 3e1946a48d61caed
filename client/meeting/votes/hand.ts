import { entry } from '../../../shared/meeting/entities.ts'
import type { MeetingView } from '../../../shared/meeting/view.ts'
import { currentItem } from '../../../shared/meeting/agenda/tree.ts'
import type { VoteView } from '../../../shared/meeting/votes/state.ts'
import { isRunning, openVote, sittingOf } from '../../../shared/meeting/votes/rules.ts'

/**
 * The vote that concerns everyone now: the open one (of a sitting, the first that is still open), else the last one that ended while
 * the present item is on, whether its result is known yet or not.
 */
export function voteAtHand(view: MeetingView): VoteView | null {
  const open = openVote(view)
  if (open) return open
  if (view.lifecycle.status !== 'inSession' || view.pause) return null
  const since = currentItem(view.items)?.startedAt ?? view.lifecycle.since
  const ended = Object.values(view.votes)
    .filter((vote) => vote.status !== 'draft' && (vote.closedAt ?? 0) >= since)
    .sort((a, b) => (b.closedAt ?? 0) - (a.closedAt ?? 0))
  return ended[0] ?? null
}

/** The same for all votes of one sitting: what opens, is looked at and ends together. */
export function handKey(vote: Pick<VoteView, 'sittingId' | 'voteId'>): string {
  return vote.sittingId ?? vote.voteId
}

/** The votes that stand on one screen with this one, in the order they were drafted. */
export function together(view: MeetingView, vote: VoteView): VoteView[] {
  return sittingOf(view, vote).filter(({ status }) => status !== 'draft' || vote.status === 'draft').sort((a, b) => a.draftedAt - b.draftedAt)
}

/** Whether the panel is still waiting for something of these votes: ballots, the count, or the announcement. */
export function isPending(vote: VoteView): boolean {
  return isRunning(vote) || vote.status === 'counted'
}

export function isEntitled(vote: VoteView, personId: string | null): boolean {
  return personId !== null && vote.entitled.includes(personId)
}

/** How far one voter has come with the ballots of a sitting: how many are his, how many he has sent, which open one comes next. */
export function ballotsOf(votes: readonly VoteView[], personId: string | null): { all: number; sent: number; next: VoteView | null } {
  const own = votes.filter((vote) => isEntitled(vote, personId))
  return {
    all: own.length,
    sent: own.filter(({ myBallot }) => myBallot !== null).length,
    next: own.find((vote) => vote.status === 'open' && vote.myBallot === null) ?? null,
  }
}

/** The number that the item of this vote bears is asked for elsewhere; this is its title. */
export function itemTitle(view: MeetingView, vote: VoteView): string {
  return entry(view.items, vote.itemId)?.title ?? ''
}
