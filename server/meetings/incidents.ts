import type { Fact } from '../../shared/meeting/fact.ts'
import { evolveSites } from '../../shared/meeting/sites/evolve.ts'
import { endedAt, withSite, type Incident } from '../../shared/meeting/sites/incidents.ts'
import type { Site } from '../../shared/meeting/sites/state.ts'

/** What befell the lines of a meeting's sites, read from its log: for technicians and for the minutes. */
export async function incidentsOf(facts: AsyncIterable<Fact>): Promise<readonly Incident[]> {
  let sites: Record<string, Site> = {}
  let incidents: readonly Incident[] = []
  for await (const fact of facts) {
    const before = sites
    sites = evolveSites(sites, fact)
    if (sites !== before) {
      for (const site of Object.values(sites)) if (before[site.siteId] !== site) incidents = withSite(incidents, site)
      incidents = endedAt(incidents, fact.at, (siteId) => !Object.hasOwn(sites, siteId))
    }
    if (fact.type === 'meeting.ended') incidents = endedAt(incidents, fact.at)
  }
  return incidents
}
