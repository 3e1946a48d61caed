/** A paper that is being shown. Which page is a signal (position.ts), not a fact. */
export interface Presentation {
  paperId: string
  itemId: string
  /** The one person whose page everyone follows. */
  presenterId: string
  startedAt: number
  /** Chair or secretary takes everybody along for a time; null: each may read on alone. */
  hold: Hold | null
}

/** From when until when screens are held. Hub time, milliseconds since the epoch. */
export interface Hold {
  from: number
  until: number
}
