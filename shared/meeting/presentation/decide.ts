import { refusal } from '../../contracts/refusal.ts'
import type { Deciders } from '../command.ts'
import { entry } from '../entities.ts'
import type { NewFact } from '../fact.ts'
import { statusRefusal } from '../lifecycle/rules.ts'
import type { MeetingState } from '../state.ts'
import type { Paper } from '../papers/state.ts'
import { seesPaper } from '../papers/visibility.ts'
import { holdNotice, holdPhase } from './hold.ts'

export const presentationDeciders: Deciders<'presentation:start' | 'presentation:handOver' | 'presentation:end' | 'presentation:hold' | 'presentation:release'> = {
  'presentation:start': (state, { paperId, presenterId }, context) => {
    const wrong = statusRefusal(state, 'inSession')
    if (wrong) return wrong
    const paper = entry(state.papers, paperId)
    if (!paper || !seesPaper(state, context.personId, paper)) return refusal('papers.unknown')
    if (paper.status !== 'approved') return refusal('papers.notApproved')
    const presenter = presenterId ?? context.personId
    const unfit = presenterRefusal(state, presenter, paper)
    if (unfit) return unfit
    const { version } = paper
    const shown = state.presentation
    if (shown?.paperId === paperId && shown.version === version && shown.presenterId === presenter) return refusal('presentation.unchanged')
    return [{ type: 'presentation.started', data: { paperId, version, itemId: paper.itemId, presenterId: presenter } }]
  },

  'presentation:handOver': (state, { presenterId }, context) => {
    const shown = shownTo(state, context.personId)
    if (!shown) return refusal('presentation.none')
    if (shown.presenterId === presenterId) return refusal('presentation.unchanged')
    return (
      presenterRefusal(state, presenterId, entry(state.papers, shown.paperId)) ?? [
        { type: 'presentation.handedOver', data: { presenterId } },
      ]
    )
  },

  'presentation:end': (state, _nothing, { personId }) => (shownTo(state, personId) ? [{ type: 'presentation.ended', data: {} }] : refusal('presentation.none')),

  'presentation:hold': (state, { minutes }, { personId, now }) => {
    const wrong = statusRefusal(state, 'inSession')
    if (wrong) return wrong
    const shown = shownTo(state, personId)
    if (!shown) return refusal('presentation.none')
    if (holdPhase(shown.hold, now) !== 'none') return refusal('presentation.held')
    const from = now + holdNotice
    return [{ type: 'presentation.held', data: { from, until: from + minutes * 60_000 } }]
  },

  'presentation:release': (state, _nothing, { personId, hub = false, now }) => {
    const shown = hub ? state.presentation : shownTo(state, personId)
    if (!shown) return refusal('presentation.none')
    if (!shown.hold) return refusal('presentation.notHeld')
    // A timer that is early by a moment must not cut short what people were told.
    if (hub && now < shown.hold.until) return refusal('presentation.held')
    return holdEnds(state)
  },
}

/** What ends a hold that there is: nobody is kept at a page while the meeting rests. */
export function holdEnds(state: MeetingState): NewFact[] {
  return state.presentation?.hold ? [{ type: 'presentation.released', data: {} }] : []
}

/** What is being presented, as far as this person may know of it: whoever leads an item may not lead what he may not see. */
function shownTo(state: MeetingState, personId: string) {
  const paper = state.presentation && entry(state.papers, state.presentation.paperId)
  return paper && seesPaper(state, personId, paper) ? state.presentation : null
}

function presenterRefusal(state: MeetingState, personId: string, paper: Paper | undefined) {
  if (!entry(state.participants, personId)) return refusal('participants.unknown')
  return paper && seesPaper(state, personId, paper) ? null : refusal('presentation.presenterWithoutAccess')
}
