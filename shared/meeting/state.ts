import type { AgendaItem } from './agenda/state.ts'
import { usualAttendanceRules, type Attendance, type AttendanceRules, type QuorumRecord } from './attendance/state.ts'
import type { HandCount } from './hands/state.ts'
import type { Invitation } from './invitations/state.ts'
import { usualFloor, type Floor, type FloorEntry } from './floor/state.ts'
import { noDetails, notCreated, type Lifecycle, type MeetingDetails } from './lifecycle/state.ts'
import type { Comment, MarkShare } from './marks/state.ts'
import { usualPaperRules, type Paper, type PaperReceipts, type PaperRules } from './papers/state.ts'
import type { Participant } from './participants/state.ts'
import type { Presentation } from './presentation/state.ts'
import { notRecorded, type Recording } from './recording/state.ts'
import type { RollCall } from './rollCall/state.ts'
import type { SeatPlan } from './seats/state.ts'
import type { Site } from './sites/state.ts'
import { usualStage, type StageOrders } from './stage/state.ts'
import type { Vote } from './votes/state.ts'

/** What the hub's state and every viewer's view have in common; rule functions that both ends call ask for this. */
export interface MeetingCommon {
  meetingId: string
  /** The last fact folded in. */
  seq: number
  lifecycle: Lifecycle
  details: MeetingDetails
  participants: Record<string, Participant>
  items: Record<string, AgendaItem>
  papers: Record<string, Paper>
  paperRules: PaperRules
  /** By paper: who has opened it. */
  receipts: Record<string, PaperReceipts>
  /** The number (số điểm danh) of everybody ever invited. */
  numbers: Record<string, string>
  invitations: Record<string, Invitation>
  attendance: Record<string, Attendance>
  attendanceRules: AttendanceRules
  quorum: QuorumRecord
  rollCall: RollCall | null
  presentation: Presentation | null
  /** Seat plans by room (`roomKey`). */
  seatPlans: Record<string, SeatPlan>
  /** Votes counted by hand and by telephone. */
  hands: Record<string, HandCount>
  floor: Floor
  /** Requests for the floor and speeches, waiting, running and past. */
  floorEntries: Record<string, FloorEntry>
  /** Who opened his shared notes on a paper to whom (`shareKey`). */
  markShares: Record<string, MarkShare>
  /** Formal comments on papers. */
  comments: Record<string, Comment>
  /** Sites of the bridge that something has happened to (`siteStanding`). */
  sites: Record<string, Site>
  /** What the chair has laid down and ordered about the stage of the bridge. */
  stage: StageOrders
  /** Whether it may be recorded, and is. */
  recording: Recording
}

/** The whole meeting. Only the hub has it; what a viewer may know is MeetingView. */
export interface MeetingState extends MeetingCommon {
  votes: Record<string, Vote>
}

export function emptyMeeting(meetingId: string): MeetingState {
  return {
    meetingId,
    seq: 0,
    lifecycle: notCreated,
    details: noDetails,
    participants: {},
    items: {},
    papers: {},
    paperRules: usualPaperRules,
    receipts: {},
    numbers: {},
    invitations: {},
    attendance: {},
    attendanceRules: usualAttendanceRules,
    quorum: { opening: null, last: null },
    rollCall: null,
    presentation: null,
    seatPlans: {},
    hands: {},
    floor: usualFloor,
    floorEntries: {},
    markShares: {},
    comments: {},
    sites: {},
    stage: usualStage,
    recording: notRecorded,
    votes: {},
  }
}
