import type { Share } from '../attendance/quorum.ts'
import type { MeetingBody } from '../lifecycle/state.ts'
import type { VoteMethod } from './matter.ts'
import { votePresets, type VotePreset } from './presets.ts'

/** What the share is taken of: tổng số thành viên, số có mặt, số phiếu, số phiếu hợp lệ (DESIGN.md 10). */
export const voteBases = ['totalMembers', 'present', 'cast', 'valid'] as const
export type VoteBase = (typeof voteBases)[number]

/**
 * "Quá nửa" is strictly more than; "ít nhất hai phần ba" is at least. Whole numbers only. Unanimity: all of the base.
 * Relative: more for than against; in an election, whoever has most.
 */
export type Threshold = ({ kind: 'moreThan' | 'atLeast' } & Share) | { kind: 'unanimity' } | { kind: 'relative' }

export const thresholds = {
  moreThanHalf: { kind: 'moreThan', numerator: 1, denominator: 2 },
  twoThirds: { kind: 'atLeast', numerator: 2, denominator: 3 },
  threeQuarters: { kind: 'atLeast', numerator: 3, denominator: 4 },
  fourFifths: { kind: 'atLeast', numerator: 4, denominator: 5 },
  unanimity: { kind: 'unanimity' },
  relative: { kind: 'relative' },
} as const satisfies Record<string, Threshold>
export type ThresholdName = keyof typeof thresholds

/** When approve = reject: it fails, or the side on which the chair voted decides (needs a named question). */
export const ties = ['rejected', 'chairSide'] as const
export type Tie = (typeof ties)[number]

/** How many voting members must be present; null: this vote asks for no quorum. */
export const voteQuorums = {
  none: null,
  half: { numerator: 1, denominator: 2 },
  twoThirds: { numerator: 2, denominator: 3 },
} as const satisfies Record<string, Share | null>
export type VoteQuorum = keyof typeof voteQuorums

/** The rule of one vote: data, frozen when the vote opens. */
export interface VoteRule {
  preset: VotePreset | 'custom'
  base: VoteBase
  threshold: Threshold
  tie: Tie
  quorum: Share | null
  /** Whether a ballot may be changed until closing; the last one counts. Never in a secret vote. */
  changeable: boolean
}

/** A rule put together by hand, from the same parts as the presets. */
export interface CustomRule {
  base: VoteBase
  threshold: ThresholdName
  tie: Tie
  quorum: VoteQuorum
  changeable: boolean
}

export function ruleOf(preset: VotePreset, method: VoteMethod = 'named'): VoteRule {
  const { matter: _matter, ...rule } = votePresets[preset]
  return { preset, ...rule, changeable: rule.changeable && method === 'named' }
}

export function customRule({ base, threshold, tie, quorum, changeable }: CustomRule, method: VoteMethod): VoteRule {
  return { preset: 'custom', base, threshold: thresholds[threshold], tie, quorum: voteQuorums[quorum], changeable: changeable && method === 'named' }
}

/** The quorum at the opening of a meeting of this body. */
export const bodyQuorum: Record<MeetingBody, Share | null> = {
  committee: voteQuorums.twoThirds,
  council: voteQuorums.twoThirds,
  plain: null,
}
