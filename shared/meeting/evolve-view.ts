import { applyDifference } from './difference.ts'
import { entry, withChange } from './entities.ts'
import { evolveCommon } from './evolve.ts'
import type { VisibleFact } from './fact.ts'
import type { Frame, ViewFact } from './frame.ts'
import type { MeetingView } from './view.ts'
import { ballotFrom, evolveVoteCommon, ownBallot } from './votes/evolve.ts'
import { isBallot } from './votes/facts.ts'
import type { VoteView } from './votes/state.ts'

/** The view after one fact that its viewer was told. */
export function evolveView(view: MeetingView, fact: ViewFact): MeetingView {
  if (fact.type === 'view.revealed') return { ...applyDifference(view, { revealed: fact.data, withdrawn: null }), seq: fact.seq }
  if (fact.type === 'view.withdrawn') return { ...applyDifference(view, { revealed: null, withdrawn: fact.data }), seq: fact.seq }
  return { ...evolveCommon(view, fact), me: view.me, pause: view.pause, votes: evolveVoteViews(view.votes, fact) }
}

/** The view after a frame; null when the frame does not join on and the client has to ask for what is missing. */
export function applyFrame(view: MeetingView, frame: Frame): MeetingView | null {
  if (frame.from > view.seq + 1) return null
  if (frame.to <= view.seq) return view
  const known = view.seq
  const next = frame.facts.filter((fact) => fact.seq > known).reduce(evolveView, view)
  return { ...next, seq: frame.to }
}

function evolveVoteViews(votes: Record<string, VoteView>, fact: VisibleFact): Record<string, VoteView> {
  const next = evolveVoteCommon<VoteView>(votes, fact, (vote) => ({ ...vote, myBallot: null, result: null, roll: null }))
  return isBallot(fact) && entry(next, fact.data.voteId) ? withChange(next, fact.data.voteId, { myBallot: ownBallot(ballotFrom(fact)) }) : next
}
