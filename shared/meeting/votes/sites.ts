import { siteOf } from '../attendance/place.ts'
import type { MeetingCommon } from '../state.ts'

type Meeting = Pick<MeetingCommon, 'participants' | 'attendance'>

/**
 * People by where they vote, the main room first.
 * @param countedAt where those voted whose votes were counted by hand: they may have gone elsewhere since
 */
export function bySite(meeting: Meeting, personIds: readonly string[], countedAt: ReadonlyMap<string, string | null> = new Map()): Map<string | null, string[]> {
  const sites = Map.groupBy(personIds, (personId) => countedAt.get(personId) ?? (countedAt.has(personId) ? null : siteOf(meeting, personId)))
  return new Map([...sites].sort(([a], [b]) => Number(a !== null) - Number(b !== null)))
}
