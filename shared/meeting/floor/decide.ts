import { refusal } from '../../contracts/refusal.ts'
import type { Commands, Deciders, Decision } from '../command.ts'
import type { NewFact } from '../fact.ts'
import type { MeetingState } from '../state.ts'
import { statusRefusal } from '../lifecycle/rules.ts'
import { seesItem } from '../visibility.ts'
import { groupRemainingMs, limitFor } from './clock.ts'
import {
  addTimeRefusal, displaced, endRefusal, extendRefusal, giveRefusal, groupsRefusal, inviteRefusal, moveRefusal, pauseRefusal, readdRefusal,
  resumeRefusal, withdrawRefusal,
} from './conduct.ts'
import { blockOf, currentList, interposes, placeFor, placesBehind, rankAt, waitingOn } from './order.ts'
import { askerOf, isAdvance, requestRefusal, waitingOf } from './rules.ts'
import type { FloorEntry, FloorGroup } from './state.ts'
import { firstInTurn, groupOf, siteOf, speaking } from './turn.ts'
import { ended, pausedForConnection, withdrawals } from './changes.ts'

type FloorCommand = Extract<keyof Commands, `floor:${string}`>

export const floorDeciders: Deciders<FloorCommand> = {
  'floor:request': (state, request, { personId: actorId, newId }) => {
    const wrong = requestRefusal(state, request, actorId)
    if (wrong) return wrong
    const { personId, siteId } = askerOf(request, actorId)
    const itemId = request.itemId ?? currentList(state)
    const asked = {
      kind: request.kind,
      itemId,
      personId,
      siteId: personId === null ? siteId : siteOf(state, personId),
      groupId: personId === null ? null : groupOf(state, personId),
      categoryId: request.categoryId ?? null,
      note: request.note?.trim() || null,
      stance: request.stance ?? null,
      contribution: request.contribution ?? false,
      answersId: request.answersId ?? null,
      advance: isAdvance(state, request.itemId),
    }
    const waiting = waitingOn(state.floorEntries, itemId)
    const rank = rankAt(waiting, placeFor(state.floorEntries, state.floor.settings, waiting, asked))
    return [{ type: 'floor.requested', data: { ...asked, entryId: newId(), rank } }]
  },

  'floor:withdraw': (state, data, { personId }) => {
    const wrong = withdrawRefusal(state, data, personId)
    if (wrong) return wrong
    const own = data.entryId === undefined
    const gone = own ? waitingOf(state, personId) : [state.floorEntries[data.entryId as string] as FloorEntry]
    return withdrawals(state, gone, gone.every((one) => one.personId === personId) ? 'self' : 'removed', data.reason ?? null)
  },

  'floor:move': (state, { entryId, afterId, reason }) => {
    const wrong = moveRefusal(state, entryId)
    if (wrong) return wrong
    const waiting = waitingOn(state.floorEntries, (state.floorEntries[entryId] as FloorEntry).itemId)
    const places = placesBehind(waiting, blockOf(waiting, entryId), afterId)
    return places ? [{ type: 'floor.moved', data: { entryId, places, reason } }] : refusal('floor.orderChanged')
  },

  'floor:give': (state, { entryId, reason }, { now }) =>
    giveRefusal(state, entryId, reason) ?? given(state, state.floorEntries[entryId] as FloorEntry, now, firstInTurn(state)?.entryId === entryId ? null : (reason ?? null)),

  'floor:invite': (state, invited, { now, personId: actorId, newId }) => {
    const wrong = inviteRefusal(state, invited, actorId)
    if (wrong) return wrong
    const { personId, siteId } = askerOf(invited, actorId)
    const itemId = currentList(state)
    if (personId !== null && itemId !== null && !seesItem(state, personId, itemId)) return refusal('floor.personWithoutAccess')
    const asked = {
      kind: 'speech', itemId, personId, siteId: personId === null ? siteId : siteOf(state, personId), groupId: personId === null ? null : groupOf(state, personId),
      categoryId: null, note: null, stance: null, contribution: false, answersId: null, advance: false,
    } as const
    const entryId = newId()
    const rank = rankAt(waitingOn(state.floorEntries, itemId), 0)
    return [
      { type: 'floor.requested', data: { ...asked, entryId, rank } },
      ...given(state, { ...asked, entryId }, now, firstInTurn(state) ? (invited.reason ?? null) : null),
    ]
  },

  'floor:pause': (state, { entryId, connection }, { now }) =>
    pauseRefusal(state, entryId) ??
    (connection ? pausedForConnection(state, entryId, now) : [{ type: 'floor.paused', data: { entryId, because: 'chair', heldUntil: null } }]),

  'floor:resume': (state, { entryId }) => {
    const wrong = resumeRefusal(state, entryId)
    if (wrong) return wrong
    const question = speaking(state)
    return [...(question ? [ended(question)] : []), { type: 'floor.resumed', data: { entryId } }]
  },

  'floor:end': (state, { entryId }) => endRefusal(state, entryId) ?? [{ type: 'floor.ended', data: { entryId } }],

  'floor:extend': (state, data) => extendRefusal(state, data.entryId) ?? [{ type: 'floor.extended', data }],

  'floor:readd': (state, { entryId }) =>
    readdRefusal(state, entryId) ?? [{ type: 'floor.readded', data: { entryId, rank: rankAt(waitingOn(state.floorEntries, currentList(state)), 0) } }],

  'floor:open': (state) => listRefusal(state, true) ?? [{ type: 'floor.opened', data: {} }],
  'floor:close': (state) => listRefusal(state, false) ?? [{ type: 'floor.closed', data: {} }],

  'floor:configure': (_state, change) => {
    const ids = change.categories?.map((category) => category.categoryId) ?? []
    return new Set(ids).size < ids.length ? refusal('floor.unknownCategory') : [{ type: 'floor.configured', data: change }]
  },

  'floor:setGroups': (state, data) => groupsRefusal(state, data) ?? [{ type: 'floor.groupsSet', data }],

  'floor:addTime': (state, { groupId }, { now }) =>
    addTimeRefusal(state, groupId, now) ?? [
      { type: 'floor.timeAdded', data: { groupId, milliseconds: -groupRemainingMs(state.floor.groups[groupId] as FloorGroup, state.floorEntries, now) } },
    ],
}

function listRefusal(state: MeetingState, open: boolean) {
  const wrong = statusRefusal(state, 'scheduled', 'inSession', 'recess')
  if (wrong) return wrong
  return state.floor.open === open ? refusal(open ? 'floor.alreadyOpen' : 'floor.alreadyClosed') : null
}

type Given = Pick<FloorEntry, 'entryId' | 'kind' | 'itemId' | 'personId' | 'siteId' | 'answersId' | 'advance' | 'categoryId'>

function given(state: MeetingState, one: Given, now: number, reason: string | null): Exclude<Decision, { code: unknown }> {
  const { ends, pauses } = displaced(state, interposes(state.floorEntries, one), now)
  const siteId = one.personId === null ? one.siteId : siteOf(state, one.personId)
  const waiting = waitingOn(state.floorEntries, one.itemId)
  const answers = reason === null ? [] : blockOf(waiting, one.entryId).slice(1)
  const places = placesBehind(waiting, answers, null) ?? []
  return [
    ...ends.map(ended),
    // Called out of turn, it takes the answers under it along.
    ...(answers[0] && reason !== null ? [{ type: 'floor.moved', data: { entryId: answers[0].entryId, places, reason } } satisfies NewFact] : []),
    ...pauses.map(({ entryId }): NewFact => ({ type: 'floor.paused', data: { entryId, because: 'interposed', heldUntil: null } })),
    { type: 'floor.given', data: { entryId: one.entryId, siteId, limitSeconds: limitFor(state, one), reason } },
  ]
}
