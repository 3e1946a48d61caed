import { refusal, type Refusal } from '../contracts/refusal.ts'
import { commandPermissions, roleMay, type MeetingPermission } from '../permissions/meeting.ts'
import { currentItem } from './agenda/tree.ts'
import type { CommandType } from './command.ts'
import { entry } from './entities.ts'
import type { MeetingCommon } from './state.ts'

/**
 * Whether a participant has a permission now: by role, or, for leading the presentation, because the item that is on
 * names him as its presenter (the chair appoints one presenter an item, DOMAIN.md 2.3); for handing in papers,
 * because an item names him as one of its owners.
 */
export function may(meeting: MeetingCommon, personId: string, permission: MeetingPermission): boolean {
  const participant = entry(meeting.participants, personId)
  if (!participant) return false
  if (roleMay(participant.role, permission)) return true
  // Whoever hands in the papers of one item may ask at all; on which item, the rule of the command looks (papers/rules.ts).
  if (permission === 'papers.handIn') return Object.values(meeting.items).some(({ ownerIds }) => ownerIds.includes(personId))
  return permission === 'presentation.lead' && currentItem(meeting.items)?.presenterId === personId
}

export function isLeader(meeting: Pick<MeetingCommon, 'participants'>, personId: string): boolean {
  const participant = entry(meeting.participants, personId)
  return participant !== undefined && roleMay(participant.role, 'confidential.see')
}

/** Whether this person may send this command at all; the rules of the command come after. */
export function permissionRefusal(meeting: MeetingCommon, personId: string, type: CommandType): Refusal | null {
  const permission = commandPermissions[type]
  if (permission === 'office') return meeting.seq === 0 ? null : refusal('meeting.exists')
  if (meeting.seq === 0) return refusal('notFound')
  if (permission === 'hub') return refusal('permission.denied')
  return may(meeting, personId, permission) ? null : refusal('permission.denied')
}

/** An ended or cancelled meeting is a record: nothing changes it any more. */
export function closedRefusal(meeting: Pick<MeetingCommon, 'lifecycle'>): Refusal | null {
  if (meeting.lifecycle.status === 'ended') return refusal('meeting.ended')
  if (meeting.lifecycle.status === 'cancelled') return refusal('meeting.cancelled')
  return null
}
