import { currentItem } from './agenda/tree.ts'
import type { Audience, Viewer } from './audience.ts'
import { toldToAll } from './hands/evolve.ts'
import type { HandCount } from './hands/state.ts'
import { openInvitations } from './invitations/view.ts'
import { floorEntriesOf } from './floor/view.ts'
import { commentsSeen, sharesSeen } from './marks/view.ts'
import { papersFor, receiptsFor, seesPresented } from './papers/view.ts'
import { entry, mapValues } from './entities.ts'
import type { MeetingCommon, MeetingState } from './state.ts'
import { ballotOf } from './votes/ballots.ts'
import { ownBallot } from './votes/evolve.ts'
import { packRoll } from './votes/roll.ts'
import type { Vote, VoteView } from './votes/state.ts'

/** What one viewer may know of the meeting. A client folds it with `evolveView` from the frames it receives. */
export interface MeetingView extends MeetingCommon {
  me: Viewer
  /** An item is on, or a paper is shown, that this viewer may not know of: a neutral pause screen. */
  pause: boolean
  votes: Record<string, VoteView>
}

/** The view of one member of `audience`, from scratch. */
export function viewOf(state: MeetingState, audience: Audience, viewer: Viewer): MeetingView {
  const { votes, ...common } = state
  const current = currentItem(state.items)
  return {
    ...common,
    me: viewer,
    pause: (current !== null && !audience.sees(current.itemId)) || !seesPresented(state, audience),
    invitations: audience.leader ? state.invitations : openInvitations(state.invitations),
    items: keep(state.items, (item) => audience.sees(item.itemId)),
    papers: papersFor(state.papers, audience),
    receipts: receiptsFor(state, audience),
    presentation: seesPresented(state, audience) ? state.presentation : null,
    floorEntries: floorEntriesOf(state, audience, viewer),
    hands: handsSeen(state, audience),
    markShares: sharesSeen(state, audience, viewer),
    comments: commentsSeen(state, audience, viewer),
    votes: Object.fromEntries(
      Object.values(votes)
        .filter((vote) => seesVote(audience, vote))
        .map((vote) => [vote.voteId, voteView(vote, viewer)]),
    ),
  }
}

export function seesVote(audience: Audience, vote: Vote): boolean {
  return audience.sees(vote.itemId) && (audience.leader || vote.status !== 'draft')
}

/** Counts by hand go with their vote. What was counted is its result's, and until then nobody's but theirs who conduct the vote. */
function handsSeen({ hands, votes }: MeetingState, audience: Audience): Record<string, HandCount> {
  const seen = keep(hands, ({ voteId }) => {
    const vote = entry(votes, voteId)
    return vote !== undefined && seesVote(audience, vote)
  })
  return audience.leader ? seen : mapValues(seen, toldToAll)
}

/** Views of votes without anybody's ballot. Votes are immutable, so a difference of views finds the same object. */
const sharedViews = new WeakMap<Vote, VoteView>()

function voteView(vote: Vote, viewer: Viewer): VoteView {
  let shared = sharedViews.get(vote)
  if (!shared) sharedViews.set(vote, (shared = withoutBallots(vote)))
  const myBallot = viewer.projector ? undefined : ballotOf(vote.ballots, viewer.personId)
  return myBallot ? { ...shared, myBallot: ownBallot(myBallot) } : shared
}

/** A result is nobody's before it is published, the chair's neither: others of its sitting may still be voted on. */
function withoutBallots({ ballots: _ballots, ...vote }: Vote): VoteView {
  const told = vote.status === 'published'
  return { ...vote, myBallot: null, result: told ? vote.result : null, roll: told && vote.roll ? packRoll(vote.roll) : null }
}

function keep<T>(map: Record<string, T>, wanted: (value: T) => boolean): Record<string, T> {
  return Object.fromEntries(Object.entries(map).filter(([, value]) => wanted(value)))
}
