import { refusal, type Refusal } from '../../contracts/refusal.ts'
import { entry } from '../entities.ts'
import { statusRefusal } from '../lifecycle/rules.ts'
import type { MeetingCommon } from '../state.ts'
import { runningVoteOn } from '../votes/rules.ts'
import type { VoteCommon } from '../votes/state.ts'
import { lineage, subtree } from './tree.ts'
import type { AgendaItemText } from './state.ts'

const deepest = 4
const mostItems = 500

type Meeting = MeetingCommon & { votes: Record<string, VoteCommon> }

/**
 * Whether these words may stand on an item: whoever is newly named there takes part in the meeting. Somebody who has left the
 * meeting may stay named on an item that is edited for another reason.
 */
export function textRefusal(
  meeting: Pick<MeetingCommon, 'participants'>, text: Partial<AgendaItemText>, before?: Pick<AgendaItemText, 'access' | 'presenterId' | 'ownerIds'>,
): Refusal | null {
  const known = new Set([...(before?.access ?? []), ...(before?.ownerIds ?? []), before?.presenterId])
  const named = [...(text.access ?? []), ...(text.ownerIds ?? []), ...(text.presenterId ? [text.presenterId] : [])].filter((personId) => !known.has(personId))
  return named.every((personId) => entry(meeting.participants, personId)) ? null : refusal('agenda.unknownPerson')
}

export function addRefusal(meeting: Meeting, parentId: string | null): Refusal | null {
  if (Object.keys(meeting.items).length >= mostItems) return refusal('agenda.tooMany', { most: mostItems })
  if (parentId === null) return null
  if (!entry(meeting.items, parentId)) return refusal('agenda.unknownItem')
  return lineage(meeting.items, parentId).length >= deepest ? refusal('agenda.tooDeep', { most: deepest }) : null
}

export function moveRefusal(meeting: Meeting, itemId: string, parentId: string | null): Refusal | null {
  const item = entry(meeting.items, itemId)
  if (!item) return refusal('agenda.unknownItem')
  // Moved out from under what is on, an item that is on would leave two items on at once.
  if (item.status === 'current' && item.parentId !== parentId) return refusal('agenda.alreadyCurrent')
  if (parentId === null) return null
  if (!entry(meeting.items, parentId)) return refusal('agenda.unknownItem')
  const above = lineage(meeting.items, parentId)
  if (above.some((item) => item.itemId === itemId)) return refusal('agenda.ownDescendant')
  const height = Math.max(...subtree(meeting.items, itemId).map((item) => lineage(meeting.items, item.itemId).length))
  const below = height - lineage(meeting.items, itemId).length + 1
  return above.length + below > deepest ? refusal('agenda.tooDeep', { most: deepest }) : null
}

/** Only what has not been held yet can be taken off the agenda. */
export function removeRefusal(meeting: Meeting, itemId: string): Refusal | null {
  const items = subtree(meeting.items, itemId)
  if (items.length === 0) return refusal('agenda.unknownItem')
  const ids = new Set(items.map((item) => item.itemId))
  const held =
    items.some((item) => item.status !== 'pending') ||
    Object.values(meeting.votes).some((vote) => ids.has(vote.itemId) && vote.status !== 'draft')
  if (held) return refusal('agenda.alreadyHeld')
  return meeting.presentation && ids.has(meeting.presentation.itemId) ? refusal('papers.beingPresented') : null
}

export function startRefusal(meeting: Meeting, itemId: string): Refusal | null {
  const wrong = statusRefusal(meeting, 'inSession')
  if (wrong) return wrong
  const item = entry(meeting.items, itemId)
  if (!item) return refusal('agenda.unknownItem')
  if (item.status === 'current') return refusal('agenda.alreadyCurrent')
  return runningVoteRefusal(meeting, leaving(meeting, itemId))
}

export function finishRefusal(meeting: Meeting, itemId: string): Refusal | null {
  const wrong = statusRefusal(meeting, 'inSession')
  if (wrong) return wrong
  const item = entry(meeting.items, itemId)
  if (!item) return refusal('agenda.unknownItem')
  if (item.status !== 'current') return refusal('agenda.notCurrent')
  return runningVoteRefusal(meeting, finishing(meeting, itemId))
}

/** Ids of the items that are on and would be finished by starting `itemId`: all but those above it; deepest first. */
export function leaving(meeting: Pick<MeetingCommon, 'items'>, itemId: string): string[] {
  const above = new Set(lineage(meeting.items, itemId).map((item) => item.itemId))
  return currentDeepestFirst(meeting).filter((id) => !above.has(id))
}

/** Ids of the items that are on after starting `itemId` and were not before: it and what is above it; from the top down. */
export function entering(meeting: Pick<MeetingCommon, 'items'>, itemId: string): string[] {
  return lineage(meeting.items, itemId).filter((item) => item.status !== 'current').map((item) => item.itemId).reverse()
}

/** Ids of the items that finish together with `itemId`: it and what is on below it; deepest first. */
export function finishing(meeting: Pick<MeetingCommon, 'items'>, itemId: string): string[] {
  const below = new Set(subtree(meeting.items, itemId).map((item) => item.itemId))
  return currentDeepestFirst(meeting).filter((id) => below.has(id))
}

function currentDeepestFirst({ items }: Pick<MeetingCommon, 'items'>): string[] {
  return Object.values(items)
    .filter((item) => item.status === 'current')
    .map((item) => ({ id: item.itemId, depth: lineage(items, item.itemId).length }))
    .sort((a, b) => b.depth - a.depth)
    .map(({ id }) => id)
}

function runningVoteRefusal(meeting: Meeting, itemIds: string[]): Refusal | null {
  const vote = itemIds.map((id) => runningVoteOn(meeting, id)).find((found) => found !== undefined)
  return vote ? refusal('agenda.voteOpen', { title: vote.title }) : null
}
