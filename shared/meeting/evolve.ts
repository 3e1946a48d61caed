import { evolveAgenda } from './agenda/evolve.ts'
import { evolveAttendance, evolveAttendanceRules, evolveQuorum } from './attendance/evolve.ts'
import { evolveNumbers } from './attendance/numbers.ts'
import type { Fact, VisibleFact } from './fact.ts'
import { evolveHands } from './hands/evolve.ts'
import { evolveInvitations } from './invitations/evolve.ts'
import { evolveFloor } from './floor/evolve.ts'
import { evolveDetails, evolveLifecycle } from './lifecycle/evolve.ts'
import { evolveComments, evolveMarkShares } from './marks/evolve.ts'
import { evolvePaperRules, evolvePapers, evolveReceipts } from './papers/evolve.ts'
import { evolveParticipants } from './participants/evolve.ts'
import { evolvePresentation } from './presentation/evolve.ts'
import { evolveRecording } from './recording/evolve.ts'
import { evolveRollCall } from './rollCall/evolve.ts'
import { evolveSeats } from './seats/evolve.ts'
import { evolveSites } from './sites/evolve.ts'
import { evolveStage } from './stage/evolve.ts'
import type { MeetingCommon, MeetingState } from './state.ts'
import { evolveVotes } from './votes/evolve.ts'
import { isBallot } from './votes/facts.ts'

/** The slices that state and view fold alike. Untouched slices keep their identity. */
export function evolveCommon(meeting: MeetingCommon, fact: VisibleFact): MeetingCommon {
  return {
    meetingId: meeting.meetingId,
    seq: fact.seq,
    lifecycle: evolveLifecycle(meeting.lifecycle, fact),
    details: evolveDetails(meeting.details, fact),
    participants: evolveParticipants(meeting.participants, fact),
    items: evolveAgenda(meeting.items, fact),
    papers: evolvePapers(meeting.papers, fact),
    paperRules: evolvePaperRules(meeting.paperRules, fact),
    receipts: evolveReceipts(meeting.receipts, fact),
    numbers: evolveNumbers(meeting.numbers, fact),
    invitations: evolveInvitations(meeting.invitations, fact),
    attendance: evolveAttendance(meeting.attendance, fact),
    attendanceRules: evolveAttendanceRules(meeting.attendanceRules, fact),
    quorum: evolveQuorum(meeting.quorum, fact),
    rollCall: evolveRollCall(meeting.rollCall, fact),
    presentation: evolvePresentation(meeting.presentation, fact),
    seatPlans: evolveSeats(meeting.seatPlans, fact),
    hands: evolveHands(meeting.hands, fact),
    ...evolveFloor({ floor: meeting.floor, floorEntries: meeting.floorEntries }, fact),
    markShares: evolveMarkShares(meeting.markShares, fact),
    comments: evolveComments(meeting.comments, fact),
    sites: evolveSites(meeting.sites, fact),
    stage: evolveStage(meeting.stage, fact),
    recording: evolveRecording(meeting.recording, fact),
  }
}

/** The state after `fact`. Never changes the state it is given. */
export function evolve(state: MeetingState, fact: Fact): MeetingState {
  // By far the most frequent fact when it matters how long one takes.
  if (isBallot(fact)) return { ...state, seq: fact.seq, votes: evolveVotes(state.votes, fact) }
  return { ...evolveCommon(state, fact), votes: evolveVotes(state.votes, fact) }
}
