import { currentItem, numberedAgenda, type NumberedItem } from '../../../shared/meeting/agenda/tree.ts'
import type { MeetingCommon } from '../../../shared/meeting/state.ts'

/** The item that one tap starts: the first behind the present one that has not been held, else the first of all that has not. */
export function nextItem({ items }: Pick<MeetingCommon, 'items'>): NumberedItem | null {
  const rows = numberedAgenda(items)
  const at = rows.findIndex(({ item }) => item.itemId === currentItem(items)?.itemId)
  const pending = ({ item }: NumberedItem) => item.status === 'pending'
  return rows.slice(at + 1).find(pending) ?? rows.find(pending) ?? null
}
