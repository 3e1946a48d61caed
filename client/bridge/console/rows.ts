import type { PeerLine } from '../../../shared/contracts/media.ts'
import { siteStanding } from '../../../shared/meeting/sites/rules.ts'
import type { Site } from '../../../shared/meeting/sites/state.ts'
import type { MeetingView } from '../../../shared/meeting/view.ts'

/** One place of the bridge. `siteId` null: the main room, which is no site and has no state of its own. */
export interface Row {
  siteId: string | null
  site: Site | null
  /** Of the room's endpoint; null: it is not connected. */
  line: PeerLine | null
  /** Tablets there that are in the bridge. */
  tablets: number
}

/** The main room first, then the sites as the meeting names them; what asks for help comes before what runs. */
export function rowsOf(view: Pick<MeetingView, 'details' | 'sites'>, lines: readonly PeerLine[], troubleFirst: boolean): Row[] {
  const row = (siteId: string | null): Row => ({
    siteId,
    site: siteId === null ? null : siteStanding(view, siteId),
    line: lines.find((line) => line.personId === null && line.siteId === siteId) ?? null,
    tablets: lines.filter((line) => line.personId !== null && line.siteId === siteId).length,
  })
  const rows = [null, ...view.details.siteIds].map(row)
  return troubleFirst ? rows.toSorted((a, b) => worry(b) - worry(a)) : rows
}

function worry({ site, line }: Row): number {
  if (site?.status === 'lost') return 4
  if (site?.status === 'degraded' || (line && line.lossPercent >= 5)) return 3
  if (site?.status === 'byTelephone') return 2
  return site && (site.status === 'notConnected' || site.status === 'checked') ? 1 : 0
}
