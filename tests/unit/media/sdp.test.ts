import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RtpParameters, DtlsParameters } from '../../../shared/contracts/media-parameters.ts'
import { Refused } from '../../../shared/contracts/refusal.ts'
import { fragmentUser, restartFragment, writeAnswer } from '../../../shared/media/sdp/answer.ts'
import { readOffer } from '../../../shared/media/sdp/offer.ts'
import { acceptSending } from '../../../shared/media/sdp/whip.ts'
import { acceptViewing } from '../../../shared/media/sdp/whep.ts'
import { roomCapabilities as room, transport } from '../../support/media/capabilities.ts'

/** Recorded by tests/e2e/doors.test.ts from Debian's Chromium and GStreamer (webrtcbin), unchanged. */
const recorded = (name: string) => readFileSync(new URL(`../../support/media/offers/${name}.sdp`, import.meta.url), 'utf8')
const names = ['chromium-whip-simulcast', 'gstreamer-whip-vp8', 'gstreamer-whip-h264']
const ajv = new Ajv({ strict: true, strictTuples: false })
const isParameters = ajv.compile(RtpParameters)
const isDtls = ajv.compile(DtlsParameters)
const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31)

function refused(work: () => unknown): unknown {
  try {
    work()
    return null
  } catch (error) {
    if (error instanceof Refused) return error.refusal
    throw error
  }
}

test.each(names)('what %s offers is taken whole, in its own numbers', (name) => {
  const offer = readOffer(recorded(name))
  const { sent, answered } = acceptSending(offer, room)
  expect(sent.map(({ kind }) => kind)).toEqual(['audio', 'video'])
  for (const { rtpParameters } of sent) expect(isParameters(rtpParameters), JSON.stringify(isParameters.errors)).toBe(true)
  expect(isDtls(offer.dtls)).toBe(true)
  const answer = writeAnswer(offer, transport, answered, () => ({}))
  expect(answer.match(/^m=(audio|video) 9 /gm)).toHaveLength(2)
  expect(answer.match(/^a=recvonly$/gm)).toHaveLength(2)
  expect(answer.match(/^a=setup:passive$/gm)).toHaveLength(2)
})

test('Chromium’s layers go into the room from the least to the best, with their repair and the numbering that counts the line', () => {
  const { sent, answered } = acceptSending(readOffer(recorded('chromium-whip-simulcast')), room)
  const camera = sent[1]?.rtpParameters
  expect(camera?.codecs.map(({ mimeType }) => mimeType)).toEqual(['video/VP8', 'video/rtx'])
  expect(camera?.encodings).toEqual(['q', 'h', 'f'].map((rid) => ({ rid, scalabilityMode: 'L1T3' })))
  expect(camera?.headerExtensions?.some(({ uri }) => uri.endsWith('transport-wide-cc-extensions-01'))).toBe(true)
  expect(camera?.codecs[0]?.rtcpFeedback?.map(({ type, parameter }) => `${type} ${parameter ?? ''}`.trim())).toEqual(['transport-cc', 'ccm fir', 'nack', 'nack pli'])
  expect(answered[1]?.rids).toEqual(['q', 'h', 'f'])
})

test('where the sender says how large its layers are, that counts and not the order; four layers become three', () => {
  const large = recorded('chromium-whip-simulcast').replace('a=rid:q send', 'a=rid:q send max-width=1280').replace('a=rid:h send', 'a=rid:h send max-width=640').replace('a=rid:f send', 'a=rid:f send max-width=320')
  const { sent, answered } = acceptSending(readOffer(large), room)
  expect(sent[1]?.rtpParameters.encodings.map(({ rid, scaleResolutionDownBy }) => [rid, scaleResolutionDownBy])).toEqual([['f', 4], ['h', 2], ['q', 1]])
  expect(answered[1]?.rids, 'in the order of the offer').toEqual(['q', 'h', 'f'])
  const slow = recorded('chromium-whip-simulcast').replace('a=rid:q send', 'a=rid:q send max-br=900000').replace('a=rid:h send', 'a=rid:h send max-br=300000').replace('a=rid:f send', 'a=rid:f send max-br=100000')
  expect(acceptSending(readOffer(slow), room).sent[1]?.rtpParameters.encodings.map(({ rid }) => rid)).toEqual(['f', 'h', 'q'])
  const four = recorded('chromium-whip-simulcast').replace('a=simulcast:send q;h;f', 'a=rid:g send\r\na=simulcast:send q;h;f;g')
  expect(acceptSending(readOffer(four), room).sent[1]?.rtpParameters.encodings).toHaveLength(3)
})

test('a player is given a place for what it asks, pictures in the codec of the stage where it takes that', () => {
  const offer = readOffer(recorded('chromium-whep'))
  const { places } = acceptViewing(offer, room, null)
  expect(places.map(({ kind, mimeType }) => `${kind} ${mimeType}`)).toEqual(['audio audio/opus', 'audio audio/opus', 'video video/VP8'])
  expect(acceptViewing(offer, room, 'video/H264').places[2]).toMatchObject({ mimeType: 'video/H264', parameters: { 'packetization-mode': 1 } })
  const { medias } = acceptViewing(offer, room, null)
  const answer = writeAnswer(offer, transport, medias.map((one, at) => ({ ...one, sent: { ssrc: 1_000 + at, cname: 'hub' } })), () => ({}))
  expect(answer.match(/^a=sendonly$/gm)).toHaveLength(3)
  expect(answer).not.toContain('a=extmap')
  expect(answer).toContain('a=ssrc:1002 cname:hub')
})

test('what cannot be used is refused with the part that is wrong', () => {
  const good = recorded('chromium-whip-simulcast')
  const wrong: [string, string][] = [
    ['v=', ''], ['v=', 'v=1\r\n'], ['v=', 'hello'], ['v=', `v=0\r\n${'a=x\r\n'.repeat(3_000)}`], ['v=', good.replace('a=mid:0', `a=mid:0\r\na=${'x'.repeat(3_000)}`)], ['m=', 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n'],
    ['a=ice-ufrag', good.replace(/a=ice-ufrag:.*/g, 'a=x')], ['a=ice-pwd', good.replace(/a=ice-pwd:.*/g, 'a=ice-pwd:short')],
    ['a=fingerprint', good.replace(/a=fingerprint:.*/g, 'a=fingerprint:sha-1 00:11')], ['a=setup', good.replace(/a=setup:.*/g, 'a=setup:holdconn')],
    ['a=mid', good.replace('a=mid:1', 'a=mid:0')], ['a=group:BUNDLE', good.replace(/a=group:BUNDLE.*/, 'a=group:BUNDLE 0')], ['a=rtcp-mux', good.replaceAll('a=rtcp-mux\r\n', '')],
  ]
  for (const [part, sdp] of wrong) expect([part, refused(() => readOffer(sdp))]).toEqual([part, { code: 'media.sdpUnfit', params: { part } }])
  const foreign = good.replace(/opus\/48000\/2/g, 'speex/16000').replace(/VP8\/90000/g, 'VP9/90000').replace(/H264\/90000/g, 'AV1/90000')
  expect(refused(() => acceptSending(readOffer(foreign), room))).toEqual({ code: 'media.sdpNoCodec' })
  expect(refused(() => acceptViewing(readOffer(good), room, null)), 'a sender is no player').toEqual({ code: 'media.sdpNoCodec' })
  const nameless = recorded('gstreamer-whip-vp8').replace(/a=ssrc:.*\r\n/g, '')
  expect(refused(() => acceptSending(readOffer(nameless), room)), 'packets that cannot be told apart').toEqual({ code: 'media.sdpUnfit', params: { part: 'a=ssrc' } })
})

test('H.264 is taken in the profile that every decoder plays, and in no other', () => {
  const profile = (level: string) => recorded('gstreamer-whip-h264').replace(/profile-level-id=\w+/, `profile-level-id=${level}`)
  for (const level of ['42e01f', '42c01f', '4d801f', '58c01f']) expect(acceptSending(readOffer(profile(level)), room).sent, level).toHaveLength(2)
  for (const level of ['42001f', '4d001f', '640c1f']) expect(acceptSending(readOffer(profile(level)), room).sent.map(({ kind }) => kind), level).toEqual(['audio'])
})

test('whatever is made of an offer is refused, or fits the schema of what the worker is given', () => {
  const lines = names.map((name) => recorded(name).split('\r\n'))
  const anyLine = fc.constantFrom(...lines.flat())
  const broken = fc.record({ of: fc.constantFrom(...lines), cuts: fc.array(fc.tuple(fc.nat(80), fc.oneof(anyLine, fc.string({ maxLength: 60 }), fc.constantFrom('a=rid:__proto__ send', 'a=fmtp:97 __proto__=1', 'a=ssrc:4294967296 cname:x', 'a=extmap:0 urn:x', 'm=video 9 X 1'))), { maxLength: 6 }) })
    .map(({ of, cuts }) => cuts.reduce((sdp, [at, line]) => [...sdp.slice(0, at), line, ...sdp.slice(at + 1)], of).join('\r\n'))
  fc.assert(fc.property(broken, (sdp) => {
    try {
      const offer = readOffer(sdp)
      expect(isDtls(offer.dtls)).toBe(true)
      const { sent, answered } = acceptSending(offer, room)
      for (const { rtpParameters } of sent) expect(isParameters(rtpParameters), JSON.stringify([isParameters.errors, rtpParameters])).toBe(true)
      writeAnswer(offer, transport, answered, () => ({}))
    } catch (error) {
      if (!(error instanceof Refused)) throw error
    }
  }), { seed, numRuns: 500 })
})

test('the name in a fragment tells a restart from a candidate; its answer holds the new names', () => {
  expect(fragmentUser('a=ice-ufrag:abcd\r\na=ice-pwd:x\r\nm=audio 9 RTP/AVP 0\r\na=mid:0\r\na=candidate:1 1 udp 1 10.0.0.1 5 typ host\r\n')).toBe('abcd')
  expect(fragmentUser('a=mid:0')).toBeNull()
  expect(restartFragment('0', 'audio', transport)).toContain(`a=ice-ufrag:${transport.iceParameters.usernameFragment}\r\n`)
})
