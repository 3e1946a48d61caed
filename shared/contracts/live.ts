import { Type, type Static } from 'typebox'
import type { Connections } from '../meeting/attendance/connections.ts'
import type { Commands, CommandType } from '../meeting/command.ts'
import type { Frame } from '../meeting/frame.ts'
import type { InkBatch, Laser } from '../meeting/presentation/pointing.ts'
import type { Position } from '../meeting/presentation/position.ts'
import type { MeetingView } from '../meeting/view.ts'
import { CommandId, Id } from './fields.ts'
import type { MediaAnswers, MediaEvents, MediaRequests, MediaRequestType } from './media.ts'
import type { RefusalAnswer } from './refusal.ts'

/**
 * Socket.IO, at `livePath` (protocol.ts), one socket a meeting. The meeting's id stands in the handshake's query, so that a proxy can send all of
 * a meeting to one hub; the session cookie says who it is. A refused handshake gives `connect_error` with a RefusalAnswer in `data`.
 */
export const HandshakeQuery = Type.Object({ meetingId: Id })

export const HandshakeAuth = Type.Object(
  {
    protocol: Type.Integer(),
    language: Type.Enum(['vi', 'en']),
    /** Opens the hall's projector rather than one's own screen. */
    projector: Type.Boolean(),
  },
  { additionalProperties: false },
)
export type HandshakeAuth = Static<typeof HandshakeAuth>

/** First call and coming back are the same. `sinceSeq`: the last fact of the view this client still holds. */
export const Join = Type.Object({ sinceSeq: Type.Optional(Type.Integer({ minimum: 0 })) }, { additionalProperties: false })
export type Join = Static<typeof Join>

/** Around the data of every command. A repeat with the same `commandId` is answered like the first, not done again. */
export const CommandEnvelope = Type.Object({ commandId: CommandId, data: Type.Unknown() }, { additionalProperties: false })

export interface CommandMessage<T extends CommandType> {
  commandId: string
  data: Commands[T]
}

/**
 * `from`..`to`: the facts this command caused, durable before the answer was sent. `frame`: what the sender alone is told of them
 * (his own ballot); it is applied like any other before the answer counts.
 */
export type CommandAnswer = { ok: true; from: number; to: number; frame?: Frame } | ({ ok: false } & RefusalAnswer)

/** How many at one site have cast, and how many are reached by the hub at this moment. `siteId` null: the main room. */
export interface SiteTurnout {
  siteId: string | null
  cast: number
  entitled: number
  /** Of those entitled, how many have cast or have a screen connected: the others cannot vote by tablet now. */
  reachable: number
}

/** How many have cast, never how; of every open vote, sent at most four times a second while one is open. */
export interface Turnout {
  voteId: string
  cast: number
  entitled: number
  bySite: SiteTurnout[]
}

/** The presenter's place, and who that is. */
export interface PresenterPosition {
  presenterId: string
  position: Position
}

/** Last values of the retained signals. */
export interface RetainedSignals {
  position: PresenterPosition | null
  /** Chair and secretary only; null for everybody else. */
  connections: Connections | null
  /** Of every open vote that this screen may know of. */
  turnouts: Turnout[]
}

export type JoinAnswer =
  | {
      ok: true
      /** Hub time, milliseconds since the epoch: screens count by it. */
      now: number
      /** The whole view, or null when `frame` brings an older one up to date. */
      view: MeetingView | null
      frame: Frame | null
      signals: RetainedSignals
    }
  | ({ ok: false } & RefusalAnswer)

type CommandEvents = { [T in CommandType]: (message: CommandMessage<T>, answer: (reply: CommandAnswer) => void) => void }

/** The answer to a request of the media room (media.ts). */
export type MediaAnswer<T extends MediaRequestType> = ({ ok: true } & (T extends keyof MediaAnswers ? MediaAnswers[T] : unknown)) | ({ ok: false } & RefusalAnswer)
type MediaRequestEvents = { [T in MediaRequestType]: (request: MediaRequests[T], answer: (reply: MediaAnswer<T>) => void) => void }

export interface ClientEvents extends CommandEvents, MediaRequestEvents {
  'meeting:join': (join: Join, answer: (reply: JoinAnswer) => void) => void
  /** Signal: only the presenter's is passed on. */
  'presentation:position': (position: Position) => void
  /** Signals like it, and volatile: where the presenter points (null: no more), and a stroke while he draws it. */
  'presentation:laser': (laser: Laser | null) => void
  'presentation:ink': (batch: InkBatch) => void
}

export interface HubEvents extends MediaEvents {
  frame: (frame: Frame) => void
  'presentation:position': (position: PresenterPosition) => void
  'presentation:laser': (laser: Laser | null) => void
  'presentation:ink': (batch: InkBatch) => void
  /** Signal to chair and secretary: whose screens reach the hub, at most once a second. */
  'attendance:connections': (connections: Connections) => void
  'votes:turnout': (turnouts: Turnout[]) => void
  /** The hub is about to close this socket and says why: signed out, no longer a participant, hub stopping. */
  'session:ended': (reason: RefusalAnswer) => void
}
