import { entry, mapValues, withChange, withEntry } from '../entities.ts'
import type { VisibleFact } from '../fact.ts'
import { spokenMs } from './clock.ts'
import type { Place } from './facts.ts'
import type { Floor, FloorEntry } from './state.ts'

type Entries = Record<string, FloorEntry>
export interface FloorSlices {
  floor: Floor
  floorEntries: Entries
}

/** List, settings, groups and entries; the same objects when the fact is not about the floor. */
export function evolveFloor(slices: FloorSlices, fact: VisibleFact): FloorSlices {
  const floor = evolveGroups(evolveList(slices.floor, fact), slices.floorEntries, fact)
  return { floor, floorEntries: evolveEntries(slices.floorEntries, fact) }
}

function evolveList(floor: Floor, fact: VisibleFact): Floor {
  switch (fact.type) {
    case 'floor.opened':
      return { ...floor, open: true }
    case 'floor.closed':
      return { ...floor, open: false }
    case 'floor.configured':
      return { ...floor, settings: { ...floor.settings, ...fact.data } }
    case 'floor.groupsSet':
      return {
        ...floor,
        groups: Object.fromEntries(
          fact.data.groups.map((group) => {
            const { addedMs = 0, usedMs = 0 } = entry(floor.groups, group.groupId) ?? {}
            return [group.groupId, { ...group, addedMs, usedMs }]
          }),
        ),
      }
    case 'floor.timeAdded':
      return { ...floor, groups: mapValues(floor.groups, (group) => ({ ...group, addedMs: group.addedMs + fact.data.milliseconds })) }
    default:
      return floor
  }
}

/** A stretch of speech that stops is taken from its group's time. */
function evolveGroups(floor: Floor, entries: Entries, fact: VisibleFact): Floor {
  if (fact.type !== 'floor.paused' && fact.type !== 'floor.ended') return floor
  const one = entry(entries, fact.data.entryId)
  const group = one?.groupId ? entry(floor.groups, one.groupId) : undefined
  if (!one || !group || one.runningSince === null) return floor
  const usedMs = group.usedMs + spokenMs(one, fact.at) - one.spokenMs
  return { ...floor, groups: withEntry(floor.groups, group.groupId, { ...group, usedMs }) }
}

function evolveEntries(entries: Entries, fact: VisibleFact): Entries {
  switch (fact.type) {
    case 'floor.requested':
      return withEntry<FloorEntry>(entries, fact.data.entryId, {
        ...fact.data,
        status: 'waiting', requestedAt: fact.at, requestedBy: fact.by, moved: null, readded: false, withdrawn: null,
        limitSeconds: null, beganAt: null, endedAt: null, spokenMs: 0, runningSince: null, pausedBecause: null, heldUntil: null,
      })
    case 'floor.withdrawn': {
      const { because, reason } = fact.data
      const change = { status: 'withdrawn', rank: '', withdrawn: { by: fact.by, at: fact.at, because, reason } } as const
      return fact.data.entryIds.reduce((map, entryId) => withChange(map, entryId, change), entries)
    }
    case 'floor.moved': {
      const { entryId, places, reason } = fact.data
      return withChange(ranked(entries, places, {}), entryId, { moved: { by: fact.by, at: fact.at, reason } })
    }
    case 'floor.carried':
      return ranked(entries, fact.data.places, { itemId: fact.data.itemId })
    case 'floor.given': {
      const { entryId, siteId, limitSeconds, reason } = fact.data
      const one = entry(entries, entryId)
      const moved = reason === null ? {} : { moved: { by: fact.by, at: fact.at, reason } }
      const began = { status: 'speaking', rank: '', beganAt: one?.beganAt ?? fact.at, endedAt: null, runningSince: fact.at } as const
      return withChange(entries, entryId, { siteId, limitSeconds, ...began, ...moved })
    }
    case 'floor.paused': {
      const { entryId, because, heldUntil } = fact.data
      return withChange(entries, entryId, { ...stopped(entries, entryId, fact.at), status: 'paused', pausedBecause: because, heldUntil })
    }
    case 'floor.resumed':
      return withChange(entries, fact.data.entryId, { status: 'speaking', runningSince: fact.at, pausedBecause: null, heldUntil: null })
    case 'floor.ended':
      return withChange(entries, fact.data.entryId, { ...stopped(entries, fact.data.entryId, fact.at), status: 'finished', endedAt: fact.at, pausedBecause: null, heldUntil: null })
    case 'floor.extended':
      return withChange(entries, fact.data.entryId, { limitSeconds: (entry(entries, fact.data.entryId)?.limitSeconds ?? 0) + fact.data.seconds })
    case 'floor.readded':
      return withChange(entries, fact.data.entryId, { status: 'waiting', rank: fact.data.rank, endedAt: null, readded: true })
    case 'agenda.itemRemoved': {
      const kept = Object.entries(entries).filter(([, one]) => one.itemId !== fact.data.itemId)
      return kept.length === Object.keys(entries).length ? entries : Object.fromEntries(kept)
    }
    default:
      return entries
  }
}

function ranked(entries: Entries, places: readonly Place[], change: Partial<FloorEntry>): Entries {
  return places.reduce((map, { entryId, rank }) => withChange(map, entryId, { ...change, rank }), entries)
}

function stopped(entries: Entries, entryId: string, at: number): Partial<FloorEntry> {
  const one = entry(entries, entryId)
  return one ? { spokenMs: spokenMs(one, at), runningSince: null } : {}
}
