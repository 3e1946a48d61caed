import { refusal } from '../../contracts/refusal.ts'
import type { Deciders } from '../command.ts'
import { entry } from '../entities.ts'
import { statusRefusal } from '../lifecycle/rules.ts'
import type { MeetingState } from '../state.ts'
import { seesItem } from '../visibility.ts'

export const presentationDeciders: Deciders<'presentation:start' | 'presentation:handOver' | 'presentation:end'> = {
  'presentation:start': (state, { paperId, presenterId }, context) => {
    const wrong = statusRefusal(state, 'inSession')
    if (wrong) return wrong
    const paper = entry(state.papers, paperId)
    if (!paper || !seesItem(state, context.personId, paper.itemId)) return refusal('papers.unknown')
    const presenter = presenterId ?? context.personId
    const unfit = presenterRefusal(state, presenter, paper.itemId)
    if (unfit) return unfit
    if (state.presentation?.paperId === paperId && state.presentation.presenterId === presenter) {
      return refusal('presentation.unchanged')
    }
    return [{ type: 'presentation.started', data: { paperId, itemId: paper.itemId, presenterId: presenter } }]
  },

  'presentation:handOver': (state, { presenterId }) => {
    if (!state.presentation) return refusal('presentation.none')
    if (state.presentation.presenterId === presenterId) return refusal('presentation.unchanged')
    return (
      presenterRefusal(state, presenterId, state.presentation.itemId) ?? [
        { type: 'presentation.handedOver', data: { presenterId } },
      ]
    )
  },

  'presentation:end': (state) => (state.presentation ? [{ type: 'presentation.ended', data: {} }] : refusal('presentation.none')),
}

function presenterRefusal(state: MeetingState, personId: string, itemId: string) {
  if (!entry(state.participants, personId)) return refusal('participants.unknown')
  return seesItem(state, personId, itemId) ? null : refusal('presentation.presenterWithoutAccess')
}
