import type { DtlsParameters, WebRtcTransport } from 'mediasoup/types'

/** One media line that Janus offers. */
export interface Offered { mid: string; kind: 'audio' | 'video'; payloadType: number; ssrc: number }

/** As the answer of a site's equipment has it: this end only answers connectivity checks, as a server does. */
function head(transport: WebRtcTransport, mids: readonly string[]): string[] {
  const { iceParameters, iceCandidates, dtlsParameters } = transport
  const { algorithm, value } = dtlsParameters.fingerprints.find((one) => one.algorithm === 'sha-256') ?? { algorithm: '', value: '' }
  const candidates = iceCandidates.filter(({ protocol }) => protocol === 'udp')
  return [
    'v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0', 'a=ice-lite', `a=group:BUNDLE ${mids.join(' ')}`, 'a=msid-semantic: WMS *',
    `a=ice-ufrag:${iceParameters.usernameFragment}`, `a=ice-pwd:${iceParameters.password}`, `a=fingerprint:${algorithm} ${value}`, 'a=setup:passive',
    ...candidates.map(({ foundation, priority, address, port }) => `a=candidate:${foundation} 1 udp ${priority} ${address} ${port} typ host`), 'a=end-of-candidates',
  ]
}

function line({ kind, payloadType, mid }: Offered): string[] {
  const codec = kind === 'audio' ? 'opus/48000/2' : 'VP8/90000'
  return [`m=${kind} 9 UDP/TLS/RTP/SAVPF ${payloadType}`, 'c=IN IP4 127.0.0.1', `a=mid:${mid}`, 'a=recvonly', 'a=rtcp-mux', `a=rtpmap:${payloadType} ${codec}`]
}

/** Transport attributes stand in every media line: not everybody reads them from above. */
function whole(transport: WebRtcTransport, lines: readonly { mid: string; text: string[] }[]): string {
  const above = head(transport, lines.map(({ mid }) => mid))
  const repeated = above.filter((one) => /^a=(ice-ufrag|ice-pwd|fingerprint|setup|candidate|end-of)/u.test(one))
  const session = above.filter((one) => !repeated.includes(one))
  return [...session, ...lines.flatMap(({ text }) => [...text, ...repeated]), ''].join('\r\n')
}

export function subscriberAnswer(transport: WebRtcTransport, offered: readonly Offered[]): string {
  return whole(transport, offered.map((one) => ({ mid: one.mid, text: line(one) })))
}

export function offeredLines(sdp: string): Offered[] {
  return sdp.split(/^m=/mu).slice(1).map((text) => {
    const [, kind, payloadType] = /^(audio|video) \d+ \S+ (\d+)/u.exec(text) ?? []
    const of = (name: RegExp) => name.exec(text)?.[1] ?? ''
    return { mid: of(/^a=mid:(\S+)/mu), kind: kind as 'audio' | 'video', payloadType: Number(payloadType), ssrc: Number(of(/^a=ssrc:(\d+)/mu)) }
  })
}

/** What the other end is to be known by. */
export function dtlsOf(sdp: string): DtlsParameters {
  const [, algorithm = '', value = ''] = /^a=fingerprint:(\S+) (\S+)/mu.exec(sdp) ?? []
  return { role: 'client', fingerprints: [{ algorithm: algorithm.toLowerCase() as 'sha-256', value }] }
}
