import { createSocket } from 'node:dgram'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Consumer, ConsumerTraceEventData, PlainTransport, Router, RtpCapabilities } from 'mediasoup/types'
import type { Source } from '../../shared/media/peer.ts'
import type { Journal } from './journal.ts'
import { giveBack, isListening, portPair } from './ports.ts'
import { run, type Program } from './program.ts'
import { sessionDescription } from './sdp.ts'

export interface TrackParts {
  /** Where it can be received. @throws when it has ended */
  place(): Promise<Router>
  producerId: string
  source: Source
  folder: string
  /** Without its ending. */
  name: string
  ffmpeg: string
  journal: Journal
  now: () => number
}

/** A picture is asked for anew when none has come within this. */
const askAgain = 1_000
const clockEvery = 30_000
/** So long ffmpeg may take to write the end of its file; without it the file is as good. */
const endPatience = 3_000

/** It listens on this machine alone: ffmpeg would take packets from anywhere. Flushed once a second: what is killed has lost no more than that. The stream's own times, not those of its arrival: a busy machine must not stretch voices. */
const words = (name: string) => [
  '-hide_banner', '-nostdin', '-loglevel', 'warning', '-protocol_whitelist', 'file,udp,rtp', '-localaddr', '127.0.0.1', '-buffer_size', '4000000', '-analyzeduration', '500000', '-probesize', '200000', '-fpsprobesize', '0',
  '-i', `${name}.sdp`, '-map', '0', '-c', 'copy', '-f', 'matroska', '-cluster_time_limit', '1000', '-flush_packets', '1', '-y', `${name}.mkv`,
]

/** One producer on its way into one file, by an ffmpeg of its own. */
export class TrackWriter {
  readonly #parts: TrackParts
  /** Resolves when nothing is written any more; never rejects. `quick`: it hardly lived. */
  readonly over: Promise<{ quick: boolean; said: string }>
  #router: Router | null = null
  #transport: PlainTransport | null = null
  #consumer: Consumer | null = null
  #program: Program | null = null
  #first: { at: number; timestamp: number } | null = null
  #clockAt = 0
  #ending = false
  readonly #timers: NodeJS.Timeout[] = []

  constructor(parts: TrackParts) {
    this.#parts = parts
    this.over = this.#live()
  }

  /** Ends the file. */
  async end(): Promise<void> {
    this.#ending = true
    this.#consumer?.close()
    await this.over
  }

  async #live(): Promise<{ quick: boolean; said: string }> {
    const { journal, now, name } = this.#parts
    const began = performance.now()
    let port: number | null = null
    try {
      port = await portPair()
      const program = await this.#open(port)
      const { code } = await program.gone
      return { quick: !this.#ending && performance.now() - began < 2_000 && code !== 0, said: program.said() }
    } catch (error) {
      this.#program?.child.kill('SIGKILL')
      await this.#program?.gone
      // Its worker died, or what it sends has ended.
      return { quick: !this.#ending && this.#router?.closed !== true, said: (error as Error).message }
    } finally {
      for (const timer of this.#timers) clearInterval(timer)
      this.#consumer?.close()
      this.#transport?.close()
      if (port !== null) giveBack(port)
      await journal.write({ kind: 'ended', at: now(), file: `${name}.mkv` }).catch(() => {})
    }
  }

  async #open(port: number): Promise<Program> {
    const { place, producerId, source, folder, name, ffmpeg, journal, now } = this.#parts
    const router = this.#router = await place()
    this.#stillWanted()
    const transport = this.#transport = await router.createPlainTransport({ listenInfo: { protocol: 'udp', ip: '127.0.0.1' }, rtcpMux: false, comedia: false })
    this.#stillWanted()
    await transport.connect({ ip: '127.0.0.1', port, rtcpPort: port + 1 })
    const consumer = this.#consumer = await transport.consume({ producerId, rtpCapabilities: withoutRepair(router.rtpCapabilities), paused: true })
    this.#stillWanted()
    await writeFile(join(folder, `${name}.sdp`), sessionDescription(consumer.rtpParameters, port))
    this.#stillWanted()
    const program = this.#program = run(ffmpeg, words(name), { cwd: folder })
    consumer.observer.once('close', () => sayGoodbye(program, port))
    await journal.write({ kind: 'track', at: now(), file: `${name}.mkv`, producerId, source, pid: program.child.pid ?? 0 })
    if (!(await isListening(port, () => program.child.exitCode !== null || program.child.signalCode !== null || consumer.closed))) throw new Error(`ffmpeg does not listen: ${program.said()}`)
    consumer.on('trace', (trace) => this.#heed(trace))
    await consumer.enableTraceEvent(['rtp'])
    this.#stillWanted()
    await consumer.resume()
    const ask = () => { if (consumer.kind === 'video' && !this.#first && !consumer.closed) consumer.requestKeyFrame().catch(() => {}) }
    const readClock = () => { if (this.#first && !consumer.closed) consumer.enableTraceEvent(['rtp']).catch(() => {}) }
    this.#timers.push(setInterval(ask, askAgain).unref(), setInterval(readClock, clockEvery).unref())
    return program
  }

  /** What has been given up while it was being opened must not begin after all. @throws */
  #stillWanted(): void {
    if (this.#ending) throw new Error('it was ended before it began')
  }

  /** Of the first packet, and of one from time to time: when it came, by the worker's clock, which is this machine's. */
  #heed({ type, timestamp: workerMs, info }: ConsumerTraceEventData): void {
    const consumer = this.#consumer
    const timestamp = rtpTimestamp(info)
    if (type !== 'rtp' || timestamp === null || !consumer || consumer.closed) return
    consumer.enableTraceEvent([]).catch(() => {})
    const { journal, now, name } = this.#parts
    const age = Number(process.hrtime.bigint()) / 1e6 - workerMs
    const at = Math.round(now() - (age >= 0 && age < 10_000 ? age : 0))
    const rate = consumer.rtpParameters.codecs[0]?.clockRate ?? 90_000
    if (!this.#first) {
      this.#first = { at, timestamp }
      void journal.write({ kind: 'began', at, file: `${name}.mkv` }).catch(() => {})
      this.#clockAt = at
    } else if (at - this.#clockAt > clockEvery / 2) {
      this.#clockAt = at
      // Timestamps go round; the clocks of two machines are never half a round apart.
      const expected = ((at - this.#first.at) / 1000) * rate
      const part = (timestamp - this.#first.timestamp) >>> 0
      const rounds = Math.round((expected - part) / 2 ** 32)
      void journal.write({ kind: 'clock', at, file: `${name}.mkv`, mediaMs: Math.round((part + rounds * 2 ** 32) / rate * 1000) }).catch(() => {})
    }
  }
}

/** RTCP's BYE (RFC 3550, 6.6): ffmpeg takes it for the end of the stream and writes the end of its file. A signal would find it waiting for the next packet, a second one would cut the file off. */
const goodbye = Buffer.from([0x82, 203, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0])

function sayGoodbye({ child, gone }: Program, port: number): void {
  const socket = createSocket('udp4').unref()
  socket.on('error', () => {})
  const say = () => socket.send(goodbye, port + 1, '127.0.0.1')
  const again = setInterval(say, 100)
  const late = setTimeout(() => child.kill('SIGKILL'), endPatience)
  say()
  void gone.then(() => {
    clearInterval(again)
    clearTimeout(late)
    socket.close()
  })
}

function rtpTimestamp(info: Record<string, unknown>): number | null {
  const packet = (info['rtpPacket'] ?? info) as Record<string, unknown>
  return typeof packet['timestamp'] === 'number' ? packet['timestamp'] : null
}

/** On the loopback nothing is lost, and ffmpeg asks for nothing again. */
function withoutRepair(capabilities: RtpCapabilities): RtpCapabilities {
  return {
    codecs: (capabilities.codecs ?? []).filter(({ mimeType }) => !mimeType.toLowerCase().endsWith('/rtx')).map((codec) => ({ ...codec, rtcpFeedback: (codec.rtcpFeedback ?? []).filter(({ type, parameter }) => type === 'nack' && parameter === 'pli') })),
    headerExtensions: [],
  }
}
