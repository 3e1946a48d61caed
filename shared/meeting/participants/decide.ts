import type { Deciders } from '../command.ts'
import { entry } from '../entities.ts'
import type { NewFact } from '../fact.ts'
import { voteReturned } from '../invitations/decide.ts'
import { standInVoteRefusal, standsInFor } from '../invitations/rules.ts'
import type { MeetingState } from '../state.ts'
import { floorWithout } from '../floor/changes.ts'
import { changeRefusal, participantsRefusal } from './rules.ts'

export const participantDeciders: Deciders<'participants:invite' | 'participants:change' | 'participants:remove'> = {
  'participants:invite': (state, { participants }) =>
    participantsRefusal(state.participants, state.details.siteIds, participants) ??
    participants.map((one): NewFact => ({ type: 'participant.invited', data: one })),

  'participants:change': (state, participant) =>
    changeRefusal(state.participants, state.details.siteIds, participant.personId, participant) ?? standInVoteRefusal(state, participant) ?? [
      { type: 'participant.changed', data: participant },
    ],

  'participants:remove': (state, { personId }) =>
    changeRefusal(state.participants, state.details.siteIds, personId, null) ?? [
      // Nobody could turn the page any more.
      ...(state.presentation?.presenterId === personId ? [{ type: 'presentation.ended', data: {} } satisfies NewFact] : []),
      ...floorWithout(state, personId),
      { type: 'participant.removed', data: { personId } },
      ...substitutionEnded(state, personId),
    ],
}

/** A stand-in who leaves the list no longer stands in: the member's vote is his own again. */
function substitutionEnded(state: MeetingState, personId: string): NewFact[] {
  const memberId = standsInFor(state, personId)
  const substitute = entry(state.participants, personId)
  if (!memberId || !substitute) return []
  return [{ type: 'invitation.decided', data: { personId: memberId, agreed: false, note: null } }, ...voteReturned(state, memberId, substitute)]
}
