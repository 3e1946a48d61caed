/**
 * The media room on the wire, over the meeting's own socket (live.ts), so that it knows the session and the meeting; media itself is WebRTC.
 * Each request is answered with `{ok: true, ...}` or a refusal. What a peer may send follows from the meeting (shared/media/stage.ts): the hub tells
 * it and enforces it, nobody asks for it. The result of a readiness test is a fact of the meeting: the command `sites:check`.
 */
import { Type, type Static } from 'typebox'
import { mediaLimits } from '../media/limits.ts'
import { sources, type Source } from '../media/peer.ts'
import type { Grants, OnStage } from '../media/stage.ts'
import type { Rung } from '../media/ladder.ts'
import { Id, Line, Nothing } from './fields.ts'
import type { MediaAvailability } from './media-availability.ts'
import { DtlsParameters, RtpCapabilities, RtpParameters } from './media-parameters.ts'
import type { Refusal } from './refusal.ts'

const closed = { additionalProperties: false } as const
const Pixels = Type.Integer({ minimum: 0, maximum: 8192 })
const SourceField = Type.Enum([...sources])

/** What a technician asks of a site's equipment. Muting is the chair's order and the technician's alike; the rest its own page does. */
export const technicianActs = ['mute', 'unmute', 'changeCamera', 'audioOnly', 'allMedia', 'restartMedia', 'resendPage'] as const
export type TechnicianAct = (typeof technicianActs)[number]

export const mediaRequests = {
  /** What the rooms of this hub carry. Asked before joining: a browser says what it receives in the room's own numbers. */
  'media:capabilities': Nothing,
  /** As a room's endpoint with the code that its technician typed, or as one's own tablet. `trial`: the trial room, beside the meeting. */
  'media:join': Type.Object(
    { rtpCapabilities: RtpCapabilities, room: Type.Optional(Type.Object({ code: Type.String({ pattern: '^[0-9]{8}$' }) }, closed)), trial: Type.Optional(Type.Boolean()) },
    closed,
  ),
  'media:leave': Nothing,
  'media:connectTransport': Type.Object({ transportId: Id, dtlsParameters: DtlsParameters }, closed),
  /** After a network has changed; answered with new ICE parameters. */
  'media:restartIce': Type.Object({ transportId: Id }, closed),
  'media:produce': Type.Object({ transportId: Id, source: SourceField, rtpParameters: RtpParameters }, closed),
  /** The sender himself: his own mute button, or the end of a shared screen. */
  'media:pauseProducer': Type.Object({ producerId: Id, paused: Type.Boolean() }, closed),
  'media:closeProducer': Type.Object({ producerId: Id }, closed),
  /** What is on this screen and how large, in its own pixels; what is not named is not sent. The hub makes consumers of it. */
  'media:consume': Type.Object(
    {
      tiles: Type.Array(Type.Object({ peerId: Id, source: SourceField, width: Pixels, height: Pixels }, closed), { maxItems: mediaLimits.tiles }),
      own: Type.Boolean(),
      saveData: Type.Boolean(),
    },
    closed,
  ),
  /** The consumer stands and may be sent to: only then can the page begin to play it. */
  'media:resumeConsumer': Type.Object({ consumerId: Id }, closed),
  /** No more than this of one picture, whatever the line carries; null takes the wish back. */
  'media:preferLayers': Type.Object(
    { consumerId: Id, layers: Type.Union([Type.Object({ spatial: Type.Integer({ minimum: 0, maximum: 2 }), temporal: Type.Integer({ minimum: 0, maximum: 2 }) }, closed), Type.Null()]) },
    closed,
  ),
  /** Codes of rooms' endpoints, for who may report on sites: a site's technician hears his own site's, everybody else all of them. */
  'media:codes': Nothing,
  /** Begins or ends `media:report`, for who may report on sites. */
  'media:watch': Type.Object({ on: Type.Boolean() }, closed),
  'media:act': Type.Object({ peerId: Id, act: Type.Enum([...technicianActs]) }, closed),
  /** To the technician of one site, and nobody else. */
  'media:tellTechnician': Type.Object({ siteId: Id, text: Line(500) }, closed),
  /** A token for equipment that is no browser, of one site, for one direction. */
  'media:makeToken': Type.Object({ siteId: Id, door: Type.Enum(['whip', 'whep']), minutes: Type.Integer({ minimum: 1, maximum: 1440 }) }, closed),
  'media:revokeToken': Type.Object({ tokenId: Id }, closed),
  /** A room camera, fetched by RTSP from its address (`rtsp://user:password@host/path`) and sent as the site's camera, or second picture. It is tried again when it drops, until the meeting ends. */
  'media:startCamera': Type.Object({ siteId: Id, address: Type.String({ minLength: 1, maxLength: 500 }) }, closed),
  'media:stopCamera': Type.Object({ cameraId: Id }, closed),
  /** Tokens and cameras of the sites that are one's business, without secrets. */
  'media:doors': Nothing,
}

export type MediaRequestType = keyof typeof mediaRequests
export type MediaRequests = { [T in MediaRequestType]: Static<(typeof mediaRequests)[T]> }

/** The secret of a token, as it stands behind `Bearer`: 32 random octets. Only its SHA-256 is kept. */
export const MediaTokenSecret = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' })

export interface TransportParameters {
  transportId: string
  iceParameters: { usernameFragment: string; password: string; iceLite: boolean }
  iceCandidates: { foundation: string; priority: number; address: string; port: number; protocol: 'udp' | 'tcp'; type: 'host'; tcpType?: 'passive' }[]
  dtlsParameters: DtlsParameters
}

export interface IceServer {
  urls: string[]
  /** Time-limited (coturn's shared secret). */
  username?: string
  credential?: string
}

/** What the answers hold besides `ok`. */
export interface MediaAnswers {
  'media:capabilities': { rtpCapabilities: RtpCapabilities }
  'media:join': { peerId: string; send: TransportParameters; receive: TransportParameters; iceServers: IceServer[]; stage: StageMessage }
  'media:restartIce': { iceParameters: TransportParameters['iceParameters'] }
  'media:produce': { producerId: string }
  /** `siteId` null: the main room. A site has the same code in every meeting: it is typed once. */
  'media:codes': { codes: { siteId: string | null; code: string }[] }
  /** `secret` is told this once. `path`: of this hub, where the door is. */
  'media:makeToken': { tokenId: string; secret: string; path: string; expiresAt: number }
  'media:startCamera': { cameraId: string }
  'media:doors': { tokens: DoorToken[]; cameras: DoorCamera[] }
}

export type Door = 'whip' | 'whep'

export interface DoorToken {
  tokenId: string
  siteId: string
  door: Door
  expiresAt: number
  madeBy: string
  /** What has come through it at this moment; null: nothing. */
  session: { since: number; connected: boolean; kbps: number; lossPercent: number } | null
}

export interface DoorCamera {
  cameraId: string
  siteId: string
  /** Host and path; user and password are told nobody. */
  address: string
  startedBy: string
  since: number
  state: 'connecting' | 'playing' | 'failed'
  /** Of `failed`. It is tried again, but not with a password that the camera does not take. */
  reason: Refusal | null
  kbps: number
}

/** Who is on stage, and what this peer itself may do now. */
export interface StageMessage {
  onStage: OnStage[]
  /** Connected in advance: it is this peer's turn soon. */
  standby: boolean
  grants: Grants
  loudspeaker: boolean
  /** Everybody who sends a picture, for the gallery. */
  peers: { peerId: string; siteId: string | null; personId: string | null; sources: Source[] }[]
}

/** Where this receiver stands on the ladder, and since when. */
export interface LadderMessage {
  rung: Rung
  since: number
  lossPercent: number
  roundTripMs: number
  /** What the hub believes that this line carries towards the receiver; 0: not known yet. */
  availableKbps: number
}

/** How one peer's line does, as the hub measures it, for technicians. */
export interface PeerLine {
  peerId: string
  /** Of a room's endpoint, null for the main room; of a tablet, where its owner is. */
  siteId: string | null
  /** Null: a room's endpoint. */
  personId: string | null
  lossPercent: number
  roundTripMs: number
  /** What comes from it and goes to it. */
  upKbps: number
  downKbps: number
  rung: Rung
  saveData: boolean
  sources: Source[]
  /** Highest spatial layer of its camera that is passed on; −1: none. */
  highest: number
  /** Of its microphone, −127 (silence) to 0. */
  decibels: number
}

export interface MediaReport {
  availability: MediaAvailability
  lines: PeerLine[]
}

export interface MediaEvents {
  'media:stage': (stage: StageMessage) => void
  'media:ladder': (ladder: LadderMessage) => void
  'media:consumer': (consumer: { consumerId: string; producerId: string; peerId: string; source: Source; rtpParameters: RtpParameters; paused: boolean }) => void
  'media:consumerClosed': (closed: { consumerId: string }) => void
  /** Taken back by the hub: the grant has become "no". */
  'media:producerClosed': (closed: { producerId: string }) => void
  /** All that this peer had is gone, because a worker died or the hub took it out: `media:join` again, unless it is refused. */
  'media:lost': () => void
  /** The highest spatial layer that anybody takes; −1: stop sending. */
  'media:layersTaken': (taken: { producerId: string; highest: number }) => void
  /** What a technician asks of this endpoint. */
  'media:act': (act: { act: TechnicianAct; by: string }) => void
  'media:technicianMessage': (message: { text: string; by: string; at: number }) => void
  /** To who watches, at once and then every two seconds. */
  'media:report': (report: MediaReport) => void
  /** Loudest first, at most four times a second. */
  'media:levels': (levels: { peerId: string; decibels: number }[]) => void
}
