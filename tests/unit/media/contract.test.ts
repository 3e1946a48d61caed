import { Ajv } from 'ajv'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mediaRequests, MediaTokenSecret } from '../../../shared/contracts/media.ts'
import { DtlsParameters, RtpCapabilities, RtpParameters } from '../../../shared/contracts/media-parameters.ts'

const ajv = new Ajv({ strict: true, strictTuples: false })
const accepts = (schema: object) => ajv.compile(schema)
const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31)

const sha256 = Array.from({ length: 32 }, (_, index) => (index * 7).toString(16).padStart(2, '0').slice(-2).toUpperCase()).join(':')
const dtls = { role: 'server', fingerprints: [{ algorithm: 'sha-256', value: sha256 }] }
/** What Chromium's mediasoup-client sends for a camera with three layers. */
const camera = {
  mid: '0',
  codecs: [
    { mimeType: 'video/VP8', payloadType: 96, clockRate: 90_000, parameters: {}, rtcpFeedback: [{ type: 'goog-remb', parameter: '' }, { type: 'transport-cc', parameter: '' }, { type: 'ccm', parameter: 'fir' }, { type: 'nack', parameter: 'pli' }] },
    { mimeType: 'video/rtx', payloadType: 97, clockRate: 90_000, parameters: { apt: 96 }, rtcpFeedback: [] },
  ],
  headerExtensions: [
    { uri: 'urn:ietf:params:rtp-hdrext:sdes:mid', id: 4, encrypt: false, parameters: {} },
    { uri: 'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01', id: 3, encrypt: false, parameters: {} },
  ],
  encodings: [100_000, 350_000, 1_300_000].map((maxBitrate, index) => ({ active: true, scaleResolutionDownBy: 4 / 2 ** index, maxBitrate, rid: `r${index}`, scalabilityMode: 'L1T3', dtx: false })),
  rtcp: { cname: '8f6fEzdKmtYZ0xN+', reducedSize: true },
  msid: '{7a2f61ab-14c5-4a5e-8a5c-5d3f1d2a0f10} {0c4f}',
}

test('what browsers send is taken', () => {
  expect(accepts(DtlsParameters)(dtls)).toBe(true)
  const rtp = accepts(RtpParameters)
  expect(rtp(camera), JSON.stringify(rtp.errors)).toBe(true)
  expect(rtp({ ...camera, rtcp: { cname: '', reducedSize: true } }), 'layers that have no ssrc yet').toBe(true)
  const opus = { mimeType: 'audio/opus', payloadType: 111, clockRate: 48_000, channels: 2, parameters: { minptime: 10, useinbandfec: 1, usedtx: 1 }, rtcpFeedback: [{ type: 'transport-cc', parameter: '' }] }
  expect(rtp({ mid: '1', codecs: [opus], headerExtensions: [], encodings: [{ ssrc: 3_735_928_559, dtx: true }], rtcp: { cname: 'x' } })).toBe(true)
  expect(accepts(RtpCapabilities)({ codecs: [{ ...opus, payloadType: undefined, kind: 'audio', preferredPayloadType: 100 }].map(({ payloadType: _none, ...codec }) => codec), headerExtensions: [{ kind: 'audio', uri: 'urn:ietf:params:rtp-hdrext:ssrc-audio-level', preferredId: 10, preferredEncrypt: false, direction: 'sendrecv' }] })).toBe(true)
  for (const value of ['A'.repeat(43), 'a_-9'.repeat(10) + 'abc']) expect(accepts(MediaTokenSecret)(value)).toBe(true)
})

const long = 'x'.repeat(100_000)
const bad: [string, object, unknown][] = [
  ['no fingerprint', DtlsParameters, { role: 'server', fingerprints: [] }],
  ['a fingerprint that is too short', DtlsParameters, { fingerprints: [{ algorithm: 'sha-256', value: sha256.slice(3) }] }],
  ['a fingerprint of another algorithm', DtlsParameters, { fingerprints: [{ algorithm: 'sha-512', value: sha256 }] }],
  ['an algorithm that is none any more', DtlsParameters, { fingerprints: [{ algorithm: 'sha-1', value: sha256.slice(0, 59) }] }],
  ['a fingerprint that is not hexadecimal', DtlsParameters, { fingerprints: [{ algorithm: 'sha-256', value: sha256.replace('A', 'G').replace(/^../, 'ZZ') }] }],
  ['a fingerprint with a null byte', DtlsParameters, { fingerprints: [{ algorithm: 'sha-256', value: `${sha256.slice(0, -1)}\u0000` }] }],
  ['a role that is none', DtlsParameters, { ...dtls, role: 'both' }],
  ['more than DTLS has', DtlsParameters, { ...dtls, certificate: long }],
  ['a hundred fingerprints', DtlsParameters, { fingerprints: Array.from({ length: 100 }, () => dtls.fingerprints[0]) }],
  ['no codec', RtpParameters, { ...camera, codecs: [] }],
  ['a codec that is a script', RtpParameters, { ...camera, codecs: [{ ...camera.codecs[0], mimeType: 'text/javascript' }] }],
  ['a payload type beyond seven bits', RtpParameters, { ...camera, codecs: [{ ...camera.codecs[0], payloadType: 128 }] }],
  ['an ssrc beyond 32 bits', RtpParameters, { ...camera, encodings: [{ ssrc: 2 ** 32 }] }],
  ['an ssrc of nought', RtpParameters, { ...camera, encodings: [{ ssrc: 0 }] }],
  ['four layers', RtpParameters, { ...camera, encodings: [1, 2, 3, 4].map((ssrc) => ({ ssrc })) }],
  ['a name with a line end, for an SDP', RtpParameters, { ...camera, rtcp: { cname: 'a\r\nm=audio' } }],
  ['a name of a hundred thousand letters', RtpParameters, { ...camera, rtcp: { cname: long } }],
  ['an extension from a file', RtpParameters, { ...camera, headerExtensions: [{ uri: 'file:///etc/passwd', id: 1 }] }],
  ['twenty-one parameters', RtpParameters, { ...camera, codecs: [{ ...camera.codecs[0], parameters: Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`p${index}`, 1])) }] }],
  ['a parameter that is a list', RtpParameters, { ...camera, codecs: [{ ...camera.codecs[0], parameters: { apt: [96] } }] }],
  ['a __proto__ parameter', RtpParameters, { ...camera, codecs: [{ ...camera.codecs[0], parameters: JSON.parse('{"__proto__":1}') }] }],
  ['a source that is none', mediaRequests['media:produce'], { transportId: 't-1', source: 'mind', rtpParameters: camera }],
  ['a room code of letters', mediaRequests['media:join'], { rtpCapabilities: { codecs: [], headerExtensions: [] }, room: { code: 'abcdefgh' } }],
  ['a hundred tiles', mediaRequests['media:consume'], { own: false, saveData: false, tiles: Array.from({ length: 100 }, () => ({ peerId: 'p-1', source: 'camera', width: 1, height: 1 })) }],
  ['a fourth layer', mediaRequests['media:preferLayers'], { consumerId: 'c-1', layers: { spatial: 3, temporal: 0 } }],
  ['a blank message', mediaRequests['media:tellTechnician'], { siteId: 'site-1', text: '  ' }],
  ['a camera’s address without end', mediaRequests['media:startCamera'], { siteId: 'site-1', address: `rtsp://h/${'x'.repeat(500)}` }],
  ['a token without end', mediaRequests['media:makeToken'], { siteId: 'site-1', door: 'whip', minutes: 1_000_000 }],
  ['a secret with a space', MediaTokenSecret, `${'A'.repeat(42)} `],
]

test.each(bad)('%s is not taken', (_name, schema, value) => {
  expect(accepts(schema)(value)).toBe(false)
})

type Schema = Record<string, unknown>

/** Every place in a schema that has no bound. */
function unbounded(schema: Schema, path: string): string[] {
  const below = [
    ...Object.entries((schema.properties ?? {}) as Record<string, Schema>), ...Object.entries((schema.patternProperties ?? {}) as Record<string, Schema>),
    ...((schema.anyOf ?? []) as Schema[]).map((one, index): [string, Schema] => [String(index), one]), ...(schema.items ? [['items', schema.items as Schema] as [string, Schema]] : []),
  ].flatMap(([name, one]) => unbounded(one, `${path}.${name}`))
  if (below.length > 0 || schema.anyOf || schema.enum || 'const' in schema) return below
  switch (schema.type) {
    case 'string':
      return 'maxLength' in schema || (typeof schema.pattern === 'string' && /^\^.*\$$/.test(schema.pattern) && !/[*+](?!\])/.test(schema.pattern.replaceAll(/\[[^\]]*\]/g, '[]'))) ? [] : [path]
    case 'integer':
    case 'number':
      return 'minimum' in schema && 'maximum' in schema ? [] : [path]
    case 'array':
      return 'maxItems' in schema ? [] : [path]
    case 'object':
      return schema.additionalProperties === false && (!schema.patternProperties || 'maxProperties' in schema) ? [] : [path]
    default:
      return schema.type === 'boolean' || schema.type === 'null' ? [] : [path]
  }
}

test('every string, number, list and object that a client can send has its bounds', () => {
  const found = Object.entries(mediaRequests).flatMap(([type, schema]) => unbounded(schema as unknown as Schema, type))
  expect(found).toEqual([])
  expect(unbounded({ type: 'object', additionalProperties: false, properties: { open: { type: 'string' } } }, 'this'), 'the look itself sees').toEqual(['this.open'])
})

test(`whatever JSON stands in the place of parameters, what is taken is small (seed ${seed})`, () => {
  const [dtlsCheck, rtpCheck] = [accepts(DtlsParameters), accepts(RtpParameters)]
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    expect([dtlsCheck(value), rtpCheck(value)]).toEqual([false, false])
    expect(dtlsCheck({ ...dtls, fingerprints: value })).toBe(false)
    for (const key of ['codecs', 'encodings', 'headerExtensions', 'rtcp', 'mid', 'msid']) {
      const whole = { ...camera, [key]: value }
      if (rtpCheck(whole)) expect(JSON.stringify(whole).length).toBeLessThan(20_000)
    }
  }), { seed, numRuns: 200 })
})
