/** A paper that is being shown. Which page is a signal (position.ts), not a fact. */
export interface Presentation {
  paperId: string
  itemId: string
  /** The one person whose page everyone follows. */
  presenterId: string
  startedAt: number
}
