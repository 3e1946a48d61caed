import type { Static, TSchema } from 'typebox'
import type { Refusal } from '../contracts/refusal.ts'
import type { agendaCommands } from './agenda/commands.ts'
import type { attendanceCommands } from './attendance/commands.ts'
import type { handCommands } from './hands/commands.ts'
import type { invitationCommands } from './invitations/commands.ts'
import type { floorCommands } from './floor/commands.ts'
import type { lifecycleCommands } from './lifecycle/commands.ts'
import type { markCommands } from './marks/commands.ts'
import type { paperCommands } from './papers/commands.ts'
import type { participantCommands } from './participants/commands.ts'
import type { presentationCommands } from './presentation/commands.ts'
import type { seatCommands } from './seats/commands.ts'
import type { siteCommands } from './sites/commands.ts'
import type { stageCommands } from './stage/commands.ts'
import type { recordingCommands } from './recording/commands.ts'
import type { rollCallCommands } from './rollCall/commands.ts'
import type { voteCommands } from './votes/commands.ts'
import type { OpenedBallots } from './votes/result.ts'
import type { NewFact } from './fact.ts'
import type { MeetingState } from './state.ts'

type CommandSchemas = typeof lifecycleCommands &
  typeof participantCommands &
  typeof agendaCommands &
  typeof paperCommands &
  typeof attendanceCommands &
  typeof invitationCommands &
  typeof rollCallCommands &
  typeof presentationCommands &
  typeof seatCommands &
  typeof handCommands &
  typeof voteCommands &
  typeof floorCommands &
  typeof markCommands &
  typeof siteCommands &
  typeof stageCommands &
  typeof recordingCommands

export type CommandType = keyof CommandSchemas

type DataOf<S> = S extends TSchema ? Static<S> : never

/** The data of every command, by name. Names are verbs: `votes:cast`. */
export type Commands = { [T in CommandType]: DataOf<CommandSchemas[T]> }

export type Command = { [T in CommandType]: { type: T; data: Commands[T] } }[CommandType]

/** Everything `decide` may know besides the state, so that it stays pure. */
export interface Context {
  /** The person who sent the command; '' when the hub did. */
  personId: string
  /** The hub itself sends the command: a deadline has come, ballots have been opened. */
  hub?: boolean
  /** Hub time, milliseconds since the epoch. */
  now: number
  /** A fresh id, different at each call. */
  newId(): string
  /** By vote id: the public keys of secret drafts about to be opened. */
  publicKeys?: Record<string, string>
  /** By vote id: what the sealed ballots of closed votes held. */
  opened?: Record<string, OpenedBallots>
}

export type Decision = NewFact[] | Refusal

export function isRefusal(decision: Decision): decision is Refusal {
  return !Array.isArray(decision)
}

/** One rule function for each command named. */
export type Deciders<T extends CommandType> = {
  [K in T]: (state: MeetingState, data: Commands[K], context: Context) => Decision
}
