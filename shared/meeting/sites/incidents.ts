import type { Site, SiteStatus } from './state.ts'

/** What the minutes tell of a site: that its line was weak, gone, or replaced by the telephone. */
export const troubles = ['degraded', 'lost', 'byTelephone'] as const satisfies readonly SiteStatus[]
export type Trouble = (typeof troubles)[number]

/** One trouble of one site, from when to when. Hub time, milliseconds since the epoch. */
export interface Incident {
  siteId: string
  trouble: Trouble
  from: number
  /** Null: it lasts. */
  until: number | null
  /** Who put it on record; null: the hub, by what it measured. */
  by: string | null
  weakness: Site['weakness']
}

/** So many are told of one meeting, the latest; the log has them all. */
export const mostIncidents = 1_000

/** What is known of, in order of time, after a site has become what it is now. A state that is known already changes nothing. */
export function withSite(known: readonly Incident[], { siteId, status, since, by, weakness }: Site): readonly Incident[] {
  const open = known.findLast((one) => one.siteId === siteId)
  const trouble = troubles.find((one) => one === status)
  // A line may go and come back within one millisecond of the hub's clock.
  if (open && (open.from > since || (open.from === since && open.trouble === trouble))) return known
  if (!trouble && (!open || open.until !== null)) return known
  const ended = known.map((one) => (one === open && one.until === null ? { ...one, until: since } : one))
  return (trouble ? [...ended, { siteId, trouble, from: since, until: null, by, weakness }] : ended).slice(-mostIncidents)
}

/** What lasts is over when the meeting is, or when its site takes part no more. */
export function endedAt(known: readonly Incident[], at: number, over: (siteId: string) => boolean = () => true): readonly Incident[] {
  const ends = ({ siteId, until }: Incident) => until === null && over(siteId)
  return known.some(ends) ? known.map((one) => (ends(one) ? { ...one, until: at } : one)) : known
}
