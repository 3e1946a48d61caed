/**
 * What WebRTC sends along, as strict schemas: every string, number and list has its bounds. mediasoup takes these from clients and hands them to a
 * process written in C++; DTLS parameters that were none once killed it (mediasoup#537), and with it everybody's picture.
 */
import { Type, type Static } from 'typebox'

const closed = { additionalProperties: false } as const
const Unsigned32 = Type.Integer({ minimum: 1, maximum: 4_294_967_295 })
const PayloadType = Type.Integer({ minimum: 0, maximum: 127 })
/** Printable ASCII without quotes, backslash or line ends: it may come to stand in an SDP. */
const Token = (maxLength: number, minLength = 1) => Type.String({ minLength, maxLength, pattern: '^[!#-&(-\\[\\]-~ ]*$' })

const digest = (algorithm: string, bytes: number) =>
  Type.Object({ algorithm: Type.Literal(algorithm), value: Type.String({ minLength: bytes * 3 - 1, maxLength: bytes * 3 - 1, pattern: `^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){${bytes - 1}}$` }) }, closed)
/** SHA-1 and below are no fingerprints any more (RFC 8122). */
export const Fingerprint = Type.Union([digest('sha-256', 32), digest('sha-384', 48), digest('sha-512', 64)])

export const DtlsParameters = Type.Object(
  { role: Type.Optional(Type.Enum(['auto', 'client', 'server'])), fingerprints: Type.Array(Fingerprint, { minItems: 1, maxItems: 4 }) },
  closed,
)
export type DtlsParameters = Static<typeof DtlsParameters>

/** Parameters of a codec or an extension: `useinbandfec: 1`, `profile-level-id: "42e01f"`. */
const Parameters = Type.Record(Type.String({ pattern: '^[A-Za-z0-9-]{1,40}$' }), Type.Union([Type.String({ maxLength: 200, pattern: '^[ -~]*$' }), Type.Number({ minimum: -1_000_000_000, maximum: 1_000_000_000 }), Type.Boolean()]), {
  ...closed, maxProperties: 20,
})
const RtcpFeedback = Type.Object({ type: Token(20), parameter: Type.Optional(Type.String({ maxLength: 20, pattern: '^[a-z0-9-]*$' })) }, closed)
const Feedback = Type.Array(RtcpFeedback, { maxItems: 12 })

const codec = {
  mimeType: Type.String({ maxLength: 30, pattern: '^(audio|video)/[A-Za-z0-9-]{1,24}$' }),
  clockRate: Type.Integer({ minimum: 8_000, maximum: 192_000 }),
  channels: Type.Optional(Type.Integer({ minimum: 1, maximum: 2 })),
  parameters: Type.Optional(Parameters),
  rtcpFeedback: Type.Optional(Feedback),
}
const Uri = Type.String({ maxLength: 120, pattern: '^(urn:|https?://)[A-Za-z0-9./:_#-]+$' })
const ExtensionId = Type.Integer({ minimum: 1, maximum: 255 })

const Encoding = Type.Object(
  {
    ssrc: Type.Optional(Unsigned32),
    rid: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9]{1,16}$' })),
    codecPayloadType: Type.Optional(PayloadType),
    rtx: Type.Optional(Type.Object({ ssrc: Unsigned32 }, closed)),
    dtx: Type.Optional(Type.Boolean()),
    active: Type.Optional(Type.Boolean()),
    scalabilityMode: Type.Optional(Type.String({ pattern: '^[LS][1-3]T[1-3](h|_KEY|_KEY_SHIFT)?$' })),
    scaleResolutionDownBy: Type.Optional(Type.Number({ minimum: 1, maximum: 16 })),
    maxBitrate: Type.Optional(Type.Integer({ minimum: 1, maximum: 50_000_000 })),
    maxFramerate: Type.Optional(Type.Number({ minimum: 1, maximum: 120 })),
    priority: Type.Optional(Type.Enum(['very-low', 'low', 'medium', 'high'])),
    networkPriority: Type.Optional(Type.Enum(['very-low', 'low', 'medium', 'high'])),
    adaptivePtime: Type.Optional(Type.Boolean()),
  },
  closed,
)

/** What a producer sends. At most three simulcast layers, each with its retransmission. */
export const RtpParameters = Type.Object(
  {
    mid: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{1,16}$' })),
    codecs: Type.Array(Type.Object({ ...codec, payloadType: PayloadType }, closed), { minItems: 1, maxItems: 8 }),
    headerExtensions: Type.Optional(Type.Array(Type.Object({ uri: Uri, id: ExtensionId, encrypt: Type.Optional(Type.Boolean()), parameters: Type.Optional(Parameters) }, closed), { maxItems: 20 })),
    encodings: Type.Array(Encoding, { minItems: 1, maxItems: 3 }),
    // Chromium names none where the layers have no ssrc yet.
    rtcp: Type.Optional(Type.Object({ cname: Type.Optional(Token(255, 0)), reducedSize: Type.Optional(Type.Boolean()), mux: Type.Optional(Type.Boolean()) }, closed)),
    msid: Type.Optional(Token(200)),
  },
  closed,
)
export type RtpParameters = Static<typeof RtpParameters>

/** What a browser can receive. */
export const RtpCapabilities = Type.Object(
  {
    codecs: Type.Array(Type.Object({ ...codec, kind: Type.Enum(['audio', 'video']), preferredPayloadType: Type.Optional(PayloadType) }, closed), { maxItems: 60 }),
    headerExtensions: Type.Array(
      Type.Object(
        {
          kind: Type.Enum(['audio', 'video']), uri: Uri, preferredId: ExtensionId, preferredEncrypt: Type.Optional(Type.Boolean()),
          direction: Type.Optional(Type.Enum(['sendrecv', 'sendonly', 'recvonly', 'inactive'])),
        },
        closed,
      ),
      { maxItems: 60 },
    ),
  },
  closed,
)
export type RtpCapabilities = Static<typeof RtpCapabilities>

/** A session description by WHIP or WHEP: so many octets, no more; the gateway reads it line by line. */
export const mostSdp = 65_536

