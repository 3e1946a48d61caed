import type { Share } from '../attendance/quorum.ts'
import type { MeetingBody } from '../lifecycle/state.ts'

/** What the share is taken of: tổng số thành viên, số có mặt, số phiếu, số phiếu hợp lệ (DESIGN.md 10). */
export const voteBases = ['totalMembers', 'present', 'cast', 'valid'] as const
export type VoteBase = (typeof voteBases)[number]

/** "Quá nửa" is strictly more than; "ít nhất hai phần ba" is at least. Whole numbers only. */
export type Threshold = { kind: 'moreThan' | 'atLeast' } & Share

/** The rule of one vote: data, frozen when the vote opens. */
export interface VoteRule {
  preset: VotePreset
  base: VoteBase
  threshold: Threshold
  /** When approve = reject: it fails, or the side on which the chair voted decides (needs a named vote). */
  tie: 'rejected' | 'chairSide'
  quorum: Share | null
}

const half = { kind: 'moreThan', numerator: 1, denominator: 2 } as const
const twoThirds = { kind: 'atLeast', numerator: 2, denominator: 3 } as const
const twoThirdsPresent: Share = { numerator: 2, denominator: 3 }

/**
 * Local government law as read in DOMAIN.md 2.1 and 2.6: committees and councils decide by more than half of all members,
 * recall by two thirds, with two thirds present; on a tie a committee follows its chair. Kept as data: a change of the law changes this table.
 */
export const votePresets = {
  committeeMajority: { base: 'totalMembers', threshold: half, tie: 'chairSide', quorum: twoThirdsPresent },
  councilMajority: { base: 'totalMembers', threshold: half, tie: 'rejected', quorum: twoThirdsPresent },
  councilTwoThirds: { base: 'totalMembers', threshold: twoThirds, tie: 'rejected', quorum: twoThirdsPresent },
  presentMajority: { base: 'present', threshold: half, tie: 'rejected', quorum: null },
  castMajority: { base: 'cast', threshold: half, tie: 'rejected', quorum: null },
} as const satisfies Record<string, Omit<VoteRule, 'preset'>>

export type VotePreset = keyof typeof votePresets

export function ruleOf(preset: VotePreset): VoteRule {
  return { preset, ...votePresets[preset] }
}

/** The presets a secretary is offered first for a body. */
export const bodyPresets: Record<MeetingBody, readonly VotePreset[]> = {
  committee: ['committeeMajority', 'presentMajority'],
  council: ['councilMajority', 'councilTwoThirds', 'presentMajority'],
  plain: ['presentMajority', 'castMajority', 'committeeMajority', 'councilMajority', 'councilTwoThirds'],
}

/** The quorum at the opening of a meeting of this body. */
export const bodyQuorum: Record<MeetingBody, Share | null> = {
  committee: twoThirdsPresent,
  council: twoThirdsPresent,
  plain: null,
}
