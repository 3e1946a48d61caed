import type { QuorumFigures } from '../attendance/quorum.ts'
import type { Choice, VoteMatter, VoteMethod } from './matter.ts'
import type { Result, RollEntry } from './result.ts'
import type { PackedRoll } from './roll.ts'
import type { VoteRule } from './rule.ts'

/** There is no reset: cancel, then open a new round (DESIGN.md 10). */
export type VoteStatus = 'draft' | 'open' | 'closed' | 'counted' | 'published' | 'cancelled'

interface CastBallot {
  personId: string
  at: number
}
export interface QuestionBallot extends CastBallot {
  choice: Choice
}
export interface ElectionBallot extends CastBallot {
  /** Candidate ids; none: abstained. */
  chosen: string[]
}
/** What it says is known to nobody until all are opened together. Null: not told, or opened and thrown away. */
export interface SealedBallot extends CastBallot {
  sealed: string | null
}
export type Ballot = QuestionBallot | ElectionBallot | SealedBallot

/** What every viewer of the item may know of a vote at any time. */
export interface VoteCommon {
  voteId: string
  itemId: string
  title: string
  method: VoteMethod
  matter: VoteMatter
  status: VoteStatus
  rule: VoteRule
  /** Votes of one item with the same sitting (đợt biểu quyết) open together, and their results are published together. */
  sittingId: string | null
  /** How long it is to stay open, seconds; null: until somebody closes it. */
  closesAfterSeconds: number | null
  draftedAt: number
  openedAt: number | null
  /** When the hub closes it by itself, hub time; null: nobody but the chair does. */
  closesAt: number | null
  closedAt: number | null
  /** Entitled list, frozen at opening. */
  entitled: string[]
  quorumAtOpening: QuorumFigures | null
  quorumAtClosing: QuorumFigures | null
  /** Of a secret vote, from its opening: what ballots are sealed to. */
  publicKey: string | null
  /** The result waits for somebody to publish it. */
  held: boolean
  cancelReason: string | null
  /** 'keyLost': the hub had to void it, since its key was gone. */
  cancelledBy: 'chair' | 'keyLost' | null
}

export interface Vote extends VoteCommon {
  /** In the order in which they were first cast; a changed ballot stands in the place of the first. */
  ballots: readonly Ballot[]
  result: Result | null
  roll: RollEntry[] | null
}

/** A vote as one viewer may see it: his own ballot while it runs, result and roll once they are published. */
export interface VoteView extends VoteCommon {
  myBallot: Ballot | null
  result: Result | null
  roll: PackedRoll | null
}
