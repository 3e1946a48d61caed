import { io, type Socket } from 'socket.io-client'
import type { ClientEvents, CommandAnswer, HandshakeAuth, HubEvents, JoinAnswer } from '../../shared/contracts/live.ts'
import { livePath, protocolVersion } from '../../shared/contracts/protocol.ts'
import type { RefusalAnswer } from '../../shared/contracts/refusal.ts'
import type { Commands, CommandType } from '../../shared/meeting/command.ts'
import { applyFrame } from '../../shared/meeting/evolve-view.ts'
import type { Frame } from '../../shared/meeting/frame.ts'
import type { InkBatch, Laser } from '../../shared/meeting/presentation/pointing.ts'
import type { Position } from '../../shared/meeting/presentation/position.ts'
import type { MeetingView } from '../../shared/meeting/view.ts'
import { Arrivals } from './arrivals.ts'
import { Backoff } from './backoff.ts'
import { HubClock } from './clock.ts'
import { Coalescer } from './coalesce.ts'
import { CommandOutbox, type CommandOutcome } from './outbox.ts'
import type { LiveListener, LiveOptions, LiveState, SendOptions } from './state.ts'
import { reasonOf, verdictOn } from './verdict.ts'

const aDay = 86_400_000

/** All commands look alike on the wire; their types were checked where they were given. */
interface CommandSocket {
  emit(type: CommandType, message: unknown, answered: (error: Error | null, answer: CommandAnswer) => void): void
}

/**
 * One screen's line to one meeting: joins, comes back, folds frames into the view, repeats commands until they are answered.
 * Views are immutable values: each change hands the listener a new one.
 */
export class LiveMeeting {
  readonly clock = new HubClock()
  /** Our own clock when the hub last gave a sign of life. */
  lastHeard = Date.now()
  readonly #listener: LiveListener
  readonly #socket: Socket<HubEvents, ClientEvents>
  readonly #patience: number
  readonly #backoff = new Backoff()
  readonly #outbox: CommandOutbox
  readonly #positions: Coalescer<Position>
  readonly #lasers: Coalescer<Laser | null>
  readonly #arrivals = new Arrivals()
  #state: LiveState = { kind: 'connecting' }
  #view: MeetingView | null = null
  #joined = false
  #closed = false
  #join = 0
  /** Frames that came between entering the room and the answer to the join. */
  #early: Frame[] = []
  #retry: ReturnType<typeof setTimeout> | null = null

  constructor(options: LiveOptions, listener: LiveListener) {
    this.#listener = listener
    this.#patience = options.patience ?? 8000
    const auth: HandshakeAuth = { protocol: protocolVersion, language: options.language, projector: options.projector }
    this.#socket = io(options.hub ?? '/', {
      path: livePath,
      query: { meetingId: options.meetingId },
      auth,
      transports: ['websocket'],
      forceNew: true,
      autoConnect: false,
      // Coming back is done here, in one place for every reason of being cut off.
      reconnection: false,
      timeout: this.#patience,
      ...(options.headers ? { extraHeaders: options.headers } : {}),
    })
    this.#outbox = new CommandOutbox((type, message, done) => this.#transmit(type, message, done), () => listener.waiting(this.#outbox.waiting))
    this.#positions = new Coalescer((position) => this.#joined && this.#socket.emit('presentation:position', position), 200)
    this.#lasers = new Coalescer((laser) => this.#joined && this.#socket.volatile.emit('presentation:laser', laser), 70)
    this.#listen()
  }

  connect(): void {
    if (this.#retry !== null) clearTimeout(this.#retry)
    this.#retry = null
    if (!this.#over && !this.#socket.connected) this.#socket.connect()
  }

  /** The end: nothing is sent, told or tried any more. */
  close(): void {
    this.#closed = true
    this.#socket.off()
    this.#socket.io.off()
    this.#stop()
  }

  /**
   * Asks now whether the line still holds: after a tablet woke up, or when its network came or went. Without an answer within
   * `within` milliseconds it is lost.
   */
  check(within = 2000): void {
    if (this.#socket.connected) this.#enter(Math.min(within, this.#patience))
    else this.connect()
  }

  /**
   * Sends a command; answers when what it caused is in the view. Never rejects. Once it was sent it is repeated until the hub has
   * answered. While the hub is out of reach it waits if `patient`, and is not sent otherwise.
   */
  async send<T extends CommandType>(type: T, data: Commands[T], { patient = false, commandId }: SendOptions = {}): Promise<CommandOutcome> {
    if (this.#over || (!patient && this.#state.kind !== 'live')) return { ok: false, kind: 'notConnected' }
    const answer = await this.#outbox.add(type, data, commandId)
    if (typeof answer === 'string') return { ok: false, kind: answer }
    if (!answer.ok) return { ok: false, kind: 'refused', refusal: answer }
    // The frame that brings it may have been lost: a new join brings it too.
    await this.#arrivals.until(answer.to, this.#patience / 4, () => this.#joined && this.#enter(this.#patience))
    return { ok: true, from: answer.from, to: answer.to }
  }

  /** Where the presenter is: at most five times a second, the last one always. */
  sendPosition(position: Position): void {
    this.#positions.offer(position)
  }

  /** Where the presenter points: at most fourteen times a second, the last one always. */
  sendLaser(laser: Laser | null): void {
    this.#lasers.offer(laser)
  }

  /** A part of a stroke: now or never. */
  sendInk(batch: InkBatch): void {
    if (this.#joined) this.#socket.volatile.emit('presentation:ink', batch)
  }

  /** What belongs to the meeting beside its facts goes over the same line (media-line.ts). */
  get socket(): Socket<HubEvents, ClientEvents> {
    return this.#socket
  }

  get #over(): boolean {
    return this.#closed || this.#state.kind === 'refused' || this.#state.kind === 'outdated'
  }

  #listen(): void {
    const heard = () => void (this.lastHeard = Date.now())
    this.#socket.io.on('ping', heard)
    this.#socket.onAny(heard)
    this.#socket.on('connect', () => this.#enter(this.#patience))
    this.#socket.on('disconnect', () => this.#lost())
    this.#socket.on('connect_error', (error) => {
      const reason = reasonOf(error)
      if (reason) this.#refused(reason)
      else this.#lost()
    })
    this.#socket.on('session:ended', (reason) => this.#refused(reason))
    this.#socket.on('frame', (frame) => this.#take(frame))
    this.#socket.on('presentation:position', (position) => this.#listener.position(position))
    this.#socket.on('presentation:laser', (laser) => this.#listener.laser(laser))
    this.#socket.on('presentation:ink', (batch) => this.#listener.ink(batch))
    this.#socket.on('attendance:connections', (connections) => this.#listener.connections(connections))
    this.#socket.on('votes:turnout', (turnouts) => this.#listener.turnouts(turnouts))
  }

  #enter(patience: number): void {
    this.#joined = false
    this.#outbox.shut()
    const join = ++this.#join
    const askedAt = Date.now()
    this.#socket.timeout(patience).emit('meeting:join', this.#view ? { sinceSeq: this.#view.seq } : {}, (error: Error | null, answer: JoinAnswer) => {
      if (join !== this.#join) return
      if (error) return this.#lost()
      this.lastHeard = Date.now()
      if (!answer.ok) return this.#refused(answer)
      this.clock.set(answer.now, askedAt, this.lastHeard)
      this.#entered(answer)
    })
  }

  #entered({ view, frame, signals }: Extract<JoinAnswer, { ok: true }>): void {
    const known = view ?? (this.#view && frame ? applyFrame(this.#view, frame) : this.#view)
    const early = this.#early
    this.#early = []
    // The hub and this page disagree on what is held here: begin anew, after a pause so that a disagreement cannot become a storm.
    if (!known) {
      this.#view = null
      return this.#lost()
    }
    this.#joined = true
    this.#show(known)
    for (const each of early) this.#take(each)
    if (!this.#joined) return
    this.#listener.position(signals.position)
    this.#listener.connections(signals.connections)
    this.#listener.turnouts(signals.turnouts)
    this.#backoff.reset()
    this.#become({ kind: 'live' })
    this.#outbox.open()
  }

  #take(frame: Frame): void {
    if (!this.#joined || !this.#view) {
      this.#early.push(frame)
      return
    }
    const next = applyFrame(this.#view, frame)
    // Something in between was not heard: the answer to a new join brings it, and this frame's facts with it.
    if (next === null) return this.#enter(this.#patience)
    if (next !== this.#view) this.#show(next)
  }

  #show(view: MeetingView): void {
    this.#view = view
    this.#listener.view(view)
    this.#arrivals.reach(view.seq)
  }

  #transmit(type: CommandType, message: { commandId: string; data: unknown }, done: (answer: CommandAnswer | null) => void): void {
    let heard = (answer: CommandAnswer | null) => {
      heard = () => {}
      clearTimeout(late)
      done(answer)
    }
    const late = setTimeout(() => heard(null), this.#patience)
    // An answer after our patience still brings the sender's own frame, and nothing else does: it is waited for as long as the line holds.
    const socket = this.#socket.timeout(aDay) as unknown as CommandSocket
    socket.emit(type, message, (error, answer) => {
      if (!error && answer.ok && answer.frame) this.#take(answer.frame)
      heard(error ? null : answer)
    })
  }

  #refused(reason: RefusalAnswer): void {
    const verdict = verdictOn(reason)
    if (verdict === 'retry') return this.#lost()
    this.#become({ kind: verdict === 'reload' ? 'outdated' : 'refused', reason })
    this.#stop()
  }

  #lost(): void {
    if (this.#over || this.#retry !== null) return
    this.#retry = setTimeout(() => this.connect(), this.#backoff.next())
    this.#leave()
    if (this.#state.kind === 'live') this.#become({ kind: 'lost' })
  }

  #stop(): void {
    if (this.#retry !== null) clearTimeout(this.#retry)
    this.#positions.stop()
    this.#lasers.stop()
    this.#leave()
    this.#outbox.abandon()
  }

  #leave(): void {
    this.#joined = false
    this.#join += 1
    this.#early = []
    this.#outbox.shut()
    this.#socket.disconnect()
  }

  #become(state: LiveState): void {
    if (state.kind === this.#state.kind && !('reason' in state)) return
    this.#state = state
    this.#listener.state(state)
  }
}
