import { randomUUID } from 'node:crypto'
import { io, type Socket } from 'socket.io-client'
import type { CommandAnswer, HubEvents, JoinAnswer, PresenterPosition, Turnout } from '../../../shared/contracts/live.ts'
import { livePath, protocolVersion } from '../../../shared/contracts/protocol.ts'
import type { Language, RefusalAnswer } from '../../../shared/contracts/refusal.ts'
import type { Connections } from '../../../shared/meeting/attendance/connections.ts'
import type { Commands, CommandType } from '../../../shared/meeting/command.ts'
import { applyFrame } from '../../../shared/meeting/evolve-view.ts'
import type { ViewFact, Frame } from '../../../shared/meeting/frame.ts'
import type { InkBatch, Laser } from '../../../shared/meeting/presentation/pointing.ts'
import type { MeetingView } from '../../../shared/meeting/view.ts'

export interface ClientOptions {
  projector?: boolean
  language?: Language
  /** Instead of what a page of this hub would send; null leaves the header out. */
  origin?: string | null
  /** Instead of the whole auth. */
  auth?: Record<string, unknown>
  query?: Record<string, string>
}

/** A handshake that failed: with the hub's reason, or without one when there was no answer it could be in. */
export class HandshakeFailed extends Error {
  override readonly name = 'HandshakeFailed'
  readonly reason: RefusalAnswer | null
  constructor(error: Error & { data?: RefusalAnswer }) {
    super(error.message)
    this.reason = error.data ?? null
  }
}

type AnySocket = Socket & { emit(event: string, ...message: unknown[]): Socket }

/** One screen of one person, by the bare protocol: everything it is sent is kept, also as it came over the line. */
export class LiveClient {
  readonly socket: AnySocket
  /** Every text packet after the handshake, as it came. */
  readonly packets: string[] = []
  readonly facts: ViewFact[] = []
  readonly turnouts: { turnouts: Turnout[]; at: number }[] = []
  readonly positions: PresenterPosition[] = []
  readonly lasers: { laser: Laser | null; at: number }[] = []
  readonly ink: InkBatch[] = []
  /** Measured presence as this screen was told, the answer to its join first. */
  readonly connections: Connections[] = []
  /** Why the hub closed this socket; null without a word. */
  ended: RefusalAnswer | null = null
  readonly closed: Promise<number>
  #view: MeetingView | null = null
  readonly #looks = new Set<() => void>()

  private constructor(socket: AnySocket) {
    this.socket = socket
    socket.io.engine.on('packet', ({ data }: { data?: unknown }) => typeof data === 'string' && this.packets.push(data))
    const hub = socket as unknown as Socket<HubEvents>
    hub.on('frame', (frame) => this.#take(frame))
    hub.on('votes:turnout', (turnouts) => {
      this.turnouts.push({ turnouts, at: performance.now() })
      this.#look()
    })
    hub.on('presentation:position', (position) => {
      this.positions.push(position)
      this.#look()
    })
    hub.on('presentation:laser', (laser) => {
      this.lasers.push({ laser, at: performance.now() })
      this.#look()
    })
    hub.on('presentation:ink', (batch) => {
      this.ink.push(batch)
      this.#look()
    })
    hub.on('attendance:connections', (connections) => {
      this.connections.push(connections)
      this.#look()
    })
    hub.on('session:ended', (reason) => (this.ended = reason))
    this.closed = new Promise((resolve) => socket.once('disconnect', () => resolve(performance.now())))
  }

  /** @throws HandshakeFailed */
  static connect(hub: { url: string }, cookie: string, meetingId: string, options: ClientOptions = {}): Promise<LiveClient> {
    const { projector = false, language = 'vi', origin = hub.url } = options
    const socket = io(hub.url, {
      path: livePath,
      query: options.query ?? { meetingId },
      auth: options.auth ?? { protocol: protocolVersion, language, projector },
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      extraHeaders: { ...(cookie ? { cookie } : {}), ...(origin === null ? {} : { origin }) },
    }) as AnySocket
    return new Promise((resolve, reject) => {
      socket.once('connect', () => resolve(new LiveClient(socket)))
      socket.once('connect_error', (error: Error & { data?: RefusalAnswer }) => {
        socket.disconnect()
        reject(new HandshakeFailed(error))
      })
    })
  }

  /** Connected and joined. */
  static async open(hub: { url: string }, cookie: string, meetingId: string, options: ClientOptions = {}): Promise<LiveClient> {
    const client = await LiveClient.connect(hub, cookie, meetingId, options)
    await client.join()
    return client
  }

  /** @throws Error before the first join */
  get view(): MeetingView {
    if (!this.#view) throw new Error('not joined')
    return this.#view
  }

  async join(sinceSeq?: number): Promise<JoinAnswer> {
    const answer = await this.ask<JoinAnswer>('meeting:join', sinceSeq === undefined ? {} : { sinceSeq })
    if (!answer.ok) return answer
    if (answer.view) this.#view = answer.view
    if (answer.signals.connections) this.connections.push(answer.signals.connections)
    this.#look()
    return answer
  }

  send<T extends CommandType>(type: T, data: Commands[T], commandId: string = randomUUID()): Promise<CommandAnswer> {
    return this.ask(type, { commandId, data })
  }

  /** Any event, any message: for what no page would send. */
  async ask<A extends JoinAnswer | CommandAnswer = CommandAnswer>(event: string, ...message: unknown[]): Promise<A> {
    const answer = await this.socket.timeout(10_000).emitWithAck(event, ...message) as A
    if (answer.ok && answer.frame) this.#take(answer.frame)
    return answer
  }

  /** The view, as soon as `holds`. */
  async waitFor(holds: (view: MeetingView) => boolean): Promise<MeetingView> {
    await this.until(() => this.#view !== null && holds(this.#view))
    return this.view
  }

  /** As soon as `holds`; looked at again whenever something has come. */
  until(holds: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('what was waited for did not come within 10 s')), 10_000)
      const look = () => {
        if (!holds()) return
        clearTimeout(late)
        this.#looks.delete(look)
        resolve()
      }
      this.#looks.add(look)
      look()
    })
  }

  close(): void {
    this.socket.disconnect()
  }

  #take(frame: Frame): void {
    if (!this.#view) return
    const next = applyFrame(this.#view, frame)
    if (!next) throw new Error(`frame ${frame.from}–${frame.to} does not join on to ${this.#view.seq}`)
    const known = this.#view.seq
    this.facts.push(...frame.facts.filter(({ seq }) => seq > known))
    this.#view = next
    this.#look()
  }

  #look(): void {
    for (const look of [...this.#looks]) look()
  }
}
