import type { Server, Socket } from 'socket.io'
import type { ClientEvents, HubEvents, JoinAnswer, PresenterPosition } from '../../shared/contracts/live.ts'
import { refusal, refusalAnswer, type Language, type Refusal } from '../../shared/contracts/refusal.ts'
import { audienceOf } from '../../shared/meeting/audience.ts'
import type { Frame } from '../../shared/meeting/frame.ts'
import type { Position } from '../../shared/meeting/presentation/position.ts'
import type { Step } from '../../shared/meeting/project.ts'
import { viewOf } from '../../shared/meeting/view.ts'
import type { MeetingHost } from '../meetings/host.ts'
import { frameGroup, projectAll, type FramedMember } from './framing.ts'
import { TurnoutSignal, turnoutOf } from './turnout.ts'

export type LiveServer = Server<ClientEvents, HubEvents>
export type LiveSocket = Socket<ClientEvents, HubEvents>

/** One socket that has joined. */
interface Member extends FramedMember {
  socket: LiveSocket
  language: Language
}

/** All screens of one meeting on this hub: tells each audience what became durable, and passes signals on. */
export class MeetingRoom {
  readonly #io: LiveServer
  readonly #host: MeetingHost
  readonly #members = new Map<LiveSocket, Member>()
  /** By audience: how many members, and the last fact it has been told of. */
  readonly #audiences = new Map<string, { size: number; reached: number }>()
  readonly #turnout: TurnoutSignal
  readonly #stop: () => void
  #position: PresenterPosition | null = null

  constructor(io: LiveServer, host: MeetingHost) {
    this.#io = io
    this.#host = host
    this.#turnout = new TurnoutSignal(() => this.#sendTurnout())
    this.#stop = host.onPublish((steps) => this.#publish(steps))
  }

  get empty(): boolean {
    return this.#members.size === 0
  }

  close(): void {
    this.#turnout.close()
    this.#stop()
  }

  /** First call and coming back. In one step: into the room, then the answer, so that nothing falls between. */
  join(socket: LiveSocket, viewer: { personId: string; projector: boolean }, language: Language, sinceSeq: number | undefined): JoinAnswer {
    const { state } = this.#host
    const audience = audienceOf(state, viewer)
    if (!audience) return { ok: false, ...refusalAnswer(refusal('notFound'), language) }
    this.leave(socket)
    const member: Member = { ...viewer, socket, language, audience: audience.key }
    this.#members.set(socket, member)
    this.#enter(member, audience.key, state.seq)
    const frame = sinceSeq === undefined ? null : this.#missing(member, sinceSeq)
    const turnout = turnoutOf(state)
    const showsPosition = state.presentation !== null && audience.sees(state.presentation.itemId)
    return {
      ok: true,
      now: Date.now(),
      view: frame ? null : viewOf(state, audience, viewer),
      frame,
      signals: {
        position: showsPosition ? this.#position : null,
        turnout: turnout && audience.sees(turnout.itemId) ? { voteId: turnout.voteId, cast: turnout.cast, entitled: turnout.entitled } : null,
      },
    }
  }

  leave(socket: LiveSocket): void {
    const member = this.#members.get(socket)
    if (!member) return
    this.#members.delete(socket)
    this.#exit(member)
  }

  has(socket: LiveSocket): boolean {
    return this.#members.has(socket)
  }

  /** Passes the presenter's place on to those who may see the paper; anybody else's is dropped. */
  showPosition(socket: LiveSocket, position: Position): void {
    const member = this.#members.get(socket)
    const { presentation } = this.#host.state
    if (!member || member.projector || !presentation) return
    if (presentation.presenterId !== member.personId || presentation.paperId !== position.paperId) return
    this.#position = { presenterId: member.personId, position }
    this.#tellThoseWhoSee(presentation.itemId, (target) => target.except(socket.id).emit('presentation:position', this.#position as PresenterPosition))
  }

  #publish(steps: Step[]): void {
    if (steps.some(({ fact }) => fact.type === 'presentation.started' || fact.type === 'presentation.ended')) this.#position = null
    const { shared, personal, dismissed, regroup } = frameGroup(
      steps, this.#members.values(), (audience) => this.#audiences.get(audience)?.reached ?? this.#host.state.seq,
    )
    for (const [audience, frame] of shared) {
      const known = this.#audiences.get(audience)
      if (known) known.reached = frame.to
      this.#io.to(this.#roomOf(audience)).emit('frame', frame)
    }
    for (const [member, frame] of personal) if (frame.facts.length > 0 || regroup) member.socket.emit('frame', frame)
    for (const member of dismissed) this.dismiss(member.socket, refusal('meeting.noLongerInvited'))
    if (regroup) this.#regroup()
    this.#turnout.heed(steps)
  }

  /** Closes one screen with the reason. */
  dismiss(socket: LiveSocket, reason: Refusal): void {
    const language = this.#members.get(socket)?.language ?? 'vi'
    this.leave(socket)
    socket.emit('session:ended', refusalAnswer(reason, language))
    socket.disconnect(true)
  }

  /** After a change of rights every member has been told up to now, so each may start in its new audience from here. */
  #regroup(): void {
    const { state } = this.#host
    for (const member of this.#members.values()) {
      const key = audienceOf(state, member)?.key
      if (key === undefined || key === member.audience) continue
      this.#exit(member)
      member.audience = key
      this.#enter(member, key, state.seq)
    }
    for (const audience of this.#audiences.values()) audience.reached = state.seq
  }

  #missing(member: Member, sinceSeq: number): Frame | null {
    const steps = this.#host.stepsSince(sinceSeq)
    const facts = steps && projectAll(steps, member)
    return facts && { from: sinceSeq + 1, to: this.#host.state.seq, facts }
  }

  #enter(member: Member, audience: string, seq: number): void {
    const known = this.#audiences.get(audience)
    if (known) known.size += 1
    else this.#audiences.set(audience, { size: 1, reached: seq })
    void member.socket.join(this.#roomOf(audience))
  }

  #exit(member: Member): void {
    const known = this.#audiences.get(member.audience)
    if (known && (known.size -= 1) === 0) this.#audiences.delete(member.audience)
    void member.socket.leave(this.#roomOf(member.audience))
  }

  #sendTurnout(): void {
    const turnout = turnoutOf(this.#host.state)
    if (!turnout) return
    const { itemId, ...told } = turnout
    this.#tellThoseWhoSee(itemId, (target) => target.emit('votes:turnout', told))
  }

  #tellThoseWhoSee(itemId: string, tell: (target: ReturnType<LiveServer['to']>) => void): void {
    const asked = new Set<string>()
    const rooms: string[] = []
    for (const member of this.#members.values()) {
      if (asked.has(member.audience)) continue
      asked.add(member.audience)
      if (audienceOf(this.#host.state, member)?.sees(itemId)) rooms.push(this.#roomOf(member.audience))
    }
    if (rooms.length > 0) tell(this.#io.to(rooms))
  }

  #roomOf(audience: string): string {
    return `${this.#host.state.meetingId} ${audience}`
  }
}
