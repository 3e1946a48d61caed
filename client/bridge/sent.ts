import type { Producer, RtpCodecCapability, Transport } from 'mediasoup-client/types'
import type { RtpParameters } from '../../shared/contracts/media-parameters.ts'
import type { RefusalAnswer } from '../../shared/contracts/refusal.ts'
import type { Source } from '../../shared/media/peer.ts'
import type { MediaLine } from '../connection/media-line.ts'
import { codecOptionsOf, encodingsOf, hintOf, isSound } from './layers.ts'

/** The hub did not take it. `refusal` null: it did not answer. */
export class NotTaken extends Error {
  readonly refusal: RefusalAnswer | null
  constructor(refusal: RefusalAnswer | null) {
    super(refusal?.code ?? 'not answered')
    this.refusal = refusal
  }
}

/** What this peer sends, one producer for each source. */
export class Sent {
  readonly #transport: Transport
  readonly #line: MediaLine
  readonly #video: RtpCodecCapability | undefined
  readonly #producers = new Map<Source, Producer>()
  /** Those that its user holds back himself. */
  readonly #held = new Set<Source>()

  constructor(transport: Transport, line: MediaLine, video: RtpCodecCapability | undefined) {
    this.#transport = transport
    this.#line = line
    this.#video = video
    transport.on('produce', ({ rtpParameters, appData }, taken, failed) => {
      const source = appData.source as Source
      void line.request('media:produce', { transportId: transport.id, source, rtpParameters: rtpParameters as RtpParameters }).then((answer) => {
        if (answer.ok) taken({ id: answer.data.producerId })
        else failed(new NotTaken(answer.refusal))
      })
    })
  }

  sends(source: Source): boolean {
    return this.#producers.has(source)
  }

  trackOf(source: Source): MediaStreamTrack | null {
    return this.#producers.get(source)?.track ?? null
  }

  /** Sends a track, instead of the one that was sent from this source. Rejects with NotTaken. `ended`: it went away by itself (unplugged, or the sharing was ended). */
  async start(source: Source, track: MediaStreamTrack, ended: () => void): Promise<void> {
    track.contentHint = hintOf(source)
    const known = this.#producers.get(source)
    if (known) return known.replaceTrack({ track })
    const encodings = encodingsOf(source)
    const producer = await this.#transport.produce({
      track, codecOptions: codecOptionsOf(source), stopTracks: false, disableTrackOnPause: false, zeroRtpOnPause: true, appData: { source },
      ...(encodings ? { encodings } : {}), ...(!isSound(source) && this.#video ? { codec: this.#video } : {}),
    })
    this.#producers.set(source, producer)
    producer.on('trackended', ended)
    producer.observer.once('close', () => this.#producers.get(source) === producer && this.#producers.delete(source))
  }

  stop(source: Source): void {
    const producer = this.#producers.get(source)
    if (!producer) return
    this.#producers.delete(source)
    this.#held.delete(source)
    producer.close()
    void this.#line.request('media:closeProducer', { producerId: producer.id })
  }

  /** One's own mute button: nothing is sent, and everybody is told. */
  hold(source: Source, held: boolean): void {
    const producer = this.#producers.get(source)
    if (!producer || this.#held.has(source) === held) return
    if (held) this.#held.add(source)
    else this.#held.delete(source)
    if (held) producer.pause()
    else producer.resume()
    void this.#line.request('media:pauseProducer', { producerId: producer.id, paused: held })
  }

  /** Layers that nobody takes are not sent; −1: none at all. */
  layersTaken(producerId: string, highest: number): void {
    for (const [source, producer] of this.#producers) {
      if (producer.id !== producerId || isSound(source) || this.#held.has(source)) continue
      if (highest < 0) producer.pause()
      else {
        producer.resume()
        void producer.setMaxSpatialLayer(Math.min(highest, (encodingsOf(source)?.length ?? 1) - 1)).catch(() => undefined)
      }
    }
  }

  /** The hub has taken it back already. */
  closed(producerId: string): void {
    for (const [source, producer] of this.#producers) {
      if (producer.id !== producerId) continue
      this.#producers.delete(source)
      this.#held.delete(source)
      producer.close()
    }
  }

  statistics(): Promise<RTCStatsReport> {
    return this.#transport.getStats()
  }
}
