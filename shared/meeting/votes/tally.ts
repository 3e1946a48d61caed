import { atLeast, type QuorumFigures } from '../attendance/quorum.ts'
import type { Threshold, VoteBase, VoteRule } from './rule.ts'
import type { Choice, RollEntry, VoteCounts, VoteResult } from './state.ts'

/** The smallest number of approvals out of `base` that meets the threshold; integers throughout. */
export function approvalsNeeded(threshold: Threshold, base: number): number {
  return threshold.kind === 'moreThan'
    ? Math.floor((threshold.numerator * base) / threshold.denominator) + 1
    : Math.max(1, atLeast(threshold, base))
}

function countRoll(roll: readonly RollEntry[]): VoteCounts {
  const counts: VoteCounts = { approve: 0, reject: 0, abstain: 0, invalid: 0, silent: 0 }
  for (const { choice } of roll) counts[choice ?? 'silent'] += 1
  return counts
}

/**
 * Counts a closed named vote by its frozen rule (bases and tie: DESIGN.md 10).
 * @param chairChoice what the chair cast, for a rule whose ties follow the chair
 */
export function tally(rule: VoteRule, roll: readonly RollEntry[], quorum: QuorumFigures, chairChoice: Choice | null): VoteResult {
  const counts = countRoll(roll)
  const cast = counts.approve + counts.reject + counts.abstain + counts.invalid
  const figures: Record<VoteBase, number> = {
    totalMembers: roll.length,
    present: roll.filter((entry) => entry.present).length,
    cast,
    valid: cast - counts.invalid,
  }
  const base = figures[rule.base]
  const needed = approvalsNeeded(rule.threshold, base)
  const tied = counts.approve === counts.reject && counts.approve > 0
  const byChair = rule.tie === 'chairSide' && tied && (chairChoice === 'approve' || chairChoice === 'reject')
  return {
    counts,
    ...figures,
    base,
    needed,
    passed: quorum.met && (byChair ? chairChoice === 'approve' : base > 0 && counts.approve >= needed),
    decidedBy: byChair ? 'chairSide' : 'threshold',
    quorum,
  }
}
