export type AgendaItemStatus = 'pending' | 'current' | 'finished'

export interface AgendaItem {
  itemId: string
  parentId: string | null
  /** Sort key among siblings (fractional indexing), so that a viewer from whom items are left out still has an order. */
  rank: string
  title: string
  durationMinutes: number | null
  /** The unit responsible (đơn vị trình). */
  unitId: string | null
  presenterId: string | null
  /** Who hand in its papers, besides chair and secretary. */
  ownerIds: string[]
  /** Until when, milliseconds since the epoch; what comes later is marked as late. */
  papersDue: number | null
  /** Left out of the view of all but chair, secretary and `access`; holds for everything below it too. */
  confidential: boolean
  access: string[]
  status: AgendaItemStatus
  startedAt: number | null
  finishedAt: number | null
}

/** What the one who prepares writes; the rest is given by the hub. */
export type AgendaItemText = Pick<
  AgendaItem,
  'title' | 'durationMinutes' | 'unitId' | 'presenterId' | 'ownerIds' | 'papersDue' | 'confidential' | 'access'
>
