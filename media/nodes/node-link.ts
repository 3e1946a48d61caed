import { connect } from 'node:tls'
import type { Logger } from 'pino'
import type { MediaAvailability } from '../../shared/contracts/media-availability.ts'
import { Refused } from '../../shared/contracts/refusal.ts'
import { nodeCalls, nodeEvents, partCalls, roomEvents, type NodeCall, type PartCall } from '../wire/calls.ts'
import { wrongIn } from '../wire/check.ts'
import { Line } from '../wire/line.ts'
import { Event, Reply, wireProtocol } from '../wire/messages.ts'
import { hubEnd } from '../wire/secret.ts'
import { installedMediasoup } from '../worker/mediasoup.ts'
import { Asked } from './asked.ts'

export interface NodeAddress { name: string; host: string; port: number }

export interface LinkParts {
  address: NodeAddress
  secret: string
  log: Pick<Logger, 'info' | 'warn'>
  onChange(): void
}

/** What a room of a media process tells. */
export interface RoomSink {
  event(name: string, args: unknown[]): void
  /** The process or the line to it is gone, and the room with it. */
  lost(): void
}

/** Milliseconds. */
const connectWithin = 2_000
const firstPause = 100
const longestPause = 2_000

/** The hub's line to one media process; made again whenever it ends. */
export class NodeLink {
  readonly name: string
  readonly #parts: LinkParts
  readonly #asked = new Asked()
  readonly #rooms = new Map<string, RoomSink>()
  #line: Line | null = null
  #availability: MediaAvailability | null = null
  #timer: NodeJS.Timeout | null = null
  #pause = firstPause
  #told = ''
  #closed = false
  /** It is known whether it is there. */
  tried = false

  constructor(parts: LinkParts) {
    this.#parts = parts
    this.name = parts.address.name
    this.#connect()
  }

  /** Of the process as it says itself; null: there is no line to it. */
  get availability(): MediaAvailability | null {
    return this.#availability
  }

  get ready(): boolean {
    return this.#availability?.state === 'ready'
  }

  /** @throws Refused as the process does; `media.notReady` when it is not there or goes while it is asked */
  askNode(call: NodeCall, ...args: unknown[]): Promise<unknown> {
    return this.#asked.ask(this.#line, null, call, args, nodeCalls[call].answer)
  }

  askRoom(room: string, call: PartCall, args: readonly unknown[]): Promise<unknown> {
    return this.#asked.ask(this.#line, room, call, args, partCalls[call].answer)
  }

  /** Told of what this room tells from now on, until it is lost. */
  listen(room: string, sink: RoomSink): void {
    this.#rooms.set(room, sink)
  }

  unlisten(room: string): void {
    this.#rooms.delete(room)
  }

  close(): void {
    this.#closed = true
    if (this.#timer) clearTimeout(this.#timer)
    this.#line?.close('the hub is closing')
  }

  #connect(): void {
    const { address, secret } = this.#parts
    const socket = connect({ ...hubEnd(secret), host: address.host, port: address.port })
    const failed = (error: Error & { code?: string }) => {
      clearTimeout(late)
      this.#say(error.code ?? error.message)
      this.#again()
      this.#try()
    }
    const late = setTimeout(() => socket.destroy(new Error('no answer')), connectWithin)
    socket.once('error', failed)
    socket.once('secureConnect', () => {
      clearTimeout(late)
      socket.off('error', failed)
      if (this.#closed) return void socket.destroy()
      this.#line = new Line(socket, { message: (message) => this.#take(message), closed: (why) => this.#lost(why) })
    })
  }

  #again(): void {
    if (this.#closed) return
    this.#timer = setTimeout(() => this.#connect(), this.#pause)
    this.#pause = Math.min(longestPause, this.#pause * 2)
  }

  #lost(why: string): void {
    this.#line = null
    this.#availability = null
    this.#asked.lost()
    const rooms = [...this.#rooms.values()]
    this.#rooms.clear()
    this.tried = true
    if (!this.#closed) this.#say(why)
    this.#again()
    for (const room of rooms) room.lost()
    this.#parts.onChange()
  }

  /** Once for each reason, not for every attempt. */
  #say(why: string): void {
    if (this.#told === why || this.#closed) return
    this.#told = why
    this.#parts.log.warn({ node: this.name, why }, 'a media process is not there')
  }

  #take(message: unknown): boolean | void {
    if (!wrongIn(Reply, message)) {
      this.#asked.answered(message as Reply)
      return true
    }
    const wrong = wrongIn(Event, message)
    if (wrong) throw new Error(`what came is neither reply nor event: ${wrong}`)
    const { room, event, args } = message as Event
    const events: Partial<Record<string, (typeof nodeEvents)[keyof typeof nodeEvents] | (typeof roomEvents)[keyof typeof roomEvents]>> = room === null ? nodeEvents : roomEvents
    const schema = Object.hasOwn(events, event) ? events[event] : undefined
    const wrongArgs = schema ? wrongIn(schema, args) : 'there is no such event'
    if (wrongArgs) throw new Error(`${event}: ${wrongArgs}`)
    if (room !== null) return this.#rooms.get(room)?.event(event, args)
    if (event === 'hello') this.#greet(args[0] as { protocol: number; mediasoup: string })
    else this.#become(args[0] as MediaAvailability)
  }

  #greet({ protocol, mediasoup }: { protocol: number; mediasoup: string }): void {
    const { version } = installedMediasoup()
    // Parameters of one mediasoup do not fit another one's worker.
    if (protocol !== wireProtocol || mediasoup !== version) throw new Error(`it is of another version (protocol ${protocol}, mediasoup ${mediasoup}); here: ${wireProtocol}, ${version}`)
    this.#pause = firstPause
    this.#told = ''
    this.#parts.log.info({ node: this.name }, 'a media process is there')
  }

  /** Once. */
  #try(): void {
    if (this.tried) return
    this.tried = true
    this.#parts.onChange()
  }

  #become(availability: MediaAvailability): void {
    this.#availability = availability
    if (availability.state === 'ready' || availability.state === 'failed') this.tried = true
    this.#parts.onChange()
  }
}
