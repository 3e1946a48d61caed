import { refusal, type Refusal } from '../../contracts/refusal.ts'
import { entry } from '../entities.ts'
import { isLeader } from '../permission.ts'
import type { MeetingCommon } from '../state.ts'
import type { Paper, PaperStatus } from './state.ts'
import { ownsItem, seesPaper } from './visibility.ts'

type Meeting = Pick<MeetingCommon, 'items' | 'participants' | 'papers' | 'paperRules' | 'lifecycle'>

/** Whether this person may hand in papers on this item: chair and secretary on every one, an item's owners on theirs. */
export function handInRefusal(meeting: Meeting, personId: string, itemId: string): Refusal | null {
  if (!entry(meeting.items, itemId)) return refusal('agenda.unknownItem')
  return isLeader(meeting, personId) || ownsItem(meeting, personId, itemId) ? null : refusal('permission.denied')
}

/** The same for a paper that is there; who may not know of it is told that there is none. */
export function ownPaperRefusal(meeting: Meeting, personId: string, paper: Paper | undefined): Refusal | null {
  if (!paper || !seesPaper(meeting, personId, paper)) return refusal('papers.unknown')
  return handInRefusal(meeting, personId, paper.itemId)
}

/** Whether what this person hands in is approved before the others see it. The chair approves by handing in. */
export function needsApproval(meeting: Meeting, personId: string): boolean {
  if (meeting.paperRules.approval === 'none') return false
  return !isLeader(meeting, personId) || (meeting.paperRules.approval === 'all' && entry(meeting.participants, personId)?.role !== 'chair')
}

/** After the item's deadline, or when the meeting has begun. */
export function isLate(meeting: Meeting, itemId: string, now: number): boolean {
  const due = entry(meeting.items, itemId)?.papersDue ?? null
  return (due !== null && now > due) || meeting.lifecycle.openedAt !== null
}

/** Where the version stands that is on its way to being approved; 'approved' when none is. */
export function handingStatus(paper: Paper): PaperStatus {
  return paper.next?.status ?? paper.status
}

/** Who handed in what would be approved now. */
export function handedInBy(paper: Paper): string | null {
  return (paper.next ?? paper).by
}

/** Chair and secretary may approve, the secretary not what he handed in himself. */
export function approvalRefusal(meeting: Meeting, personId: string, paper: Paper | undefined): Refusal | null {
  if (!paper) return refusal('papers.unknown')
  if (handingStatus(paper) !== 'submitted') return refusal('papers.notSubmitted')
  const own = handedInBy(paper) === personId && entry(meeting.participants, personId)?.role !== 'chair'
  return own ? refusal('papers.ownPaper') : null
}

type Saving = Pick<MeetingCommon, 'participants' | 'paperRules'>

/** Whether who sees a paper may save it: all where the meeting says so, chair and secretary always. With the watermark on, a stamped copy. */
export function downloadRefusal(meeting: Saving, personId: string): Refusal | null {
  return meeting.paperRules.downloads || isLeader(meeting, personId) ? null : refusal('papers.downloadsOff')
}

/** The same for a file without anybody's name on it: as it was brought, or as it is read. */
export function unmarkedRefusal(meeting: Saving, personId: string): Refusal | null {
  const marked = meeting.paperRules.watermark && !isLeader(meeting, personId)
  return downloadRefusal(meeting, personId) ?? (marked ? refusal('papers.markedOnly') : null)
}
