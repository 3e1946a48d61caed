import { lineage } from './agenda/tree.ts'
import { isLeader } from './permission.ts'
import type { MeetingCommon } from './state.ts'

/**
 * Whether a person may know of an item: chair and secretary of every one; others when they are in the access list of each
 * confidential item from it up to the top. What may not be known is left out, not locked (DESIGN.md 4).
 */
export function seesItem(meeting: Pick<MeetingCommon, 'items' | 'participants'>, personId: string, itemId: string): boolean {
  const line = lineage(meeting.items, itemId)
  if (line.length === 0) return false
  return isLeader(meeting, personId) || line.every((item) => !item.confidential || item.access.includes(personId))
}
