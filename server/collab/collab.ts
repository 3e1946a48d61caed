import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import { WebSocketServer, type WebSocket } from 'ws'
import { collabClosings, parseCollabName, type CollabName } from '../../shared/contracts/collab.ts'
import type { Viewer } from '../../shared/meeting/audience.ts'
import { documentAccess } from '../../shared/meeting/marks/access.ts'
import type { Directory } from '../directory/directory.ts'
import type { MeetingHosts } from '../meetings/hosts.ts'
import type { Store } from '../store/port.ts'
import { Connection, type Admitted } from './connection.ts'
import { Documents } from './documents.ts'
import { usualLimits, type CollabLimits } from './limits.ts'
import { People } from './people.ts'
import { mayChangeRights, publicNameOf } from './rights.ts'

export interface CollabParts {
  store: Pick<Store, 'collab' | 'records'>
  directory: Pick<Directory, 'authenticate' | 'sessions'>
  hosts: Pick<MeetingHosts, 'find' | 'onPublish'>
  log: Logger
  limits?: Partial<CollabLimits> | undefined
  /** Who may do what; the rule of the meeting unless a bench has another. */
  access?: typeof documentAccess | undefined
}

/** Rights are looked at again so soon after what may have changed them; once for a whole burst. */
const reviewAfter = 150
const tendEvery = 10_000
const silence = 19_000
/** A session is marked as used by a document at most this often. */
const usedEvery = 60_000
const farewellTime = 900

/** Our y-websocket host: lets people in to documents, and out again as soon as they lose the right. */
export class Collab {
  readonly documents: Documents
  readonly #parts: CollabParts
  readonly #limits: CollabLimits
  readonly #server: WebSocketServer
  readonly #connections = new Map<Connection, { usedAt: number }>()
  readonly #people: People
  readonly #timers: NodeJS.Timeout[]
  readonly #reviews = new Map<string, NodeJS.Timeout>()
  /** Sessions that ended a moment ago: an admission under way may still hold one of them for good. */
  readonly #ended = new Map<string, number>()
  readonly #stopListening: () => void
  #admitting = 0
  #closing = false

  static async open(parts: CollabParts): Promise<Collab> {
    const limits = { ...usualLimits, ...parts.limits }
    const poisoned = (connection: Connection) => collab.#poisoned(connection)
    const collab: Collab = new Collab(parts, limits, await Documents.open({ store: parts.store, limits, log: parts.log, poisoned }))
    return collab
  }

  private constructor(parts: CollabParts, limits: CollabLimits, documents: Documents) {
    this.#parts = parts
    this.#limits = limits
    this.documents = documents
    this.#people = new People(limits)
    // What is somewhat too large is refused by its own code, which y-websocket does not try again after.
    this.#server = new WebSocketServer({ noServer: true, perMessageDeflate: false, clientTracking: false, maxPayload: limits.messageBytes * 2 })
    this.#stopListening = parts.directory.sessions.onRevoked(({ sessionId }) => this.#endSession(sessionId))
    parts.hosts.onPublish((meetingId, steps) => {
      if (!this.#closing && mayChangeRights(steps)) this.#plan(meetingId)
    })
    this.#timers = [setInterval(() => this.#tend(), tendEvery).unref(), setInterval(() => this.#report(), 60_000).unref()]
  }

  get connections(): number {
    return this.#connections.size
  }

  /** Takes an upgrade from an allowed origin. `name` is what stands behind `collabPath` in its address. */
  upgrade(request: IncomingMessage, line: Duplex, head: Buffer, name: string, projector: boolean): void {
    this.#server.handleUpgrade(request, line, head, (socket) => {
      // An error of a line is its end, and the end is heard of as such.
      socket.on('error', () => {})
      // What comes before the verdict stays on the line.
      socket.pause()
      if (this.#closing) return refuse(socket, 'hubStopping')
      if (this.#connections.size + this.#admitting >= this.#limits.connections) return refuse(socket, 'tooMany')
      this.#admitting += 1
      void this.#admit(socket, line, request.headers.cookie, name, projector)
        .catch((error: unknown) => {
          this.#parts.log.error({ err: error }, 'admission to a document failed')
          refuse(socket, 'workerFailed')
        })
        .finally(() => (this.#admitting -= 1))
    })
  }

  /** Nobody is let in any more; everything that has come is written, then everybody is told and goes. */
  async close(): Promise<void> {
    this.#closing = true
    this.#stopListening()
    for (const timer of [...this.#timers, ...this.#reviews.values()]) clearTimeout(timer)
    for (const connection of this.#connections.keys()) connection.hold()
    await this.documents.close()
    for (const connection of this.#connections.keys()) connection.close('hubStopping')
  }

  async #admit(socket: WebSocket, line: Duplex, cookie: string | undefined, address: string, projector: boolean): Promise<void> {
    const name = parseCollabName(address)
    if (!name) return refuse(socket, 'unknown')
    const signedIn = await this.#parts.directory.authenticate(cookie)
    if (!signedIn) return refuse(socket, 'notSignedIn')
    const viewer: Viewer = { personId: signedIn.person.id, projector }
    if (!this.#people.mayAsk(viewer.personId)) return refuse(socket, 'tooMany')
    const admitted = await this.#rights(name, viewer)
    if (admitted === 'notAllowed' || admitted === 'unknown') return refuse(socket, admitted)
    if (this.#ended.has(signedIn.sessionId)) return refuse(socket, 'notSignedIn')
    if (this.#closing) return refuse(socket, 'hubStopping')
    if (socket.readyState !== socket.OPEN) return
    this.#letIn(socket, line, { sessionId: signedIn.sessionId, viewer, name, access: admitted })
  }

  #letIn(socket: WebSocket, line: Duplex, admitted: Admitted): void {
    const document = this.documents.of(admitted.name)
    const connection: Connection = new Connection(socket, line, admitted, this.#limits, {
      asked: (one, vector) => document.asked(one, vector),
      wrote: (bytes) => this.#people.wrote(admitted.viewer.personId, bytes),
      changed: (one, update, number) => {
        this.#used(one)
        document.changed(one, update, number)
      },
      left: (one) => {
        if (this.#connections.delete(one)) this.#people.went(admitted.viewer.personId, one)
        document.left(one)
      },
    })
    this.#connections.set(connection, { usedAt: Date.now() })
    this.#people.came(admitted.viewer.personId, connection)
    document.join(connection)
    // What happened to the rights while the admission was under way.
    this.#plan(admitted.name.meetingId)
    connection.listen()
  }

  /** What a viewer may do, or why nothing: of what he may not know of he is told that it is unknown. */
  async #rights(name: CollabName, viewer: Viewer): Promise<Admitted['access'] | 'notAllowed' | 'unknown'> {
    const host = await this.#parts.hosts.find(name.meetingId)
    if (!host) return 'unknown'
    const access = this.#parts.access ?? documentAccess
    return access(host.state, viewer, name) ?? (access(host.state, viewer, publicNameOf(name)) ? 'notAllowed' : 'unknown')
  }

  #plan(meetingId: string): void {
    if (this.#reviews.has(meetingId)) return
    this.#reviews.set(meetingId, setTimeout(() => {
      this.#reviews.delete(meetingId)
      void this.#review(meetingId).catch((error: unknown) => this.#parts.log.error({ err: error, meetingId }, 'rights to documents not reviewed'))
    }, reviewAfter))
  }

  async #review(meetingId: string): Promise<void> {
    const host = await this.#parts.hosts.find(meetingId)
    const access = this.#parts.access ?? documentAccess
    for (const connection of this.#connections.keys()) {
      const { name, viewer } = connection.admitted
      if (name.meetingId !== meetingId) continue
      const now = host ? access(host.state, viewer, name) : null
      if (now) connection.allow(now)
      else connection.close('notAllowed')
      if (now === 'write' && !connection.questioned) this.documents.of(name).questionAll()
    }
  }

  #endSession(sessionId: string): void {
    const now = Date.now()
    for (const [id, at] of this.#ended) if (now - at > usedEvery) this.#ended.delete(id)
    this.#ended.set(sessionId, now)
    for (const connection of this.#connections.keys()) if (connection.admitted.sessionId === sessionId) connection.close('notSignedIn')
  }

  #poisoned(connection: Connection): void {
    const { viewer: { personId }, name } = connection.admitted
    this.#parts.log.warn({ userId: personId, meetingId: name.meetingId }, 'an update ended the thread of its document; its sender is shut out')
    this.#people.shutOut(personId)
    connection.close('malformed')
  }

  #used(connection: Connection): void {
    const use = this.#connections.get(connection)
    if (!use || Date.now() - use.usedAt < usedEvery) return
    use.usedAt = Date.now()
    this.#parts.directory.sessions.touch(connection.admitted.sessionId).catch((error: unknown) => this.#parts.log.error({ err: error }, 'session not marked as used'))
  }

  #tend(): void {
    for (const connection of this.#connections.keys()) connection.tend(silence)
  }

  #report(): void {
    const { count, size } = this.documents
    if (this.#connections.size === 0 && count.edits === 0) return
    this.#parts.log.info({ documents: size, connections: this.#connections.size, ...count }, 'documents')
    Object.assign(count, { edits: 0, rounds: 0, deliveries: 0 })
  }
}

function refuse(socket: WebSocket, why: keyof typeof collabClosings): void {
  // Of who comes too often nothing is read.
  if (why !== 'tooMany') socket.resume()
  socket.close(collabClosings[why])
  setTimeout(() => socket.terminate(), farewellTime).unref()
}
