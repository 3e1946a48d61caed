import type { Server as HttpServer } from 'node:http'
import type { Logger } from 'pino'
import { Server } from 'socket.io'
import { edgeCommands } from '../../shared/contracts/commands.ts'
import type { CommandAnswer, JoinAnswer, MediaAnswer } from '../../shared/contracts/live.ts'
import { livePath, protocolVersion } from '../../shared/contracts/protocol.ts'
import { refusal, type Language, type Refusal } from '../../shared/contracts/refusal.ts'
import { refusalAnswer } from '../../shared/contracts/sentences.ts'
import { audienceOf, type Viewer } from '../../shared/meeting/audience.ts'
import type { CommandType } from '../../shared/meeting/command.ts'
import type { Bridge } from '../bridge/bridge.ts'
import type { MediaRequestType } from '../../shared/contracts/media.ts'
import type { Directory } from '../directory/directory.ts'
import type { Origins } from '../directory/origin.ts'
import type { SentCommand } from '../meetings/host.ts'
import type { MeetingHosts } from '../meetings/hosts.ts'
import { checkCommand, isHandshakeAuth, isHandshakeQuery, isInkBatch, isJoin, isLaser, isPosition, isSocketCommand, malformed } from './checks.ts'
import { isMediaRequest, MediaEdge } from './media-edge.ts'
import { Pace } from './pace.ts'
import { MeetingRoom, type LiveServer, type LiveSocket } from './room.ts'

export interface LiveParts {
  server: HttpServer
  directory: Pick<Directory, 'authenticate' | 'sessions'>
  origins: Origins
  hosts: MeetingHosts
  bridge: Bridge
  log: Logger
  now: () => number
}

/** Who is behind a socket, settled once at the handshake. */
interface Connected {
  sessionId: string
  meetingId: string
  viewer: Viewer
  language: Language
  /** When the session was last marked as used. */
  usedAt: number
  readonly pace: Pace
  /** Made when first needed: hardly anybody presents. */
  readonly signals: Partial<Record<Signal, Pace>>
}

/** A session is marked as used by a screen at most this often. */
const usedEvery = 60_000
const largestMessage = 256 * 1024
/** Longer than any handshake takes. */
const handshakeTime = 60_000
/** Commands and signals one screen may send; a person cannot tap as fast, a script can. */
const commandPace = { burst: 60, perSecond: 20 }
/** What comes faster is dropped unread. The laser is thinned out once more by the room, to the newest of each moment. */
const signalPaces = { 'presentation:position': { burst: 30, perSecond: 15 }, 'presentation:laser': { burst: 60, perSecond: 60 }, 'presentation:ink': { burst: 20, perSecond: 15 } }
type Signal = keyof typeof signalPaces

/** A refused handshake: Socket.IO hands `data` to the page as it is. */
class HandshakeRefused extends Error {
  readonly data: object
  constructor(reason: Refusal, language: Language) {
    super(reason.code)
    this.data = refusalAnswer(reason, language)
  }
}

function languageOf({ handshake: { auth } }: LiveSocket): Language {
  return auth.language === 'en' ? 'en' : 'vi'
}

/** Commands that only another edge may send are refused like any other that is not allowed. */
function strangeEventRefusal(event: string): Refusal {
  return edgeCommands.some((type) => type === event) ? refusal('permission.denied') : refusal('request.malformed', { field: 'event' })
}

/** The Socket.IO edge: handshake, schema, pace; everything else is the host's and the room's. */
export class Live {
  readonly #io: LiveServer
  readonly #parts: LiveParts
  readonly #rooms = new Map<string, MeetingRoom>()
  readonly #media: MediaEdge
  readonly #connected = new Map<LiveSocket, Connected>()
  /** Sessions that ended a moment ago: a handshake under way may still hold one of them for good. */
  readonly #ended = new Map<string, number>()
  readonly #stopListening: () => void

  constructor(parts: LiveParts) {
    this.#parts = parts
    this.#media = new MediaEdge(parts.bridge, parts.log)
    this.#io = new Server(parts.server, {
      path: livePath,
      transports: ['websocket'],
      serveClient: false,
      // destroyUpgrade stays as it is: an upgrade to another path has no listener for its errors otherwise, and one reset ends the hub.
      perMessageDeflate: false,
      maxHttpBufferSize: largestMessage,
      // A silent line is noticed within eight seconds, on both ends.
      pingInterval: 4_000,
      pingTimeout: 4_000,
      allowRequest: ({ headers }, answer) => answer(null, parts.origins.isAllowedOrigin(headers.origin, headers.host)),
    })
    this.#io.use((socket, next) => void this.#admit(socket).then(() => next(), (error: unknown) => next(this.#admissionRefused(socket, error))))
    this.#io.on('connection', (socket) => this.#serve(socket))
    this.#stopListening = parts.directory.sessions.onRevoked(({ sessionId }) => this.#endSession(sessionId))
  }

  /** Tells every screen that the hub stops, and closes them. */
  async close(): Promise<void> {
    this.#stopListening()
    for (const [socket, { language }] of this.#connected) {
      socket.emit('session:ended', refusalAnswer(refusal('hub.stopping'), language))
    }
    for (const room of this.#rooms.values()) room.close()
    // The HTTP server is Fastify's to close; only the sockets are ours.
    this.#io.disconnectSockets(true)
    this.#io.engine.close()
  }

  /** A fault of the hub is logged here and told as one: Socket.IO would send its message to the page. */
  #admissionRefused(socket: LiveSocket, error: unknown): HandshakeRefused {
    if (error instanceof HandshakeRefused) return error
    this.#parts.log.error({ err: error }, 'admission failed')
    return new HandshakeRefused(refusal('hub.failed'), languageOf(socket))
  }

  async #admit(socket: LiveSocket): Promise<void> {
    const { auth, query, headers } = socket.handshake
    const language = languageOf(socket)
    const refuse = (reason: Refusal) => new HandshakeRefused(reason, language)
    if (!isHandshakeQuery(query)) throw refuse(malformed(isHandshakeQuery))
    if (typeof auth.protocol === 'number' && auth.protocol < protocolVersion) throw refuse(refusal('client.tooOld'))
    if (!isHandshakeAuth(auth)) throw refuse(malformed(isHandshakeAuth))
    const signedIn = await this.#parts.directory.authenticate(headers.cookie)
    if (!signedIn) throw refuse(refusal('session.required'))
    const meetingId = query.meetingId as string
    const viewer = { personId: signedIn.person.id, projector: auth.projector }
    const host = await this.#parts.hosts.find(meetingId)
    if (!host || !audienceOf(host.state, viewer)) throw refuse(refusal('notFound'))
    this.#connected.set(socket, { sessionId: signedIn.sessionId, meetingId, viewer, language, usedAt: this.#parts.now(), pace: new Pace(commandPace.burst, commandPace.perSecond), signals: {} })
    // A socket that goes away during the handshake never reaches 'connection'.
    if (socket.conn.readyState !== 'open') this.#connected.delete(socket)
    else socket.conn.once('close', () => this.#connected.delete(socket))
    if (this.#ended.has(signedIn.sessionId)) throw refuse(refusal('session.required'))
  }

  #serve(socket: LiveSocket): void {
    const connected = this.#connected.get(socket)
    // A session may end between its admission and this moment, when there is no socket yet that could be closed.
    if (!connected || this.#ended.has(connected.sessionId)) return void socket.disconnect(true)
    const { meetingId, viewer: { personId, projector } } = connected
    const said = { meetingId, userId: personId }
    this.#parts.log.debug({ ...said, projector }, 'screen connected')
    // One listener for all events: a listener for each command would be half of what a connection costs in memory.
    socket.onAny((event: string, ...message: unknown[]) => this.#heard(socket, connected, event, message))
    socket.on('disconnect', (reason) => {
      this.#media.gone(socket)
      this.#leave(socket, meetingId)
      this.#parts.log.debug({ ...said, reason }, 'screen gone')
    })
  }

  #heard(socket: LiveSocket, connected: Connected, event: string, message: unknown[]): void {
    const [content] = message
    if (Object.hasOwn(signalPaces, event)) return this.#signalled(socket, connected, event as Signal, content)
    // What asks for no answer asks for nothing.
    const reply = message.at(-1)
    if (typeof reply !== 'function') return
    const done = reply as (answer: JoinAnswer | CommandAnswer | MediaAnswer<MediaRequestType>) => void
    const refuse = (reason: Refusal) => done({ ok: false, ...refusalAnswer(reason, connected.language) })
    if (isMediaRequest(event)) void this.#media.request(socket, connected, event, content).then(done)
    else if (!connected.pace.allows()) refuse(refusal('request.tooMany', { seconds: 2 }))
    else if (event === 'meeting:join') isJoin(content) ? void this.#join(socket, connected, content.sinceSeq).then(done) : refuse(malformed(isJoin))
    else if (isSocketCommand(event)) void this.#command(socket, connected, event, content).then(done)
    // A page that sends what this hub does not take from a socket must be told so, or it would repeat it for ever.
    else refuse(strangeEventRefusal(event))
  }

  /** A signal is never answered: what is not the presenter's, or not well formed, goes nowhere. */
  #signalled(socket: LiveSocket, { meetingId, viewer, signals }: Connected, signal: Signal, content: unknown): void {
    const presenting = this.#rooms.get(meetingId)?.presenting
    const { burst, perSecond } = signalPaces[signal]
    if (!presenting || viewer.projector || !(signals[signal] ??= new Pace(burst, perSecond)).allows()) return
    if (signal === 'presentation:position') isPosition(content) && presenting.showPosition(socket, content)
    else if (signal === 'presentation:laser') isLaser(content) && presenting.showLaser(socket, content)
    else if (isInkBatch(content)) presenting.showInk(socket, content)
  }

  async #join(socket: LiveSocket, { meetingId, viewer, language }: Connected, sinceSeq: number | undefined): Promise<JoinAnswer> {
    try {
      const host = await this.#parts.hosts.find(meetingId)
      if (!host || !this.#connected.has(socket)) return { ok: false, ...refusalAnswer(refusal('notFound'), language) }
      let room = this.#rooms.get(meetingId)
      if (!room) this.#rooms.set(meetingId, (room = new MeetingRoom(this.#io, host, this.#parts.now)))
      const answer = room.join(socket, viewer, language, sinceSeq)
      if (room.empty) this.#closeRoom(meetingId, room)
      return answer
    } catch (error) {
      this.#parts.log.error({ err: error, meetingId }, 'join failed')
      return { ok: false, ...refusalAnswer(refusal('hub.failed'), language) }
    }
  }

  async #command(socket: LiveSocket, connected: Connected, type: CommandType, message: unknown): Promise<CommandAnswer> {
    const { meetingId, viewer, language } = connected
    const refuse = (reason: Refusal): CommandAnswer => ({ ok: false, ...refusalAnswer(reason, language) })
    this.#used(connected)
    // The wall is for reading; who stands at it is not who opened it.
    if (viewer.projector) return refuse(refusal('permission.denied'))
    const checked = checkCommand(type, message)
    if ('wrong' in checked) return refuse(checked.wrong)
    const { commandId, data } = checked.message
    const room = this.#rooms.get(meetingId)
    room?.expect(socket, commandId)
    try {
      const outcome = await this.#parts.hosts.execute(meetingId, viewer.personId, { type, commandId, data } as SentCommand)
      const frame = room?.answered(socket, commandId)
      if (!outcome.ok) return refuse(outcome.refusal)
      return frame ? { ...outcome, frame } : outcome
    } catch (error) {
      room?.answered(socket, commandId)
      this.#parts.log.error({ err: error, meetingId, userId: viewer.personId, command: type }, 'command failed')
      return refuse(refusal('hub.failed'))
    }
  }

  /** Who takes part by commands alone makes no HTTP requests for hours, and is at work all the same. */
  #used(connected: Connected): void {
    const { now, directory: { sessions } } = this.#parts
    if (now() - connected.usedAt < usedEvery) return
    connected.usedAt = now()
    sessions.touch(connected.sessionId).catch((error: unknown) => this.#parts.log.error({ err: error }, 'session not marked as used'))
  }

  #endSession(sessionId: string): void {
    const now = Date.now()
    for (const [id, at] of this.#ended) if (now - at > handshakeTime) this.#ended.delete(id)
    this.#ended.set(sessionId, now)
    for (const [socket, connected] of this.#connected) {
      if (connected.sessionId !== sessionId) continue
      socket.emit('session:ended', refusalAnswer(refusal('session.required'), connected.language))
      socket.disconnect(true)
    }
  }

  #leave(socket: LiveSocket, meetingId: string): void {
    this.#connected.delete(socket)
    const room = this.#rooms.get(meetingId)
    room?.leave(socket)
    if (room?.empty) this.#closeRoom(meetingId, room)
  }

  #closeRoom(meetingId: string, room: MeetingRoom): void {
    room.close()
    this.#rooms.delete(meetingId)
  }
}
