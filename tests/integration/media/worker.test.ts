import { once } from 'node:events'
import { createWorker } from 'mediasoup'
import type { PlainTransport, Router, Worker } from 'mediasoup/types'
import { afterEach, describe, expect, test } from 'vitest'
import { openRtpEnd, type RtpEnd } from '../../support/media/rtp.ts'
import { presentWorker } from '../../support/media/worker.ts'

const present = await presentWorker()
if ('missing' in present) console.log(`skipped: ${present.missing}`)

const opus = { kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 } as const
const listenInfo = { protocol: 'udp', ip: '127.0.0.1' } as const

const open: { close(): void }[] = []
afterEach(() => { for (const one of open.splice(0)) one.close() })

async function startWorker(): Promise<Worker> {
  if ('missing' in present) throw new Error(present.missing)
  const worker = await createWorker({ workerBin: present.program, logLevel: 'warn' })
  open.push(worker)
  return worker
}

async function rtpEnd(): Promise<RtpEnd> {
  const end = await openRtpEnd()
  open.push(end)
  return end
}

/** Voice of `ssrc` comes in by one transport and leaves by another, as between two sites. */
async function speak(router: Router, listener: RtpEnd, ssrc: number): Promise<{ incoming: PlainTransport; leavesAs: number; payloadType: number }> {
  const incoming = await router.createPlainTransport({ listenInfo, rtcpMux: true, comedia: true })
  const outgoing = await router.createPlainTransport({ listenInfo, rtcpMux: true, comedia: false })
  await outgoing.connect({ ip: '127.0.0.1', port: listener.port })
  const producer = await incoming.produce({ kind: 'audio', rtpParameters: { codecs: [{ ...opus, payloadType: 101 }], encodings: [{ ssrc }] } })
  const consumer = await outgoing.consume({ producerId: producer.id, rtpCapabilities: router.rtpCapabilities })
  return { incoming, leavesAs: consumer.rtpParameters.encodings?.[0]?.ssrc ?? 0, payloadType: consumer.rtpParameters.codecs[0]?.payloadType ?? 0 }
}

describe.skipIf('missing' in present)('the media worker (skipped where there is none; REQUIRE_MEDIA=1 demands it)', () => {
  test('packets that a site sends come out at another, whole and in order', async () => {
    const router = await (await startWorker()).createRouter({ mediaCodecs: [opus] })
    const [site, listener] = [await rtpEnd(), await rtpEnd()]
    const { incoming, leavesAs, payloadType } = await speak(router, listener, 11_223_344)
    const arrived = listener.receive(200)
    let sequence = 1_000
    const voice = setInterval(() => {
      sequence += 1
      site.send(incoming.tuple.localPort, { payloadType: 101, sequence, timestamp: sequence * 960, ssrc: 11_223_344, payload: Buffer.from(`tiếng ${sequence}`) })
    }, 2)
    const packets = await arrived.finally(() => clearInterval(voice))
    const spoken = packets.map(({ payload }) => Number(payload.toString().split(' ')[1]))
    expect(spoken).toEqual(spoken.map((_one, at) => (spoken[0] ?? 0) + at))
    expect(new Set(packets.map(({ ssrc }) => ssrc))).toEqual(new Set([leavesAs]))
    expect(new Set(packets.map((packet) => packet.payloadType))).toEqual(new Set([payloadType]))
    const steps = packets.slice(1).map((packet, at) => [packet.sequence - (packets[at]?.sequence ?? 0), packet.timestamp - (packets[at]?.timestamp ?? 0)])
    expect(steps).toEqual(steps.map(() => [1, 960]))
  })

  test('a worker that is killed is noticed at once, its routers with it, and another goes on beside it', async () => {
    const [doomed, other] = [await startWorker(), await startWorker()]
    const router = await doomed.createRouter({ mediaCodecs: [opus] })
    const gone = new Promise<void>((resolve) => { router.once('workerclose', resolve) })
    const died = once(doomed, 'died')
    const began = performance.now()
    process.kill(doomed.pid, 'SIGKILL')
    await Promise.all([gone, died])
    expect(performance.now() - began).toBeLessThan(1_000)
    expect(router.closed && doomed.died).toBe(true)
    expect((await other.dump()).pid).toBe(other.pid)
  })

  test('SRTP of each suite that mediasoup knows is carried, so that the library below it is what it must be', async () => {
    for (const srtpCryptoSuite of ['AES_CM_128_HMAC_SHA1_80', 'AES_CM_128_HMAC_SHA1_32', 'AEAD_AES_128_GCM', 'AEAD_AES_256_GCM'] as const) {
      const router = await (await startWorker()).createRouter({ mediaCodecs: [opus] })
      const [site, listener] = [await rtpEnd(), await rtpEnd()]
      const { incoming } = await speak(router, listener, 5_555)
      // In by RTP, through an encrypted leg between two transports of the router, out by RTP.
      const [near, far] = [
        await router.createPlainTransport({ listenInfo, rtcpMux: true, comedia: false, enableSrtp: true, srtpCryptoSuite }),
        await router.createPlainTransport({ listenInfo, rtcpMux: true, comedia: false, enableSrtp: true, srtpCryptoSuite }),
      ]
      if (!near.srtpParameters || !far.srtpParameters) throw new Error('no SRTP')
      await near.connect({ ip: '127.0.0.1', port: far.tuple.localPort, srtpParameters: far.srtpParameters })
      await far.connect({ ip: '127.0.0.1', port: near.tuple.localPort, srtpParameters: near.srtpParameters })
      const clear = await rtpEnd()
      const spoken = await incoming.produce({ kind: 'audio', rtpParameters: { codecs: [{ ...opus, payloadType: 102 }], encodings: [{ ssrc: 7_777 }] } })
      const sent = await near.consume({ producerId: spoken.id, rtpCapabilities: router.rtpCapabilities })
      const came = await far.produce({ kind: 'audio', rtpParameters: { ...sent.rtpParameters } })
      const out = await router.createPlainTransport({ listenInfo, rtcpMux: true, comedia: false })
      await out.connect({ ip: '127.0.0.1', port: clear.port })
      await out.consume({ producerId: came.id, rtpCapabilities: router.rtpCapabilities })
      const arrived = clear.receive(50)
      let sequence = 0
      const voice = setInterval(() => {
        sequence += 1
        site.send(incoming.tuple.localPort, { payloadType: 102, sequence, timestamp: sequence * 960, ssrc: 7_777, payload: Buffer.from(`kín ${sequence}`) })
      }, 2)
      const packets = await arrived.finally(() => clearInterval(voice))
      expect(packets.map(({ payload }) => payload.toString().split(' ')[0]), srtpCryptoSuite).toEqual(packets.map(() => 'kín'))
    }
  })
})
