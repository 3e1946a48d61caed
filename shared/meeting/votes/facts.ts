import type { QuorumFigures } from '../attendance/quorum.ts'
import type { VoteRule } from './rule.ts'
import type { Choice, RollEntry, VoteResult } from './state.ts'

export interface VoteFacts {
  'vote.drafted': { voteId: string; itemId: string; title: string; rule: VoteRule }
  'vote.changed': { voteId: string; title: string; rule: VoteRule }
  'vote.removed': { voteId: string }
  'vote.opened': { voteId: string; rule: VoteRule; entitled: string[]; quorum: QuorumFigures }
  'vote.cast': { voteId: string; personId: string; choice: Choice }
  'vote.closed': { voteId: string }
  'vote.counted': { voteId: string; result: VoteResult; roll: RollEntry[] }
  'vote.published': { voteId: string }
  'vote.cancelled': { voteId: string; reason: string }
}
