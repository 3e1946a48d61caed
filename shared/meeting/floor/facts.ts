import type { FloorEntry, FloorGroup, FloorSettings, PauseReason, WithdrawalReason } from './state.ts'

export type Place = Pick<FloorEntry, 'entryId' | 'rank'>

export interface FloorFacts {
  'floor.requested': Pick<
    FloorEntry,
    'entryId' | 'kind' | 'itemId' | 'personId' | 'siteId' | 'groupId' | 'categoryId' | 'note' | 'stance' | 'contribution' | 'answersId' | 'advance' | 'rank'
  >
  'floor.withdrawn': { entryIds: string[]; because: WithdrawalReason; reason: string | null }
  /** By hand: the entry and the answers that stand under it. */
  'floor.moved': { entryId: string; places: Place[]; reason: string }
  /** To another list, in the order they stood. */
  'floor.carried': { itemId: string | null; places: Place[] }
  /** `reason`: why out of turn; null in turn. */
  'floor.given': { entryId: string; siteId: string | null; limitSeconds: number | null; reason: string | null }
  'floor.paused': { entryId: string; because: PauseReason; heldUntil: number | null }
  'floor.resumed': { entryId: string }
  'floor.ended': { entryId: string }
  'floor.extended': { entryId: string; seconds: number }
  'floor.readded': { entryId: string; rank: string }
  'floor.opened': Record<string, never>
  'floor.closed': Record<string, never>
  'floor.configured': Partial<FloorSettings>
  'floor.groupsSet': { groups: Omit<FloorGroup, 'addedMs' | 'usedMs'>[] }
  /** One group's overrun, given to every group. */
  'floor.timeAdded': { groupId: string; milliseconds: number }
}
