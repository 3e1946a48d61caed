import { currentItem } from '../../../shared/meeting/agenda/tree.ts'
import { entry } from '../../../shared/meeting/entities.ts'
import type { Paper } from '../../../shared/meeting/papers/state.ts'
import { atVersion } from '../../../shared/meeting/papers/versions.ts'
import type { MeetingView } from '../../../shared/meeting/view.ts'
import type { VoteView } from '../../../shared/meeting/votes/state.ts'
import { noticeOf, type NoticeKind } from '../lifecycle/notice.ts'
import { unpublishedVote } from '../../../shared/meeting/votes/rules.ts'
import { voteAtHand } from '../votes/hand.ts'

/** What stands on the wall: one thing at a time. */
export type Stage =
  | { kind: 'notice'; notice: NoticeKind }
  | { kind: 'vote'; vote: VoteView }
  | { kind: 'result'; vote: VoteView }
  | { kind: 'paper'; paper: Paper }
  | { kind: 'item'; itemId: string }

/** A result leaves the wall after this while a paper is being presented, and when a presentation began after it. */
const resultStays = 30_000

/** @param now hub time, milliseconds */
export function stageOf(view: MeetingView, now: number): Stage {
  const notice = noticeOf(view)
  if (notice && notice !== 'between') return { kind: 'notice', notice }
  const vote = voteAtHand(view)
  if (vote?.status === 'open') return { kind: 'vote', vote }
  const { presentation } = view
  const coming = unpublishedVote(view)
  const counted = coming && entry(view.votes, coming.voteId)
  // It has just ended and everyone waits for what came of it; once the meeting has gone on, the wall goes with it.
  if (counted && (counted.closedAt ?? 0) >= (currentItem(view.items)?.startedAt ?? 0) && (presentation?.startedAt ?? 0) <= (counted.closedAt ?? 0)) return { kind: 'vote', vote: counted }
  const presented = presentation && entry(view.papers, presentation.paperId)
  const paper = presented && (atVersion(presented, presentation.version) ?? presented)
  if (vote?.status === 'published' && vote.result) {
    const closedAt = vote.closedAt ?? 0
    const overtaken = presentation !== null && (presentation.startedAt > closedAt || now - closedAt > resultStays)
    if (!overtaken || !paper) return { kind: 'result', vote }
  }
  if (paper) return { kind: 'paper', paper }
  const item = currentItem(view.items)
  return item ? { kind: 'item', itemId: item.itemId } : { kind: 'notice', notice: 'between' }
}
