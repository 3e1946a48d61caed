import { entry } from '../entities.ts'
import { isLeader } from '../permission.ts'
import type { MeetingCommon } from '../state.ts'
import { seesItem } from '../visibility.ts'
import type { Paper } from './state.ts'

type Meeting = Pick<MeetingCommon, 'items' | 'participants'>

/**
 * Whether a person may know of a paper: chair and secretary of every one; others when they see its item and stand in the paper's own
 * list, if it has one; before it is approved, those alone of them who hand in the item's papers. Whatever shows a paper, or something
 * made of it, asks this or the viewer's audience, which says the same.
 */
export function seesPaper(meeting: Meeting, personId: string, paper: Paper): boolean {
  if (!seesItem(meeting, personId, paper.itemId)) return false
  if (isLeader(meeting, personId)) return true
  return (paper.access === null || paper.access.includes(personId)) && (paper.status === 'approved' || ownsItem(meeting, personId, paper.itemId))
}

/** Whether he may know of a version that waits for approval, too. */
export function seesProposal(meeting: Meeting, personId: string, paper: Paper): boolean {
  return seesPaper(meeting, personId, paper) && (isLeader(meeting, personId) || ownsItem(meeting, personId, paper.itemId))
}

/** Whether this person hands in the papers of an item (and sees it). */
export function ownsItem(meeting: Meeting, personId: string, itemId: string): boolean {
  return entry(meeting.participants, personId) !== undefined && entry(meeting.items, itemId)?.ownerIds.includes(personId) === true && seesItem(meeting, personId, itemId)
}

/** What everybody who sees the item sees of it, and nobody more: its audiences need not be told apart. */
export function isPlain(paper: Paper): boolean {
  return paper.access === null && paper.status === 'approved' && paper.next === null
}

const narrow = new WeakMap<Record<string, Paper>, Paper[]>()

/** The papers that not everybody on their item sees alike; most meetings have few. */
export function narrowPapers(papers: Record<string, Paper>): Paper[] {
  let found = narrow.get(papers)
  if (!found) narrow.set(papers, (found = Object.values(papers).filter((paper) => !isPlain(paper))))
  return found
}
