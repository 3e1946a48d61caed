import { refusal, type Refusal } from '../../contracts/refusal.ts'
import { currentItem, lineage } from '../agenda/tree.ts'
import { entry } from '../entities.ts'
import { statusRefusal } from '../lifecycle/rules.ts'
import { roleMay, type MeetingPermission } from '../../permissions/meeting.ts'
import type { MeetingCommon } from '../state.ts'
import type { VoteCommon } from '../votes/state.ts'

/** `votes`, and `pause` of a view: what only a view leaves out is withheld from the recording, too. */
type Meeting = Pick<MeetingCommon, 'lifecycle' | 'items' | 'papers' | 'presentation' | 'recording'> & { votes: Record<string, Pick<VoteCommon, 'method' | 'status'>>; pause?: boolean }

/** `withheld`: it goes on by itself when what must not be recorded is over. */
export type RecordingStanding = 'off' | 'recording' | 'paused' | 'withheld'

/** Whether anything is written down at this moment. The same on state and view, except that a view may say `withheld` or `recording` where it knows less; never less than is recorded. */
export function recordingStanding(meeting: Meeting): RecordingStanding {
  const { status } = meeting.recording
  if (status === 'off') return 'off'
  if (isUnrecordable(meeting)) return 'withheld'
  return status === 'on' ? 'recording' : 'paused'
}

/** Recess, a confidential item, a paper that is not for all, a secret vote until it is counted: these are never recorded, whatever anybody orders. */
function isUnrecordable(meeting: Meeting): boolean {
  if (meeting.lifecycle.status !== 'inSession' || meeting.pause) return true
  const current = currentItem(meeting.items)
  if (current && isConfidential(meeting, current.itemId)) return true
  const { presentation } = meeting
  if (presentation) {
    const paper = entry(meeting.papers, presentation.paperId)
    if (isConfidential(meeting, paper?.itemId ?? presentation.itemId) || (paper && (paper.access !== null || paper.status !== 'approved'))) return true
  }
  return Object.values(meeting.votes).some(({ method, status }) => method === 'secret' && (status === 'open' || status === 'closed'))
}

function isConfidential({ items }: Pick<Meeting, 'items'>, itemId: string): boolean {
  return lineage(items, itemId).some(({ confidential }) => confidential)
}

/** Allowing belongs to preparation, so that everybody comes knowing it; it may be taken back at any time. */
export function allowRefusal(meeting: Pick<MeetingCommon, 'lifecycle' | 'recording'>, allowed: boolean): Refusal | null {
  const wrong = allowed ? statusRefusal(meeting, 'draft', 'scheduled') : statusRefusal(meeting, 'draft', 'scheduled', 'inSession', 'recess')
  if (wrong) return wrong
  return meeting.recording.allowed === allowed ? refusal('recording.unchanged') : null
}

export function startRefusal(meeting: Pick<MeetingCommon, 'lifecycle' | 'recording'>): Refusal | null {
  const wrong = statusRefusal(meeting, 'inSession', 'recess')
  if (wrong) return wrong
  if (!meeting.recording.allowed) return refusal('recording.notAllowed')
  return meeting.recording.status === 'off' ? null : refusal('recording.unchanged')
}

/** Pausing, going on, stopping: what is under way. */
export function underWayRefusal({ recording }: Pick<MeetingCommon, 'recording'>, wanted: 'pause' | 'resume' | 'stop'): Refusal | null {
  if (recording.status === 'off') return refusal('recording.notStarted')
  return (wanted === 'pause' && recording.status === 'paused') || (wanted === 'resume' && recording.status === 'on') ? refusal('recording.unchanged') : null
}

/** Chair and secretary at any time; members of the meeting when it is over: what is being discussed is not yet a record. */
export function watchRefusal(meeting: Pick<MeetingCommon, 'lifecycle' | 'participants'>, personId: string): Refusal | null {
  if (!has(meeting, personId, 'recording.watch')) return refusal('permission.denied')
  return manageRefusal(meeting, personId) === null ? null : statusRefusal(meeting, 'ended')
}

/** Who has a recording made anew, or removes it. */
export function manageRefusal(meeting: Pick<MeetingCommon, 'participants'>, personId: string): Refusal | null {
  return has(meeting, personId, 'recording.conduct') ? null : refusal('permission.denied')
}

function has({ participants }: Pick<MeetingCommon, 'participants'>, personId: string, permission: MeetingPermission): boolean {
  const participant = entry(participants, personId)
  return participant !== undefined && roleMay(participant.role, permission)
}
