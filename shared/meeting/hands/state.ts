import type { Choice } from '../votes/matter.ts'

/** giơ tay (the hands of a room are counted), điện thoại (a site that is late or cut off says its count) */
export const handChannels = ['hands', 'telephone'] as const
export type HandChannel = (typeof handChannels)[number]

/** đang đếm · chờ xác nhận · đã xác nhận · đã rút */
export type HandStatus = 'begun' | 'entered' | 'confirmed' | 'withdrawn'

export interface PersonChoice {
  personId: string
  choice: Choice
}

/** What was written down, the last time somebody did. */
export interface HandEntry {
  counts: Record<Choice, number>
  /** Who voted how, where it was taken down person by person; null: only the totals were counted. */
  persons: PersonChoice[] | null
  /** Whose votes these may be: with names those named, without names everybody who was there to be counted. */
  personIds: string[]
  by: string
  at: number
}

/** The count of one site's votes that do not come by tablet, for one vote. */
export interface HandCount {
  countId: string
  voteId: string
  /** Null: the main room. */
  siteId: string | null
  channel: HandChannel
  status: HandStatus
  /** Who of that site had not cast when the count began. Told to chair and secretary; empty for others. */
  personIds: string[]
  begunBy: string
  begunAt: number
  /** Told to chair and secretary; null for others. */
  entry: HandEntry | null
  confirmedBy: string | null
  confirmedAt: number | null
  withdrawReason: string | null
}
