/** Schemas of what passes between a hub and a media process beyond what screens send (shared/contracts). */
import { Type, type TSchema } from 'typebox'
import { Id } from '../../shared/contracts/fields.ts'
import { DtlsParameters, RtpParameters } from '../../shared/contracts/media-parameters.ts'
import { rungs } from '../../shared/media/ladder.ts'
import { sources, type Source } from '../../shared/media/peer.ts'
import type { RoomEvent } from '../../shared/media/room-control.ts'

const closed = { additionalProperties: false } as const
export const object = <P extends Record<string, TSchema>>(properties: P) => Type.Object(properties, closed)
export const list = <S extends TSchema>(of: S, maxItems = 4_000) => Type.Array(of, { maxItems })
export const orNull = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()])

/** A peer's name; `room-` and a site's id make it longer than an id. */
export const PeerId = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$' })
export const SourceField = Type.Enum([...sources])
export const Port = Type.Integer({ minimum: 0, maximum: 65_535 })
const Text = Type.String({ maxLength: 300 })
const Grant = Type.Enum(['no', 'muted', 'yes'])
const Grants = object(Object.fromEntries(sources.map((source) => [source, Grant])) as Record<Source, typeof Grant>)

export const Plan = object({ stage: list(PeerId), grants: Type.Record(PeerId, Grants), receives: list(PeerId), loudspeakers: list(PeerId) })

export const IceParameters = object({ usernameFragment: Text, password: Text, iceLite: Type.Boolean() })
const Candidate = Type.Object({
  foundation: Text, priority: Type.Integer(), address: Text, port: Port, protocol: Type.Enum(['udp', 'tcp']), type: Type.Literal('host'), tcpType: Type.Optional(Type.Literal('passive')),
}, closed)
export const Transport = object({ transportId: Id, iceParameters: IceParameters, iceCandidates: list(Candidate, 100), dtlsParameters: DtlsParameters })
export const Joined = object({ send: Transport, receive: Transport })
const PlainTransport = object({ transportId: Id, port: Port })
export const PlainJoined = object({ send: PlainTransport, receive: PlainTransport })
export const CameraAt = Type.String({ pattern: '^rtsp://[!-~]+$', maxLength: 2_000 })
export const OpenedCamera = object({ transportId: Id, rtpParameters: RtpParameters })

const Layer = object({ spatial: Type.Integer(), temporal: Type.Integer(), width: Type.Integer(), height: Type.Integer(), bitsPerSecond: Type.Number() })
/** shared/media/span-control.ts */
export const Offers = list(object({ producerId: Id, peerId: PeerId, source: SourceField, layers: list(Layer, 10), paused: Type.Boolean(), mimeType: Type.String({ maxLength: 60 }) }))
const KeyText = Type.String({ maxLength: 200, pattern: '^[A-Za-z0-9+/=_-]+$' })
export const Pipe = object({ address: Type.String({ minLength: 1, maxLength: 253 }), port: Type.Integer({ minimum: 1, maximum: 65_535 }), srtp: object({ cryptoSuite: KeyText, keyBase64: KeyText }) })
export const LentStream = object({ kind: Type.Enum(['audio', 'video']), rtpParameters: RtpParameters })

const Feedback = list(object({ type: Type.String({ maxLength: 20 }), parameter: Type.String({ maxLength: 20 }) }), 12)
/** As shared/media/view.ts has it. */
export const ViewPlaces = list(object({
  mid: Type.String({ pattern: '^[A-Za-z0-9_-]{1,16}$' }), kind: Type.Enum(['audio', 'video']), mimeType: Type.String({ pattern: '^(audio|video)/[A-Za-z0-9-]{1,24}$' }),
  payloadType: Type.Integer({ minimum: 0, maximum: 127 }), clockRate: Type.Integer({ minimum: 8_000, maximum: 192_000 }), channels: orNull(Type.Integer({ minimum: 1, maximum: 2 })),
  parameters: Type.Record(Type.String({ pattern: '^[A-Za-z0-9-]{1,40}$' }), Type.Union([Type.String({ maxLength: 200 }), Type.Number()])), feedback: Feedback,
}), 8)
export const OpenedView = object({ transport: Transport, streams: list(object({ mid: Type.String({ maxLength: 16 }), ssrc: Type.Integer(), cname: Type.String({ maxLength: 60 }) }), 8) })

export const Line = object({
  lossPercent: Type.Number(), roundTripMs: Type.Number(), upKbps: Type.Number(), downKbps: Type.Number(), rung: Type.Enum([...rungs]), saveData: Type.Boolean(),
  highest: Type.Integer(), connected: Type.Boolean(),
})

/** What a room tells peers, by event; null: nothing besides. */
export const tellings: Record<RoomEvent, TSchema> = {
  'media:consumer': object({ consumerId: Id, producerId: Id, peerId: PeerId, source: SourceField, rtpParameters: RtpParameters, paused: Type.Boolean() }),
  'media:consumerClosed': object({ consumerId: Id }),
  'media:producerClosed': object({ producerId: Id }),
  'media:layersTaken': object({ producerId: Id, highest: Type.Integer() }),
  'media:ladder': object({ rung: Type.Enum([...rungs]), since: Type.Number(), lossPercent: Type.Number(), roundTripMs: Type.Number(), availableKbps: Type.Number() }),
  'media:levels': list(object({ peerId: PeerId, decibels: Type.Number() })),
  'media:lost': Type.Null(),
}

/** As shared/contracts/media-availability.ts has it. */
export const Availability = Type.Union([
  object({ state: Type.Enum(['absent', 'starting', 'fetching']) }),
  object({ state: Type.Literal('installing'), packages: list(Text, 100) }),
  object({ state: Type.Literal('building'), done: Type.Integer(), total: Type.Integer() }),
  object({ state: Type.Literal('ready'), from: Type.Enum(['given', 'cached', 'downloaded', 'built']) }),
  object({ state: Type.Literal('failed'), reason: Text, packages: list(Text, 100), detail: Type.String({ maxLength: 20_000 }) }),
])
