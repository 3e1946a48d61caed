import { presenceOf } from '../attendance/quorum.ts'
import { entry } from '../entities.ts'
import type { MeetingCommon } from '../state.ts'

type Meeting = Pick<MeetingCommon, 'participants' | 'attendance'>

/** Where a person votes: at the site where he is present, else where he is expected. Null: the main room. */
export function siteOf(meeting: Meeting, personId: string): string | null {
  const now = presenceOf(meeting, personId)
  if (now && now.presence !== 'absent') return now.siteId
  return entry(meeting.participants, personId)?.siteId ?? null
}

/**
 * People by where they vote, the main room first.
 * @param countedAt where those voted whose votes were counted by hand: they may have gone elsewhere since
 */
export function bySite(meeting: Meeting, personIds: readonly string[], countedAt: ReadonlyMap<string, string | null> = new Map()): Map<string | null, string[]> {
  const sites = Map.groupBy(personIds, (personId) => countedAt.get(personId) ?? (countedAt.has(personId) ? null : siteOf(meeting, personId)))
  return new Map([...sites].sort(([a], [b]) => Number(a !== null) - Number(b !== null)))
}
