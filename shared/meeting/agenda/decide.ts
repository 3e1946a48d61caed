import { refusal } from '../../contracts/refusal.ts'
import type { Commands, Deciders } from '../command.ts'
import { entry } from '../entities.ts'
import type { NewFact } from '../fact.ts'
import { floorAtItems, floorWithoutItem } from '../floor/changes.ts'
import { papersOf } from '../papers/order.ts'
import type { MeetingState } from '../state.ts'
import { addRefusal, entering, finishing, finishRefusal, leaving, moveRefusal, removeRefusal, startRefusal, textRefusal } from './rules.ts'
import { rankBehind } from './rank.ts'
import { childrenOf, subtree } from './tree.ts'

type AgendaCommand = Extract<keyof Commands, `agenda:${string}`>

const finished = (itemId: string): NewFact => ({ type: 'agenda.itemFinished', data: { itemId } })

export const agendaDeciders: Deciders<AgendaCommand> = {
  'agenda:addItem': (state, { afterId, parentId, ownerIds = [], papersDue = null, ...given }, { newId }) => {
    const text = { ...given, ownerIds, papersDue }
    const wrong = addRefusal(state, parentId) ?? textRefusal(state, text)
    if (wrong) return wrong
    const rank = rankBehind(siblings(state, parentId), afterId)
    if (rank === null) return refusal('agenda.notSibling')
    return [{ type: 'agenda.itemAdded', data: { ...text, itemId: newId(), parentId, rank } }]
  },

  'agenda:changeItem': (state, change) => {
    const item = entry(state.items, change.itemId)
    if (!item) return refusal('agenda.unknownItem')
    return textRefusal(state, change, item) ?? [{ type: 'agenda.itemChanged', data: change }]
  },

  'agenda:moveItem': (state, { itemId, parentId, afterId }) => {
    const wrong = moveRefusal(state, itemId, parentId)
    if (wrong) return wrong
    const rank = rankBehind(siblings(state, parentId).filter(({ id }) => id !== itemId), afterId)
    if (rank === null) return refusal('agenda.notSibling')
    return [{ type: 'agenda.itemMoved', data: { itemId, parentId, rank } }]
  },

  'agenda:removeItem': (state, { itemId }) =>
    removeRefusal(state, itemId) ?? subtree(state.items, itemId).flatMap((item) => removed(state, item.itemId)),

  'agenda:startItem': (state, { itemId, waiting }) =>
    startRefusal(state, itemId) ?? [
      ...floorAtItems(state, leaving(state, itemId), entering(state, itemId), waiting),
      ...presentationEnds(state, leaving(state, itemId)),
      ...leaving(state, itemId).map(finished),
      ...entering(state, itemId).map((id): NewFact => ({ type: 'agenda.itemStarted', data: { itemId: id } })),
    ],

  'agenda:finishItem': (state, { itemId, waiting }) =>
    finishRefusal(state, itemId) ?? [
      ...floorAtItems(state, finishing(state, itemId), [], waiting),
      ...presentationEnds(state, finishing(state, itemId)),
      ...finishing(state, itemId).map(finished),
    ],
}

function siblings(state: MeetingState, parentId: string | null) {
  return childrenOf(state.items, parentId).map((item) => ({ id: item.itemId, rank: item.rank }))
}

/** What hangs on an item goes before it, so that no fact ever points at nothing. */
function removed(state: MeetingState, itemId: string): NewFact[] {
  return [
    ...papersOf(state.papers, itemId).map(({ paperId }): NewFact => ({ type: 'paper.detached', data: { paperId } })),
    ...floorWithoutItem(state, itemId),
    ...Object.values(state.votes)
      .filter((vote) => vote.itemId === itemId)
      .map(({ voteId }): NewFact => ({ type: 'vote.removed', data: { voteId } })),
    { type: 'agenda.itemRemoved', data: { itemId } },
  ]
}

function presentationEnds(state: MeetingState, itemIds: string[]): NewFact[] {
  return state.presentation && itemIds.includes(state.presentation.itemId) ? [{ type: 'presentation.ended', data: {} }] : []
}
