import type { RtpParameters } from '../../contracts/media-parameters.ts'
import type { Chosen } from './choice.ts'
import type { OfferedLayer, OfferedMedia } from './offer.ts'
import { unfit } from './offer.ts'

const mostLayers = 3
const midExtension = 'urn:ietf:params:rtp-hdrext:sdes:mid'
const ridExtension = 'urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id'

/**
 * What a media section sends, as a room's producer takes it: in the offer's own numbers, so that nothing has to be translated.
 * @throws Refused `media.sdpUnfit` when its packets could not be told from others'
 */
export function sentParameters(media: OfferedMedia, { codec, extensions, feedback }: Chosen): RtpParameters {
  const { mimeType, payloadType, clockRate, channels, parameters, rtx } = codec
  const codecs: RtpParameters['codecs'] = [
    { mimeType, payloadType, clockRate, ...(channels === null ? {} : { channels }), parameters, rtcpFeedback: feedback },
    ...(rtx === null ? [] : [{ mimeType: 'video/rtx', payloadType: rtx, clockRate, parameters: { apt: payloadType }, rtcpFeedback: [] }]),
  ]
  const rtcp = { ...(media.cname === null ? {} : { cname: media.cname }), reducedSize: media.reducedSize, mux: true }
  return { mid: media.mid, codecs, headerExtensions: extensions, encodings: encodings(media, { codec, extensions, feedback }), rtcp }
}

function encodings(media: OfferedMedia, { codec, extensions }: Chosen): RtpParameters['encodings'] {
  const has = (uri: string) => extensions.some((one) => one.uri === uri)
  const layers = sentLayers(media)
  if (layers.length > 1) {
    if (!has(midExtension) || !has(ridExtension)) throw unfit('a=extmap')
    // Browsers send VP8 layers in three rates of pictures; who is not told of them would be given the slowest only.
    const rates = codec.mimeType.toLowerCase() === 'video/vp8' ? { scalabilityMode: 'L1T3' } : {}
    const widest = Math.max(...layers.map(({ maxWidth }) => maxWidth ?? 0))
    return layers.map(({ rid, maxWidth, maxBits }) => ({
      rid, ...rates, ...(maxBits === null ? {} : { maxBitrate: Math.min(maxBits, 50_000_000) }), ...(maxWidth === null ? {} : { scaleResolutionDownBy: Math.min(16, widest / maxWidth) }),
    }))
  }
  const [stream] = media.streams
  if (stream) return [{ ssrc: stream.ssrc, ...(stream.rtx === null || codec.rtx === null ? {} : { rtx: { ssrc: stream.rtx } }) }]
  if (!has(midExtension)) throw unfit('a=ssrc')
  return [{}]
}

/**
 * Layers from the least to the best, as rooms count them. Their order in the offer says nothing certain (RFC 8853 means preference, browsers list them as
 * their page did): what the sender says of their sizes goes first; where it says nothing, browsers' own rule, by which each is twice the one before it.
 */
export function sentLayers({ layers }: OfferedMedia): OfferedLayer[] {
  const by = layers.every(({ maxWidth }) => maxWidth !== null) ? 'maxWidth' : layers.every(({ maxBits }) => maxBits !== null) ? 'maxBits' : null
  const known = by === null ? layers : [...layers].sort((a, b) => (a[by] ?? 0) - (b[by] ?? 0))
  return known.slice(0, mostLayers)
}
