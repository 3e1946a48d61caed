import type { QuorumFigures } from '../attendance/quorum.ts'
import type { VoteRule } from './rule.ts'

/** There is no reset: cancel, then open a new round (DESIGN.md 10). */
export type VoteStatus = 'draft' | 'open' | 'closed' | 'counted' | 'published' | 'cancelled'

/** tán thành, không tán thành, không biểu quyết (a choice, not silence) */
export const choices = ['approve', 'reject', 'abstain'] as const
export type Choice = (typeof choices)[number]

export interface Ballot {
  personId: string
  choice: Choice
  at: number
}

export interface VoteCounts {
  approve: number
  reject: number
  abstain: number
  invalid: number
  /** Entitled and sent nothing. */
  silent: number
}

export interface VoteResult {
  counts: VoteCounts
  totalMembers: number
  /** Entitled and declared present at closing; who cast counts as present. */
  present: number
  cast: number
  valid: number
  /** The number the threshold was taken of, and the smallest number of approvals that is enough. */
  base: number
  needed: number
  passed: boolean
  decidedBy: 'threshold' | 'chairSide'
  quorum: QuorumFigures
}

/** How each entitled person stood when the vote closed: the record that the minutes quote. */
export interface RollEntry {
  personId: string
  present: boolean
  choice: Choice | null
}

/** What every viewer of the item may know of a vote at any time. */
export interface VoteCommon {
  voteId: string
  itemId: string
  title: string
  status: VoteStatus
  rule: VoteRule
  draftedAt: number
  openedAt: number | null
  closedAt: number | null
  /** Entitled list, frozen at opening. */
  entitled: string[]
  quorumAtOpening: QuorumFigures | null
  cancelReason: string | null
}

export interface Vote extends VoteCommon {
  ballots: readonly Ballot[]
  result: VoteResult | null
  roll: RollEntry[] | null
}

/** A vote as one viewer may see it: his own ballot while it runs, result and roll once they are published. */
export interface VoteView extends VoteCommon {
  myBallot: Ballot | null
  result: VoteResult | null
  roll: RollEntry[] | null
}
