import type { PlainTransport, Producer, RtpParameters } from 'mediasoup/types'
import { pino } from 'pino'
import { Room } from '../../../media/room/room.ts'
import { WorkerPool } from '../../../media/sfu/pool.ts'
import type { MediaEvents } from '../../../shared/contracts/media.ts'
import { capabilities, plan } from '../../support/media/bridge.ts'
import { encrypting } from './encrypting.ts'
import { Equipment } from './equipment.ts'
import { BrowserlessSite } from './browserless.ts'
import { pumpAll, type Rates } from './generator.ts'
import { dtlsOf, offeredLines, subscriberAnswer } from './janus-sdp.ts'
import { Janus } from './janus.ts'
import { peerIds, shown, sites, voices } from './sides.ts'

/** Something that carries the 24 sites encrypted: the speaker's 720p to all, of the others eight small pictures each, two voices. */
export interface EncryptedSide {
  pid: number
  /** Packets that have come to all sites. */
  count(): Promise<number>
  close(): Promise<void>
}

/** Whose pictures a site has on its screen. */
export const screenOf = (at: number) => [...(at === 0 ? [] : [0]), ...shown(at)]

async function equipped(program: string, rates: Rates): Promise<{ equipment: Equipment; producers: Producer[][] }> {
  const equipment = await Equipment.open(program)
  const producers = []
  for (let at = 0; at < sites; at += 1) producers.push(await equipment.site(rates, at < voices, at === 0 ? 2 : 0))
  return { equipment, producers }
}

/** Our room, whose transports for equipment are made to encrypt. */
export async function oursEncrypted(program: string, rates: Rates): Promise<EncryptedSide> {
  const log = pino({ level: 'silent' })
  const { equipment, producers } = await equipped(program, rates)
  const pool = await WorkerPool.open({ program, workers: 1, port: 0, listen: [{ ip: '127.0.0.1', announced: null }], log })
  const transports = encrypting(pool, () => true)
  const taking: Promise<unknown>[] = []
  const ears = new Map<string, PlainTransport>()
  const room: Room = new Room({
    roomId: 'bench', pool, log,
    listener: {
      measured() {},
      sendingChanged() {},
      recordingFailed() {},
      tell(peerId, event, ...message) {
        if (event !== 'media:consumer') return
        const [{ consumerId, source, rtpParameters }] = message as Parameters<MediaEvents['media:consumer']>
        const ear = ears.get(peerId)
        if (!ear) return
        const kind = source === 'microphone' ? 'audio' : 'video'
        taking.push(equipment.take(ear, kind, rtpParameters.codecs[0]?.payloadType ?? 0, rtpParameters.encodings[0]?.ssrc ?? 0).then(() => room.resumeConsumer(peerId, consumerId)))
      },
    },
  })
  room.follow(plan(peerIds, { s0: 'yes', s1: 'yes' }, ['s0']))
  for (const [at, peerId] of peerIds.entries()) {
    const [mouth, ear] = [await equipment.plain(), await equipment.plain()]
    ears.set(peerId, ear)
    const { send, receive } = await room.joinPlain(peerId, capabilities, null)
    const [inlet, outlet] = [transports.get(send.transportId), transports.get(receive.transportId)]
    if (!inlet?.srtpParameters || !outlet?.srtpParameters || !mouth.srtpParameters || !ear.srtpParameters) throw new Error('a transport without keys')
    await inlet.connect({ srtpParameters: mouth.srtpParameters })
    await mouth.connect({ ip: '127.0.0.1', port: send.port, srtpParameters: inlet.srtpParameters })
    await outlet.connect({ ip: '127.0.0.1', port: ear.tuple.localPort, srtpParameters: ear.srtpParameters })
    await ear.connect({ ip: '127.0.0.1', port: receive.port, srtpParameters: outlet.srtpParameters })
    for (const producer of producers[at] ?? []) {
      const { consumer, parameters } = await equipment.send(mouth, producer)
      const [codec, encoding] = [parameters.codecs[0], parameters.encodings?.[0]]
      const rtpParameters = { codecs: [{ mimeType: codec?.mimeType, clockRate: codec?.clockRate, payloadType: codec?.payloadType, ...(codec?.channels ? { channels: codec.channels } : {}) }], encodings: [{ ssrc: encoding?.ssrc, ...(consumer.kind === 'video' ? { scaleResolutionDownBy: at === 0 ? 1 : 4, maxBitrate: at === 0 ? 1_200_000 : 100_000 } : {}) }] } as RtpParameters
      await room.produce(peerId, send.transportId, consumer.kind === 'audio' ? 'microphone' : 'camera', rtpParameters as never)
    }
  }
  peerIds.forEach((peerId, at) => room.consume(peerId, { tiles: screenOf(at).map((one) => ({ peerId: peerIds[one] ?? '', source: 'camera' as const, width: one === 0 ? 1280 : 320, height: one === 0 ? 720 : 180 })), own: false, saveData: false }))
  equipment.begin()
  return {
    pid: (await pool.loads())[0]?.pid ?? 0,
    async count() {
      await Promise.all(taking)
      return equipment.count()
    },
    async close() {
      equipment.close()
      room.close()
      await pool.close()
    },
  }
}

/**
 * Janus's VideoRoom with the same pictures and voices, whose publishers come by WebRTC of their own. `ip`: an address of this machine that is not
 * loopback, which Janus leaves out; `folder`: where the peers are installed.
 */
export async function janusEncrypted(program: string, rates: Rates, ip: string, folder: string): Promise<EncryptedSide> {
  const [equipment, janus] = await Promise.all([Equipment.open(program), Janus.open()])
  const publishers = await Promise.all(peerIds.map((_peerId, at) => BrowserlessSite.open(folder, rates, at < voices, at === 0 ? 2 : 0, (offer) => janus.publish(at + 1, offer))))
  await janus.published(sites)
  for (let at = 0; at < sites; at += 1) {
    const transport = await equipment.webRtc(ip)
    // Where a voice is sent it is the first line.
    const streams = [
      ...screenOf(at).map((one) => ({ feed: one + 1, mid: one < voices ? '1' : '0' })),
      ...Array.from({ length: voices }, (_none, one) => one).filter((one) => one !== at).map((one) => ({ feed: one + 1, mid: '0' })),
    ]
    await janus.subscribe(streams, async (offer) => {
      const offered = offeredLines(offer)
      await transport.connect({ dtlsParameters: dtlsOf(offer) })
      for (const { kind, payloadType, ssrc } of offered) await equipment.take(transport, kind, payloadType, ssrc)
      return subscriberAnswer(transport, offered)
    })
  }
  const stop = pumpAll(publishers.map(({ generator }) => generator))
  return {
    pid: janus.pid,
    count: () => equipment.count(),
    async close() {
      stop()
      equipment.close()
      await janus.close()
      await Promise.all(publishers.map((one) => one.close()))
    },
  }
}
