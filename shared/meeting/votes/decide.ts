import { refusal } from '../../contracts/refusal.ts'
import { isPresent, quorumFigures, votingMembers } from '../attendance/quorum.ts'
import type { Commands, Deciders } from '../command.ts'
import { entry } from '../entities.ts'
import type { NewFact } from '../fact.ts'
import type { MeetingState } from '../state.ts'
import { seesItem } from '../visibility.ts'
import { ballotOf } from './ballots.ts'
import { ruleOf } from './rule.ts'
import { castRefusal, closeRefusal, draftRefusal, openRefusal } from './rules.ts'
import type { RollEntry, Vote } from './state.ts'
import { tally } from './tally.ts'

const mostVotes = 1000

type VoteCommand = Extract<keyof Commands, `votes:${string}`>

export const voteDeciders: Deciders<VoteCommand> = {
  'votes:draft': (state, { itemId, title, preset }, { newId }) => {
    if (!entry(state.items, itemId)) return refusal('agenda.unknownItem')
    if (Object.keys(state.votes).length >= mostVotes) return refusal('votes.tooMany', { most: mostVotes })
    return [{ type: 'vote.drafted', data: { voteId: newId(), itemId, title, rule: ruleOf(preset) } }]
  },

  'votes:change': (state, { voteId, title, preset }) =>
    draftRefusal(state, voteId) ?? [{ type: 'vote.changed', data: { voteId, title, rule: ruleOf(preset) } }],

  'votes:remove': (state, { voteId }) => draftRefusal(state, voteId) ?? [{ type: 'vote.removed', data: { voteId } }],

  'votes:open': (state, { voteId }) => {
    const wrong = openRefusal(state, voteId)
    if (wrong) return wrong
    const { itemId, rule } = state.votes[voteId] as Vote
    const blind = votingMembers(state).some((personId) => !seesItem(state, personId, itemId))
    if (blind) return refusal('votes.memberWithoutAccess')
    const quorum = quorumFigures(state, rule.quorum)
    return [{ type: 'vote.opened', data: { voteId, rule, entitled: votingMembers(state), quorum } }]
  },

  'votes:cast': (state, { voteId, choice }, { personId }) => {
    const vote = entry(state.votes, voteId)
    if (vote && !seesItem(state, personId, vote.itemId)) return refusal('votes.unknown')
    const alreadyCast = vote !== undefined && ballotOf(vote.ballots, personId) !== undefined
    return castRefusal(state, voteId, personId, alreadyCast) ?? [{ type: 'vote.cast', data: { choice, personId, voteId } }]
  },

  'votes:close': (state, { voteId }) => {
    const wrong = closeRefusal(state, voteId)
    if (wrong) return wrong
    return [{ type: 'vote.closed', data: { voteId } }, counted(state, state.votes[voteId] as Vote), { type: 'vote.published', data: { voteId } }]
  },

  'votes:cancel': (state, { voteId, reason }) =>
    closeRefusal(state, voteId) ?? [{ type: 'vote.cancelled', data: { voteId, reason } }],
}

/** The roll as it stands at closing, and the count by the frozen rule. Who cast counts as present. */
function counted(state: MeetingState, vote: Vote): NewFact {
  const roll: RollEntry[] = vote.entitled.map((personId) => {
    const ballot = ballotOf(vote.ballots, personId)
    return { personId, present: ballot !== undefined || isPresent(state, personId), choice: ballot?.choice ?? null }
  })
  const present = roll.filter((one) => one.present).length
  const { needed } = vote.quorumAtOpening ?? { needed: 0 }
  const quorum = { present, members: roll.length, needed, met: present >= needed }
  const chair = Object.values(state.participants).find((one) => one.role === 'chair')
  const chairChoice = roll.find((one) => one.personId === chair?.personId)?.choice ?? null
  return { type: 'vote.counted', data: { voteId: vote.voteId, result: tally(vote.rule, roll, quorum, chairChoice), roll } }
}
