import type { Site, SiteStatus } from '../../../shared/meeting/sites/state.ts'

/** What became of a site at one moment, for the log beside the table. The meeting's own log keeps it; this is what has come by while one looked. */
export interface Incident {
  siteId: string
  status: SiteStatus
  at: number
  by: string | null
  weakness: Site['weakness']
}

export const mostIncidents = 200

/** Newest first. A site's state that is there already when one comes is told with its own moment. */
export function withIncidents(known: readonly Incident[], sites: Readonly<Record<string, Site>>): readonly Incident[] {
  const fresh = Object.values(sites)
    .filter(({ siteId, status, since }) => status !== 'notConnected' && !known.some((one) => one.siteId === siteId && one.at === since && one.status === status))
    .map(({ siteId, status, since, by, weakness }): Incident => ({ siteId, status, at: since, by, weakness }))
  return fresh.length === 0 ? known : [...fresh, ...known].sort((a, b) => b.at - a.at).slice(0, mostIncidents)
}
