import { generateKeyBetween } from 'fractional-indexing'
import { byRank, currentItem } from '../agenda/tree.ts'
import { entry } from '../entities.ts'
import type { MeetingCommon } from '../state.ts'
import type { Place } from './facts.ts'
import type { FloorEntry, FloorSettings } from './state.ts'

type Entries = Record<string, FloorEntry>
type Ordered = Pick<FloorEntry, 'kind' | 'advance' | 'categoryId' | 'answersId'>

/** The list that is on: that of the item that is on, or, null, that of no item. */
export function currentList(meeting: Pick<MeetingCommon, 'items'>): string | null {
  return currentItem(meeting.items)?.itemId ?? null
}

/** Those waiting on one list, first to speak first. */
export function waitingOn(entries: Entries, itemId: string | null): FloorEntry[] {
  return Object.values(entries)
    .filter((one) => one.status === 'waiting' && one.itemId === itemId)
    .sort((a, b) => byRank({ rank: a.rank, id: a.entryId }, { rank: b.rank, id: b.entryId }))
}

/** An answer takes the precedence of what it answers. */
function root(entries: Entries, one: Ordered): Ordered {
  return (one.answersId === null ? undefined : entry(entries, one.answersId)) ?? one
}

/** Whether it interrupts: an interposed question, or the answer to one. The speech that is on is paused by it, not ended. */
export function interposes(entries: Entries, one: Ordered): boolean {
  return root(entries, one).kind === 'interposedQuestion'
}

/**
 * Who goes before whom (DOMAIN.md 2.2), as two numbers, lower first; equals keep the order in which they asked: interposed question,
 * intervention, point of order (by its category's rank), the rest. Debate before the rest, and the advance list before or behind
 * those who ask in the hall, only as the settings say.
 */
export function precedence(entries: Entries, settings: FloorSettings, one: Ordered): [number, number] {
  const { kind, advance, categoryId } = root(entries, one)
  switch (kind) {
    case 'interposedQuestion':
      return [0, 0]
    case 'intervention':
      return [1, 0]
    case 'pointOfOrder':
      return [2, settings.categories.find((category) => category.categoryId === categoryId)?.rank ?? Number.MAX_SAFE_INTEGER]
    case 'debate':
      return settings.debateFirst ? [3, 0] : [4, 1]
    default:
      return [4, advance ? (settings.advance === 'last' ? 2 : 0) : 1]
  }
}

function before(a: [number, number], b: [number, number]): boolean {
  return a[0] < b[0] || (a[0] === b[0] && a[1] < b[1])
}

/**
 * The place of a newcomer among `waiting`: behind the last whom he does not precede. So nobody is passed but by who has precedence,
 * also where a hand has changed the order. An answer stands behind what it answers and the answers already there.
 */
export function placeFor(entries: Entries, settings: FloorSettings, waiting: readonly FloorEntry[], one: Ordered): number {
  if (one.answersId !== null) return placeOfAnswer(waiting, one.answersId)
  const own = precedence(entries, settings, one)
  const last = waiting.findLastIndex((other) => !before(own, precedence(entries, settings, other)))
  return blockEnd(waiting, last)
}

/** Where what is waiting behind `at` begins, answers to it left together with it. */
function blockEnd(waiting: readonly FloorEntry[], at: number): number {
  const head = waiting[at]
  if (!head) return 0
  const rootId = head.answersId ?? head.entryId
  let end = at + 1
  while (waiting[end]?.answersId === rootId) end += 1
  return end
}

/** Behind what it answers; when that is speaking already, at the front, behind the other answers to it. */
function placeOfAnswer(waiting: readonly FloorEntry[], answersId: string): number {
  const parent = waiting.findIndex((other) => other.entryId === answersId)
  const lastAnswer = waiting.findLastIndex((other) => other.answersId === answersId)
  return Math.max(parent, lastAnswer) + 1
}

export function rankAt(waiting: readonly Pick<FloorEntry, 'rank'>[], index: number): string {
  return generateKeyBetween(waiting[index - 1]?.rank ?? null, waiting[index]?.rank ?? null)
}

/** The entry and the answers that stand right behind it: they travel together. */
export function blockOf(waiting: readonly FloorEntry[], entryId: string): FloorEntry[] {
  const at = waiting.findIndex((one) => one.entryId === entryId)
  return at === -1 ? [] : waiting.slice(at, waiting[at]?.answersId === null ? blockEnd(waiting, at) : at + 1)
}

/** New ranks for a block moved behind `afterId` (and its answers); null when that is not waiting on this list. */
export function placesBehind(waiting: readonly FloorEntry[], block: readonly FloorEntry[], afterId: string | null): Place[] | null {
  const rest = waiting.filter((one) => !block.includes(one))
  const at = afterId === null ? 0 : rest.findIndex((one) => one.entryId === afterId)
  if (at === -1) return null
  return placesAt(rest, block, afterId === null ? 0 : blockEnd(rest, at))
}

function placesAt(rest: readonly FloorEntry[], block: readonly FloorEntry[], index: number): Place[] {
  const line: Pick<FloorEntry, 'rank'>[] = [...rest]
  return block.map(({ entryId }, step) => {
    const rank = rankAt(line, index + step)
    line.splice(index + step, 0, { rank })
    return { entryId, rank }
  })
}

/** Ranks on another list for entries that come over together: each by its precedence, but never before one that stood before it. */
export function placesOnList(entries: Entries, settings: FloorSettings, target: readonly FloorEntry[], coming: readonly FloorEntry[]): Place[] {
  const line = [...target]
  let from = 0
  return coming.map((one) => {
    const index = Math.max(from, one.answersId === null ? placeFor(entries, settings, line, one) : placeOfAnswer(line, one.answersId))
    const rank = rankAt(line, index)
    line.splice(index, 0, { ...one, rank })
    from = index + 1
    return { entryId: one.entryId, rank }
  })
}
