import type { QuorumFigures } from '../attendance/quorum.ts'
import type { Choice, VoteMatter, VoteMethod } from './matter.ts'
import type { Result, RollEntry } from './result.ts'
import type { VoteRule } from './rule.ts'

/** What is settled while a vote is a draft. */
export interface VoteText {
  voteId: string
  title: string
  method: VoteMethod
  matter: VoteMatter
  rule: VoteRule
  sittingId: string | null
  closesAfterSeconds: number | null
}

export interface VoteFacts {
  'vote.drafted': VoteText & { itemId: string }
  'vote.changed': VoteText
  'vote.removed': { voteId: string }
  'vote.opened': { voteId: string; rule: VoteRule; entitled: string[]; quorum: QuorumFigures; closesAt: number | null; publicKey: string | null }
  'vote.extended': { voteId: string; closesAt: number }
  /** A named ballot; where the rule lets ballots be changed, a person's last one counts. */
  'vote.cast': { voteId: string; personId: string } & ({ choice: Choice } | { chosen: string[] })
  /** Who voted and his sealed ballot: one fact, so that neither is ever there without the other. */
  'vote.sealed': { voteId: string; personId: string; sealed: string }
  'vote.closed': { voteId: string; quorum: QuorumFigures | null; held: boolean }
  'vote.counted': { voteId: string; result: Result; roll: RollEntry[] }
  'vote.published': { voteId: string }
  'vote.cancelled': { voteId: string; reason: string; by: 'chair' | 'keyLost' }
}

/** A fact that is told to nobody but the voter. */
export function isBallot<F extends { type: string }>(fact: F): fact is Extract<F, { type: 'vote.cast' | 'vote.sealed' }> {
  return fact.type === 'vote.cast' || fact.type === 'vote.sealed'
}
