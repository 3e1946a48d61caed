import type { TLSSocket } from 'node:tls'
import type { Logger } from 'pino'
import { Refused } from '../../shared/contracts/refusal.ts'
import type { RoomListener } from '../../shared/media/room-control.ts'
import type { SpanListener } from '../../shared/media/span-control.ts'
import type { PartsControl } from '../control.ts'
import type { PartControl } from '../room/room-parts.ts'
import { nodeCalls, partCalls, spanCalls, type Call, type RoomCall, type SpanCall } from '../wire/calls.ts'
import { wrongIn } from '../wire/check.ts'
import { Line } from '../wire/line.ts'
import { Request, wireProtocol } from '../wire/messages.ts'
import { installedMediasoup } from '../worker/mediasoup.ts'
import { Outbox } from './outbox.ts'

export interface SessionParts {
  media: PartsControl
  log: Pick<Logger, 'info' | 'warn'>
  /** Milliseconds that rooms go on when their hub is gone: who speaks is heard on while it starts again. */
  grace: number
  closed(): void
}

let sessions = 0

/** One hub's line: what it asks is checked, done and answered, and what its rooms tell goes back. Rooms belong to the line they were opened on. */
export class Session {
  readonly #parts: SessionParts
  readonly #line: Line
  readonly #outbox: Outbox
  readonly #rooms = new Map<string, Promise<PartControl>>()
  readonly #number = (sessions += 1)
  readonly #endAvailability: () => void
  #closing: NodeJS.Timeout | null = null

  constructor(socket: TLSSocket, parts: SessionParts) {
    this.#parts = parts
    this.#line = new Line(socket, { message: (message) => this.#take(message), closed: (why) => this.#lost(why) })
    this.#outbox = new Outbox(this.#line)
    const { media } = parts
    this.#outbox.event(null, 'hello', [{ protocol: wireProtocol, mediasoup: installedMediasoup().version }])
    this.#outbox.event(null, 'availability', [media.availability])
    this.#endAvailability = media.onAvailability((availability) => this.#outbox.event(null, 'availability', [availability]))
  }

  /** Ends the line, and its rooms at once. */
  close(): void {
    this.#line.close('this process is closing')
    if (this.#closing) clearTimeout(this.#closing)
    this.#closeRooms()
  }

  /** Whatever is not a request ends the line: that is no hub. */
  #take(message: unknown): void {
    const wrong = wrongIn(Request, message)
    if (wrong) throw new Error(`what came is no request: ${wrong}`)
    void this.#serve(message as Request)
  }

  async #serve({ id, room, call, args }: Request): Promise<void> {
    try {
      const answer = await (room === null ? this.#ofNode(call, args) : this.#ofRoom(room, call, args))
      this.#outbox.reply({ id, answer: answer ?? null })
    } catch (error) {
      if (error instanceof Refused) return this.#outbox.reply({ id, refused: error.refusal })
      this.#parts.log.warn({ err: error, call }, 'a call of a hub failed')
      this.#outbox.reply({ id, failed: String((error as Error).message).slice(0, 500) })
    }
  }

  async #ofNode(call: string, args: unknown[]): Promise<unknown> {
    check(nodeCalls, call, args)
    const { media } = this.#parts
    switch (call as keyof typeof nodeCalls) {
      case 'openRoom': return this.#open(args[0] as string)
      case 'closeRoom': return this.#close(args[0] as string)
      case 'capabilities': return media.capabilities()
      case 'loads': return media.loads()
    }
  }

  async #ofRoom(name: string, call: string, args: unknown[]): Promise<unknown> {
    check(partCalls, call, args)
    const room = this.#rooms.get(name)
    if (!room) throw new Refused('media.unknown')
    const part = await room
    if (Object.hasOwn(spanCalls, call)) return (part.span[call as SpanCall] as (...given: unknown[]) => unknown).apply(part.span, args)
    return (part[call as RoomCall] as (...given: unknown[]) => unknown).apply(part, args)
  }

  async #open(name: string): Promise<void> {
    if (this.#rooms.has(name)) throw new Error('a room of this name is open')
    let opened: PartControl | null = null
    const event = (what: string) => (...args: unknown[]) => this.#outbox.event(name, what, args)
    const listener: RoomListener = {
      tell: (peerId, told, ...message) => this.#outbox.tell(name, peerId, told, message[0]),
      measured: event('measured'),
      sendingChanged: () => this.#outbox.event(name, 'sending', [opened?.offers() ?? []]),
      recordingFailed: event('recordingFailed'),
    }
    const span: SpanListener = { wanted: event('wanted'), taken: event('taken'), pipeLost: event('pipeLost') }
    // Named apart from the rooms of every other line: after a hub's restart its old room may still be there.
    const opening = this.#parts.media.openPart(`${this.#number} ${name}`, listener, span)
    this.#rooms.set(name, opening)
    try {
      opened = await opening
    } catch (error) {
      this.#rooms.delete(name)
      throw error
    }
  }

  async #close(name: string): Promise<void> {
    const room = this.#rooms.get(name)
    this.#rooms.delete(name)
    await room?.then((part) => part.close(), () => {})
  }

  #lost(why: string): void {
    const { log, grace, closed } = this.#parts
    this.#endAvailability()
    log.info({ why, rooms: this.#rooms.size }, 'a hub is gone')
    this.#closing = setTimeout(() => this.#closeRooms(), grace)
    // Voices go on meanwhile, but nothing is written down of which nobody can say any more that it may be.
    for (const room of this.#rooms.values()) void room.then((part) => part.record(null), () => {})
    closed()
  }

  #closeRooms(): void {
    for (const name of [...this.#rooms.keys()]) void this.#close(name)
  }
}

/** @throws Refused `request.malformed` */
function check(calls: Record<string, Call>, call: string, args: unknown[]): void {
  const known = Object.hasOwn(calls, call) ? calls[call] : undefined
  const wrong = known ? wrongIn(known.args, args) : 'there is no such call'
  if (wrong) throw new Refused('request.malformed', { field: `${call} ${wrong}`.slice(0, 100) })
}
