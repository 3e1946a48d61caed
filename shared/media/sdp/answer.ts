import { write, type MediaDescription } from 'sdp-transform'
import type { TransportParameters } from '../../contracts/media.ts'
import type { Chosen } from './choice.ts'
import type { Offer, OfferedMedia } from './offer.ts'

/** One media section of the answer, in the order of the offer; `chosen` null turns it down. */
export interface AnsweredMedia {
  media: OfferedMedia
  chosen: Chosen | null
  /** Layers that are taken; the answer names them in the order of the offer. */
  rids?: readonly string[]
  /** What the hub sends in it; without it the hub only receives. */
  sent?: { ssrc: number; cname: string }
}

type Written = Omit<MediaDescription, 'rtp'> & { rtp: unknown[] }

/** The answer to an offer. `wanted`: parameters that the room asks for of a codec, such as `usedtx=1`. */
export function writeAnswer(offer: Offer, transport: TransportParameters, medias: readonly AnsweredMedia[], wanted: (mimeType: string) => Record<string, unknown>): string {
  const taken = medias.filter(({ chosen }) => chosen !== null)
  const description = {
    version: 0, origin: { username: '-', sessionId: Date.now(), sessionVersion: 1, netType: 'IN', ipVer: 4, address: '127.0.0.1' }, name: '-', timing: { start: 0, stop: 0 },
    icelite: 'ice-lite', groups: [{ type: 'BUNDLE', mids: taken.map(({ media }) => media.mid).join(' ') }],
    media: medias.map((one) => (one.chosen ? answered(offer, transport, one, one.chosen, wanted) : turnedDown(one.media))),
  }
  return write(description as unknown as Parameters<typeof write>[0])
}

function turnedDown({ type, protocol, payloads, mid }: OfferedMedia): Written {
  return { type, protocol, payloads, port: 0, connection: { version: 4, ip: '0.0.0.0' }, mid, direction: 'inactive', rtp: [], fmtp: [] }
}

function answered(offer: Offer, transport: TransportParameters, { media, rids = [], sent }: AnsweredMedia, { codec, extensions, feedback }: Chosen, wanted: (mimeType: string) => Record<string, unknown>): Written {
  const { mimeType, payloadType, clockRate, channels, parameters } = codec
  // What the hub sends it does not repeat by a format of its own.
  const rtx = sent ? null : codec.rtx
  const asked = { ...parameters, ...wanted(mimeType) }
  const config = Object.entries(asked).map(([name, value]) => `${name}=${String(value)}`).join(';')
  const { iceParameters, iceCandidates, dtlsParameters } = transport
  const fingerprint = dtlsParameters.fingerprints.find(({ algorithm }) => algorithm === 'sha-256') ?? dtlsParameters.fingerprints[0]
  return {
    type: media.type, protocol: media.protocol, port: 9, payloads: [payloadType, rtx].filter((one) => one !== null).join(' '), connection: { version: 4, ip: '0.0.0.0' },
    mid: media.mid, direction: sent ? 'sendonly' : 'recvonly', setup: offer.dtls.role === 'client' ? 'passive' : 'active',
    iceUfrag: iceParameters.usernameFragment, icePwd: iceParameters.password, iceOptions: 'ice2',
    ...(fingerprint ? { fingerprint: { type: fingerprint.algorithm, hash: fingerprint.value } } : {}),
    candidates: iceCandidates.map(({ foundation, priority, address, port, protocol, type, tcpType }) => ({
      foundation, component: 1, transport: protocol, priority, ip: address, port, type, ...(tcpType ? { tcptype: tcpType } : {}),
    })),
    endOfCandidates: 'end-of-candidates', rtcpMux: 'rtcp-mux', ...(media.reducedSize ? { rtcpRsize: 'rtcp-rsize' as const } : {}),
    rtp: [
      { payload: payloadType, codec: mimeType.split('/')[1], rate: clockRate, ...(channels !== null && channels > 1 ? { encoding: channels } : {}) },
      ...(rtx === null ? [] : [{ payload: rtx, codec: 'rtx', rate: clockRate }]),
    ],
    fmtp: [...(config ? [{ payload: payloadType, config }] : []), ...(rtx === null ? [] : [{ payload: rtx, config: `apt=${payloadType}` }])],
    rtcpFb: feedback.map(({ type, parameter }) => ({ payload: payloadType, type, ...(parameter ? { subtype: parameter } : {}) })),
    ext: extensions.map(({ uri, id }) => ({ value: id, uri })),
    ...(rids.length > 1 ? { rids: rids.map((id) => ({ id, direction: 'recv' })), simulcast: { dir1: 'recv' as const, list1: rids.join(';') } } : {}),
    ...(sent ? { msid: [{ id: sent.cname, appdata: `${sent.cname}-${media.mid}` }], ssrcs: [{ id: sent.ssrc, attribute: 'cname', value: sent.cname }] } : {}),
  }
}

/** The part of an SDP that an ICE restart or a candidate comes in (RFC 8840): the user name in it; null: none. */
export function fragmentUser(text: string): string | null {
  return /^a=ice-ufrag:([A-Za-z0-9+/]{4,256})\s*$/m.exec(text)?.[1] ?? null
}

/** The answer to an ICE restart. */
export function restartFragment(mid: string, kind: string, transport: Pick<TransportParameters, 'iceParameters' | 'iceCandidates'>): string {
  const { usernameFragment, password } = transport.iceParameters
  const candidates = transport.iceCandidates.map(({ foundation, priority, address, port, protocol, type, tcpType }) =>
    `a=candidate:${foundation} 1 ${protocol} ${priority} ${address} ${port} typ ${type}${tcpType ? ` tcptype ${tcpType}` : ''}`)
  return [`a=ice-lite`, `a=ice-ufrag:${usernameFragment}`, `a=ice-pwd:${password}`, `m=${kind} 9 UDP/TLS/RTP/SAVPF 0`, `a=mid:${mid}`, ...candidates, 'a=end-of-candidates', ''].join('\r\n')
}
