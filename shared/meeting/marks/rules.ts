import { refusal, type Refusal } from '../../contracts/refusal.ts'
import type { Commands } from '../command.ts'
import { entry } from '../entities.ts'
import { atVersion } from '../papers/versions.ts'
import { seesPaper as maySeePaper } from '../papers/visibility.ts'
import type { MeetingCommon } from '../state.ts'
import type { Comment } from './state.ts'

type Meeting = Pick<MeetingCommon, 'items' | 'participants' | 'papers'>

const mostComments = 5000
const mostCommentsEach = 200

/** Whether a paper is there for this person: notes on it, shared ones too, follow the access to it. */
export function seesPaper(meeting: Meeting, personId: string, paperId: string): boolean {
  const paper = entry(meeting.papers, paperId)
  return paper !== undefined && maySeePaper(meeting, personId, paper)
}

/** Notes are shared with people of the meeting who may see the paper; to name another would tell him of it. */
export function shareRefusal(meeting: Meeting, ownerId: string, { paperId, withPersons }: Commands['marks:share']): Refusal | null {
  if (!seesPaper(meeting, ownerId, paperId)) return refusal('papers.unknown')
  if (withPersons.includes(ownerId)) return refusal('marks.withOneself')
  return withPersons.every((personId) => entry(meeting.participants, personId) && seesPaper(meeting, personId, paperId)) ? null : refusal('marks.cannotSee')
}

export function submitRefusal(meeting: Meeting & Pick<MeetingCommon, 'comments'>, personId: string, { paperId, version, anchor }: Commands['comments:submit']): Refusal | null {
  const paper = entry(meeting.papers, paperId)
  if (!paper || !seesPaper(meeting, personId, paperId)) return refusal('papers.unknown')
  if (version > paper.version || anchor.page > (atVersion(paper, version)?.pages ?? 0)) return refusal('comments.noSuchPlace')
  const comments = Object.values(meeting.comments)
  if (comments.length >= mostComments) return refusal('comments.tooMany', { most: mostComments })
  if (comments.filter((one) => one.personId === personId).length >= mostCommentsEach) return refusal('comments.tooMany', { most: mostCommentsEach })
  return null
}

/** Of a comment as it is: it must be there, and not be withdrawn. */
export function commentRefusal(comment: Comment | undefined): Refusal | null {
  if (!comment) return refusal('comments.unknown')
  return comment.withdrawnAt === null ? null : refusal('comments.withdrawn')
}

/** Only the author takes a comment back, and not after it was answered: the answer would hang in the air. Nobody else learns whether it is there. */
export function withdrawRefusal(comment: Comment | undefined, personId: string): Refusal | null {
  if (comment?.personId !== personId) return refusal('comments.unknown')
  return commentRefusal(comment) ?? (comment.answer === null ? null : refusal('comments.answered'))
}
