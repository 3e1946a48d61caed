import { refusal, type Refusal } from '../../contracts/refusal.ts'
import { currentItem, lineage } from '../agenda/tree.ts'
import { bodyQuorumFigures, quorumChecked } from '../attendance/checked.ts'
import type { Deciders } from '../command.ts'
import type { NewFact } from '../fact.ts'
import { floorAtEnd, floorAtRecess, floorListBegins } from '../floor/changes.ts'
import { participantsRefusal } from '../participants/rules.ts'
import { holdEnds } from '../presentation/decide.ts'
import { openVote, unpublishedVote } from '../votes/rules.ts'
import { detailsRefusal, publishRefusal, statusRefusal } from './rules.ts'

type LifecycleCommand = Extract<keyof typeof import('./commands.ts').lifecycleCommands, string>

export const lifecycleDeciders: Deciders<LifecycleCommand> = {
  'meeting:create': (_state, { participants, ...details }) => {
    const wrong = detailsRefusal(details, {}) ?? participantsRefusal({}, details.siteIds, participants)
    if (wrong) return wrong
    return [
      { type: 'meeting.created', data: details },
      ...participants.map((one): NewFact => ({ type: 'participant.invited', data: one })),
    ]
  },

  'meeting:change': (state, change) =>
    detailsRefusal({ ...state.details, ...change }, state.participants) ?? [{ type: 'meeting.changed', data: change }],

  'meeting:publish': (state) => publishRefusal(state) ?? [{ type: 'meeting.published', data: {} }],

  'meeting:cancel': (state, { reason }) =>
    statusRefusal(state, 'draft', 'scheduled') ?? [{ type: 'meeting.cancelled', data: { reason } }],

  'meeting:open': (state) => {
    const wrong = statusRefusal(state, 'scheduled')
    if (wrong) return wrong
    // Below the quorum the meeting may begin and talk; that it began so is on record, and formal votes stay blocked (DOMAIN.md 2.6).
    const { present, members } = bodyQuorumFigures(state)
    return [{ type: 'meeting.opened', data: { present, members } }, quorumChecked(state, 'opening'), ...floorListBegins(state)]
  },

  'meeting:recess': (state) =>
    statusRefusal(state, 'inSession') ?? voteRunning(state) ?? [...floorAtRecess(state), ...holdEnds(state), { type: 'meeting.recessed', data: {} }],

  'meeting:resume': (state) => statusRefusal(state, 'recess') ?? [{ type: 'meeting.resumed', data: {} }],

  'meeting:end': (state) => {
    const wrong = statusRefusal(state, 'inSession', 'recess') ?? voteRunning(state) ?? resultMissing(state)
    if (wrong) return wrong
    const current = currentItem(state.items)
    const finished = current ? lineage(state.items, current.itemId).filter((item) => item.status === 'current') : []
    return [
      ...floorAtEnd(state),
      ...(state.presentation ? [{ type: 'presentation.ended', data: {} } satisfies NewFact] : []),
      ...finished.map((item): NewFact => ({ type: 'agenda.itemFinished', data: { itemId: item.itemId } })),
      { type: 'meeting.ended', data: {} },
    ]
  },
}

function voteRunning(state: Parameters<typeof openVote>[0]): Refusal | null {
  const vote = openVote(state)
  return vote ? refusal('meeting.voteOpen', { title: vote.title }) : null
}

/** An ended meeting is a record: a result that is not in it by then would never be. */
function resultMissing(state: Parameters<typeof unpublishedVote>[0]): Refusal | null {
  const vote = unpublishedVote(state)
  return vote ? refusal('meeting.voteUnpublished', { title: vote.title }) : null
}
