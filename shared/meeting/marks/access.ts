import type { CollabName } from '../../contracts/collab.ts'
import { audienceOf, type Audience, type Viewer } from '../audience.ts'
import { entry } from '../entities.ts'
import { atVersion } from '../papers/versions.ts'
import { closedRefusal, isLeader } from '../permission.ts'
import type { MeetingCommon } from '../state.ts'
import { shareKey } from './state.ts'

export type DocumentAccess = 'write' | 'read'

/**
 * What a viewer may do with a document; null: nothing, not even know whether there is one (DOMAIN.md 2.4). Nothing is looked up but the meeting:
 * guessed names cost nothing. The same rule disables the pen on the page and refuses the change at the hub.
 */
export function documentAccess(meeting: MeetingCommon, viewer: Viewer, name: CollabName): DocumentAccess | null {
  if (name.meetingId !== meeting.meetingId) return null
  const audience = audienceOf(meeting, viewer)
  if (!audience) return null
  if (name.kind === 'minutes') return minutesAccess(meeting, viewer)
  if (!seesVersion(meeting, audience, name)) return null
  if (name.kind === 'common') return 'read'
  // The wall is for reading, and what one person wrote is not for the wall.
  if (viewer.projector) return null
  const own = name.ownerId === viewer.personId
  switch (name.layer) {
    // Chair and secretary read neither: what a delegate notes for himself is his own.
    case 'private': return own ? 'write' : null
    case 'shared': return own ? 'write' : sharedAccess(meeting, viewer, name.paperId, name.ownerId)
    case 'meeting':
      if (own) return closedRefusal(meeting) ? 'read' : 'write'
      return entry(meeting.participants, name.ownerId) ? 'read' : null
  }
}

/** Open to whom the owner chose, as long as he takes part himself; access to the paper was asked for before. */
function sharedAccess(meeting: MeetingCommon, viewer: Viewer, paperId: string, ownerId: string): DocumentAccess | null {
  const share = entry(meeting.markShares, shareKey(paperId, ownerId))
  return share?.withPersons.includes(viewer.personId) && entry(meeting.participants, ownerId) ? 'read' : null
}

function minutesAccess(meeting: MeetingCommon, viewer: Viewer): DocumentAccess | null {
  if (viewer.projector || !isLeader(meeting, viewer.personId)) return null
  return closedRefusal(meeting) ? 'read' : 'write'
}

/** Made-up versions would be documents that nobody reads. */
function seesVersion(meeting: MeetingCommon, audience: Audience, { paperId, version }: { paperId: string; version: number }): boolean {
  const paper = entry(meeting.papers, paperId)
  return paper !== undefined && audience.seesPaper(paper) && atVersion(paper, version) !== undefined && (version !== paper.next?.version || audience.seesProposal(paper))
}
