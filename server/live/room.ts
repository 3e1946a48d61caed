import type { Server, Socket } from 'socket.io'
import type { ClientEvents, HubEvents, JoinAnswer, Turnout } from '../../shared/contracts/live.ts'
import { refusal, type Language, type Refusal } from '../../shared/contracts/refusal.ts'
import { refusalAnswer } from '../../shared/contracts/sentences.ts'
import { seesPresented } from '../../shared/meeting/papers/view.ts'
import { audienceOf, isInFront, leadersKey, type Audience } from '../../shared/meeting/audience.ts'
import { entry } from '../../shared/meeting/entities.ts'
import { cutOffSpeech } from '../../shared/meeting/floor/line.ts'
import type { Frame } from '../../shared/meeting/frame.ts'
import type { Step } from '../../shared/meeting/project.ts'
import { viewOf } from '../../shared/meeting/view.ts'
import { openVotes } from '../../shared/meeting/votes/rules.ts'
import type { MeetingHost } from '../meetings/host.ts'
import { Audiences, projectAll, type Member } from './audiences.ts'
import { ConnectionWatch } from './connections.ts'
import { Presenting } from './presenting.ts'
import { turnoutInFront, turnoutOnTablets, TurnoutSignal, turnoutsOf } from './turnout.ts'

export type LiveServer = Server<ClientEvents, HubEvents>
export type LiveSocket = Socket<ClientEvents, HubEvents>

interface Screen extends Member {
  socket: LiveSocket
  language: Language
  /** Commands this screen waits for, and the personal frame that will travel with the answer: one packet a ballot instead of two. */
  asked: Map<string, Frame | null>
}

/** All screens of one meeting on this hub: tells each audience what became durable, and passes signals on. */
export class MeetingRoom {
  readonly #io: LiveServer
  readonly #host: MeetingHost
  readonly #screens = new Map<LiveSocket, Screen>()
  readonly #audiences = new Audiences<Screen>()
  readonly #turnouts: TurnoutSignal[]
  readonly #connections: ConnectionWatch
  readonly #stop: () => void
  /** What the presenter shows besides facts. */
  readonly presenting: Presenting<LiveSocket>

  constructor(io: LiveServer, host: MeetingHost, now: () => number) {
    this.#io = io
    this.#host = host
    this.#turnouts = [
      new TurnoutSignal(() => this.#sendTurnout(isInFront), () => turnoutInFront),
      new TurnoutSignal(() => this.#sendTurnout((key) => !isInFront(key)), () => turnoutOnTablets(this.#screens.size)),
    ]
    this.#connections = new ConnectionWatch({
      now,
      grace: () => host.state.attendanceRules.graceSeconds * 1000,
      takesPart: (personId) => entry(host.state.participants, personId) !== undefined,
      send: () => this.#tellConnections(),
    })
    const seen = (tell: (target: ReturnType<LiveServer['to']>) => void) => host.state.presentation && this.#tellThoseWho((audience) => seesPresented(host.state, audience), tell)
    this.presenting = new Presenting<LiveSocket>({
      presentation: () => host.state.presentation,
      // Whose access was taken away while he presents does not lead the hall through the paper any more.
      isPresenter: (socket, { presenterId }) => {
        const screen = this.#screens.get(socket)
        const audience = screen && audienceOf(host.state, screen)
        return screen?.personId === presenterId && !screen.projector && !!audience && seesPresented(host.state, audience)
      },
      tellPosition: (position, from) => seen((target) => target.except(from.id).emit('presentation:position', position)),
      tellLaser: (laser, from) => seen((target) => target.except(from.id).volatile.emit('presentation:laser', laser)),
      tellInk: (batch, from) => seen((target) => target.except(from.id).volatile.emit('presentation:ink', batch)),
    })
    this.#stop = host.onPublish((steps) => this.#publish(steps))
  }

  get empty(): boolean {
    return this.#screens.size === 0
  }

  close(): void {
    for (const turnout of this.#turnouts) turnout.close()
    this.#connections.close()
    this.presenting.close()
    this.#stop()
  }

  /** First call and coming back. In one step: into the room, then the answer, so that nothing falls between. */
  join(socket: LiveSocket, viewer: { personId: string; projector: boolean }, language: Language, sinceSeq: number | undefined): JoinAnswer {
    const { state } = this.#host
    const audience = audienceOf(state, viewer)
    if (!audience) return { ok: false, ...refusalAnswer(refusal('notFound'), language) }
    this.leave(socket)
    const screen: Screen = { ...viewer, socket, language, audience: audience.key, asked: new Map() }
    this.#screens.set(socket, screen)
    this.#audiences.enter(screen, state.seq)
    if (!screen.projector) this.#connections.came(screen.personId)
    void socket.join(this.#roomOf(audience.key))
    this.#planTurnout()
    const frame = sinceSeq === undefined ? null : this.#missing(screen, sinceSeq)
    const showsPosition = state.presentation !== null && seesPresented(state, audience)
    return {
      ok: true,
      now: Date.now(),
      view: frame ? null : viewOf(state, audience, viewer),
      frame,
      signals: {
        connections: audience.leader ? this.#connections.value() : null,
        position: showsPosition ? this.presenting.position : null,
        turnouts: this.#turnoutsSeen(audience.sees),
      },
    }
  }

  leave(socket: LiveSocket): void {
    const screen = this.#screens.get(socket)
    if (!screen) return
    this.#screens.delete(socket)
    if (!screen.projector) this.#connections.went(screen.personId)
    this.#audiences.leave(screen)
    this.#planTurnout()
    void socket.leave(this.#roomOf(screen.audience))
  }

  /** Says that this screen waits for the answer to a command; what it is told personally of it comes with the answer. */
  expect(socket: LiveSocket, commandId: string): void {
    this.#screens.get(socket)?.asked.set(commandId, null)
  }

  /** The frame that travels with the answer, if there is one. */
  answered(socket: LiveSocket, commandId: string): Frame | null {
    const screen = this.#screens.get(socket)
    const frame = screen?.asked.get(commandId) ?? null
    screen?.asked.delete(commandId)
    return frame
  }

  #publish(steps: Step[]): void {
    this.presenting.heed(steps)
    const { shared, personal, dismissed, moved } = this.#audiences.publish(steps)
    // Personal frames first: they hold all that the shared one holds, which then is passed over as known.
    const caused = personal.size > 0 ? new Set(steps.map(({ fact }) => fact.commandId)) : null
    for (const [screen, frame] of personal) {
      // The answer goes out after the shared frame: travelling with it, his ballot would be passed over as known.
      const asked = shared.has(screen.audience) ? null : firstOf(screen.asked.keys(), (commandId) => caused?.has(commandId) === true)
      if (asked) screen.asked.set(asked, frame)
      else screen.socket.emit('frame', frame)
    }
    for (const [audience, frame] of shared) this.#io.to(this.#roomOf(audience)).emit('frame', frame)
    for (const [screen, audience] of moved) {
      void screen.socket.leave(this.#roomOf(audience))
      void screen.socket.join(this.#roomOf(screen.audience))
      // Who leads from now on is told what the others were told before.
      if (screen.audience === leadersKey) screen.socket.emit('attendance:connections', this.#connections.value())
    }
    for (const screen of dismissed) this.dismiss(screen.socket, refusal('meeting.noLongerInvited'))
    for (const turnout of this.#turnouts) turnout.heed(steps)
    if (steps.some(({ fact }) => fact.type === 'attendance.rulesChanged' || fact.type === 'participant.removed')) this.#connections.reconsider()
  }

  /** Closes one screen with the reason. */
  dismiss(socket: LiveSocket, reason: Refusal): void {
    const language = this.#screens.get(socket)?.language ?? 'vi'
    this.leave(socket)
    socket.emit('session:ended', refusalAnswer(reason, language))
    socket.disconnect(true)
  }

  #missing(viewer: Screen, sinceSeq: number): Frame | null {
    const steps = this.#host.stepsSince(sinceSeq)
    const facts = steps && projectAll(steps, viewer)
    // What he might have seen for a moment while he was away (a right given by mistake and taken back) must not be told now.
    if (facts?.some(({ type }) => type === 'view.withdrawn')) return null
    return facts && { from: sinceSeq + 1, to: this.#host.state.seq, facts }
  }

  /** Chair and secretary are told; a speech from a site that has dropped is stopped, and they decide how it goes on. */
  #tellConnections(): void {
    const connections = this.#connections.value()
    this.#io.to(this.#roomOf(leadersKey)).emit('attendance:connections', connections)
    const speech = cutOffSpeech(this.#host.state, connections)
    if (speech) void this.#host.executeAsHub({ type: 'floor:pause', data: { entryId: speech.entryId, connection: true } })
  }

  #planTurnout(): void {
    for (const turnout of this.#turnouts) turnout.plan()
  }

  #sendTurnout(concerns: (audience: string) => boolean): void {
    // Open votes are of one item, so whoever may know of one may know of all.
    const [first] = openVotes(this.#host.state)
    if (first) this.#tellThoseWho((audience) => audience.sees(first.itemId), (target) => target.emit('votes:turnout', this.#turnoutsSeen(() => true)), concerns)
  }

  #turnoutsSeen(sees: (itemId: string) => boolean): Turnout[] {
    return turnoutsOf(this.#host.state, (personId) => this.#audiences.hasScreen(personId))
      .filter(({ itemId }) => sees(itemId))
      .map(({ itemId: _itemId, ...told }) => told)
  }

  #tellThoseWho(see: (audience: Audience) => boolean, tell: (target: ReturnType<LiveServer['to']>) => void, concerns: (audience: string) => boolean = () => true): void {
    const asked = new Set<string>()
    const rooms: string[] = []
    for (const screen of this.#screens.values()) {
      if (asked.has(screen.audience) || !concerns(screen.audience)) continue
      asked.add(screen.audience)
      const audience = audienceOf(this.#host.state, screen)
      if (audience && see(audience)) rooms.push(this.#roomOf(screen.audience))
    }
    if (rooms.length > 0) tell(this.#io.to(rooms))
  }

  #roomOf(audience: string): string {
    return `${this.#host.state.meetingId} ${audience}`
  }
}

function firstOf<T>(items: Iterable<T>, holds: (item: T) => boolean): T | null {
  for (const item of items) if (holds(item)) return item
  return null
}
