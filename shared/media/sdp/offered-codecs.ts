import type { MediaDescription } from 'sdp-transform'

/** A codec of one media section, with the payload type of its retransmission. */
export interface OfferedCodec {
  mimeType: string
  payloadType: number
  clockRate: number
  channels: number | null
  parameters: Record<string, string | number>
  feedback: { type: string; parameter: string }[]
  rtx: number | null
}

/** The codecs of a media section in their order of preference; retransmission and the like are no codecs of their own. */
export function codecsOf(kind: 'audio' | 'video', media: MediaDescription): OfferedCodec[] {
  const rtp = (media.rtp ?? []).filter(({ payload, codec, rate }) => Number.isInteger(payload) && payload >= 0 && payload <= 127 && /^[A-Za-z0-9-]{1,24}$/.test(String(codec)) && rateFits(rate))
  const order = String(media.payloads ?? '').split(' ').map(Number)
  const parametersOf = (payload: number) => parameters(String(media.fmtp?.find((one) => one.payload === payload)?.config ?? ''))
  const retransmissions = rtp.filter(({ codec }) => String(codec).toLowerCase() === 'rtx').map(({ payload }) => ({ payload, of: Number(parametersOf(payload)['apt'] ?? -1) }))
  return order.flatMap((payload) => rtp.find((one) => one.payload === payload) ?? []).filter(({ codec }) => !/^(rtx|red|ulpfec|flexfec-03|cn|telephone-event)$/i.test(codec)).slice(0, 40).map((one) => ({
    mimeType: `${kind}/${one.codec}`, payloadType: one.payload, clockRate: one.rate ?? 0, channels: kind === 'audio' ? Number(one.encoding ?? 1) || 1 : null,
    parameters: parametersOf(one.payload), rtx: retransmissions.find((repair) => repair.of === one.payload)?.payload ?? null,
    feedback: (media.rtcpFb ?? []).filter(({ payload }) => payload === '*' || Number(payload) === one.payload).slice(0, 12).map(({ type, subtype }) => ({ type: String(type), parameter: String(subtype ?? '') })),
  }))
}

function rateFits(rate: number | undefined): boolean {
  return rate !== undefined && Number.isInteger(rate) && rate >= 8_000 && rate <= 192_000
}

/** What decoders need to be told of; an encoder's picture sizes in `sprop-parameter-sets` come with its pictures, too. */
const known = new Set(['apt', 'minptime', 'ptime', 'maxptime', 'useinbandfec', 'usedtx', 'cbr', 'stereo', 'sprop-stereo', 'maxplaybackrate', 'sprop-maxcapturerate', 'maxaveragebitrate', 'profile-level-id', 'packetization-mode', 'level-asymmetry-allowed'])

/** `minptime=10;useinbandfec=1`. */
function parameters(line: string): Record<string, string | number> {
  const pairs = line.split(';').slice(0, 20).map((one) => one.trim().split('=')).filter(([name = '', value = '']) => known.has(name) && /^[A-Za-z0-9]{1,20}$/.test(value))
  return Object.fromEntries(pairs.map(([name = '', value = '']) => [name, name !== 'profile-level-id' && /^\d{1,9}$/.test(value) ? Number(value) : value]))
}
