import type { AgendaFacts } from './agenda/facts.ts'
import type { AttendanceFacts } from './attendance/facts.ts'
import type { HandFacts } from './hands/facts.ts'
import type { InvitationFacts } from './invitations/facts.ts'
import type { FloorFacts } from './floor/facts.ts'
import type { LifecycleFacts } from './lifecycle/facts.ts'
import type { MarkFacts } from './marks/facts.ts'
import type { PaperFacts } from './papers/facts.ts'
import type { ParticipantFacts } from './participants/facts.ts'
import type { PresentationFacts } from './presentation/facts.ts'
import type { RecordingFacts } from './recording/facts.ts'
import type { RollCallFacts } from './rollCall/facts.ts'
import type { SeatFacts } from './seats/facts.ts'
import type { SiteFacts } from './sites/facts.ts'
import type { StageFacts } from './stage/facts.ts'
import type { VoteFacts } from './votes/facts.ts'

/** Every fact's name and the shape of its data. Names are in the past tense. */
export type Facts = LifecycleFacts & ParticipantFacts & AgendaFacts & PaperFacts & AttendanceFacts & InvitationFacts & RollCallFacts & PresentationFacts & SeatFacts & HandFacts & FloorFacts & VoteFacts & MarkFacts & SiteFacts & StageFacts & RecordingFacts

export type FactType = keyof Facts

/** What `decide` answers: a fact that has not been numbered and stamped yet. */
export type NewFact = { [T in FactType]: { type: T; data: Facts[T] } }[FactType]

/** One thing that happened, as it lies in the meeting's log. Ids of persons, never names. */
export type Fact = {
  [T in FactType]: {
    /** Place in the meeting's log, from 1, without gaps. */
    seq: number
    type: T
    /** Version of this type's data (versions.ts). */
    v: number
    /** Hub time, milliseconds since the epoch. */
    at: number
    /** Who sent the command; null when the hub itself decided. */
    by: string | null
    /** The command that caused it, unique per log and sender; null when nobody sent one. */
    commandId: string | null
    data: Facts[T]
  }
}[FactType]

/** A fact as one viewer receives it: the command's id stays with the hub. */
export type VisibleFact = Fact extends infer F ? (F extends Fact ? Omit<F, 'commandId' | 'v'> : never) : never
