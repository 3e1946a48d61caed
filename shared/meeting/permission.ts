import { roleMay, type MeetingPermission } from '../permissions/meeting.ts'
import { currentItem } from './agenda/tree.ts'
import { entry } from './entities.ts'
import type { MeetingCommon } from './state.ts'

/**
 * Whether a participant has a permission now: by role, or, for leading the presentation, because the item that is on
 * names him as its presenter (the chair appoints one presenter an item, DOMAIN.md 2.3).
 */
export function may(meeting: MeetingCommon, personId: string, permission: MeetingPermission): boolean {
  const participant = entry(meeting.participants, personId)
  if (!participant) return false
  if (roleMay(participant.role, permission)) return true
  return permission === 'presentation.lead' && currentItem(meeting.items)?.presenterId === personId
}

export function isLeader(meeting: Pick<MeetingCommon, 'participants'>, personId: string): boolean {
  const participant = entry(meeting.participants, personId)
  return participant !== undefined && roleMay(participant.role, 'confidential.see')
}
