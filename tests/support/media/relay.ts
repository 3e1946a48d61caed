import { createSocket, type Socket as Datagrams } from 'node:dgram'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { freshSeed, randomFrom } from '../powercut/random.ts'

/** One direction and the other alike. */
export interface Conditions {
  /** Everything together: media, with 28 octets of IP and UDP for each packet, and the page's own connections. Null: no limit. */
  kbps: number | null
  lossPercent: number
  /** There and back. */
  roundTripMs: number
  /** What waits longer than this is thrown away, as the buffer of an access network does. */
  queueMs: number
}

export const goodLine: Conditions = { kbps: null, lossPercent: 0, roundTripMs: 0, queueMs: 1_000 }

const headers = 28
/** What TCP sends at once, and how long a lost part holds up everything behind it besides the way there and back. */
const segment = 1_400
const retransmitMs = 200

/** One direction: a queue that empties at a certain rate, then the way. What is lost is drawn by lot, from a seed that is printed. */
class Pipe {
  conditions = goodLine
  sentOctets = 0
  droppedPackets = 0
  #freeAt = 0
  #lastAt = 0
  readonly #chance: () => number

  constructor(chance: () => number) {
    this.#chance = chance
  }

  /** What comes now waits so long before it goes through, milliseconds. */
  get queuedMs(): number {
    return Math.max(0, this.#freeAt - performance.now())
  }

  /** A packet: late, or never. */
  packet(octets: number, deliver: () => void): void {
    const { queueMs, lossPercent } = this.conditions
    const now = performance.now()
    if (this.#freeAt - now > queueMs || this.#chance() * 100 < lossPercent) return void (this.droppedPackets += 1)
    this.#after(this.#passes(octets + headers, now) - now, deliver)
  }

  /** Of a connection that repeats what is lost: late, in its order. `lastAt`: when the part before this one arrived; the answer is when this one does. */
  part(octets: number, lastAt: number, deliver: () => void): number {
    const { lossPercent, roundTripMs } = this.conditions
    const now = performance.now()
    let at = this.#passes(octets + headers + 12, now)
    for (let tries = 0; tries < 5 && this.#chance() * 100 < lossPercent; tries += 1) at += retransmitMs + roundTripMs
    const arrives = Math.max(at, lastAt)
    this.#after(arrives - now, deliver)
    return arrives
  }

  /** When it has gone through and come over. */
  #passes(octets: number, now: number): number {
    this.sentOctets += octets
    const { kbps, roundTripMs } = this.conditions
    this.#freeAt = Math.max(this.#freeAt, now) + (kbps === null ? 0 : (octets * 8) / kbps)
    // A line whose conditions change does not let a later packet overtake.
    this.#lastAt = Math.max(this.#lastAt, this.#freeAt + roundTripMs / 2)
    return this.#lastAt
  }

  #after(ms: number, deliver: () => void): void {
    if (ms <= 0.5) deliver()
    else setTimeout(deliver, ms)
  }
}

/**
 * A poor line between one browser and the hub. Media: an address of its own (127.0.0.2) with the workers' own ports, at which a page looks for them when
 * `throughRelay` is in it. The page's own connections: a port that leads to the hub. Both share the rate, as they would on a real line. Loss of TCP is
 * played by waiting, because nothing above the kernel can lose its packets.
 */
export class WeakLine {
  readonly down: Pipe
  readonly up: Pipe
  readonly #mediaSockets: Datagrams[] = []
  readonly #far = new Map<string, Datagrams>()
  readonly #tcp: Server
  readonly #mediaAddress: string
  #closed = false
  #isBlocked: (port: number) => boolean = () => false
  readonly #connections = new Set<Socket>()

  private constructor(hubPort: number, mediaAddress: string, seed: number) {
    this.#mediaAddress = mediaAddress
    const chance = randomFrom(seed)
    this.down = new Pipe(chance)
    this.up = new Pipe(chance)
    this.#tcp = createServer((near) => {
      const far = connect({ port: hubPort, host: '127.0.0.1', noDelay: true })
      near.setNoDelay(true)
      for (const [from, to, pipe] of [[near, far, this.up], [far, near, this.down]] as const) {
        this.#connections.add(from)
        let lastAt = 0
        from.on('data', (chunk: Buffer) => {
          for (let at = 0; at < chunk.length; at += segment) {
            const part = chunk.subarray(at, at + segment)
            lastAt = pipe.part(part.length, lastAt, () => { if (!to.destroyed) to.write(part) })
          }
          // Whoever sends more than the line takes has to wait, as TCP makes him.
          const ahead = lastAt - performance.now()
          if (ahead > 300) {
            from.pause()
            setTimeout(() => from.resume(), ahead - 200)
          }
        })
        from.on('error', () => undefined)
        from.on('close', () => {
          this.#connections.delete(from)
          setTimeout(() => to.destroy(), Math.max(0, lastAt - performance.now()))
        })
      }
    })
  }

  /** `mediaPorts`: of the workers, which listen on 127.0.0.1 unless `mediaAddress` says otherwise. */
  static async open({ hubUrl, mediaPorts, mediaAddress = '127.0.0.1', seed = freshSeed() }: { hubUrl: string; mediaPorts: readonly number[]; mediaAddress?: string; seed?: number }): Promise<WeakLine> {
    console.log(`poor line: seed ${seed}`)
    const line = new WeakLine(Number(new URL(hubUrl).port), mediaAddress, seed)
    line.#tcp.listen(0, '127.0.0.1')
    await once(line.#tcp, 'listening')
    for (const port of mediaPorts) await line.#relay(port)
    return line
  }

  get url(): string {
    return `http://localhost:${(this.#tcp.address() as AddressInfo).port}`
  }

  become(conditions: Partial<Conditions>): void {
    this.down.conditions = this.up.conditions = { ...goodLine, ...conditions }
  }

  /** The browser's own ports that media has come from so far. A device on another network has new ones: with these blocked and no others it has just changed over. */
  get seenPorts(): ReadonlySet<number> {
    return new Set([...this.#far.keys()].map((name) => Number(name.split(' ')[2])))
  }

  /** Packets from and to these ports go nowhere: a network that lets no UDP out, but for a relay that stands outside. */
  block(isBlocked: (port: number) => boolean): void {
    this.#isBlocked = isBlocked
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const connection of this.#connections) connection.destroy()
    for (const socket of [...this.#mediaSockets, ...this.#far.values()]) socket.close()
    await new Promise((resolve) => this.#tcp.close(resolve))
  }

  /** What is still on its way when the line is taken down goes nowhere. */
  #send(socket: Datagrams, message: Buffer, port: number, address: string): void {
    if (!this.#closed) socket.send(message, port, address, () => undefined)
  }

  async #relay(port: number): Promise<void> {
    const socket = createSocket({ type: 'udp4', recvBufferSize: 2_000_000 })
    socket.bind(port, '127.0.0.2')
    await once(socket, 'listening')
    this.#mediaSockets.push(socket)
    socket.on('message', (message, { address, port: from }) => {
      if (this.#isBlocked(from)) return
      const far = this.#farEnd(socket, port, address, from)
      this.up.packet(message.length, () => this.#send(far, message, port, this.#mediaAddress))
    })
  }

  /** Each of the browser's ends has one of its own towards the worker. */
  #farEnd(near: Datagrams, port: number, address: string, from: number): Datagrams {
    const name = `${port} ${address} ${from}`
    const known = this.#far.get(name)
    if (known) return known
    const far = createSocket({ type: 'udp4', recvBufferSize: 2_000_000 })
    this.#far.set(name, far)
    far.on('message', (message) => this.#isBlocked(from) || this.down.packet(message.length, () => this.#send(near, message, from, address)))
    return far
  }
}

/** For a page's first script: it looks for the workers at the relay. */
export function throughRelay(): void {
  const original = RTCPeerConnection.prototype.setRemoteDescription as (description: RTCSessionDescriptionInit) => Promise<void>
  RTCPeerConnection.prototype.setRemoteDescription = function (this: RTCPeerConnection, description: RTCSessionDescriptionInit) {
    return original.call(this, { ...description, sdp: (description.sdp ?? '').replaceAll('127.0.0.1', '127.0.0.2') })
  } as typeof original
}
