import { childrenOf, lineage } from '../../../shared/meeting/agenda/tree.ts'
import type { AgendaItem } from '../../../shared/meeting/agenda/state.ts'

export type MoveDirection = 'up' | 'down' | 'in' | 'out'

/** Where an item goes: below which parent (null: the top), behind which sibling (null: first). */
export interface MoveTarget {
  parentId: string | null
  afterId: string | null
}

/** One step of an item in the agenda tree; null when there is nowhere to go. in: below the sibling above; out: behind its parent. */
export function moveTarget(items: Record<string, AgendaItem>, itemId: string, direction: MoveDirection): MoveTarget | null {
  const item = lineage(items, itemId)[0]
  if (!item) return null
  const siblings = childrenOf(items, item.parentId)
  const index = siblings.findIndex(sibling => sibling.itemId === itemId)
  const above = siblings[index - 1]
  const below = siblings[index + 1]
  switch (direction) {
    case 'up':
      return above ? { parentId: item.parentId, afterId: siblings[index - 2]?.itemId ?? null } : null
    case 'down':
      return below ? { parentId: item.parentId, afterId: below.itemId } : null
    case 'in':
      return above ? { parentId: above.itemId, afterId: childrenOf(items, above.itemId).at(-1)?.itemId ?? null } : null
    case 'out': {
      const parent = item.parentId === null ? undefined : lineage(items, item.parentId)[0]
      return parent ? { parentId: parent.parentId, afterId: parent.itemId } : null
    }
  }
}
