import type { SiteAnswer } from './state.ts'

export interface RollCallFacts {
  'rollCall.started': Record<string, never>
  'rollCall.siteCalled': { siteId: string }
  /** `present`: people declared present at the site at that moment. */
  'rollCall.siteAnswered': { siteId: string; answer: SiteAnswer; present: number }
  'rollCall.finished': Record<string, never>
}
