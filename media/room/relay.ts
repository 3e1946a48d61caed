import type { Consumer, DirectTransport, Producer } from 'mediasoup/types'
import type { ViewPlace } from '../../shared/media/view.ts'
import type { RoomLeg } from './legs.ts'
import { Rewriting } from './rewriting.ts'
import type { Sent } from './sent.ts'

export interface RelayParts {
  place: ViewPlace
  ssrc: number
  /** What the place's packets are handed to. */
  producer: Producer
  /** Where what is sent is taken from. */
  near: { leg: RoomLeg; transport: DirectTransport }
  onTrouble(error: unknown): void
  /** What was to be shown is in another codec. */
  onUnfit(): void
}

/** One place of a view: hands on the packets of whatever is shown in it at the moment, as one stream. */
export class Relay {
  readonly place: ViewPlace
  readonly ssrc: number
  readonly #parts: RelayParts
  readonly #rewriting: Rewriting
  readonly #unfit = new Set<string>()
  #shown: Sent | null = null
  #consumer: Consumer | null = null
  #highest = 2
  #changing: Promise<void> = Promise.resolve()

  constructor(parts: RelayParts) {
    const { place, ssrc } = parts
    this.#parts = parts
    this.place = place
    this.ssrc = ssrc
    this.#rewriting = new Rewriting({ ssrc, payloadType: place.payloadType, clockRate: place.clockRate, isVp8: place.mimeType.toLowerCase() === 'video/vp8' })
  }

  get shown(): Sent | null {
    return this.#shown
  }

  /** Whether what is sent is in this place's codec, as far as it was tried: nothing is translated. */
  fits({ producer }: Sent): boolean {
    return !this.#unfit.has(producer.id)
  }

  show(sent: Sent | null): void {
    if (this.#shown === sent) return
    this.#shown = sent
    this.#changing = this.#changing.then(() => this.#change(sent)).catch((error: unknown) => { if (sent && !sent.producer.closed && !this.#parts.near.transport.closed) this.#parts.onTrouble(error) })
  }

  /** No layer above this one. */
  limit(highest: number): void {
    if (highest === this.#highest) return
    this.#highest = highest
    this.#setLayers()
  }

  askKeyFrame(): void {
    if (this.#consumer && !this.#consumer.closed && this.place.kind === 'video') void this.#consumer.requestKeyFrame().catch(() => {})
  }

  close(): void {
    this.#shown = null
    this.#consumer?.close()
    this.#consumer = null
  }

  async #change(sent: Sent | null): Promise<void> {
    this.#consumer?.close()
    this.#consumer = null
    // Something else may have been asked for while it waited.
    if (!sent || this.#shown !== sent || sent.producer.closed) return
    const { near: { leg, transport }, onUnfit } = this.#parts
    await sent.bring(leg)
    const producerId = sent.producer.id
    const codecs = leg.router.rtpCapabilities.codecs?.filter(({ mimeType }) => mimeType.toLowerCase() === this.place.mimeType.toLowerCase()) ?? []
    const rtpCapabilities = { codecs, headerExtensions: [] }
    if (!leg.router.canConsume({ producerId, rtpCapabilities })) {
      this.#unfit.add(producerId)
      return onUnfit()
    }
    const consumer = await transport.consume({ producerId, rtpCapabilities, paused: true })
    if (this.#shown !== sent || this.#parts.producer.closed) return consumer.close()
    this.#consumer = consumer
    this.#setLayers()
    this.#rewriting.begin()
    consumer.on('rtp', (packet) => {
      if (this.#consumer !== consumer || this.#parts.producer.closed) return
      const next = this.#rewriting.next(packet, performance.now())
      if (next) this.#parts.producer.send(next)
    })
    await consumer.resume()
  }

  #setLayers(): void {
    const consumer = this.#consumer
    if (consumer?.type !== 'simulcast') return
    consumer.setPreferredLayers({ spatialLayer: this.#highest, temporalLayer: 2 }).catch((error: unknown) => { if (!consumer.closed) this.#parts.onTrouble(error) })
  }
}
