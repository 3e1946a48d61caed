import { parse, type MediaDescription, type SessionDescription } from 'sdp-transform'
import { Refused } from '../../contracts/refusal.ts'
import { fingerprintsOf } from './fingerprint.ts'
import { codecsOf, type OfferedCodec } from './offered-codecs.ts'

/** What equipment offers by WHIP or WHEP, as far as a media room can use it; every string and number in it is within its bounds. */
export interface Offer {
  usernameFragment: string
  /** As mediasoup is told of the far end; `role`: who begins the handshake is the `client`. */
  dtls: { role: 'client' | 'server'; fingerprints: { algorithm: 'sha-256' | 'sha-384' | 'sha-512'; value: string }[] }
  medias: OfferedMedia[]
}

export interface OfferedMedia {
  mid: string
  /** As it stands behind `m=`. */
  type: string
  protocol: string
  /** All its payload types: an answer that turns the media down repeats them. */
  payloads: string
  kind: 'audio' | 'video' | null
  sends: boolean
  receives: boolean
  /** In the order of preference. */
  codecs: OfferedCodec[]
  extensions: { uri: string; id: number }[]
  /** Layers that are sent by rid, as they are listed; none without `a=simulcast`. */
  layers: OfferedLayer[]
  /** What is announced by ssrc, each with its retransmission. */
  streams: { ssrc: number; rtx: number | null }[]
  cname: string | null
  reducedSize: boolean
}

export interface OfferedLayer { rid: string; maxWidth: number | null; maxBits: number | null }

/** Media sections of one offer; browsers that show many offer a few dozen. */
const mostMedias = 32
const mostLines = 2_000
const longestLine = 2_000
// sdp-transform gives whatever looks like a number as one: hence `String` below.

/** @throws Refused `media.sdpUnfit` with the part that is missing or wrong */
export function readOffer(text: string): Offer {
  try {
    return read(text)
  } catch (error) {
    // The parser leaves out what it cannot read of a line.
    throw error instanceof Refused ? error : unfit('v=')
  }
}

function read(text: string): Offer {
  const lines = text.split(/\r?\n/)
  if (!/^v=0$/.test(lines[0] ?? '') || lines.length > mostLines || lines.some((line) => line.length > longestLine)) throw unfit('v=')
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text)) throw unfit('v=')
  const session = parse(text)
  if (session.media.length === 0 || session.media.length > mostMedias) throw unfit('m=')
  const first = session.media[0]
  const usernameFragment = String(first?.iceUfrag ?? session.iceUfrag ?? '')
  if (!/^[A-Za-z0-9+/]{4,256}$/.test(usernameFragment)) throw unfit('a=ice-ufrag')
  if (!/^[A-Za-z0-9+/]{22,256}$/.test(String(first?.icePwd ?? session.icePwd ?? ''))) throw unfit('a=ice-pwd')
  const fingerprints = fingerprintsOf([...session.media.flatMap(({ fingerprint }) => fingerprint ?? []), ...(session.fingerprint ? [session.fingerprint] : [])])
  if (fingerprints.length === 0) throw unfit('a=fingerprint')
  const setup = first?.setup ?? session.setup ?? 'actpass'
  if (!['actpass', 'active', 'passive'].includes(setup)) throw unfit('a=setup')
  const medias = session.media.map((media) => mediaOf(media, session))
  if (new Set(medias.map(({ mid }) => mid)).size < medias.length) throw unfit('a=mid')
  const bundle = String(session.groups?.find(({ type }) => type === 'BUNDLE')?.mids ?? '').split(' ')

  // One transport carries all.
  const loose = session.media.find((media, at) => isOffered(media) && medias.length > 1 && !bundle.includes(medias[at]?.mid ?? ''))
  if (loose) throw unfit('a=group:BUNDLE')
  if (session.media.some((media) => isOffered(media) && !media.rtcpMux)) throw unfit('a=rtcp-mux')
  return { usernameFragment, dtls: { role: setup === 'passive' ? 'server' : 'client', fingerprints }, medias }
}

function mediaOf(media: MediaDescription, session: SessionDescription): OfferedMedia {
  const mid = String(media.mid ?? '')
  if (!/^[A-Za-z0-9_-]{1,16}$/.test(mid)) throw unfit('a=mid')
  const kind = isOffered(media) && /^UDP\/TLS\/RTP\/SAVPF?$|^RTP\/SAVPF?$/.test(media.protocol) ? media.type as 'audio' | 'video' : null
  const direction = media.direction ?? session.direction ?? 'sendrecv'
  return {
    mid, kind, type: /^[a-z]{1,20}$/.test(media.type) ? media.type : 'application', protocol: /^[A-Za-z0-9/.]{1,40}$/.test(media.protocol) ? media.protocol : 'UDP/TLS/RTP/SAVPF',
    payloads: /^[\w .+-]{1,400}$/.test(String(media.payloads ?? '')) ? String(media.payloads) : '0',
    sends: direction === 'sendrecv' || direction === 'sendonly', receives: direction === 'sendrecv' || direction === 'recvonly',
    codecs: kind ? codecsOf(kind, media) : [],
    extensions: (media.ext ?? []).filter(({ value, uri, 'encrypt-uri': encrypted }) => !encrypted && Number.isInteger(value) && value >= 1 && value <= 14 && /^[\w:/.#-]{1,120}$/.test(uri)).slice(0, 20).map(({ uri, value }) => ({ uri, id: value })),
    layers: layersOf(media), streams: streamsOf(media), reducedSize: media.rtcpRsize !== undefined,
    cname: (media.ssrcs ?? []).flatMap(({ attribute, value }) => (attribute === 'cname' && /^[!#-&(-[\]-~]{1,255}$/.test(String(value)) ? [String(value)] : []))[0] ?? null,
  }
}

function layersOf({ simulcast, rids = [] }: MediaDescription): OfferedLayer[] {
  const list = simulcast?.dir1 === 'send' ? simulcast.list1 : simulcast?.dir2 === 'send' ? simulcast.list2 : undefined
  // Of alternatives (`a,b`) the first; `~`: paused at first.
  const names = String(list ?? '').split(';').map((one) => (one.split(',')[0] ?? '').replace(/^~/, '')).filter((rid) => /^[A-Za-z0-9]{1,16}$/.test(rid))
  return [...new Set(names)].map((rid) => {
    const limits = String(rids.find(({ id, direction }) => String(id) === rid && direction === 'send')?.params ?? '')
    const limit = (name: string) => {
      const value = Number(new RegExp(`(?:^|;)\\s*${name}=(\\d{1,9})(?:;|$)`).exec(limits)?.[1] ?? 0)
      return value > 0 ? value : null
    }
    return { rid, maxWidth: limit('max-width'), maxBits: limit('max-br') }
  })
}

function streamsOf({ ssrcs = [], ssrcGroups = [] }: MediaDescription): OfferedMedia['streams'] {
  const valid = (ssrc: number) => Number.isInteger(ssrc) && ssrc >= 1 && ssrc <= 4_294_967_295
  const pairs = new Map(ssrcGroups.filter(({ semantics }) => semantics === 'FID').flatMap((group): [number, number][] => {
    const [ssrc = 0, rtx = 0] = String(group.ssrcs).split(' ').map(Number)
    return valid(ssrc) && valid(rtx) ? [[ssrc, rtx]] : []
  }))
  const all = [...new Set(ssrcs.map(({ id }) => Number(id)).filter(valid))]
  const repairs = new Set(pairs.values())
  return all.filter((ssrc) => !repairs.has(ssrc)).slice(0, 3).map((ssrc) => ({ ssrc, rtx: pairs.get(ssrc) ?? null }))
}

/** Port 0 turns a section down, but not where it travels with another one: GStreamer offers it so. */
function isOffered({ type, port, bundleOnly }: MediaDescription): boolean {
  return (type === 'audio' || type === 'video') && (port !== 0 || bundleOnly !== undefined)
}

export function unfit(part: string): Refused {
  return new Refused('media.sdpUnfit', { part })
}
