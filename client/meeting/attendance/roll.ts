import { isPresent, presenceOf } from '../../../shared/meeting/attendance/quorum.ts'
import type { MeetingCommon } from '../../../shared/meeting/state.ts'
import { compareByGivenName } from '../../../shared/vietnamese/names.ts'

export interface RollGroup {
  /** Null: the main room. */
  siteId: string | null
  present: number
  total: number
  people: { personId: string; present: boolean }[]
}

type Meeting = Pick<MeetingCommon, 'participants' | 'attendance' | 'details'>

/** Everyone under the place where he is, or is expected while nothing else was declared: the main room first, sites in the meeting's order. */
export function rollByPlace(meeting: Meeting, nameOf: (personId: string) => string): RollGroup[] {
  const places = [null, ...meeting.details.siteIds]
  const groups = new Map(places.map((siteId): [string | null, RollGroup] => [siteId, { siteId, present: 0, total: 0, people: [] }]))
  for (const { personId, siteId } of Object.values(meeting.participants)) {
    const now = presenceOf(meeting, personId)
    const place = now && now.presence !== 'absent' ? now.siteId : siteId
    const group = groups.get(place) ?? groups.get(null)
    if (!group) continue
    const present = isPresent(meeting, personId)
    group.people.push({ personId, present })
    group.total += 1
    group.present += Number(present)
  }
  for (const { people } of groups.values()) people.sort((a, b) => compareByGivenName(nameOf(a.personId), nameOf(b.personId)))
  return [...groups.values()].filter(({ total }) => total > 0)
}
