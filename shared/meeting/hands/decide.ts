import { refusal } from '../../contracts/refusal.ts'
import type { Commands, Deciders } from '../command.ts'
import { entry } from '../entities.ts'
import type { MeetingState } from '../state.ts'
import { ballotOf } from '../votes/ballots.ts'
import { beginRefusal, confirmRefusal, countable, personsRefusal, totalsOf, totalsRefusal, uncounted, withdrawRefusal } from './rules.ts'
import type { HandCount } from './state.ts'

type HandCommand = Extract<keyof Commands, `hands:${string}`>

export const handDeciders: Deciders<HandCommand> = {
  'hands:begin': (state, { voteId, siteId, channel }, { newId }) => {
    const cast = castIn(state, voteId)
    const personIds = uncounted(state, voteId, siteId, cast)
    return beginRefusal(state, voteId, siteId, cast) ?? [{ type: 'hands.begun', data: { countId: newId(), voteId, siteId, channel, personIds } }]
  },

  'hands:enter': (state, { countId, counts, persons }) => {
    const cast = castIn(state, entry(state.hands, countId)?.voteId)
    if (persons) {
      const personIds = persons.map(({ personId }) => personId)
      return personsRefusal(state, countId, persons, cast) ?? [{ type: 'hands.entered', data: { countId, counts: totalsOf(persons), persons, personIds } }]
    }
    if (!counts) return refusal('hands.notEntered')
    const wrong = totalsRefusal(state, countId, counts, cast)
    if (wrong) return wrong
    const personIds = countable(state, state.hands[countId] as HandCount, cast)
    return [{ type: 'hands.entered', data: { countId, counts, persons: null, personIds } }]
  },

  'hands:confirm': (state, { countId }, { personId }) =>
    confirmRefusal(state, countId, personId, castIn(state, entry(state.hands, countId)?.voteId)) ?? [{ type: 'hands.confirmed', data: { countId } }],

  'hands:withdraw': (state, { countId, reason }) => withdrawRefusal(state, countId) ?? [{ type: 'hands.withdrawn', data: { countId, reason } }],
}

function castIn(state: MeetingState, voteId = ''): (personId: string) => boolean {
  const ballots = entry(state.votes, voteId)?.ballots ?? []
  return (personId) => ballotOf(ballots, personId) !== undefined
}
