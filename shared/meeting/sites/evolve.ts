import { entry, withEntry } from '../entities.ts'
import type { VisibleFact } from '../fact.ts'
import { untouched, type Site, type SiteStatus } from './state.ts'

type Sites = Record<string, Site>

export function evolveSites(sites: Sites, fact: VisibleFact): Sites {
  switch (fact.type) {
    case 'site.checked': {
      const { siteId, check } = fact.data
      const { checks } = entry(sites, siteId) ?? untouched(siteId)
      return became(sites, siteId, 'checked', fact, { check: { ...check, at: fact.at, by: fact.by }, checks: checks + 1 })
    }
    case 'site.declaredReady':
      return became(sites, fact.data.siteId, 'ready', fact)
    case 'site.entered':
      return became(sites, fact.data.siteId, 'inSession', fact, came(sites, fact.data.siteId, fact.at))
    case 'site.degraded':
      return became(sites, fact.data.siteId, 'degraded', fact, { ...came(sites, fact.data.siteId, fact.at), weakness: fact.data.weakness })
    case 'site.lost':
      return became(sites, fact.data.siteId, 'lost', fact)
    case 'site.telephoned':
      return became(sites, fact.data.siteId, 'byTelephone', fact)
    case 'site.telephoneEnded':
      return became(sites, fact.data.siteId, afterTelephone(entry(sites, fact.data.siteId)), fact)
    case 'meeting.changed': {
      const { siteIds } = fact.data
      return siteIds && Object.keys(sites).some((siteId) => !siteIds.includes(siteId)) ? Object.fromEntries(Object.entries(sites).filter(([siteId]) => siteIds.includes(siteId))) : sites
    }
    default:
      return sites
  }
}

function became(sites: Sites, siteId: string, status: SiteStatus, { at, by }: VisibleFact, more: Partial<Site> = {}): Sites {
  return withEntry(sites, siteId, { ...(entry(sites, siteId) ?? untouched(siteId)), weakness: null, ...more, status, since: at, by })
}

function came(sites: Sites, siteId: string, at: number): Pick<Site, 'enteredAt'> {
  return { enteredAt: entry(sites, siteId)?.enteredAt ?? at }
}

/** Where its own line stands is measured next; until then it is where it was before it could be. */
function afterTelephone(site: Site | undefined): SiteStatus {
  if (site && site.enteredAt !== null) return 'lost'
  return site?.check ? 'checked' : 'notConnected'
}
