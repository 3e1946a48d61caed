import type { MeetingPackage } from '../../shared/contracts/http/package.ts'
import type { SignedInPerson } from '../../shared/contracts/http/session.ts'
import type { MeetingView } from '../../shared/meeting/view.ts'

/** What lies sealed beside the papers: the hub's list, and for whom it was made. */
export interface KeptManifest {
  package: MeetingPackage
  /** The hub's tag of it. */
  etag: string
  person: SignedInPerson
  /** Files that were deleted by hand or had expired, so that the page can say so. */
  removed: boolean
}

/** The meeting as it was last heard of. `at`: hub time. */
export interface KeptView { view: MeetingView; at: number }
