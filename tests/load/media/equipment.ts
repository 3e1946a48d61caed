import { createWorker } from 'mediasoup'
import type { Consumer, PlainTransport, Producer, Router, RtpCodecCapability, RtpParameters, WebRtcTransport, Worker } from 'mediasoup/types'
import { roomCodecs } from '../../../media/sfu/codecs.ts'
import { GeneratedSite, pumpAll, type Rates } from './generator.ts'

const local = { protocol: 'udp', ip: '127.0.0.1' } as const

export interface Sent { consumer: Consumer; parameters: RtpParameters }

/**
 * The equipment of many sites: a worker of its own, so that what is measured beside it is forwarding with SRTP and not this process. What the
 * generators give goes into it in clear, and from it to the side under test encrypted, as a browser would send it; what comes back is decrypted and counted.
 */
export class Equipment {
  readonly worker: Worker
  readonly router: Router
  readonly #generators: GeneratedSite[] = []
  readonly #came: Producer[] = []
  #stop = () => {}

  private constructor(worker: Worker, router: Router) {
    this.worker = worker
    this.router = router
  }

  static async open(program: string): Promise<Equipment> {
    const worker = await createWorker({ workerBin: program, logLevel: 'none' })
    return new Equipment(worker, await worker.createRouter({ mediaCodecs: roomCodecs }))
  }

  /** What one site sends: a voice or none, and one picture of the layer `layer` of `rates`, without simulcast. */
  async site(rates: Rates, voice: boolean, layer: number): Promise<Producer[]> {
    const generator = await GeneratedSite.open()
    this.#generators.push(generator)
    const incoming = await this.router.createPlainTransport({ listenInfo: local, rtcpMux: true, comedia: true })
    generator.sendTo(incoming.tuple.localPort)
    const parameters = [...(voice ? [generator.voice(rates)] : []), generator.picture(rates, layer)]
    return Promise.all(parameters.map((rtpParameters) => incoming.produce({ kind: rtpParameters.codecs[0]?.mimeType === 'audio/opus' ? 'audio' : 'video', rtpParameters: rtpParameters as RtpParameters })))
  }

  plain(): Promise<PlainTransport> {
    return this.router.createPlainTransport({ listenInfo: local, rtcpMux: true, comedia: false, enableSrtp: true })
  }

  /** At this machine's own `ip`: Janus does not use loopback. */
  webRtc(ip: string): Promise<WebRtcTransport> {
    return this.router.createWebRtcTransport({ listenInfos: [{ protocol: 'udp', ip }], initialAvailableOutgoingBitrate: 50_000_000, iceConsentTimeout: 0 })
  }

  /** Sends what a site has through this transport. */
  async send(transport: PlainTransport | WebRtcTransport, producer: Producer): Promise<Sent> {
    const consumer = await transport.consume({ producerId: producer.id, rtpCapabilities: this.router.rtpCapabilities, paused: false })
    return { consumer, parameters: consumer.rtpParameters }
  }

  /** Takes a stream that comes in through this transport, and counts it from now on. */
  async take(transport: PlainTransport | WebRtcTransport, kind: 'audio' | 'video', payloadType: number, ssrc: number): Promise<void> {
    const codec = roomCodecs[kind === 'audio' ? 0 : 1] as RtpCodecCapability
    const { mimeType, clockRate, channels } = codec
    this.#came.push(await transport.produce({
      kind, rtpParameters: { codecs: [{ mimeType, clockRate, payloadType, ...(channels ? { channels } : {}), parameters: {}, rtcpFeedback: [] }], encodings: [{ ssrc }], headerExtensions: [], rtcp: { cname: `c${ssrc}` } },
    }))
  }

  begin(): void {
    this.#stop = pumpAll(this.#generators)
  }

  /** Packets that have come back to all sites. */
  async count(): Promise<number> {
    const stats = await Promise.all(this.#came.map((producer) => producer.getStats()))
    return stats.flat().reduce((sum, { packetCount }) => sum + packetCount, 0)
  }

  close(): void {
    this.#stop()
    this.worker.close()
    for (const generator of this.#generators) generator.close()
  }
}
