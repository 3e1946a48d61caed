import { refusal, type Refusal } from '../../contracts/refusal.ts'
import { currentItem } from '../agenda/tree.ts'
import { isPresent } from '../attendance/quorum.ts'
import type { Commands } from '../command.ts'
import { entry } from '../entities.ts'
import { statusRefusal } from '../lifecycle/rules.ts'
import { roleMay } from '../../permissions/meeting.ts'
import { seesItem } from '../visibility.ts'
import { currentList } from './order.ts'
import { entryKinds, type EntryKind, type FloorEntry } from './state.ts'
import type { FloorMeeting } from './turn.ts'

const mostEntries = 5000
const mostWaitingEach = 10

export type FloorRequest = Commands['floor:request']

export function conducts(meeting: Pick<FloorMeeting, 'participants'>, personId: string): boolean {
  const participant = entry(meeting.participants, personId)
  return participant !== undefined && roleMay(participant.role, 'floor.conduct')
}

/** Whose request it is: a person, a site as a whole, or nobody named. */
export function askerOf(request: Pick<FloorRequest, 'personId' | 'siteId'>, actorId: string): { personId: string | null; siteId: string | null } {
  if (request.siteId !== undefined) return { personId: null, siteId: request.siteId }
  return { personId: request.personId === undefined ? actorId : request.personId, siteId: null }
}

/** Whether this request stands for a later item: before the meeting, or while another item is on. */
export function isAdvance(meeting: FloorMeeting, itemId: string | undefined): boolean {
  return itemId !== undefined && itemId !== currentList(meeting)
}

/** Whether `actorId` may ask for the floor in this way now. On a page's view it may say yes where the hub says no, never the other way round. */
export function requestRefusal(meeting: FloorMeeting, request: FloorRequest, actorId: string): Refusal | null {
  const { personId, siteId } = askerOf(request, actorId)
  return (
    listRefusal(meeting, request, actorId) ??
    askerRefusal(meeting, request, personId, siteId, actorId) ??
    kindRefusal(meeting, request) ??
    answerRefusal(meeting, request, personId) ??
    (personId === null ? null : oftenRefusal(meeting, request, personId)) ??
    (Object.keys(meeting.floorEntries).length >= mostEntries ? refusal('floor.tooMany', { most: mostEntries }) : null)
  )
}

function listRefusal(meeting: FloorMeeting, { kind, itemId }: FloorRequest, actorId: string): Refusal | null {
  const { settings, open } = meeting.floor
  if (isAdvance(meeting, itemId)) {
    const wrong = statusRefusal(meeting, 'scheduled', 'inSession', 'recess')
    if (wrong) return wrong
    const item = itemId === undefined || !seesItem(meeting, actorId, itemId) ? undefined : entry(meeting.items, itemId)
    if (!item) return refusal('agenda.unknownItem')
    if (item.status === 'finished') return refusal('floor.itemFinished')
    if (settings.advance === 'refused') return refusal('floor.noAdvance')
    return kind === 'speech' ? null : refusal('floor.advanceSpeechOnly')
  }
  const wrong = statusRefusal(meeting, 'inSession', 'recess')
  if (wrong) return wrong
  const current = currentItem(meeting.items)
  // What is on may be an item that this person must not learn of: the list is closed to him, and no more is said.
  if (current && !seesItem(meeting, actorId, current.itemId)) return refusal('floor.listClosed')
  const allowed = open || (kind === 'pointOfOrder' && settings.pointsOfOrderWhenClosed) || kind === 'answer' || conducts(meeting, actorId)
  return allowed ? null : refusal('floor.listClosed')
}

function askerRefusal(meeting: FloorMeeting, { kind, itemId }: FloorRequest, personId: string | null, siteId: string | null, actorId: string): Refusal | null {
  if (personId !== actorId && !conducts(meeting, actorId)) return refusal('permission.denied')
  if (siteId !== null) return meeting.details.siteIds.includes(siteId) ? null : refusal('floor.unknownSite')
  if (personId === null) return kind === 'interposedQuestion' ? null : refusal('floor.nobodyNamed')
  if (!entry(meeting.participants, personId)) return refusal('participants.unknown')
  const on = itemId ?? currentList(meeting)
  if (on !== null && !seesItem(meeting, personId, on)) return refusal('floor.personWithoutAccess')
  if (kind === 'pointOfOrder' && personId !== actorId && !meeting.floor.settings.pointsOfOrderForOthers) return refusal('floor.notForOthers')
  const needed = meeting.floor.settings.presentOnly && !isAdvance(meeting, itemId)
  return needed && !isPresent(meeting, personId) ? refusal('floor.notPresent') : null
}

function kindRefusal(meeting: FloorMeeting, { kind, categoryId }: FloorRequest): Refusal | null {
  const { settings } = meeting.floor
  if (!kindsOffered(meeting).includes(kind)) return refusal('floor.kindDisabled')
  if (kind === 'interposedQuestion' && !runningSpeech(meeting)) return refusal('floor.noSpeech')
  if (categoryId === undefined) return null
  const known = kind === 'pointOfOrder' && settings.categories.some((one) => one.categoryId === categoryId)
  return known ? null : refusal('floor.unknownCategory')
}

/** Answers stand under what waits or is being spoken: not under an answer, nor under what is finished (DOMAIN.md 2.2). */
function answerRefusal(meeting: FloorMeeting, { kind, answersId }: FloorRequest, personId: string | null): Refusal | null {
  if (kind !== 'answer') return answersId === undefined ? null : refusal('floor.notAnswer')
  const answered = answersId === undefined ? undefined : entry(meeting.floorEntries, answersId)
  if (!answered || answered.itemId !== currentList(meeting)) return refusal('floor.unknown')
  if (answered.kind === 'answer') return refusal('floor.answerToAnswer')
  if (answered.status === 'finished' || answered.status === 'withdrawn') return refusal('floor.answerToFinished')
  const again = waitingOf(meeting, personId).some((one) => one.answersId === answersId)
  return again && personId !== null ? refusal('floor.alreadyWaiting') : null
}

/** One waiting entry of a person in each of these, unless several are allowed; points of order always one. */
const families: readonly (readonly EntryKind[])[] = [['speech', 'debate'], ['intervention'], ['interposedQuestion'], ['pointOfOrder']]

function oftenRefusal(meeting: FloorMeeting, { kind, itemId }: FloorRequest, personId: string): Refusal | null {
  const waiting = waitingOf(meeting, personId)
  if (waiting.length >= mostWaitingEach) return refusal('floor.tooManyWaiting', { most: mostWaitingEach })
  const family = families.find((kinds) => kinds.includes(kind))
  if (!family || (kind !== 'pointOfOrder' && meeting.floor.settings.multipleEntries)) return null
  const list = itemId ?? currentList(meeting)
  return waiting.some((one) => one.itemId === list && family.includes(one.kind)) ? refusal('floor.alreadyWaiting') : null
}

/** The entries with which a person waits, on whatever list. */
export function waitingOf(meeting: Pick<FloorMeeting, 'floorEntries'>, personId: string | null): FloorEntry[] {
  return Object.values(meeting.floorEntries).filter((one) => one.status === 'waiting' && one.personId === personId)
}

/** The kinds that the settings allow. */
export function kindsOffered({ floor: { settings } }: Pick<FloorMeeting, 'floor'>): EntryKind[] {
  return entryKinds.filter((kind) => (kind === 'interposedQuestion' ? settings.interposedQuestions : kind === 'intervention' ? settings.interventions : true))
}

/** The speech that a question can interrupt: one that runs, or is interrupted by a question already. */
function runningSpeech(meeting: FloorMeeting): boolean {
  return Object.values(meeting.floorEntries).some(
    (one) => one.itemId === currentList(meeting) && (one.status === 'speaking' || (one.status === 'paused' && one.pausedBecause === 'interposed')),
  )
}
