import { atLeast, type QuorumFigures } from '../attendance/quorum.ts'
import type { Choice } from './matter.ts'
import type { Bases, QuestionCounts, QuestionTally } from './result.ts'
import type { Threshold, VoteRule } from './rule.ts'

/** The smallest number of approvals out of `base` that meets the threshold, against `reject`; integers throughout. */
export function approvalsNeeded(threshold: Threshold, base: number, reject = 0): number {
  switch (threshold.kind) {
    case 'moreThan':
      return Math.floor((threshold.numerator * base) / threshold.denominator) + 1
    case 'atLeast':
      return Math.max(1, atLeast(threshold, base))
    case 'unanimity':
      return Math.max(1, base)
    case 'relative':
      return reject + 1
  }
}

/** Who may vote, and who of them was there at closing. */
export interface Electorate {
  totalMembers: number
  present: number
}

export function basesOf({ totalMembers, present }: Electorate, cast: number, invalid: number): Bases {
  return { totalMembers, present, cast, valid: cast - invalid }
}

/**
 * Counts a closed question by its frozen rule (bases and tie: DESIGN.md 10).
 * @param counts of all channels together
 * @param chairChoice what the chair cast, for a rule whose ties follow the chair
 */
export function tally(
  rule: VoteRule, counts: QuestionCounts, electorate: Electorate, quorum: QuorumFigures, chairChoice: Choice | null,
): QuestionTally {
  const { approve, reject, abstain, invalid } = counts
  const bases = basesOf(electorate, approve + reject + abstain + invalid, invalid)
  const base = bases[rule.base]
  const needed = approvalsNeeded(rule.threshold, base, reject)
  const tied = approve === reject && approve > 0
  const byChair = rule.tie === 'chairSide' && tied && (chairChoice === 'approve' || chairChoice === 'reject')
  return {
    kind: 'question',
    counts: { approve, reject, abstain, invalid, silent: bases.totalMembers - bases.cast },
    ...bases,
    base,
    needed,
    passed: quorum.met && (byChair ? chairChoice === 'approve' : base > 0 && approve >= needed),
    decidedBy: byChair ? 'chairSide' : 'threshold',
    quorum,
  }
}
