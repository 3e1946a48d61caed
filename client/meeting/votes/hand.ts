import { entry } from '../../../shared/meeting/entities.ts'
import type { MeetingView } from '../../../shared/meeting/view.ts'
import { currentItem } from '../../../shared/meeting/agenda/tree.ts'
import type { VoteView } from '../../../shared/meeting/votes/state.ts'
import { openVote } from '../../../shared/meeting/votes/rules.ts'

/** The vote that concerns everyone now: the open one, else the last one that ended while the present item is on. */
export function voteAtHand(view: MeetingView): VoteView | null {
  const open = openVote(view)
  if (open) return open
  if (view.lifecycle.status !== 'inSession' || view.pause) return null
  const since = currentItem(view.items)?.startedAt ?? view.lifecycle.since
  const ended = Object.values(view.votes)
    .filter((vote) => (vote.status === 'published' || vote.status === 'cancelled') && (vote.closedAt ?? 0) >= since)
    .sort((a, b) => (b.closedAt ?? 0) - (a.closedAt ?? 0))
  return ended[0] ?? null
}

export function isEntitled(vote: VoteView, personId: string | null): boolean {
  return personId !== null && vote.entitled.includes(personId)
}

/** The number that the item of this vote bears is asked for elsewhere; this is its title. */
export function itemTitle(view: MeetingView, vote: VoteView): string {
  return entry(view.items, vote.itemId)?.title ?? ''
}
