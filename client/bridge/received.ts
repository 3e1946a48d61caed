import type { Consumer, RtpParameters, Transport } from 'mediasoup-client/types'
import type { MediaEvents } from '../../shared/contracts/media.ts'
import type { Source } from '../../shared/media/peer.ts'
import type { MediaLine } from '../connection/media-line.ts'
import { isSound } from './layers.ts'

export interface Arrival {
  consumerId: string
  peerId: string
  source: Source
  track: MediaStreamTrack
}

type Offered = Parameters<MediaEvents['media:consumer']>[0]

/** What comes from others. Which pictures do, is asked by `media:consume`; voices come by themselves. */
export class Received {
  readonly #transport: Transport
  readonly #line: MediaLine
  readonly #changed: (arrivals: Arrival[]) => void
  readonly #consumers = new Map<string, { consumer: Consumer; peerId: string; source: Source }>()
  /** Closed by the hub before this page had made them. */
  readonly #gone = new Set<string>()

  constructor(transport: Transport, line: MediaLine, changed: (arrivals: Arrival[]) => void) {
    this.#transport = transport
    this.#line = line
    this.#changed = changed
  }

  async take({ consumerId, producerId, peerId, source, rtpParameters }: Offered): Promise<void> {
    // One stream for a peer's voice and face keeps lips and words together.
    const streamId = source === 'microphone' || source === 'camera' ? peerId : `${peerId}-${source === 'second' ? 'second' : 'screen'}`
    const consumer = await this.#transport
      .consume({ id: consumerId, producerId, kind: isSound(source) ? 'audio' : 'video', rtpParameters: rtpParameters as RtpParameters, streamId })
      .catch(() => null)
    if (!consumer) return
    if (this.#gone.delete(consumerId)) return consumer.close()
    this.#consumers.set(consumerId, { consumer, peerId, source })
    consumer.on('transportclose', () => this.#consumers.delete(consumerId))
    this.#tell()
    await this.#line.request('media:resumeConsumer', { consumerId })
  }

  close(consumerId: string): void {
    const known = this.#consumers.get(consumerId)
    if (!known) return void this.#gone.add(consumerId)
    this.#consumers.delete(consumerId)
    known.consumer.close()
    this.#tell()
  }

  statistics(): Promise<RTCStatsReport> {
    return this.#transport.getStats()
  }

  #tell(): void {
    this.#changed([...this.#consumers].map(([consumerId, { consumer, peerId, source }]) => ({ consumerId, peerId, source, track: consumer.track })))
  }
}
