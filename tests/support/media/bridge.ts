import { pino } from 'pino'
import type { Programs } from '../../../media/recording/program.ts'
import type { Recordings } from '../../../media/recording/recordings.ts'
import { Room } from '../../../media/room/room.ts'
import { WorkerPool } from '../../../media/sfu/pool.ts'
import type { RtpParameters } from '../../../shared/contracts/media-parameters.ts'
import type { MediaEvents } from '../../../shared/contracts/media.ts'
import { sources, type Source } from '../../../shared/media/peer.ts'
import type { RoomControl, RoomEvent, RoomLine, RoomListener, RoomPlan } from '../../../shared/media/room-control.ts'
import type { Grant, Grants } from '../../../shared/media/stage.ts'
import { openWire } from './wire.ts'
import { openRtpEnd, type RtpEnd, type RtpPacket } from './rtp.ts'

/** What the room told one peer. */
export interface Told { peerId: string; event: RoomEvent; message: unknown }

/** A room, and all that it told. */
export interface RoomBridge {
  room: RoomControl
  told: Told[]
  lines: Map<string, RoomLine>
  /** Recordings that could not go on, each with why. */
  failed: [recordingId: string, why: string][]
  /** Resolves with the next message of this kind to this peer that has not been asked for, at once if it has come already. */
  next<E extends RoomEvent>(peerId: string, event: E): Promise<Parameters<MediaEvents[E]>[0]>
  /** A site that sends and receives plain RTP: a generator, no browser. It plays all that it is offered. `openEnd`: in another network than this process's. */
  site(peerId: string, elsewhere?: { siteId?: string | null; openEnd?: () => Promise<RtpEnd> }): Promise<Site>
  close(): Promise<void>
}

export interface Bridge extends RoomBridge {
  pool: WorkerPool
  /** The process of the worker that carries the room's leg of this number, from 1. */
  pidOf(leg: number): Promise<number>
}

export interface Site {
  peerId: string
  /** Sends every 20 ms from now on; the producer's id. */
  send(source: Source): Promise<string>
  /** Resolves when a packet of this producer arrives that was sent after now. */
  heard(producerId: string): Promise<RtpPacket>
  /** How many packets of this producer have arrived. */
  count(producerId: string): number
  stop(): void
}

const opus = { mimeType: 'audio/opus', clockRate: 48_000, channels: 2, payloadType: 101 }
const vp8 = { mimeType: 'video/VP8', clockRate: 90_000, payloadType: 102 }
export const capabilities = {
  codecs: [
    { kind: 'audio' as const, mimeType: 'audio/opus', clockRate: 48_000, channels: 2, preferredPayloadType: 111 },
    { kind: 'video' as const, mimeType: 'video/VP8', clockRate: 90_000, preferredPayloadType: 96 },
  ],
  headerExtensions: [],
}

export function grants(all: Partial<Record<Source, Grant>>): Grants {
  return Object.fromEntries(sources.map((source) => [source, all[source] ?? 'no'])) as Grants
}

/** Everybody receives and sounds; `voices`: who is heard; all cameras are open. */
export function plan(peerIds: readonly string[], voices: Partial<Record<string, Grant>>, stage: readonly string[] = []): RoomPlan {
  return {
    stage, receives: peerIds, loudspeakers: peerIds,
    grants: Object.fromEntries(peerIds.map((peerId) => [peerId, grants({ microphone: voices[peerId] ?? 'no', camera: 'yes' })])),
  }
}

export interface BridgeOptions { program: string; workers?: number; peersPerWorker?: number; roomId?: string; pool?: WorkerPool; /** Over a line to a media process, which is this one, instead of by itself. */ wire?: boolean; recordings?: Recordings; /** Others than Debian's ffmpeg. */ programs?: Programs }

export async function openBridge({ program, workers = 1, peersPerWorker, roomId = 'm1', pool: given, wire = false, recordings, programs }: BridgeOptions): Promise<Bridge> {
  const log = pino({ level: 'silent' })
  const pool = given ?? await WorkerPool.open({ program, workers, port: 0, listen: [{ ip: '127.0.0.1', announced: null }], log })
  let named = roomId
  const open = (id: string, listener: RoomListener) => {
    named = id
    return new Room({ roomId: id, pool, listener, log, ...(peersPerWorker === undefined ? {} : { peersPerWorker }), ...(recordings ? { recordings } : {}), ...(programs ? { programs } : {}) })
  }
  const wired = wire ? await openWire(open, pool, recordings) : null
  const bridge = await bridgeOver(async (listener) => (wired ? wired.hub.openRoom(roomId, listener) : open(roomId, listener)))
  return {
    ...bridge, pool,
    pidOf: async (leg) => (await pool.leg(`${named} ${leg}`)).pid,
    async close() {
      await bridge.close()
      await wired?.close()
      if (!given) await pool.close()
    },
  }
}

export async function bridgeOver(open: (listener: RoomListener) => Promise<RoomControl>): Promise<RoomBridge> {
  const told: Told[] = []
  const taken = new Set<Told>()
  const lines = new Map<string, RoomLine>()
  const waiting = new Set<() => void>()
  const closing: (() => void)[] = []
  const failed: [string, string][] = []
  const room = await open({
    tell(peerId, event, ...message) {
      told.push({ peerId, event, message: message[0] })
      for (const look of [...waiting]) look()
    },
    measured: (peerId, line) => void lines.set(peerId, line),
    sendingChanged() {},
    recordingFailed: (...why) => void failed.push(why),
  })

  return {
    room, told, lines, failed,
    next: (peerId, event) => new Promise((resolve) => {
      const look = () => {
        const found = told.find((one) => one.peerId === peerId && one.event === event && !taken.has(one))
        if (!found) return
        taken.add(found)
        waiting.delete(look)
        resolve(found.message as never)
      }
      waiting.add(look)
      look()
    }),
    async site(peerId, { siteId = null, openEnd = openRtpEnd } = {}) {
      const [ears, mouth] = [await openEnd(), await openEnd()]
      const { send } = await room.joinPlain(peerId, capabilities, ears.port, siteId)
      const site = listenAt(room, peerId, told, waiting, ears, mouth, send)
      closing.push(site.stop)
      return site
    },
    async close() {
      for (const stop of closing) stop()
      room.close()
    },
  }
}

let lastSsrc = 1_000

function listenAt(room: RoomControl, peerId: string, told: Told[], waiting: Set<() => void>, ears: RtpEnd, mouth: RtpEnd, { transportId, port }: { transportId: string; port: number }): Site {
  const producers = new Map<number, string>()
  const counts = new Map<string, number>()
  const listeners = new Set<(producerId: string, packet: RtpPacket) => void>()
  const timers: NodeJS.Timeout[] = []
  let looked = 0
  let stopped = false
  const play = () => {
    for (; looked < told.length; looked += 1) {
      const one = told[looked]
      if (one?.peerId !== peerId || one.event !== 'media:consumer') continue
      const { consumerId, producerId, rtpParameters } = one.message as Parameters<MediaEvents['media:consumer']>[0]
      producers.set(rtpParameters.encodings[0]?.ssrc ?? 0, producerId)
      // It may have ended already.
      queueMicrotask(() => void room.resumeConsumer(peerId, consumerId).catch(() => {}))
    }
  }
  waiting.add(play)
  play()
  ears.each((packet) => {
    const producerId = producers.get(packet.ssrc)
    if (producerId === undefined) return
    counts.set(producerId, (counts.get(producerId) ?? 0) + 1)
    for (const listener of [...listeners]) listener(producerId, packet)
  })
  return {
    peerId,
    async send(source) {
      const voice = source === 'microphone' || source === 'screenSound'
      const ssrc = (lastSsrc += 10)
      const codec = voice ? opus : vp8
      const rtpParameters: RtpParameters = { codecs: [codec], encodings: [{ ssrc }] }
      const producerId = await room.produce(peerId, transportId, source, rtpParameters)
      let sequence = 0
      timers.push(setInterval(() => {
        sequence += 1
        // VP8: a payload descriptor that begins a partition, and a key frame.
        const payload = voice ? Buffer.from(`tiếng ${sequence}`) : Buffer.from([0x10, 0x00, 0x00, 0x00, 0x9d, 0x01, 0x2a, 0x40, 0x01, 0xb4, 0x00])
        mouth.send(port, { payloadType: codec.payloadType, sequence, timestamp: sequence * (voice ? 960 : 1_800), ssrc, payload })
      }, 20))
      return producerId
    },
    heard: (wanted) => new Promise((resolve) => {
      const listener = (producerId: string, packet: RtpPacket) => {
        if (producerId !== wanted) return
        listeners.delete(listener)
        resolve(packet)
      }
      listeners.add(listener)
    }),
    count: (producerId) => counts.get(producerId) ?? 0,
    stop() {
      if (stopped) return
      stopped = true
      for (const timer of timers.splice(0)) clearInterval(timer)
      waiting.delete(play)
      ears.close()
      mouth.close()
    },
  }
}
