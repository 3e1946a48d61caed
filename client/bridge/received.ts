import type { Consumer, RtpParameters, Transport } from 'mediasoup-client/types'
import type { LadderMessage, MediaEvents } from '../../shared/contracts/media.ts'
import type { Source } from '../../shared/media/peer.ts'
import type { MediaLine } from '../connection/media-line.ts'
import { isSound } from './layers.ts'

export interface Arrival {
  consumerId: string
  peerId: string
  source: Source
  track: MediaStreamTrack
}

/** Milliseconds: to notice that a packet is missing, and to ask a second time; and what a conversation bears. */
const repairMs = 140
const longestWait = 600

type Offered = Parameters<MediaEvents['media:consumer']>[0]

/** What comes from others. Which pictures do, is asked by `media:consume`; voices come by themselves. */
export class Received {
  readonly #transport: Transport
  readonly #line: MediaLine
  readonly #changed: (arrivals: Arrival[]) => void
  readonly #consumers = new Map<string, { consumer: Consumer; peerId: string; source: Source }>()
  /** Closed by the hub before this page had made them. */
  readonly #gone = new Set<string>()
  #waits: number | null = null

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
    if (isSound(source)) this.#wait(consumer)
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

  /** On a line that loses packets voices are played so much later that what is missed can be sent again in time. */
  heed({ lossPercent, roundTripMs }: Pick<LadderMessage, 'lossPercent' | 'roundTripMs'>): void {
    this.#waits = lossPercent < 2 ? null : Math.min(longestWait, Math.round(repairMs + roundTripMs * 1.5))
    for (const { consumer, source } of this.#consumers.values()) if (isSound(source)) this.#wait(consumer)
  }

  statistics(): Promise<RTCStatsReport> {
    return this.#transport.getStats()
  }

  #wait({ rtpReceiver }: Consumer): void {
    if (rtpReceiver && 'jitterBufferTarget' in rtpReceiver && rtpReceiver.jitterBufferTarget !== this.#waits) rtpReceiver.jitterBufferTarget = this.#waits
  }

  #tell(): void {
    this.#changed([...this.#consumers].map(([consumerId, { consumer, peerId, source }]) => ({ consumerId, peerId, source, track: consumer.track })))
  }
}
