import type { Audience, Viewer } from '../audience.ts'
import { entry } from '../entities.ts'
import type { Step } from '../project.ts'
import type { MeetingState } from '../state.ts'
import type { Comment, MarkShare } from './state.ts'

type State = Pick<MeetingState, 'markShares' | 'comments' | 'papers'>

/** The shares that concern a viewer: his own whole; of others', that they are open to him, or were, and not to whom else. */
export function sharesSeen({ markShares, papers }: State, audience: Audience, viewer: Viewer): Record<string, MarkShare> {
  const seen: Record<string, MarkShare> = {}
  if (viewer.projector) return seen
  const own = (list: string[]) => list.filter((one) => one === viewer.personId)
  for (const share of Object.values(markShares)) {
    if (!concernedBy(share).includes(viewer.personId) || !sees(papers, audience, share.paperId)) continue
    seen[share.shareId] = share.ownerId === viewer.personId ? share : { ...share, withPersons: own(share.withPersons), formerly: own(share.formerly) }
  }
  return seen
}

/** Formal comments: all of them for chair and secretary, his own for everybody, what was opened for all who see the paper. */
export function commentsSeen({ comments, papers }: State, audience: Audience, viewer: Viewer): Record<string, Comment> {
  const seen = (one: Comment) => sees(papers, audience, one.paperId) && (audience.leader || one.disclosed || (!viewer.projector && one.personId === viewer.personId))
  return Object.fromEntries(Object.entries(comments).filter(([, one]) => seen(one)))
}

function sees(papers: State['papers'], audience: Audience, paperId: string): boolean {
  const paper = entry(papers, paperId)
  return paper !== undefined && audience.seesPaper(paper)
}

function concernedBy(share: MarkShare): string[] {
  return [share.ownerId, ...share.withPersons, ...share.formerly]
}

/** Whom a fact shows, or takes from, more of shares and comments than the others of their audience. */
export function markConcerns({ fact, before, after }: Step): readonly string[] {
  const moved = fact.type.startsWith('paper.')
  if (!moved && before.markShares === after.markShares && before.comments === after.comments) return []
  const people = new Set<string>()
  for (const state of [before, after]) {
    for (const share of Object.values(state.markShares)) if (moved || before.markShares[share.shareId] !== after.markShares[share.shareId]) for (const one of concernedBy(share)) people.add(one)
    for (const one of Object.values(state.comments)) if (moved || before.comments[one.commentId] !== after.comments[one.commentId]) people.add(one.personId)
  }
  return [...people]
}
