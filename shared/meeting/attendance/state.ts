import type { QuorumFigures } from './quorum.ts'

/** Declared presence: có mặt trực tiếp, có mặt tại điểm cầu, vắng. Connection is measured elsewhere and never merged with it. */
export const presences = ['inRoom', 'atSite', 'absent'] as const
export type Presence = (typeof presences)[number]

export interface AttendanceInterval {
  presence: Presence
  /** Set when presence is 'atSite'. */
  siteId: string | null
  from: number
  to: number | null
  /** Who declared it: himself, or the person who did it for him. */
  by: string | null
}

export interface Attendance {
  personId: string
  /** Oldest first; the last is the one that holds. */
  intervals: AttendanceInterval[]
}

/** What the rules of one meeting say about attendance; data, so that a body's bylaws can be followed without code. */
export interface AttendanceRules {
  /** Whether a stand-in (người dự thay) has the member's vote. The law's default: no (DOMAIN.md 2.1). */
  substitutesVote: boolean
  /** A connection counts as lost when it has been gone for so long. */
  graceSeconds: number
  /** Who comes so much later than the opening is late (đến muộn). */
  lateAfterMinutes: number
}

export const usualAttendanceRules: AttendanceRules = { substitutesVote: false, graceSeconds: 20, lateAfterMinutes: 5 }

/** At the opening, at the end of a roll call, or because chair or secretary asked (kiểm tra túc số). */
export const quorumOccasions = ['opening', 'rollCall', 'asked'] as const
export type QuorumOccasion = (typeof quorumOccasions)[number]

export interface QuorumCheck extends QuorumFigures {
  occasion: QuorumOccasion
  at: number
}

/** What was established about the quorum and told to all: at the opening, and last. Votes keep their own figures. */
export interface QuorumRecord {
  opening: QuorumCheck | null
  last: QuorumCheck | null
}
