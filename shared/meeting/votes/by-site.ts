/** How the ballots of one site were marked; null is the main room. */
export interface SiteCounts {
  siteId: string | null
  approve: number
  reject: number
  abstain: number
  invalid: number
}

/**
 * A site with fewer ballots than this is not told apart: of four, each knows his own, and three who compare notes have the fourth.
 * Five is the smallest cell that official statistics commonly publish.
 */
export const fewestTold = 5

/**
 * The sites of a secret vote whose counts may be told beside the vote's own, so that neither they nor what is left of the whole when
 * they are taken away shows how a few, or all of a site, voted.
 *
 * - Sites with fewer than `fewestTold` ballots are withheld together, and with them as many of the next smallest as it takes until
 *   two or more sites with at least `fewestTold` ballots stand behind the difference.
 * - Which sites these are follows from the turnout alone, which everybody knows. Withholding the unanimous ones one by one would
 *   tell by its very pattern that they were; so if any site, or those withheld taken together, voted alike, none is told.
 */
export function sitesTold(sites: readonly SiteCounts[]): SiteCounts[] {
  const voted = sites.filter((site) => ballotsOf(site) > 0).sort((a, b) => ballotsOf(a) - ballotsOf(b) || (a.siteId ?? '').localeCompare(b.siteId ?? ''))
  let withheld = voted.filter((site) => ballotsOf(site) < fewestTold).length
  if (withheld > 0) while (withheld < voted.length && (withheld < 2 || ballotsOf(sumOf(voted.slice(0, withheld))) < fewestTold)) withheld += 1
  const told = voted.slice(withheld)
  const rest = voted.slice(0, withheld)
  if (told.length === 0) return []
  return [...told, ...(rest.length > 0 ? [sumOf(rest)] : [])].some(isUnanimous) ? [] : told
}

export function ballotsOf({ approve, reject, abstain, invalid }: Omit<SiteCounts, 'siteId'>): number {
  return approve + reject + abstain + invalid
}

/** Every ballot marked alike: then the count tells each voter's choice. */
export function isUnanimous({ approve, reject, abstain, invalid }: Omit<SiteCounts, 'siteId'>): boolean {
  return [approve, reject, abstain, invalid].filter((count) => count > 0).length === 1
}

function sumOf(sites: readonly SiteCounts[]): SiteCounts {
  const sum: SiteCounts = { siteId: null, approve: 0, reject: 0, abstain: 0, invalid: 0 }
  for (const { approve, reject, abstain, invalid } of sites) {
    sum.approve += approve
    sum.reject += reject
    sum.abstain += abstain
    sum.invalid += invalid
  }
  return sum
}
