import { currentItem } from '../agenda/tree.ts'
import { entry } from '../entities.ts'
import type { NewFact } from '../fact.ts'
import type { MeetingState } from '../state.ts'
import { seesItem } from '../visibility.ts'
import { placesOnList, waitingOn } from './order.ts'
import type { FloorEntry, WithdrawalReason } from './state.ts'
import { onFloor } from './turn.ts'

/** What happens on the floor because something else happens. Facts only, no rules: whoever calls has decided that it happens. */

export function ended({ entryId }: Pick<FloorEntry, 'entryId'>): NewFact {
  return { type: 'floor.ended', data: { entryId } }
}

/** Takes entries off the list, and the answers that wait for them. */
export function withdrawals(state: MeetingState, gone: readonly FloorEntry[], because: WithdrawalReason, reason: string | null = null): NewFact[] {
  if (gone.length === 0) return []
  const ids = new Set(gone.map((one) => one.entryId))
  const answers = Object.values(state.floorEntries).filter((one) => one.status === 'waiting' && one.answersId !== null && ids.has(one.answersId) && !ids.has(one.entryId))
  return [
    { type: 'floor.withdrawn', data: { entryIds: [...ids], because, reason } },
    ...(answers.length > 0 ? [{ type: 'floor.withdrawn', data: { entryIds: answers.map((one) => one.entryId), because: 'answered', reason: null } } satisfies NewFact] : []),
  ]
}

/** The speaker's line is lost: the clock stands, the place is kept for `keepSeconds`. */
export function pausedForConnection(state: MeetingState, entryId: string, now: number): NewFact[] {
  return [{ type: 'floor.paused', data: { entryId, because: 'connection', heldUntil: now + state.floor.settings.keepSeconds * 1000 } }]
}

/** A recess stops the clock of whoever speaks; he goes on when the chair says so. */
export function floorAtRecess(state: MeetingState): NewFact[] {
  return onFloor(state)
    .filter((one) => one.status === 'speaking')
    .map(({ entryId }) => ({ type: 'floor.paused', data: { entryId, because: 'recess', heldUntil: null } }))
}

export function floorAtEnd(state: MeetingState): NewFact[] {
  return onFloor(state).map(ended)
}

/** Each list begins as the settings say. */
export function floorListBegins(state: MeetingState): NewFact[] {
  const open = !state.floor.settings.initiallyClosed
  return open === state.floor.open ? [] : [{ type: open ? 'floor.opened' : 'floor.closed', data: {} }]
}

/** Somebody leaves the list of participants: his speech ends; what he waits with stays, greyed. */
export function floorWithout(state: MeetingState, personId: string): NewFact[] {
  return onFloor(state).filter((one) => one.personId === personId).map(ended)
}

/** Before an item that was never held is taken off the agenda. */
export function floorWithoutItem(state: MeetingState, itemId: string): NewFact[] {
  return withdrawals(state, waitingOn(state.floorEntries, itemId), 'itemRemoved')
}

/** What to do with those still waiting when an item is over (asked once; they are carried over unless somebody says otherwise). */
export type WaitingFate = 'carry' | 'drop'

/**
 * The floor when other items come on: `leaving` are finished, the deepest of `entering` is what is on then. Speeches there end; who still waits
 * goes over to the new list, those who may not know of it to the list of no item, from where they come back. Who waited on a confidential
 * item is never shown on another list.
 */
export function floorAtItems(state: MeetingState, leaving: readonly string[], entering: readonly string[], fate: WaitingFate = 'carry'): NewFact[] {
  const deepest = entering.at(-1) ?? remainingItem(state, leaving)
  if (leaving.length === 0 && entering.length === 0) return []
  const left = new Set<string | null>(leaving)
  // What stands on the list of no item has waited for an item to come.
  if (deepest !== null) left.add(null)
  const spoken = onFloor(state).filter((one) => left.has(one.itemId)).map(ended)
  const waiting = [...leaving, ...(deepest === null ? [] : [null])].flatMap((itemId) => waitingOn(state.floorEntries, itemId))
  const maySee = (one: FloorEntry) => deepest === null || one.personId === null || !entry(state.participants, one.personId) || seesItem(state, one.personId, deepest)
  const carried = fate === 'drop' ? [] : waiting.filter((one) => one.itemId === null || !isConfidential(state, one.itemId))
  const here = together(carried.filter(maySee))
  const parked = together(carried.filter((one) => !maySee(one)))
  const dropped = waiting.filter((one) => !here.includes(one) && !parked.includes(one))
  return [
    ...spoken,
    ...withdrawals(state, dropped, 'itemFinished'),
    ...carriedTo(state, deepest, here),
    ...carriedTo(state, null, parked.filter((one) => one.itemId !== null)),
    ...floorListBegins(state),
  ]
}

function carriedTo(state: MeetingState, itemId: string | null, coming: readonly FloorEntry[]): NewFact[] {
  if (coming.length === 0) return []
  const places = placesOnList(state.floorEntries, state.floor.settings, waitingOn(state.floorEntries, itemId), coming)
  return [{ type: 'floor.carried', data: { itemId, places } }]
}

/** An answer goes where what it answers goes, or nowhere. */
function together(entries: readonly FloorEntry[]): FloorEntry[] {
  return entries.filter((one) => one.answersId === null || entries.some((other) => other.entryId === one.answersId))
}

/** What is on when nothing new comes on. */
function remainingItem(state: MeetingState, leaving: readonly string[]): string | null {
  const rest = Object.fromEntries(Object.entries(state.items).filter(([itemId]) => !leaving.includes(itemId)))
  return currentItem(rest)?.itemId ?? null
}

function isConfidential(state: MeetingState, itemId: string): boolean {
  for (let item = entry(state.items, itemId); item; item = item.parentId === null ? undefined : entry(state.items, item.parentId)) {
    if (item.confidential) return true
  }
  return false
}
