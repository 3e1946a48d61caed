import type { PresenterPosition } from '../../../shared/contracts/live.ts'
import type { Position } from '../../../shared/meeting/presentation/position.ts'
import { holdPhase } from '../../../shared/meeting/presentation/hold.ts'
import type { Presentation } from '../../../shared/meeting/presentation/state.ts'

/** What lies on this person's desk, and whether he goes along with the presenter (DOMAIN.md 2.3). */
export interface Desk {
  following: boolean
  /** The paper that is open; null: the page of the item that is on. */
  paperId: string | null
}

export type Happening =
  /** By this person's own hand: another paper, closing it, turning a page or zooming, the tap that comes back. */
  | { kind: 'opened'; paperId: string }
  | { kind: 'closed' }
  | { kind: 'moved' }
  | { kind: 'returned' }
  /** In the meeting: what is presented now (null: nothing), and whether it is this person who presents it. */
  | { kind: 'presented'; paperId: string | null; byMe: boolean }
  | { kind: 'itemChanged' }

export const startingDesk: Desk = { following: true, paperId: null }

/**
 * The desk after something happened. A hand always wins: whoever turns away reads on undisturbed until he comes back by himself;
 * whoever follows is taken along. Only while he is held his hand turns nothing.
 */
export function afterwards(desk: Desk, happening: Happening, presentedId: string | null, held = false): Desk {
  if (held && (happening.kind === 'opened' || happening.kind === 'closed' || happening.kind === 'moved')) return along(desk, presentedId)
  switch (happening.kind) {
    case 'opened':
      return { following: happening.paperId === presentedId, paperId: happening.paperId }
    case 'closed':
      return { following: presentedId === null, paperId: null }
    case 'moved':
      return desk.following ? { ...desk, following: false } : desk
    case 'returned':
      return along(desk, presentedId)
    case 'presented':
      if (happening.byMe) return { following: true, paperId: happening.paperId }
      if (happening.paperId === null) return desk.paperId === null ? startingDesk : desk
      if (!desk.following) return desk
      return { following: true, paperId: happening.paperId }
    case 'itemChanged':
      return desk.following && presentedId === null ? { following: true, paperId: null } : desk
  }
}

function along(desk: Desk, presentedId: string | null): Desk {
  return desk.following && desk.paperId === presentedId ? desk : { following: true, paperId: presentedId }
}

/** following: goes along of his own will. free: turned away by himself. held: taken along. late: goes along, but the page is not on this device yet. */
export type ReaderState = 'following' | 'free' | 'held' | 'late'

/** What this device knows besides the desk. */
export interface Here {
  me: string | null
  /** Hub time, milliseconds. */
  now: number
  /** Whether a hold concerns this person (hold.ts). */
  holdable: boolean
  /** A text field or note is being written, a stroke drawn. */
  writing: boolean
  /** An open ballot of his is not sent yet. */
  ballot: boolean
  /** Where the presenter is, as far as it is known. */
  place: Position | null
  /** Whether a page of the open paper stands on this screen. */
  hasPage(page: number): boolean
}

/** What a hold means for this reader. waiting: it is on, and he goes along when he has finished writing or voting. */
export type HoldState = { phase: 'announced' | 'on' | 'waiting'; from: number; until: number } | null

export function holdState(desk: Desk, presentation: Presentation | null, here: Here): HoldState {
  const hold = presentation?.hold
  if (!hold || !here.holdable || presentation.presenterId === here.me) return null
  const phase = holdPhase(hold, here.now)
  if (phase === 'none') return null
  const busy = phase === 'on' && !goesAlong(desk, presentation) && (here.writing || here.ballot)
  return { ...hold, phase: busy ? 'waiting' : phase }
}

/** Null: nothing is presented to this person, or it is he who presents. */
export function readerState(desk: Desk, presentation: Presentation | null, here: Here): ReaderState | null {
  if (!presentation || presentation.presenterId === here.me) return null
  const held = holdState(desk, presentation, here)?.phase === 'on'
  if (!held && !goesAlong(desk, presentation)) return 'free'
  if (here.place && !here.hasPage(here.place.page)) return 'late'
  return held ? 'held' : 'following'
}

function goesAlong(desk: Desk, presentation: Presentation): boolean {
  return desk.following && desk.paperId === presentation.paperId
}

/** Where the presenter is, if that is known of the paper and the presenter of this moment. */
export function placeOf(presentation: Presentation | null, told: PresenterPosition | null): Position | null {
  if (!presentation || !told || told.presenterId !== presentation.presenterId) return null
  return told.position.paperId === presentation.paperId ? told.position : null
}

/** What the reader is to show for it. */
export function targetOf({ page, top, zoom }: Position) {
  return typeof zoom === 'string' ? { page, top, zoom } : { page, top, region: zoom }
}
