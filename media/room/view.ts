import { randomInt } from 'node:crypto'
import type { Consumer, DirectTransport, RouterRtpCodecCapability, RtcpFeedback, WebRtcTransport } from 'mediasoup/types'
import type { DtlsParameters } from '../../shared/contracts/media-parameters.ts'
import type { TransportParameters } from '../../shared/contracts/media.ts'
import { Refused } from '../../shared/contracts/refusal.ts'
import type { Served } from '../../shared/media/ladder.ts'
import type { RoomLine } from '../../shared/media/room-control.ts'
import { followLine, placeVoices, type OpenedView, type ViewLine, type ViewPlace } from '../../shared/media/view.ts'
import type { Leg } from '../sfu/pool.ts'
import type { RoomLeg } from './legs.ts'
import { isConnected } from './line.ts'
import { parametersOf } from './peers.ts'
import { Relay } from './relay.ts'
import { keyFrameAsked } from './rewriting.ts'
import type { Sent } from './sent.ts'

/** Codecs of a view's own router. mediasoup numbers payloads for a whole router, and a player hears only to the numbers it has given. */
export function viewCodecs(places: readonly ViewPlace[]): RouterRtpCodecCapability[] {
  const firsts = places.filter(({ kind }, at) => places.findIndex((one) => one.kind === kind) === at)
  return [...firsts].sort((a, b) => a.kind.localeCompare(b.kind)).map(({ kind, mimeType, clockRate, channels, parameters, payloadType }) =>
    ({ kind, mimeType, clockRate, ...(channels === null ? {} : { channels }), parameters, preferredPayloadType: payloadType }) as RouterRtpCodecCapability)
}

export interface ViewParts {
  viewId: string
  /** The peer in the same room, whose voice it is not given. */
  beside: string
  /** Its own router. */
  leg: Leg
  /** The room's, where what is sent comes to. */
  place(): Promise<RoomLeg>
  places: readonly ViewPlace[]
  dtlsParameters: DtlsParameters
  onTrouble(error: unknown): void
  /** Something turned out to be in another codec. */
  onUnfit(): void
}

/** One player's view of a room. */
export class View {
  readonly viewId: string
  readonly beside: string
  readonly #leg: Leg
  readonly #near: RoomLeg
  readonly #ends: { transport: WebRtcTransport; far: DirectTransport; near: DirectTransport }
  readonly #relays: Relay[] = []
  readonly #consumers: Consumer[] = []
  readonly #onTrouble: (error: unknown) => void
  readonly #onUnfit: () => void
  #line: ViewLine = { highest: 2, goodSince: null }

  private constructor({ viewId, beside, leg, onTrouble, onUnfit }: ViewParts, near: RoomLeg, ends: { transport: WebRtcTransport; far: DirectTransport; near: DirectTransport }) {
    this.viewId = viewId
    this.beside = beside
    this.#leg = leg
    this.#near = near
    this.#ends = ends
    this.#onTrouble = onTrouble
    this.#onUnfit = onUnfit
    ends.far.on('rtcp', (packet) => { for (const ssrc of keyFrameAsked(packet)) this.#relays.find((relay) => relay.ssrc === ssrc)?.askKeyFrame() })
  }

  /** @throws Refused `request.malformed` when mediasoup does not take it */
  static async open(parts: ViewParts): Promise<{ view: View; opened: OpenedView }> {
    const { viewId, leg: { router, server }, place, places, dtlsParameters, onTrouble } = parts
    const near = await place()
    let view: View | null = null
    try {
      const transport = await router.createWebRtcTransport({ webRtcServer: server, enableUdp: true, enableTcp: true, preferUdp: true, iceConsentTimeout: 10 })
      await transport.connect({ dtlsParameters: dtlsParameters as never })
      view = new View(parts, near, { transport, far: await router.createDirectTransport(), near: await near.router.createDirectTransport() })
      const streams: OpenedView['streams'] = []
      for (const one of places) streams.push(await view.#make(one, `hub-${viewId.slice(-12)}`))
      return { view, opened: { transport: parametersOf(transport), streams } }
    } catch (error) {
      // Its end in the room's router would stay as long as the room.
      if (view) view.close()
      else near.peers -= 1
      if (router.closed || near.router.closed) throw new Refused('media.unknown')
      onTrouble(error)
      throw new Refused('request.malformed', { field: 'sdp' })
    }
  }

  get legId(): string {
    return this.#leg.id
  }

  /** What is taken by it: its senders must not stop. */
  get asked(): Pick<Served, 'taken'> {
    return { taken: this.#relays.flatMap(({ shown }) => (shown ? [{ producerId: shown.producer.id, layer: shown.layers.findLast(({ spatial }) => spatial <= this.#line.highest) ?? null }] : [])) }
  }

  /** Voices and pictures, the most needful first. */
  want(voices: readonly Sent[], pictures: readonly Sent[], decibels: (producerId: string) => number): void {
    const ears = this.#relays.filter(({ place }) => place.kind === 'audio')
    const open = voices.filter((sent) => ears[0]?.fits(sent))
    const placed = placeVoices(open.map(({ producer }) => ({ producerId: producer.id, decibels: decibels(producer.id) })), ears.map(({ shown }) => shown?.producer.id ?? null))
    for (const [at, relay] of ears.entries()) relay.show(open.find(({ producer }) => producer.id === placed[at]) ?? null)
    const eyes = this.#relays.filter(({ place }) => place.kind === 'video')
    const seen = pictures.filter((sent) => eyes[0]?.fits(sent))
    // The speaker in the first place, a shared screen in the second; whichever there is where there is but one place.
    const speaker = seen.find(({ source }) => source === 'camera') ?? null
    const screen = seen.find(({ source }) => source !== 'camera') ?? null
    eyes[0]?.show(eyes.length > 1 ? speaker : speaker ?? screen)
    eyes[1]?.show(screen)
  }

  async measure(): Promise<RoomLine> {
    const [[stats], reports] = await Promise.all([this.#ends.transport.getStats(), Promise.all(this.#consumers.map((consumer) => consumer.getStats()))])
    const sent = reports.flat().filter((one) => one.type === 'outbound-rtp')
    const lossPercent = Math.max(0, ...sent.map((one) => ('fractionLost' in one ? Number(one.fractionLost ?? 0) / 2.56 : 0)))
    const roundTripMs = Math.max(0, ...sent.map((one) => ('roundTripTime' in one ? Number(one.roundTripTime ?? 0) : 0)))
    this.#line = followLine(this.#line, lossPercent, performance.now())
    for (const relay of this.#relays) if (relay.place.kind === 'video') relay.limit(this.#line.highest)
    return {
      lossPercent: Math.min(100, Math.round(lossPercent * 100) / 100), roundTripMs: Math.round(roundTripMs), upKbps: 0, downKbps: Math.round((stats?.sendBitrate ?? 0) / 1000),
      rung: 'stage', saveData: false, highest: this.#line.highest, connected: isConnected(this.#ends.transport),
    }
  }

  async restartIce(): Promise<TransportParameters> {
    await this.#ends.transport.restartIce()
    return parametersOf(this.#ends.transport)
  }

  onLost(listener: () => void): void {
    for (const { router } of [this.#leg, this.#near]) router.once('workerclose', listener)
  }

  close(): void {
    for (const relay of this.#relays) relay.close()
    for (const end of Object.values(this.#ends)) end.close()
    this.#near.peers -= 1
  }

  async #make(place: ViewPlace, cname: string): Promise<OpenedView['streams'][number]> {
    const { mid, kind, mimeType, clockRate, channels, parameters, payloadType, feedback } = place
    const codec = { mimeType, clockRate, ...(channels === null ? {} : { channels }), parameters }
    const ssrc = randomInt(1, 2 ** 31)
    // No repair is asked of a place: what is missing there is missing in what is sent already.
    const rtcpFeedback = kind === 'video' ? [{ type: 'nack', parameter: 'pli' }, { type: 'ccm', parameter: 'fir' }] : []
    const producer = await this.#ends.far.produce({ kind, rtpParameters: { codecs: [{ ...codec, payloadType, rtcpFeedback }], encodings: [{ ssrc }], rtcp: { cname } } })
    const rtpCapabilities = { codecs: [{ ...codec, kind, preferredPayloadType: payloadType, rtcpFeedback: feedback as RtcpFeedback[] }], headerExtensions: [] }
    const consumer = await this.#ends.transport.consume({ producerId: producer.id, rtpCapabilities, mid })
    this.#consumers.push(consumer)
    this.#relays.push(new Relay({ place, ssrc, producer, near: { leg: this.#near, transport: this.#ends.near }, onTrouble: this.#onTrouble, onUnfit: this.#onUnfit }))
    return { mid, ssrc: consumer.rtpParameters.encodings?.[0]?.ssrc ?? 0, cname }
  }
}
