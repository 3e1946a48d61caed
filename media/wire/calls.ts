/**
 * Everything a hub asks of a media process, and is told by it. Each call of RoomControl is a line here and nothing else: both ends are made from
 * these tables. `args` and `answer` are checked at the end that receives them.
 */
import { Type, type TSchema } from 'typebox'
import { Id } from '../../shared/contracts/fields.ts'
import { mediaRequests } from '../../shared/contracts/media.ts'
import { DtlsParameters, RtpCapabilities, RtpParameters } from '../../shared/contracts/media-parameters.ts'
import { recordingTroubles } from '../../shared/media/recording.ts'
import type { RoomControl } from '../../shared/media/room-control.ts'
import type { SpanControl } from '../../shared/media/span-control.ts'
import { Availability, CameraAt, IceParameters, Joined, LentStream, Line, list, object, Offers, OpenedCamera, OpenedView, orNull, PeerId, Pipe, PlainJoined, Plan, Port, SourceField, Transport, ViewPlaces } from './values.ts'

export interface Call { args: TSchema; answer: TSchema }

const call = (args: TSchema[], answer: TSchema = Type.Null()): Call => ({ args: args.length > 0 ? Type.Tuple(args) : Type.Array(Type.Any(), { maxItems: 0 }), answer })

/** Of one peer, which stands first: asked where that peer is. Whoever adds a call to RoomControl adds it here. */
export const peerCalls = {
  leave: call([PeerId]),
  closeView: call([PeerId]),
  restartView: call([PeerId], Transport),
  connectTransport: call([PeerId, Id, DtlsParameters]),
  restartIce: call([PeerId, Id], IceParameters),
  produce: call([PeerId, Id, SourceField, RtpParameters], Id),
  pauseProducer: call([PeerId, Id, Type.Boolean()]),
  closeProducer: call([PeerId, Id]),
  consume: call([PeerId, mediaRequests['media:consume']]),
  resumeConsumer: call([PeerId, Id]),
  preferLayers: call([PeerId, Id, mediaRequests['media:preferLayers'].properties.layers]),
} satisfies Record<string, Call>
export type PeerCall = keyof typeof peerCalls

/** Of a peer that comes: asked at the process that is chosen for it. */
export const joinCalls = {
  join: call([PeerId, RtpCapabilities, orNull(Id), orNull(PeerId)], Joined),
  joinPlain: call([PeerId, RtpCapabilities, orNull(Port), orNull(Id), orNull(PeerId)], PlainJoined),
  openCamera: call([PeerId, CameraAt, orNull(Id), orNull(PeerId)], OpenedCamera),
  openView: call([PeerId, orNull(Id), PeerId, ViewPlaces, DtlsParameters], OpenedView),
} satisfies Record<string, Call>
export type JoinCall = keyof typeof joinCalls

/** Of the whole room: asked at every process that has a part of it. */
export const wholeCalls = {
  follow: call([Plan]),
  record: call([orNull(Id)]),
} satisfies Record<string, Call>
export type WholeCall = keyof typeof wholeCalls

const NodeName = Type.String({ pattern: '^[A-Za-z0-9-]{1,40}$' })

/** Of one part about another (shared/media/span-control.ts). */
export const spanCalls = {
  meet: call([Offers]),
  openPipe: call([NodeName], Pipe),
  connectPipe: call([NodeName, Pipe]),
  closePipe: call([NodeName]),
  lend: call([Id, NodeName], LentStream),
  borrow: call([Id, NodeName, LentStream]),
  heedTaken: call([Id, NodeName, Type.Integer({ minimum: -1, maximum: 10 })]),
} satisfies Record<keyof SpanControl, Call>
export type SpanCall = keyof typeof spanCalls

export const roomCalls = { ...peerCalls, ...joinCalls, ...wholeCalls }
export type RoomCall = keyof typeof roomCalls
export const partCalls = { ...roomCalls, ...spanCalls }
export type PartCall = keyof typeof partCalls

/** `sending` is mirrored from events, `close` is the process's: a call that is forgotten above does not compile. */
const forgotten: Exclude<keyof RoomControl, RoomCall | 'sending' | 'close'> extends never ? true : never = true
void forgotten

/** Of the process itself. */
export const nodeCalls = {
  openRoom: call([Type.String({ minLength: 1, maxLength: 200 })]),
  closeRoom: call([Type.String({ minLength: 1, maxLength: 200 })]),
  capabilities: call([], RtpCapabilities),
  loads: call([], list(object({ pid: Type.Integer(), routers: Type.Integer(), transports: Type.Integer() }))),
} satisfies Record<string, Call>
export type NodeCall = keyof typeof nodeCalls

/** Of a room. `tell`: to these peers, an event of shared/media/room-control.ts with its message (`tellings` in values.ts), null for none. `sending`: all that is sent there, after each change. The others: SpanListener. */
export const roomEvents = {
  tell: Type.Tuple([list(PeerId), Type.String({ maxLength: 60 }), Type.Any()]),
  measured: Type.Tuple([PeerId, Line]),
  sending: Type.Tuple([Offers]),
  recordingFailed: Type.Tuple([Id, Type.Enum([...recordingTroubles])]),
  wanted: Type.Tuple([Id]),
  taken: Type.Tuple([Id, Type.Integer()]),
  pipeLost: Type.Tuple([NodeName]),
} satisfies Record<string, TSchema>
export type RoomEventName = keyof typeof roomEvents

/** Of the process itself. `hello` comes first. */
export const nodeEvents = {
  hello: Type.Tuple([object({ protocol: Type.Integer(), mediasoup: Type.String({ maxLength: 40 }) })]),
  availability: Type.Tuple([Availability]),
} satisfies Record<string, TSchema>
export type NodeEventName = keyof typeof nodeEvents
