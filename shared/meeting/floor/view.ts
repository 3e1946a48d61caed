import type { Audience, Viewer } from '../audience.ts'
import type { Fact } from '../fact.ts'
import type { Step } from '../project.ts'
import type { MeetingState } from '../state.ts'
import { waitingOn } from './order.ts'
import type { FloorEntry, FloorSettings } from './state.ts'

/** How many of those waiting everybody knows of where the amount is not shown. */
export const nextShown = 3

type Entries = Record<string, FloorEntry>
type State = Pick<MeetingState, 'floor' | 'floorEntries'>

/**
 * What one viewer may know of the list. Chair and secretary: all of it. Others: without notes where these are for them alone, and, where the
 * amount is not shown, without those waiting behind the next three. Everybody knows his own entry whole.
 */
export function floorEntriesOf({ floor: { settings }, floorEntries }: State, audience: Audience, viewer: Viewer): Entries {
  const seen = Object.values(floorEntries).every((one) => seesEntry(audience, one)) ? floorEntries : only(floorEntries, (one) => seesEntry(audience, one))
  if (audience.leader || (settings.showAmount && settings.notesToAll)) return seen
  const own = (one: FloorEntry) => !viewer.projector && one.personId === viewer.personId
  const told = settings.notesToAll ? seen : withoutNotes(seen, own)
  return settings.showAmount ? told : withoutAmount(told, own)
}

export function seesEntry(audience: Audience, one: Pick<FloorEntry, 'itemId'>): boolean {
  return one.itemId === null || audience.sees(one.itemId)
}

function withoutNotes(entries: Entries, own: (one: FloorEntry) => boolean): Entries {
  return Object.fromEntries(Object.entries(entries).map(([id, one]) => [id, one.note === null || own(one) ? one : { ...one, note: null }]))
}

/** Ranks are numbered anew: fractional ones would tell how many stand in between. */
function withoutAmount(entries: Entries, own: (one: FloorEntry) => boolean): Entries {
  const shown = new Map<string, string>()
  for (const itemId of new Set(Object.values(entries).map((one) => one.itemId))) {
    waitingOn(entries, itemId)
      .filter((one, index) => index < nextShown || own(one))
      .forEach((one, index) => shown.set(one.entryId, String(index).padStart(4, '0')))
  }
  const told: Entries = {}
  for (const [id, one] of Object.entries(entries)) {
    const rank = shown.get(id)
    if (one.status === 'waiting' ? rank !== undefined : one.status !== 'withdrawn' || own(one)) told[id] = { ...one, rank: rank ?? '' }
  }
  return told
}

function only(entries: Entries, wanted: (one: FloorEntry) => boolean): Entries {
  return Object.fromEntries(Object.entries(entries).filter(([, one]) => wanted(one)))
}

export function isFloorFact(fact: Pick<Fact, 'type'>): boolean {
  return fact.type.startsWith('floor.')
}

const hides = (settings: FloorSettings) => !settings.showAmount || !settings.notesToAll

/** Whether everyone in an audience that sees the entries may know this fact of the floor as it is. */
export function tellsFloorWhole({ fact, before, after }: Step, seen: Audience, sees: Audience): boolean {
  const touched = touchedEntries(before.floorEntries, after.floorEntries)
  if (!touched.every(([from, to]) => (!from || seesEntry(seen, from)) && (!to || seesEntry(sees, to)))) return false
  if (sees.leader) return true
  const [was, is] = [before.floor.settings, after.floor.settings]
  if (!was.showAmount || !is.showAmount) return false
  if (fact.type === 'floor.configured') return was.notesToAll === is.notesToAll
  return fact.type !== 'floor.requested' || fact.data.note === null || is.notesToAll
}

/**
 * Whom a fact of the floor tells more than the others of their audience: those of whose entries it tells, which bear a note for them alone;
 * everyone on the list where the amount is not shown, because there any move changes what of the list is left out.
 */
export function floorConcerns({ fact, before, after }: Step): ReadonlySet<string> {
  const [was, is] = [before.floor.settings, after.floor.settings]
  if (!isFloorFact(fact) || (!hides(was) && !hides(is))) return new Set()
  const all = fact.type === 'floor.configured' || !was.showAmount || !is.showAmount
  const entries = all ? [...Object.values(before.floorEntries), ...Object.values(after.floorEntries)] : touchedEntries(before.floorEntries, after.floorEntries).flat()
  return new Set(entries.flatMap((one) => one?.personId ?? []))
}

function touchedEntries(before: Entries, after: Entries): [FloorEntry | undefined, FloorEntry | undefined][] {
  if (before === after) return []
  const ids = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...ids].flatMap((id) => (before[id] === after[id] ? [] : [[before[id], after[id]] as [FloorEntry | undefined, FloorEntry | undefined]]))
}
