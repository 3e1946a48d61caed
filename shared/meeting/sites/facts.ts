import type { Site, SiteCheck } from './state.ts'

export interface SiteFacts {
  'site.checked': { siteId: string; check: SiteCheck }
  'site.declaredReady': { siteId: string }
  /** It takes part: for the first time, or again after its line was weak or lost. */
  'site.entered': { siteId: string }
  'site.degraded': { siteId: string; weakness: Site['weakness'] }
  'site.lost': { siteId: string }
  /** The telephone stands in for its line. */
  'site.telephoned': { siteId: string; reason: string | null }
  'site.telephoneEnded': { siteId: string }
}
