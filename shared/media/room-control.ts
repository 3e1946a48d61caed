/**
 * One media room as the hub sees it: what it asks of it, and what it is told. Only ids and plain values pass, so that the room may be in another
 * process, or on another machine. It knows peers and what each may send; why, the hub knows.
 */
import type { DtlsParameters, RtpCapabilities, RtpParameters } from '../contracts/media-parameters.ts'
import type { MediaEvents, MediaRequests, PeerLine, TransportParameters } from '../contracts/media.ts'
import type { Source } from './peer.ts'
import type { RecordingTrouble } from './recording.ts'
import type { Grants } from './stage.ts'
import type { OpenedView, ViewPlace } from './view.ts'

/** Who sends and hears at one moment; whoever is not named does neither. */
export interface RoomPlan {
  /** Peers on stage; the first is the one everybody looks at. */
  stage: readonly string[]
  grants: Readonly<Record<string, Grants>>
  /** Peers and views that may receive at all, and of these, those that may sound. */
  receives: readonly string[]
  loudspeakers: readonly string[]
}

export interface JoinedRoom {
  send: TransportParameters
  receive: TransportParameters
}

/** Equipment without a browser: plain RTP, to and from ports of its own network. */
export interface PlainJoinedRoom {
  send: { transportId: string; port: number }
  receive: { transportId: string; port: number }
}

/** A camera: what is to be produced of it. */
export interface OpenedCamera { transportId: string; rtpParameters: RtpParameters }

/** Every call of a peer that is not in the room, or about what is not its own, is refused with `media.unknown`; parameters that mediasoup cannot take with `request.malformed`. */
export interface RoomControl {
  /**
   * A peer that is there already begins anew. `siteId`: where it is, null for the main room; a room that spans machines takes it in at the one for that site.
   * `as`: equipment beside an endpoint sends as that endpoint, by its grants.
   */
  join(peerId: string, rtpCapabilities: RtpCapabilities, siteId?: string | null, as?: string | null): Promise<JoinedRoom>
  /** `receiveAt`: the UDP port on this machine that is sent to; null: it only sends. */
  joinPlain(peerId: string, rtpCapabilities: RtpCapabilities, receiveAt: number | null, siteId?: string | null, as?: string | null): Promise<PlainJoinedRoom>
  /**
   * A camera that is fetched by RTSP, as a peer that sends as `as`. `address`: CameraAddress.at(…), with the password, which is told nobody. When it sends no more the peer is told `media:lost`.
   * Refused with `media.cameraNoProgram`, `media.cameraLogin`, `media.cameraNotFound`, `media.cameraUnreachable`, `media.cameraNoPicture` or `media.cameraFailed`.
   */
  openCamera(peerId: string, address: string, siteId?: string | null, as?: string | null): Promise<OpenedCamera>
  leave(peerId: string): void
  /** A player at a site; it is given what is on stage while the plan's `receives` names it, but not the voice of `beside`, the endpoint of its own room. */
  openView(viewId: string, siteId: string | null, beside: string, places: readonly ViewPlace[], dtlsParameters: DtlsParameters): Promise<OpenedView>
  restartView(viewId: string): Promise<TransportParameters>
  closeView(viewId: string): void
  connectTransport(peerId: string, transportId: string, dtlsParameters: DtlsParameters): Promise<void>
  restartIce(peerId: string, transportId: string): Promise<TransportParameters['iceParameters']>
  /** The producer's id. What the plan does not grant is refused with `media.notGranted`. */
  produce(peerId: string, transportId: string, source: Source, rtpParameters: RtpParameters): Promise<string>
  pauseProducer(peerId: string, producerId: string, paused: boolean): Promise<void>
  closeProducer(peerId: string, producerId: string): Promise<void>
  /** Which pictures, how large; voices are not asked for. */
  consume(peerId: string, wish: MediaRequests['media:consume']): Promise<void>
  resumeConsumer(peerId: string, consumerId: string): Promise<void>
  preferLayers(peerId: string, consumerId: string, layers: MediaRequests['media:preferLayers']['layers']): Promise<void>
  /** Carries out what changed, what is taken back first. */
  follow(plan: RoomPlan): void
  /** From now on what the plan has on stage is written down for this recording; null: nothing is. */
  record(recordingId: string | null): void
  /** What a peer sends now. */
  sending(peerId: string): { producerId: string; source: Source; mimeType: string }[]
  close(): void
}

/** Of what a room tells, all but what the hub itself knows. */
export type RoomEvent = 'media:consumer' | 'media:consumerClosed' | 'media:producerClosed' | 'media:layersTaken' | 'media:ladder' | 'media:levels' | 'media:lost'

export interface RoomLine extends Pick<PeerLine, 'lossPercent' | 'roundTripMs' | 'upKbps' | 'downKbps' | 'rung' | 'saveData' | 'highest'> {
  /** False: nothing comes through at this moment. */
  connected: boolean
}

export interface RoomListener {
  tell<E extends RoomEvent>(peerId: string, event: E, ...message: Parameters<MediaEvents[E]>): void
  /** About twice a second for each peer. */
  measured(peerId: string, line: RoomLine): void
  /** Its producers are others than before. */
  sendingChanged(): void
  /** Nothing more is written down for it. */
  recordingFailed(recordingId: string, trouble: RecordingTrouble): void
}
