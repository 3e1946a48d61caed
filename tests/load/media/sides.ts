import { pino } from 'pino'
import { createWorker } from 'mediasoup'
import type { Consumer, RtpParameters } from 'mediasoup/types'
import { Room } from '../../../media/room/room.ts'
import { roomCodecs } from '../../../media/sfu/codecs.ts'
import { WorkerPool } from '../../../media/sfu/pool.ts'
import type { MediaEvents } from '../../../shared/contracts/media.ts'
import { capabilities, plan } from '../../support/media/bridge.ts'
import { GeneratedSite, pumpAll, type Rates } from './generator.ts'

export const sites = 24
export const peerIds = Array.from({ length: sites }, (_none, at) => `s${at}`)
/** The speaker and the chair; who is looked at is the first. */
export const voices = 2
const gallery = 8

/** Something that carries the 24 sites. */
export interface Side {
  /** The worker's process. */
  pid: number
  all: GeneratedSite[]
  close(): Promise<void>
}

/** Of one site's screen: the speaker large, eight of the others small. */
export function shown(at: number): number[] {
  const others = Array.from({ length: sites }, (_none, step) => (at + 1 + step) % sites).filter((one) => one !== 0 && one !== at)
  return others.slice(0, gallery)
}

const local = { protocol: 'udp', ip: '127.0.0.1' } as const

export interface OurSide extends Side { room: Room; pool: WorkerPool; voicesOf: Map<number, { producerId: string; leavesAs: Map<string, number> }>; rejoin(): Promise<void> }

/** Our room: the stage and eight small pictures, layers nobody takes stopped. */
export async function ours(program: string, rates: Rates): Promise<OurSide> {
  const log = pino({ level: 'silent' })
  const pool = await WorkerPool.open({ program, workers: 1, port: 0, listen: [{ ip: '127.0.0.1', announced: null }], log })
  const all = await Promise.all(peerIds.map(() => GeneratedSite.open()))
  const leaves = new Map<string, Map<string, number>>()
  const room: Room = new Room({
    roomId: 'bench', pool, log,
    listener: {
      measured() {},
      recordingFailed() {}, sendingChanged() {},
      tell(peerId, event, ...message) {
        if (event === 'media:layersTaken') {
          const [{ highest }] = message as Parameters<MediaEvents['media:layersTaken']>
          all[peerIds.indexOf(peerId)]?.keepLayers(highest)
        }
        if (event !== 'media:consumer') return
        const [{ consumerId, producerId, rtpParameters }] = message as Parameters<MediaEvents['media:consumer']>
        const known = leaves.get(producerId) ?? new Map<string, number>()
        leaves.set(producerId, known.set(peerId, rtpParameters.encodings[0]?.ssrc ?? 0))
        queueMicrotask(() => resume(peerId, consumerId))
      },
    },
  })
  // It may have ended with its worker.
  const resume = (peerId: string, consumerId: string) => void room.resumeConsumer(peerId, consumerId).catch(() => {})
  const voicesOf: OurSide['voicesOf'] = new Map()
  const joinAll = async () => {
    room.follow(plan(peerIds, { s0: 'yes', s1: 'yes' }, ['s0']))
    await Promise.all(all.map(async (site, at) => {
      const peerId = peerIds[at] ?? ''
      const { send } = await room.joinPlain(peerId, capabilities, site.earsPort)
      site.sendTo(send.port)
      site.keepLayers(2)
      if (at < voices) {
        const producerId = await room.produce(peerId, send.transportId, 'microphone', site.voice(rates))
        const leavesAs = leaves.get(producerId) ?? new Map<string, number>()
        leaves.set(producerId, leavesAs)
        voicesOf.set(at, { producerId, leavesAs })
      }
      await room.produce(peerId, send.transportId, 'camera', site.picture(rates))
    }))
    all.forEach((_site, at) => void room.consume(peerIds[at] ?? '', {
      tiles: [...(at === 0 ? [] : [{ peerId: 's0', source: 'camera' as const, width: 1280, height: 720 }]), ...shown(at).map((one) => ({ peerId: peerIds[one] ?? '', source: 'camera' as const, width: 320, height: 180 }))],
      own: false, saveData: false,
    }))
  }
  await joinAll()
  const stop = pumpAll(all)
  return {
    pid: (await pool.loads())[0]?.pid ?? 0, all, room, pool, voicesOf, rejoin: joinAll,
    async close() {
      stop()
      room.close()
      await pool.close()
      for (const site of all) site.close()
    },
  }
}

/** mediasoup by itself. `naive`: everybody is sent everybody in full, voices too; otherwise the very pictures and voices of our side. */
export async function bare(program: string, rates: Rates, naive: boolean): Promise<Side> {
  const worker = await createWorker({ workerBin: program, logLevel: 'none' })
  const router = await worker.createRouter({ mediaCodecs: roomCodecs })
  const all = await Promise.all(peerIds.map(() => GeneratedSite.open()))
  const sent = await Promise.all(all.map(async (site, at) => {
    const incoming = await router.createPlainTransport({ listenInfo: local, rtcpMux: true, comedia: true })
    const outgoing = await router.createPlainTransport({ listenInfo: local, rtcpMux: true, comedia: false })
    await outgoing.connect({ ip: '127.0.0.1', port: site.earsPort })
    site.sendTo(incoming.tuple.localPort)
    const voice = naive || at < voices ? await incoming.produce({ kind: 'audio', rtpParameters: site.voice(rates) as RtpParameters }) : null
    const picture = await incoming.produce({ kind: 'video', rtpParameters: site.picture(rates) as RtpParameters })
    return { outgoing, voice, picture }
  }))
  await Promise.all(sent.map(async ({ outgoing }, at) => {
    const take = async (producerId: string, spatialLayer: number | null): Promise<Consumer> => {
      const consumer = await outgoing.consume({ producerId, rtpCapabilities: router.rtpCapabilities, paused: true })
      if (spatialLayer !== null) await consumer.setPreferredLayers({ spatialLayer })
      await consumer.resume()
      return consumer
    }
    for (const [from, { voice, picture }] of sent.entries()) {
      if (from === at) continue
      if (voice) await take(voice.id, null)
      if (naive || from === 0) await take(picture.id, 2)
      else if (shown(at).includes(from)) await take(picture.id, 0)
    }
  }))
  // What nobody takes is not sent here either: what is compared is the forwarding.
  if (!naive) all.forEach((site, at) => site.keepLayers(at === 0 ? 2 : 0))
  const stop = pumpAll(all)
  return {
    pid: worker.pid, all,
    async close() {
      stop()
      worker.close()
      for (const site of all) site.close()
    },
  }
}
