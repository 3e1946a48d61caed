import type { RtpCapabilities } from '../../contracts/media-parameters.ts'
import type { OfferedMedia } from './offer.ts'
import type { OfferedCodec } from './offered-codecs.ts'

type RoomCodec = RtpCapabilities['codecs'][number]

const transportWide = 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01'

/** Of a media section: what room and equipment both do. */
export interface Chosen {
  codec: OfferedCodec
  /** With the offer's own numbers. */
  extensions: { uri: string; id: number }[]
  feedback: { type: string; parameter: string }[]
}

/** Codecs of the offer that rooms carry, the offer's first. */
export function common(media: OfferedMedia, room: RtpCapabilities): OfferedCodec[] {
  return media.codecs.filter((codec) => room.codecs.some((one) => fits(codec, one)))
}

/** `direction`: as the room sees it. */
export function choose(media: OfferedMedia, codec: OfferedCodec, room: RtpCapabilities, direction: 'recvonly' | 'sendonly'): Chosen {
  const known = (uri: string) => room.headerExtensions.some((one) => one.kind === media.kind && one.uri === uri && (one.direction === 'sendrecv' || one.direction === direction))
  const extensions = media.extensions.filter(({ uri }, at, all) => known(uri) && all.findIndex((one) => one.uri === uri) === at)
  const ours = room.codecs.find((one) => fits(codec, one))?.rtcpFeedback ?? []
  const both = codec.feedback.filter(({ type, parameter }) => ours.some((one) => one.type === type && (one.parameter ?? '') === parameter))
  const counted = extensions.some(({ uri }) => uri === transportWide)
  // Two ways to say how much the line carries: the newer where the packets are counted, else the older.
  return { codec, extensions, feedback: both.filter(({ type }) => type !== (counted ? 'goog-remb' : 'transport-cc')) }
}

function fits(offered: OfferedCodec, room: RoomCodec): boolean {
  if (offered.mimeType.toLowerCase() !== room.mimeType.toLowerCase() || offered.clockRate !== room.clockRate) return false
  if (room.kind === 'audio') return offered.channels === (room.channels ?? 1)
  return offered.mimeType.toLowerCase() !== 'video/h264' || isConstrainedBaseline(offered)
}

/** What every decoder plays; by RFC 6184 several profiles with their constraints are the same. Single NAL unit mode is not carried. */
function isConstrainedBaseline({ parameters }: OfferedCodec): boolean {
  if (Number(parameters['packetization-mode'] ?? 0) !== 1) return false
  const [, profile = '42', constraints = 'e0'] = /^([0-9a-f]{2})([0-9a-f]{2})[0-9a-f]{2}$/i.exec(String(parameters['profile-level-id'] ?? '42e01f')) ?? []
  const flags = Number.parseInt(constraints, 16)
  if (profile === '42') return (flags & 0x4f) === 0x40
  if (profile.toLowerCase() === '4d') return (flags & 0x8f) === 0x80
  return profile === '58' && (flags & 0xcf) === 0xc0
}
