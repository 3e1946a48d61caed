import { Device } from 'mediasoup-client'
import type { RtpCapabilities, Transport, TransportOptions } from 'mediasoup-client/types'
import type { LadderMessage, MediaEvents, MediaRequests, StageMessage, TransportParameters } from '../../shared/contracts/media.ts'
import type { RtpCapabilities as WireCapabilities } from '../../shared/contracts/media-parameters.ts'
import type { RefusalAnswer } from '../../shared/contracts/refusal.ts'
import type { MediaLine } from '../connection/media-line.ts'
import { Path } from './path.ts'
import { Received, type Arrival } from './received.ts'
import { Sent } from './sent.ts'

export interface PeerListener {
  stage(stage: StageMessage): void
  ladder(ladder: LadderMessage): void
  levels(levels: { peerId: string; decibels: number }[]): void
  arrivals(arrivals: Arrival[]): void
  act(act: Parameters<MediaEvents['media:act']>[0]): void
  message(message: Parameters<MediaEvents['media:technicianMessage']>[0]): void
  /** All is gone and has to be made anew. */
  lost(): void
}

export type Joining = Omit<MediaRequests['media:join'], 'rtpCapabilities'>
export type Joined = { ok: true; peer: BridgePeer } | { ok: false; reason: RefusalAnswer | 'unsupported' | 'unanswered' }

/** This screen in the media room: one way there, one way back. What it holds is mediasoup-client's and must not be made reactive. */
export class BridgePeer {
  readonly peerId: string
  readonly sent: Sent
  readonly received: Received
  readonly #line: MediaLine
  readonly #paths: Path[]
  readonly #stops: (() => void)[]

  constructor(peerId: string, sent: Sent, received: Received, line: MediaLine, paths: Path[], stops: (() => void)[]) {
    this.peerId = peerId
    this.sent = sent
    this.received = received
    this.#line = line
    this.#paths = paths
    this.#stops = stops
  }

  /** The network has changed: new ways are looked for at once. */
  mend(): void {
    for (const path of this.#paths) void path.mend()
  }

  /** `told`: the hub knows already. */
  close({ told }: { told: boolean }): void {
    for (const stop of this.#stops) stop()
    for (const path of this.#paths) path.close()
    if (!told) void this.#line.request('media:leave', {})
  }
}

/** Joins the media room over the meeting's line. Never rejects. */
export async function joinBridge(line: MediaLine, joining: Joining, listener: PeerListener): Promise<Joined> {
  const room = await line.request('media:capabilities', {})
  if (!room.ok) return { ok: false, reason: room.refusal ?? 'unanswered' }
  const device = await loadedDevice(room.data.rtpCapabilities)
  if (!device) return { ok: false, reason: 'unsupported' }
  // Whatever is told between the hub's answer and the moment when all is ready waits for it.
  let ready: (peer: BridgePeer | null) => void = () => undefined
  const made = new Promise<BridgePeer | null>((resolve) => (ready = resolve))
  const whenMade = (does: (peer: BridgePeer) => void) => void made.then((peer) => peer && does(peer))
  const stops = [
    line.on('media:stage', (stage) => whenMade(() => listener.stage(stage))),
    line.on('media:ladder', (ladder) => {
      listener.ladder(ladder)
      whenMade(({ received }) => received.heed(ladder))
    }),
    line.on('media:levels', (levels) => listener.levels(levels)),
    line.on('media:consumer', (offered) => whenMade(({ received }) => void received.take(offered))),
    line.on('media:consumerClosed', ({ consumerId }) => whenMade(({ received }) => received.close(consumerId))),
    line.on('media:producerClosed', ({ producerId }) => whenMade(({ sent }) => sent.closed(producerId))),
    line.on('media:layersTaken', ({ producerId, highest }) => whenMade(({ sent }) => sent.layersTaken(producerId, highest))),
    line.on('media:act', (act) => listener.act(act)),
    line.on('media:technicianMessage', (message) => listener.message(message)),
    line.on('media:lost', () => whenMade(() => listener.lost())),
  ]
  const answer = await line.request('media:join', { ...joining, rtpCapabilities: device.recvRtpCapabilities as WireCapabilities })
  if (!answer.ok) {
    for (const stop of stops) stop()
    ready(null)
    return { ok: false, reason: answer.refusal ?? 'unanswered' }
  }
  const { peerId, send, receive, iceServers, stage } = answer.data
  const transports = [device.createSendTransport(options(send, iceServers)), device.createRecvTransport(options(receive, iceServers))] as const
  for (const transport of transports) connects(transport, line)
  const video = device.sendRtpCapabilities.codecs?.find(({ mimeType }) => mimeType.toLowerCase() === 'video/vp8')
  const paths: Path[] = transports.map((transport) => new Path(transport, line, {
    dead: () => { for (const path of paths) void path.mendIfSilent() },
    giveUp: () => listener.lost(),
  }))
  const peer = new BridgePeer(peerId, new Sent(transports[0], line, video), new Received(transports[1], line, listener.arrivals), line, paths, stops)
  ready(peer)
  listener.stage(stage)
  return { ok: true, peer }
}

async function loadedDevice(routerRtpCapabilities: WireCapabilities): Promise<Device | null> {
  try {
    const device = await Device.factory()
    await device.load({ routerRtpCapabilities: routerRtpCapabilities as RtpCapabilities })
    return device
  } catch {
    // A browser without WebRTC, or so old that mediasoup-client does not know it.
    return null
  }
}

function options({ transportId, iceParameters, iceCandidates, dtlsParameters }: TransportParameters, iceServers: RTCIceServer[]): TransportOptions {
  return { id: transportId, iceParameters, iceCandidates: iceCandidates.map((one) => ({ ...one, ip: one.address })), dtlsParameters: dtlsParameters as TransportOptions['dtlsParameters'], iceServers }
}

function connects(transport: Transport, line: MediaLine): void {
  transport.on('connect', ({ dtlsParameters }, done, failed) => {
    void line.request('media:connectTransport', { transportId: transport.id, dtlsParameters }).then((answer) => (answer.ok ? done() : failed(new Error(answer.refusal?.code ?? 'not answered'))))
  })
}
