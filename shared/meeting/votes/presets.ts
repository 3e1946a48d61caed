import type { Share } from '../attendance/quorum.ts'
import type { MeetingBody } from '../lifecycle/state.ts'
import type { VoteMatter } from './matter.ts'
import type { Tie, Threshold, VoteBase } from './rule.ts'

interface PresetRule {
  matter: VoteMatter['kind']
  base: VoteBase
  threshold: Threshold
  tie: Tie
  quorum: Share | null
  changeable: boolean
}

const half = { kind: 'moreThan', numerator: 1, denominator: 2 } as const
const twoThirds = { kind: 'atLeast', numerator: 2, denominator: 3 } as const
const twoThirdsPresent: Share = { numerator: 2, denominator: 3 }
const question = { matter: 'question', tie: 'rejected', quorum: null, changeable: false } as const
const election = { matter: 'election', tie: 'rejected', quorum: null, changeable: false } as const

/**
 * Local government law as read in DOMAIN.md 2.1 and 2.6: committees and councils decide by more than half of all members,
 * recall by two thirds, with two thirds present; on a tie a committee follows its chair, which a secret vote cannot.
 * Who is elected has more than half of all members. Kept as data: a change of the law changes this table.
 */
export const votePresets = {
  committeeMajority: { ...question, base: 'totalMembers', threshold: half, tie: 'chairSide', quorum: twoThirdsPresent },
  committeeSecret: { ...question, base: 'totalMembers', threshold: half, quorum: twoThirdsPresent },
  councilMajority: { ...question, base: 'totalMembers', threshold: half, quorum: twoThirdsPresent },
  councilTwoThirds: { ...question, base: 'totalMembers', threshold: twoThirds, quorum: twoThirdsPresent },
  presentMajority: { ...question, base: 'present', threshold: half },
  presentTwoThirds: { ...question, base: 'present', threshold: twoThirds },
  presentUnanimity: { ...question, base: 'present', threshold: { kind: 'unanimity' }, changeable: true },
  castMajority: { ...question, base: 'cast', threshold: half },
  opinion: { ...question, base: 'cast', threshold: { kind: 'relative' }, changeable: true },
  electionMajority: { ...election, base: 'totalMembers', threshold: half, quorum: twoThirdsPresent },
  electionPresent: { ...election, base: 'present', threshold: half },
  electionRelative: { ...election, base: 'valid', threshold: { kind: 'relative' } },
} as const satisfies Record<string, PresetRule>

export type VotePreset = keyof typeof votePresets

/** The presets a secretary is offered for a body, by what is voted on; the first is its usual one. */
export const bodyPresets: Record<MeetingBody, Record<VoteMatter['kind'], readonly VotePreset[]>> = {
  committee: {
    question: ['committeeMajority', 'committeeSecret', 'presentMajority', 'opinion'],
    election: ['electionMajority', 'electionRelative'],
  },
  council: {
    question: ['councilMajority', 'councilTwoThirds', 'presentMajority', 'opinion'],
    election: ['electionMajority', 'electionRelative'],
  },
  plain: {
    question: ['presentMajority', 'presentTwoThirds', 'presentUnanimity', 'castMajority', 'opinion', 'committeeMajority', 'councilMajority', 'councilTwoThirds'],
    election: ['electionPresent', 'electionRelative', 'electionMajority'],
  },
}
