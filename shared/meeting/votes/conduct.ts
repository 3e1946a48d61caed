import { refusal, type Refusal } from '../../contracts/refusal.ts'
import { quorumFigures, votingMembers } from '../attendance/quorum.ts'
import type { Context, Deciders } from '../command.ts'
import { entry } from '../entities.ts'
import type { NewFact } from '../fact.ts'
import type { MeetingState } from '../state.ts'
import { seesItem } from '../visibility.ts'
import { accountsForAll, closingQuorum, countedFact, rollOf } from './count.ts'
import { closeRefusal, isRunning, openRefusal, publishRefusal, runningRefusal, sittingOf } from './rules.ts'
import type { Vote, VoteStatus } from './state.ts'

type ConductCommand =
  | 'votes:open' | 'votes:extend' | 'votes:close' | 'votes:closeAll' | 'votes:publish' | 'votes:cancel' | 'votes:count' | 'votes:void'

export const conductDeciders: Deciders<ConductCommand> = {
  'votes:open': (state, { voteId }, context) => {
    const wrong = openRefusal(state, voteId)
    if (wrong) return wrong
    const drafts = sittingOf(state, state.votes[voteId] as Vote)
    const entitled = votingMembers(state)
    if (drafts.some(({ itemId }) => entitled.some((personId) => !seesItem(state, personId, itemId)))) return refusal('votes.memberWithoutAccess')
    if (drafts.some((vote) => vote.method === 'secret' && keyOf(vote, context) === null)) return refusal('votes.noKey')
    return drafts.map((vote) => openedFact(state, vote, entitled, context))
  },

  'votes:extend': (state, { voteId, seconds }, { now }) => {
    const wrong = runningRefusal(state, voteId)
    if (wrong) return wrong
    return sittingOf(state, state.votes[voteId] as Vote)
      .filter(({ status }) => status === 'open')
      .map((vote) => ({ type: 'vote.extended', data: { voteId: vote.voteId, closesAt: Math.max(now, vote.closesAt ?? now) + seconds * 1000 } }))
  },

  'votes:close': (state, { voteId, held = false }, { hub = false, now }) => {
    const wrong = closeRefusal(state, voteId)
    if (wrong) return wrong
    const vote = state.votes[voteId] as Vote
    // The chair may have extended it while the hub was about to close it.
    if (hub && (vote.closesAt === null || vote.closesAt > now)) return refusal('votes.notDue')
    return closing(state, [vote], held)
  },

  'votes:closeAll': (state, { voteId, held = false }) => {
    const wrong = closeRefusal(state, voteId)
    if (wrong) return wrong
    const open = sittingOf(state, state.votes[voteId] as Vote).filter((vote) => vote.status === 'open')
    return firstRefusal(open, (vote) => closeRefusal(state, vote.voteId)) ?? closing(state, open, held)
  },

  'votes:publish': (state, { voteId }) => {
    const wrong = publishRefusal(state, voteId)
    if (wrong) return wrong
    return sittingOf(state, state.votes[voteId] as Vote).filter((vote) => vote.status === 'counted').map(publishedFact)
  },

  'votes:cancel': (state, { voteId, reason }) =>
    runningRefusal(state, voteId) ?? [
      { type: 'vote.cancelled', data: { voteId, reason, by: 'chair' } },
      ...publishing(state, new Map([[voteId, 'cancelled']])),
    ],

  'votes:count': (state, { voteId }, { opened }) => {
    const vote = entry(state.votes, voteId)
    if (!vote) return refusal('votes.unknown')
    if (vote.status !== 'closed' || !vote.quorumAtClosing) return refusal('votes.notClosed')
    const ballots = opened?.[voteId]
    if (!ballots || !accountsForAll(vote, ballots)) return refusal('votes.notAllOpened')
    return [countedFact(state, vote, rollOf(state, vote), vote.quorumAtClosing, ballots), ...publishing(state, new Map([[voteId, 'counted']]))]
  },

  'votes:void': (state, { voteId }) => {
    const vote = entry(state.votes, voteId)
    if (!vote) return refusal('votes.unknown')
    if (vote.method !== 'secret' || !isRunning(vote)) return refusal('votes.notOpen')
    return [{ type: 'vote.cancelled', data: { voteId, reason: '', by: 'keyLost' } }, ...publishing(state, new Map([[voteId, 'cancelled']]))]
  },
}

function keyOf({ voteId }: Vote, { publicKeys }: Context): string | null {
  return (publicKeys && entry(publicKeys, voteId)) ?? null
}

function openedFact(state: MeetingState, vote: Vote, entitled: string[], context: Context): NewFact {
  const { voteId, rule, method, closesAfterSeconds } = vote
  const closesAt = closesAfterSeconds === null ? null : context.now + closesAfterSeconds * 1000
  const publicKey = method === 'secret' ? keyOf(vote, context) : null
  return { type: 'vote.opened', data: { voteId, rule, entitled, quorum: quorumFigures(state, rule.quorum), closesAt, publicKey } }
}

/** Named votes are counted at once; the sealed ballots of secret ones have to be opened first, outside of here. */
function closing(state: MeetingState, votes: readonly Vote[], held: boolean): NewFact[] {
  const facts: NewFact[] = []
  const status = new Map<string, VoteStatus>()
  for (const vote of votes) {
    const roll = rollOf(state, vote)
    const quorum = closingQuorum(vote, roll)
    facts.push({ type: 'vote.closed', data: { voteId: vote.voteId, quorum, held } })
    if (vote.method === 'named') facts.push(countedFact(state, vote, roll, quorum, null))
    status.set(vote.voteId, vote.method === 'named' ? 'counted' : 'closed')
  }
  return held ? facts : [...facts, ...publishing(state, status)]
}

/** The results that become public when these votes of one sitting have come so far: all of them, when none runs any more and none is held. */
function publishing(state: MeetingState, reached: ReadonlyMap<string, VoteStatus>): NewFact[] {
  const [voteId = ''] = reached.keys()
  const sitting = sittingOf(state, state.votes[voteId] as Vote).map((vote) => ({ ...vote, status: reached.get(vote.voteId) ?? vote.status }))
  if (sitting.some((vote) => isRunning(vote) || (vote.status === 'counted' && vote.held))) return []
  return sitting.filter((vote) => vote.status === 'counted').map(publishedFact)
}

function publishedFact({ voteId }: Pick<Vote, 'voteId'>): NewFact {
  return { type: 'vote.published', data: { voteId } }
}

function firstRefusal<T>(list: readonly T[], wrong: (one: T) => Refusal | null): Refusal | null {
  for (const one of list) {
    const found = wrong(one)
    if (found) return found
  }
  return null
}
