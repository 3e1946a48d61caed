import type { MeetingCommon } from '../state.ts'
import { peopleAt } from './place.ts'

/**
 * Measured presence: whose screens reach the hub. A signal for chair and secretary only, never merged with what was declared.
 * Who is in neither list has had no screen since the hub knows this meeting.
 */
export interface Connections {
  /** At least one screen now, or gone for less than the meeting's grace time. */
  connected: string[]
  /** The last screen went away, and the grace time is over. `since`: when it went, hub time. */
  lost: { personId: string; since: number }[]
}

/** How a site's screens do, all its people together. */
export interface SiteReach {
  siteId: string | null
  /** Participants whose place it is. */
  people: number
  connected: number
  /** Had a screen, and have lost it. */
  lost: number
  /** It had screens, and has none left. */
  dropped: boolean
  /** When its last screen went; null unless dropped. */
  since: number | null
}

type Roll = Pick<MeetingCommon, 'participants' | 'attendance'>

/** A person's screens: connected (`since` null), lost since a moment, or null: no screen has been seen. */
export function reachOf(connections: Connections, personId: string): { since: number | null } | null {
  if (connections.connected.includes(personId)) return { since: null }
  return connections.lost.find((one) => one.personId === personId) ?? null
}

/** Those of `personIds` whom no screen reaches now, past the grace time: what a chair must know before counting on their tablets. */
export function unreachable(connections: Connections, personIds: readonly string[]): string[] {
  const reached = new Set(connections.connected)
  return personIds.filter((personId) => !reached.has(personId))
}

/** The unreachable among `personIds` whose place is this site (null: the main room): "n of site X cannot be reached". */
export function unreachableAt(meeting: Roll, connections: Connections, siteId: string | null, personIds: readonly string[]): string[] {
  const here = new Set(peopleAt(meeting, siteId))
  return unreachable(connections, personIds).filter((personId) => here.has(personId))
}

export function siteReach(meeting: Roll, connections: Connections, siteId: string | null): SiteReach {
  const here = new Set(peopleAt(meeting, siteId))
  const connected = connections.connected.filter((personId) => here.has(personId)).length
  const lost = connections.lost.filter(({ personId }) => here.has(personId))
  const dropped = connected === 0 && lost.length > 0
  return { siteId, people: here.size, connected, lost: lost.length, dropped, since: dropped ? Math.max(...lost.map(({ since }) => since)) : null }
}

/** Sites of the meeting that have dropped, in its order. */
export function droppedSites(meeting: Roll & Pick<MeetingCommon, 'details'>, connections: Connections): SiteReach[] {
  return meeting.details.siteIds.map((siteId) => siteReach(meeting, connections, siteId)).filter(({ dropped }) => dropped)
}
