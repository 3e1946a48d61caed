import type { PresenterPosition } from '../../../shared/contracts/live.ts'
import type { Position } from '../../../shared/meeting/presentation/position.ts'
import type { Presentation } from '../../../shared/meeting/presentation/state.ts'

/** What lies on this person's desk, and whether he goes along with the presenter (DOMAIN.md 2.3, without ink and laser). */
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
 * whoever follows is taken along.
 */
export function afterwards(desk: Desk, happening: Happening, presentedId: string | null): Desk {
  switch (happening.kind) {
    case 'opened':
      return { following: happening.paperId === presentedId, paperId: happening.paperId }
    case 'closed':
      return { following: presentedId === null, paperId: null }
    case 'moved':
      return desk.following ? { ...desk, following: false } : desk
    case 'returned':
      return { following: true, paperId: presentedId }
    case 'presented':
      if (happening.byMe) return { following: true, paperId: happening.paperId }
      if (happening.paperId === null) return desk.paperId === null ? startingDesk : desk
      if (!desk.following) return desk
      return { following: true, paperId: happening.paperId }
    case 'itemChanged':
      return desk.following && presentedId === null ? { following: true, paperId: null } : desk
  }
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
