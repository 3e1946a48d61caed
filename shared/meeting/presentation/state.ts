/** A paper that is being shown. Which page is a signal (position.ts), not a fact. */
export interface Presentation {
  paperId: string
  /** The version that is shown: a new one does not change what everybody looks at until it is presented itself. */
  version: number
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
