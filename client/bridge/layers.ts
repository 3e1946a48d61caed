import type { ProducerCodecOptions, RtpEncodingParameters } from 'mediasoup-client/types'
import type { Source } from '../../shared/media/peer.ts'

/** Whether a source is heard rather than seen. */
export function isSound(source: Source): boolean {
  return source === 'microphone' || source === 'screenSound'
}

/** Three sizes of one picture, each with three rates; a receiver gets what its screen and its line can use. */
const camera: RtpEncodingParameters[] = [
  { rid: 'q', scaleResolutionDownBy: 4, maxBitrate: 120_000, scalabilityMode: 'L1T3' },
  { rid: 'h', scaleResolutionDownBy: 2, maxBitrate: 400_000, scalabilityMode: 'L1T3' },
  { rid: 'f', scaleResolutionDownBy: 1, maxBitrate: 1_300_000, scalabilityMode: 'L1T3' },
]
/** Letters must stay legible: fewer pictures a second, not fewer points. */
const screen: RtpEncodingParameters[] = [
  { rid: 'h', scaleResolutionDownBy: 2, maxBitrate: 300_000, maxFramerate: 5, scalabilityMode: 'L1T3' },
  { rid: 'f', scaleResolutionDownBy: 1, maxBitrate: 1_800_000, maxFramerate: 15, scalabilityMode: 'L1T3' },
]

export function encodingsOf(source: Source): RtpEncodingParameters[] | undefined {
  if (isSound(source)) return undefined
  return (source === 'screen' || source === 'second' ? screen : camera).map((layer) => ({ ...layer }))
}

/**
 * Opus mends lost packets from the next one, and those that are missed are asked for again; a voice that pauses sends next to nothing. 40 ms in a packet:
 * with 20 a third of what a poor line carries would be headers. The hub reckons with it (media/room/sent.ts).
 */
export function codecOptionsOf(source: Source): ProducerCodecOptions {
  if (source === 'microphone') return { opusFec: true, opusDtx: true, opusNack: true, opusStereo: false, opusMaxAverageBitrate: 24_000, opusPtime: 40 }
  if (source === 'screenSound') return { opusFec: true, opusDtx: false, opusNack: true, opusStereo: true, opusMaxAverageBitrate: 96_000 }
  return { videoGoogleStartBitrate: 600 }
}

/** Tells the browser what it encodes. */
export function hintOf(source: Source): string {
  if (source === 'screen' || source === 'second') return 'detail'
  return source === 'microphone' ? 'speech' : source === 'screenSound' ? 'music' : 'motion'
}
