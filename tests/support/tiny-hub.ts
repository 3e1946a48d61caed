import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Server, type Socket } from 'socket.io'
import type { ClientEvents, CommandAnswer, HubEvents, Join, JoinAnswer, RetainedSignals } from '../../shared/contracts/live.ts'
import { livePath } from '../../shared/contracts/protocol.ts'
import { refusal, type RefusalAnswer } from '../../shared/contracts/refusal.ts'
import { refusalAnswer } from '../../shared/contracts/sentences.ts'
import { audienceOf, type Viewer } from '../../shared/meeting/audience.ts'
import { isRefusal, type Command } from '../../shared/meeting/command.ts'
import { decide } from '../../shared/meeting/decide.ts'
import { evolve } from '../../shared/meeting/evolve.ts'
import type { Fact } from '../../shared/meeting/fact.ts'
import type { Frame } from '../../shared/meeting/frame.ts'
import { project, type Step } from '../../shared/meeting/project.ts'
import { emptyMeeting, type MeetingState } from '../../shared/meeting/state.ts'
import { viewOf } from '../../shared/meeting/view.ts'

type HubSocket = Socket<ClientEvents, HubEvents>

/** The meeting's rules behind a real Socket.IO server, in memory: to try a client against, with faults on demand. */
export class TinyHub {
  readonly meetingId = 'meeting-1'
  state: MeetingState = emptyMeeting(this.meetingId)
  readonly signals: RetainedSignals = { position: null, turnouts: [], connections: null }
  /** Every command received, repeats included. */
  readonly received: { type: string; commandId: string }[] = []
  readonly joins: Join[] = []
  /** Faults: commands done but not answered; frames not sent; joins not answered; what a handshake or join is refused with. */
  swallowAnswers = 0
  swallowFrames = 0
  swallowJoins = 0
  refuseHandshake: RefusalAnswer | null = null
  refuseJoin: RefusalAnswer | null = null
  /** Instead of the command's own answer. */
  answerWith: CommandAnswer[] = []
  /** Called when the answer to a join is made, before it is sent. */
  beforeJoinAnswer: () => void = () => {}
  readonly #answers = new Map<string, CommandAnswer>()
  readonly #steps: Step[] = []
  readonly #viewers = new Map<HubSocket, Viewer>()
  handshakes = 0
  readonly #pages: RequestListener | undefined
  #io: Server<ClientEvents, HubEvents> | null = null
  #id = 0

  constructor(pages?: RequestListener) {
    this.#pages = pages
  }

  /** After a `close` it comes back with what it knew. */
  async listen(port = 0): Promise<string> {
    const http = createServer(this.#pages)
    this.#io = new Server(http, { path: livePath, transports: ['websocket'], pingInterval: 1000, pingTimeout: 1500, serveClient: false })
    this.#io.use((_socket, next) => {
      this.handshakes += 1
      next(this.refuseHandshake ? Object.assign(new Error(), { data: this.refuseHandshake }) : undefined)
    })
    this.#io.on('connection', (socket) => this.#admit(socket))
    await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    await this.#io?.close()
    this.#viewers.clear()
  }

  /** Cuts every line without a word, as a network does. */
  cut(): void {
    for (const socket of this.#viewers.keys()) socket.conn.close()
  }

  tell<E extends keyof HubEvents>(event: E, ...message: Parameters<HubEvents[E]>): void {
    this.#io?.emit(event, ...message)
  }

  frame(from: number, to: number, viewer: Viewer): Frame {
    const facts = this.#steps.filter(({ fact }) => fact.seq >= from && fact.seq <= to).flatMap((step) => project(step, viewer) ?? [])
    return { from, to, facts }
  }

  /** @throws Error when refused: for setting a scene */
  do(personId: string, command: Command): Fact[] {
    const answer = this.#handle(personId, command, `scene-${++this.#id}`)
    if (!answer.ok) throw new Error(answer.sentence)
    return this.#steps.slice(answer.from - 1, answer.to).map(({ fact }) => fact)
  }

  #admit(socket: HubSocket): void {
    const viewer: Viewer = { personId: personOf(socket.request), projector: socket.handshake.auth.projector === true }
    socket.on('disconnect', () => this.#viewers.delete(socket))
    socket.on('meeting:join', (join, answer) => {
      this.joins.push(join)
      this.#viewers.set(socket, viewer)
      const reply = this.#join(join, viewer)
      this.beforeJoinAnswer()
      if (this.swallowJoins > 0) this.swallowJoins -= 1
      else answer(reply)
    })
    socket.on('presentation:position', (position) => {
      if (this.state.presentation?.presenterId !== viewer.personId) return
      this.signals.position = { presenterId: viewer.personId, position }
      this.#io?.emit('presentation:position', this.signals.position)
    })
    socket.onAny((type: Command['type'], message: { commandId: string; data: unknown }, answer: (reply: CommandAnswer) => void) => {
      if (typeof answer !== 'function' || (type as string) === 'meeting:join') return
      this.received.push({ type, commandId: message.commandId })
      const reply = this.answerWith.shift() ?? this.#handle(viewer.personId, { type, data: message.data } as Command, message.commandId)
      if (this.swallowAnswers > 0) this.swallowAnswers -= 1
      else answer(reply)
    })
  }

  #join({ sinceSeq }: Join, viewer: Viewer): JoinAnswer {
    if (this.refuseJoin) return { ok: false, ...this.refuseJoin }
    const audience = audienceOf(this.state, viewer)
    if (!audience) return { ok: false, ...refusalAnswer(refusal('permission.denied'), 'vi') }
    const since = sinceSeq !== undefined && sinceSeq <= this.state.seq ? sinceSeq : null
    const frame = since === null || since === this.state.seq ? null : this.frame(since + 1, this.state.seq, viewer)
    return { ok: true, now: Date.now(), view: since === null ? viewOf(this.state, audience, viewer) : null, frame, signals: this.signals }
  }

  #handle(personId: string, command: Command, commandId: string): CommandAnswer {
    const known = this.#answers.get(commandId)
    if (known) return known
    const now = Date.now()
    const decision = decide(this.state, command, { personId, now, newId: () => `id-${++this.#id}` })
    if (isRefusal(decision)) return { ok: false, ...refusalAnswer(decision, 'vi') }
    const from = this.state.seq + 1
    for (const fact of decision) {
      const whole = { ...fact, seq: this.state.seq + 1, v: 1, at: now, by: personId, commandId } as Fact
      const after = evolve(this.state, whole)
      this.#steps.push({ before: this.state, fact: whole, after })
      this.state = after
    }
    const answer: CommandAnswer = { ok: true, from, to: this.state.seq }
    this.#answers.set(commandId, answer)
    this.#publish(from, command)
    return answer
  }

  #publish(from: number, command: Command): void {
    if (this.swallowFrames > 0) {
      this.swallowFrames -= 1
      return
    }
    for (const [socket, viewer] of this.#viewers) socket.emit('frame', this.frame(from, this.state.seq, viewer))
    if (command.type !== 'votes:cast' && command.type !== 'votes:open') return
    const open = Object.values(this.state.votes).filter(({ status }) => status === 'open')
    this.signals.turnouts = open.map(({ voteId, ballots, entitled }) => ({ voteId, cast: ballots.length, entitled: entitled.length, bySite: [] }))
    this.#io?.emit('votes:turnout', this.signals.turnouts)
  }
}

function personOf(request: IncomingMessage): string {
  return /(?:^|; )person=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1] ?? ''
}
