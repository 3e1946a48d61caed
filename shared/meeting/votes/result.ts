import type { QuorumFigures } from '../attendance/quorum.ts'
import type { SiteCounts } from './by-site.ts'
import type { Choice } from './matter.ts'

/** How a ballot came to the hub: from a tablet, counted by hand in a room, told by telephone. */
export const channels = ['tablet', 'hands', 'telephone'] as const
export type Channel = (typeof channels)[number]

export interface QuestionCounts {
  approve: number
  reject: number
  abstain: number
  /** Opened to something that is no answer; secret ballots only. */
  invalid: number
}

export interface VoteCounts extends QuestionCounts {
  /** Entitled and sent nothing. */
  silent: number
}

/** The numbers everything else is a share of (DESIGN.md 10). */
export interface Bases {
  totalMembers: number
  /** Entitled and declared present at closing; who cast counts as present. */
  present: number
  cast: number
  valid: number
}

/** Why the result of a secret vote tells how people voted all the same. */
export type Revealing = 'smallElectorate' | 'unanimous'

/** One site's part; `counts` is null where they would tell how people voted in secret. `siteId` null: the main room. */
export interface SiteResult {
  siteId: string | null
  entitled: number
  cast: number
  counts: QuestionCounts | null
}

/** A question counted by its rule. */
export interface QuestionTally extends Bases {
  kind: 'question'
  counts: VoteCounts
  /** The number the threshold was taken of, and the smallest number of approvals that is enough. */
  base: number
  needed: number
  passed: boolean
  decidedBy: 'threshold' | 'chairSide'
  quorum: QuorumFigures
}

export interface VoteResult extends QuestionTally {
  /** Where each number came from; together they are `counts`. */
  sources: Record<Channel, QuestionCounts>
  bySite: SiteResult[]
  revealing: Revealing | null
}

/** A list election counted by its rule. */
export interface ElectionTally extends Bases {
  kind: 'election'
  /** By candidate id; every candidate is there. */
  votes: Record<string, number>
  abstain: number
  invalid: number
  silent: number
  base: number
  /** The fewest votes with which somebody is elected. */
  needed: number
  seats: number
  /** Candidate ids, most votes first. */
  elected: string[]
  /** Those with the same number of votes for fewer seats than they are: another round decides between them. */
  tied: string[]
  /** Somebody was elected. */
  passed: boolean
  quorum: QuorumFigures
}

export interface ElectionResult extends ElectionTally {
  revealing: Revealing | null
}

export type Result = VoteResult | ElectionResult

/** How each entitled person stood when the vote closed: the record that the minutes quote. */
export interface RollEntry {
  personId: string
  present: boolean
  /** How his vote came in; null: he sent none. 'hands' or 'telephone' without a choice: counted at his site without names. */
  channel: Channel | null
  /** Null in a secret vote, in an election, of who sent nothing, and where votes were counted without names. */
  choice: Choice | null
  /** Candidate ids, in a named election. */
  chosen: string[] | null
}

/**
 * What the sealed ballots of a vote held, as the hub hands it to `votes:count`: counts only, never a list that could be joined
 * with order, time or person.
 */
export type OpenedBallots =
  | { question: QuestionCounts; bySite: SiteCounts[] }
  | { election: { votes: Record<string, number>; abstain: number; invalid: number } }
