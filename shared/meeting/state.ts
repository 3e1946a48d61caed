import type { AgendaItem } from './agenda/state.ts'
import type { Attendance } from './attendance/state.ts'
import { usualFloor, type Floor, type FloorEntry } from './floor/state.ts'
import { noDetails, notCreated, type Lifecycle, type MeetingDetails } from './lifecycle/state.ts'
import type { Paper } from './papers/state.ts'
import type { Participant } from './participants/state.ts'
import type { Presentation } from './presentation/state.ts'
import type { SeatPlan } from './seats/state.ts'
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
  attendance: Record<string, Attendance>
  presentation: Presentation | null
  /** Seat plans by room (`roomKey`). */
  seatPlans: Record<string, SeatPlan>
  floor: Floor
  /** Requests for the floor and speeches, waiting, running and past. */
  floorEntries: Record<string, FloorEntry>
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
    attendance: {},
    presentation: null,
    seatPlans: {},
    floor: usualFloor,
    floorEntries: {},
    votes: {},
  }
}
