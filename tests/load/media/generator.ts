import { readFileSync } from 'node:fs'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import type { RtpParameters } from '../../../shared/contracts/media-parameters.ts'

/** Packets a second of a voice, and of a picture's three layers (180p, 360p, 720p at about 100 kbit/s, 400 kbit/s and 1.2 Mbit/s). */
export interface Rates { voice: number; layers: readonly number[] }
export const realRates: Rates = { voice: 50, layers: [20, 55, 130] }

const voiceSize = 80
/** With its header; pictures are larger. */
const longestVoice = 200
const layerSizes = [600, 900, 1_150]
const voiceType = 101
const pictureType = 102

interface Stream { ssrc: number; payloadType: number; perSecond: number; body: Buffer; sequence: number; due: number; on: boolean }

/** One site: what it sends, and a socket that counts what comes. RTP without a browser. */
export class GeneratedSite {
  readonly ears: Socket
  readonly #mouth: Socket
  readonly #streams: Stream[] = []
  readonly #waiting = new Set<(ssrc: number) => void>()
  #port = 0
  /** Packets that have come. */
  count = 0
  /** How long voices were on their way, milliseconds; emptied by whoever looks. */
  delays: number[] = []

  private constructor(ears: Socket, mouth: Socket) {
    this.ears = ears
    this.#mouth = mouth
    ears.on('message', (message) => {
      const type = (message[1] ?? 0) & 0x7f
      if (type >= 64 && type <= 95) return
      this.count += 1
      if (message.length < longestVoice) this.delays.push(performance.now() - message.readDoubleLE(message.length - 8))
      if (this.#waiting.size > 0) for (const look of this.#waiting) look(message.readUInt32BE(8))
    })
  }

  static async open(): Promise<GeneratedSite> {
    const sockets = [createSocket({ type: 'udp4', recvBufferSize: 4_000_000 }), createSocket('udp4')] as const
    for (const socket of sockets) socket.bind(0, '127.0.0.1')
    await Promise.all(sockets.map((socket) => once(socket, 'listening')))
    return new GeneratedSite(...sockets)
  }

  get earsPort(): number {
    return this.ears.address().port
  }

  sendTo(port: number): void {
    this.#port = port
  }

  voice({ voice }: Rates): RtpParameters {
    const ssrc = this.#add(voiceType, voice, Buffer.alloc(voiceSize, 1))
    return { codecs: [{ mimeType: 'audio/opus', clockRate: 48_000, channels: 2, payloadType: voiceType }], encodings: [{ ssrc }] }
  }

  /** Three layers, each packet a key frame's beginning: a consumer may begin at any of them. `only`: one of them, without simulcast. */
  picture({ layers }: Rates, only?: number): RtpParameters {
    const encodings = layers.flatMap((perSecond, at) => {
      if (only !== undefined && at !== only) return []
      const body = Buffer.alloc(layerSizes[at] ?? 0)
      Buffer.from([0x10, 0x00, 0x00, 0x00, 0x9d, 0x01, 0x2a, 0x40, 0x01, 0xb4, 0x00]).copy(body)
      return [{ ssrc: this.#add(pictureType, perSecond, body), scaleResolutionDownBy: 2 ** (2 - at), maxBitrate: perSecond * body.length * 8 }]
    })
    return { codecs: [{ mimeType: 'video/VP8', clockRate: 90_000, payloadType: pictureType }], encodings }
  }

  /** Layers above `highest` are sent no more, as a browser would do when it is told so. */
  keepLayers(highest: number): void {
    this.#streams.filter(({ payloadType }) => payloadType === pictureType).forEach((stream, at) => { stream.on = at <= highest })
  }

  /** Resolves when a packet of this stream comes. */
  heard(ssrc: number): Promise<void> {
    return new Promise((resolve) => {
      const look = (came: number) => {
        if (came !== ssrc) return
        this.#waiting.delete(look)
        resolve()
      }
      this.#waiting.add(look)
    })
  }

  pump(now: number): void {
    if (this.#port === 0) return
    for (const stream of this.#streams) {
      // Whoever was away for long does not send all of it at once.
      stream.due = Math.max(stream.due, now - 50)
      for (; stream.due <= now; stream.due += 1_000 / stream.perSecond) if (stream.on) this.#send(stream)
    }
  }

  close(): void {
    this.ears.close()
    this.#mouth.close()
  }

  #send(stream: Stream): void {
    stream.sequence += 1
    const packet = Buffer.allocUnsafe(12 + stream.body.length)
    packet[0] = 0x80
    packet[1] = stream.payloadType
    packet.writeUInt16BE(stream.sequence & 0xffff, 2)
    packet.writeUInt32BE((stream.sequence * 960) >>> 0, 4)
    packet.writeUInt32BE(stream.ssrc, 8)
    stream.body.copy(packet, 12)
    if (stream.payloadType === voiceType) packet.writeDoubleLE(performance.now(), packet.length - 8)
    this.#mouth.send(packet, this.#port, '127.0.0.1')
  }

  #add(payloadType: number, perSecond: number, body: Buffer): number {
    const ssrc = (lastSsrc += 1)
    this.#streams.push({ ssrc, payloadType, perSecond, body, sequence: 0, due: performance.now() + Math.random() * 20, on: true })
    return ssrc
  }
}

let lastSsrc = 100_000

/** Sends what is due at every site; the answer ends it. */
export function pumpAll(sites: readonly GeneratedSite[]): () => void {
  const timer = setInterval(() => { for (const site of sites) site.pump(performance.now()) }, 5)
  return () => clearInterval(timer)
}

/** Bytes of memory that a process holds. */
export function residentBytes(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1_024
}

/** Milliseconds of processor that a process has used, by the kernel's own count (steps of 10 ms). */
export function processorMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) * 10
}
