import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { peerModule } from '../../support/peers.ts'
import { GeneratedSite, type Rates } from './generator.ts'

/** What is used of werift, WebRTC in TypeScript: Janus wants publishers who look for a way to it themselves, which mediasoup as equipment does not. */
interface Werift {
  RTCPeerConnection: new (options: object) => Connection
  MediaStreamTrack: new (options: { kind: 'audio' | 'video' }) => Track
  useOPUS(): object
  useVP8(): object
}
interface Track { writeRtp(packet: Buffer): void }
interface Connection {
  addTransceiver(track: Track, options: { direction: 'sendonly' }): unknown
  createOffer(): Promise<object>
  setLocalDescription(description: object): Promise<unknown>
  readonly localDescription: { sdp: string }
  setRemoteDescription(description: { type: 'answer'; sdp: string }): Promise<unknown>
  close(): Promise<unknown>
}

/** A site that publishes by WebRTC what its generator gives. */
export class BrowserlessSite {
  readonly generator: GeneratedSite
  readonly #connection: Connection
  readonly #closing: () => void

  private constructor(generator: GeneratedSite, connection: Connection, closing: () => void) {
    this.generator = generator
    this.#connection = connection
    this.#closing = closing
  }

  /** `publish` takes an offer and gives the answer. */
  static async open(folder: string, rates: Rates, voice: boolean, layer: number, publish: (offer: string) => Promise<string>): Promise<BrowserlessSite> {
    const { RTCPeerConnection, MediaStreamTrack, useOPUS, useVP8 } = await peerModule<Werift>(folder, 'werift')
    const [generator, connection, inlet] = [await GeneratedSite.open(), new RTCPeerConnection({ codecs: { audio: [useOPUS()], video: [useVP8()] }, iceServers: [], iceUseIpv6: false }), createSocket('udp4')]
    const tracks = new Map<number, Track>()
    for (const kind of voice ? ['audio', 'video'] as const : ['video'] as const) {
      const track = new MediaStreamTrack({ kind })
      connection.addTransceiver(track, { direction: 'sendonly' })
      const { codecs: [codec] } = kind === 'audio' ? generator.voice(rates) : generator.picture(rates, layer)
      tracks.set(codec?.payloadType ?? 0, track)
    }
    inlet.bind(0, '127.0.0.1')
    await once(inlet, 'listening')
    inlet.on('message', (packet) => tracks.get((packet[1] ?? 0) & 0x7f)?.writeRtp(packet))
    await connection.setLocalDescription(await connection.createOffer())
    await connection.setRemoteDescription({ type: 'answer', sdp: await publish(connection.localDescription.sdp) })
    generator.sendTo(inlet.address().port)
    return new BrowserlessSite(generator, connection, () => inlet.close())
  }

  async close(): Promise<void> {
    this.generator.close()
    this.#closing()
    await this.#connection.close()
  }
}
