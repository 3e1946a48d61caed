import type { Deciders } from '../command.ts'
import type { NewFact } from '../fact.ts'
import { floorWithout } from '../floor/changes.ts'
import { changeRefusal, participantsRefusal } from './rules.ts'

export const participantDeciders: Deciders<'participants:invite' | 'participants:change' | 'participants:remove'> = {
  'participants:invite': (state, { participants }) =>
    participantsRefusal(state.participants, state.details.siteIds, participants) ??
    participants.map((one): NewFact => ({ type: 'participant.invited', data: one })),

  'participants:change': (state, participant) =>
    changeRefusal(state.participants, state.details.siteIds, participant.personId, participant) ?? [
      { type: 'participant.changed', data: participant },
    ],

  'participants:remove': (state, { personId }) =>
    changeRefusal(state.participants, state.details.siteIds, personId, null) ?? [
      // Nobody could turn the page any more.
      ...(state.presentation?.presenterId === personId ? [{ type: 'presentation.ended', data: {} } satisfies NewFact] : []),
      ...floorWithout(state, personId),
      { type: 'participant.removed', data: { personId } },
    ],
}
