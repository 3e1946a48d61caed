import type { PresenterPosition, Turnout } from '../../shared/contracts/live.ts'
import type { Language, RefusalAnswer } from '../../shared/contracts/refusal.ts'
import type { Connections } from '../../shared/meeting/attendance/connections.ts'
import type { InkBatch, Laser } from '../../shared/meeting/presentation/pointing.ts'
import type { MeetingView } from '../../shared/meeting/view.ts'
import type { WaitingCommand } from './outbox.ts'

/** connecting: never joined so far. lost: cut off, trying again. refused and outdated: the hub said no, nothing is tried any more. */
export type LiveState =
  | { kind: 'connecting' | 'live' | 'lost' }
  | { kind: 'refused' | 'outdated'; reason: RefusalAnswer }

export interface LiveListener {
  state(state: LiveState): void
  view(view: MeetingView): void
  position(position: PresenterPosition | null): void
  /** Where the presenter points; null: no more. */
  laser(laser: Laser | null): void
  /** A part of a stroke that the presenter draws. */
  ink(batch: InkBatch): void
  /** Measured presence, told to chair and secretary only. */
  connections(connections: Connections | null): void
  turnouts(turnouts: Turnout[]): void
  waiting(commands: readonly WaitingCommand[]): void
}

export interface LiveOptions {
  meetingId: string
  language: Language
  projector: boolean
  /** The hub's origin, when it is not the page's own. */
  hub?: string
  /** Extra handshake headers; a browser sends its cookies by itself. */
  headers?: Record<string, string>
  /** Milliseconds until an unanswered call counts as lost. */
  patience?: number
}

export interface SendOptions {
  /** Waits while the hub is out of reach, instead of not being sent. */
  patient?: boolean
  /** Of a command that an earlier page may have sent already. */
  commandId?: string | undefined
}
