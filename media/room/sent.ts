import type { Producer } from 'mediasoup/types'
import type { RtpParameters } from '../../shared/contracts/media-parameters.ts'
import type { Layer } from '../../shared/media/ladder.ts'
import type { Source } from '../../shared/media/peer.ts'
import type { RoomLeg } from './legs.ts'

/** Of a producer, what can be said of one that is in another process, too. */
export type SentProducer = Pick<Producer, 'id' | 'closed' | 'paused' | 'pause' | 'resume' | 'close'>

/** What one peer sends of one source, here or at another part of the room. */
export interface Sent {
  readonly producer: SentProducer
  /** Whose it is, by the plan and for all others. */
  readonly peerId: string
  /** The peer that it comes from: equipment beside an endpoint sends as that endpoint. */
  readonly by: string
  readonly source: Source
  /** Lets it be received in this leg. @throws when it has ended */
  bring(to: RoomLeg): Promise<void>
  /** Its layers, least first; none for a voice. */
  readonly layers: Layer[]
  pausedByOwner: boolean
  pausedByHub: boolean
  /** The highest layer its sender was told that anybody takes, and since when it would be told of a lower one. */
  told: number
  lowerSince: number | null
}

/** Sent by a peer of this part of the room. */
export interface OwnSent extends Sent {
  readonly producer: Producer
  readonly leg: RoomLeg
}

export function isVoice(source: Source): boolean {
  return source === 'microphone' || source === 'screenSound'
}

/** Bits a second that a voice takes on the line, with what each packet carries besides (client/bridge/layers.ts); a shared screen's sound may be music. */
export function voiceBits(source: Source): number {
  return source === 'screenSound' ? 110_000 : 36_000
}

/** A picture as its source gives it; what the sender says of its layers is reckoned from it. */
const whole: Partial<Record<Source, { width: number; height: number }>> = { camera: { width: 1280, height: 720 }, second: { width: 1280, height: 720 }, screen: { width: 1920, height: 1080 } }

/** Where the sender sets no bound: what a picture of this size takes, at most. */
const bitsPerPixel = 1.3
/** Of a layer's bits, what its lowest rate of pictures takes. */
const lowestRate = 0.6

/** Two layers of one name: mediasoup takes them, and mixes them up. */
export function hasTwins(encodings: RtpParameters['encodings']): boolean {
  const names = encodings.flatMap(({ rid, ssrc, rtx }) => [rid ?? [], ssrc ?? [], rtx?.ssrc ?? []].flat())
  return new Set(names).size < names.length
}

/**
 * Without the moments of capture in the packets: once they are negotiated mediasoup aligns layers by them alone, and a browser that then does not send
 * them (Chromium, with cameras that give no such moment) would leave every receiver at the first layer for ever. Sender reports always come.
 */
export function timedByReports(parameters: RtpParameters): RtpParameters {
  const { headerExtensions = [], ...rest } = parameters
  return { ...rest, headerExtensions: headerExtensions.filter(({ uri }) => !uri.endsWith('/abs-capture-time')) }
}

/** The layers of a picture as its sender announces them: by these it is decided who takes which. */
export function layersOf(source: Source, encodings: RtpParameters['encodings']): Layer[] {
  const full = whole[source]
  if (!full) return []
  return encodings.flatMap(({ scaleResolutionDownBy, maxBitrate, scalabilityMode }, spatial) => {
    const scale = scaleResolutionDownBy ?? 2 ** (encodings.length - 1 - spatial)
    const [width, height] = [Math.round(full.width / scale), Math.round(full.height / scale)]
    const bitsPerSecond = maxBitrate ?? Math.round(width * height * bitsPerPixel)
    const temporal = Number(/T(\d)/.exec(scalabilityMode ?? '')?.[1] ?? 1) - 1
    const all: Layer = { spatial, temporal, width, height, bitsPerSecond }
    return spatial === 0 && temporal > 0 ? [{ ...all, temporal: 0, bitsPerSecond: Math.round(bitsPerSecond * lowestRate) }, all] : [all]
  })
}
