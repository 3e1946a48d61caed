import { entry } from '../entities.ts'
import type { MeetingCommon } from '../state.ts'
import type { AttendanceInterval } from './state.ts'

/** A part of all voting members, as two whole numbers: {2, 3} is "ít nhất hai phần ba". */
export interface Share {
  numerator: number
  denominator: number
}

export interface QuorumFigures {
  /** Voting members declared present. */
  present: number
  /** All voting members. */
  members: number
  /** The smallest number present that is enough. */
  needed: number
  met: boolean
}

type Roll = Pick<MeetingCommon, 'participants' | 'attendance'>

export function presenceOf(meeting: Roll, personId: string): AttendanceInterval | null {
  return entry(meeting.attendance, personId)?.intervals.at(-1) ?? null
}

export function isPresent(meeting: Roll, personId: string): boolean {
  const now = presenceOf(meeting, personId)
  return now !== null && now.presence !== 'absent'
}

export function votingMembers(meeting: Roll): string[] {
  return Object.values(meeting.participants).filter((one) => one.votes).map((one) => one.personId)
}

/** The smallest whole number that is at least `share` of `total`; integers throughout. */
export function atLeast(share: Share, total: number): number {
  return Math.floor((share.numerator * total + share.denominator - 1) / share.denominator)
}

/** Quorum counts voting members only; guests and observers never (DOMAIN.md 2.6). Null: this body has no quorum. */
export function quorumFigures(meeting: Roll, share: Share | null): QuorumFigures {
  const members = votingMembers(meeting)
  const present = members.filter((personId) => isPresent(meeting, personId)).length
  const needed = share ? atLeast(share, members.length) : 0
  return { present, members: members.length, needed, met: present >= needed }
}
