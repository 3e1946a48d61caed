import { shallowRef } from 'vue'
import type { PersonCard } from '../../shared/contracts/http/directory.ts'
import type { MeetingPeople } from '../../shared/contracts/http/meetings.ts'
import type { MeetingView } from '../../shared/meeting/view.ts'
import { request } from '../http.ts'

export interface Place {
  id: string
  name: string
  shortName: string
}

/** Not asked again sooner than this, whatever the view mentions. */
const pause = 2000

/** The names behind the ids of one meeting: facts hold ids only, names are asked for and asked again when someone new appears. */
export function useNames() {
  const people = shallowRef<ReadonlyMap<string, PersonCard>>(new Map())
  const units = shallowRef<ReadonlyMap<string, Place>>(new Map())
  const sites = shallowRef<ReadonlyMap<string, Place>>(new Map())
  /** Asked for once and not found: not asked for at every frame. */
  const missing = new Set<string>()
  let asking = false
  let again = false

  async function load(view: MeetingView): Promise<void> {
    const { meetingId } = view
    const answer = await request<MeetingPeople>('GET', `/api/meetings/${meetingId}/people`)
    if (!answer.ok) return
    take(answer.data)
    for (const id of mentioned(view)) if (!people.value.has(id)) missing.add(id)
  }

  function take(names: MeetingPeople): void {
    people.value = byId(names.people)
    units.value = byId(names.units)
    sites.value = byId(names.sites)
  }

  /** Makes sure that everyone in `view` has a name, in the background. */
  async function know(view: MeetingView): Promise<void> {
    if (asking) {
      again = true
      return
    }
    const unitUnknown = Object.values(view.items).some(({ unitId }) => unitId !== null && !units.value.has(unitId) && !missing.has(unitId))
    const siteUnknown = view.details.siteIds.some((id) => !sites.value.has(id) && !missing.has(id))
    const personUnknown = mentioned(view).some((id) => !people.value.has(id) && !missing.has(id))
    if (!unitUnknown && !siteUnknown && !personUnknown) return
    asking = true
    await load(view)
    setTimeout(() => {
      asking = false
      if (again) void know(view)
      again = false
    }, pause)
  }

  function forget(): void {
    people.value = units.value = sites.value = new Map()
    missing.clear()
  }

  return { people, units, sites, take, know, forget }
}

function mentioned(view: MeetingView): string[] {
  return [
    ...Object.keys(view.participants),
    ...Object.keys(view.attendance),
    ...Object.values(view.invitations).flatMap(({ substituteId }) => substituteId ?? []),
    ...Object.values(view.floorEntries).flatMap(({ personId, moved }) => [personId, moved?.by].filter((id) => typeof id === 'string')),
    ...Object.values(view.votes).flatMap(({ entitled }) => entitled),
  ]
}

function byId<T extends { id: string }>(list: readonly T[]): Map<string, T> {
  return new Map(list.map((one) => [one.id, one]))
}
