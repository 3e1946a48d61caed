import type { Duplex } from 'node:stream'
import type { RawData, WebSocket } from 'ws'
import { collabClosings, collabNotice, type CollabName } from '../../shared/contracts/collab.ts'
import type { Viewer } from '../../shared/meeting/audience.ts'
import type { DocumentAccess } from '../../shared/meeting/marks/access.ts'
import { Allowance } from './allowance.ts'
import type { CollabLimits } from './limits.ts'
import { denied, notice, readMessage, signOfLife } from './messages.ts'

type Closing = keyof typeof collabClosings

/** What a document hears of a connection. */
export interface Listener {
  asked(connection: Connection, vector: Uint8Array): void
  changed(connection: Connection, update: Uint8Array, number: number): void
  left(connection: Connection): void
  /** So many bytes came; false when it is far more than this person may write. */
  wrote(bytes: number): boolean
}

export interface Admitted { sessionId: string; viewer: Viewer; name: CollabName; access: DocumentAccess }

/** Longer than a farewell takes on a slow line; then the line is cut. */
const farewellTime = 900

/** One WebSocket that has been let in to one document. */
export class Connection {
  readonly admitted: Admitted
  access: DocumentAccess
  /** Whether it has the document's content, and so is sent what follows. */
  synced = false
  /** Whether it was asked what the hub lacks. */
  questioned = false
  /** When something was last written to it, by performance.now(). */
  sentAt = performance.now()
  #answersPings = true
  #held = false
  #resting: NodeJS.Timeout | undefined
  #closed = false
  #wantsNotices = false
  #changes = 0
  #dropped = 0
  #saved = 0
  readonly #socket: WebSocket
  readonly #line: Duplex
  readonly #limits: CollabLimits
  readonly #listener: Listener
  readonly #pace: { changes: Allowance; asks: Allowance }

  constructor(socket: WebSocket, line: Duplex, admitted: Admitted, limits: CollabLimits, listener: Listener) {
    this.#socket = socket
    this.#line = line
    this.admitted = admitted
    this.access = admitted.access
    this.#limits = limits
    this.#listener = listener
    this.#pace = { changes: new Allowance(limits.changes), asks: new Allowance(limits.asks) }
    socket.on('message', (message, isBinary) => this.#heard(message, isBinary))
    socket.on('pong', () => (this.#answersPings = true))
    socket.once('close', () => this.#end())
  }

  get closed(): boolean {
    return this.#closed
  }

  /** Sends a frame that may have been made for many. */
  send(frame: Buffer, now = performance.now()): void {
    if (this.#closed) return
    this.sentAt = now
    // The frame is whole, so it stands between those of `ws` itself.
    this.#line.write(frame)
    // Who does not read is not waited for: what he missed comes with his next sync.
    if (this.#line.writableLength > this.#limits.backlogBytes) this.close('tooSlow')
  }

  /** The first `number` changes of this connection are on disk. */
  saved(number: number): void {
    if (number <= this.#saved) return
    this.#saved = number
    if (this.#wantsNotices) this.send(notice(collabNotice.saved, number))
  }

  allow(access: DocumentAccess): void {
    if (this.access === access) return
    this.access = access
    // Whoever may write now is asked for what he wrote meanwhile.
    if (access === 'write') this.questioned = false
    if (this.#wantsNotices) this.send(notice(collabNotice.rights, access === 'write' ? 1 : 0))
  }

  hold(): void {
    this.#held = true
    this.#socket.pause()
  }

  goOn(): void {
    this.#held = false
    this.listen()
  }

  /** Nothing is read for so long: what comes waits at its sender's end of the line. */
  rest(ms: number): void {
    clearTimeout(this.#resting)
    this.#socket.pause()
    this.#resting = setTimeout(() => {
      this.#resting = undefined
      this.listen()
    }, ms).unref()
  }

  /** Reads on, unless something is against it. */
  listen(): void {
    if (this.#held || this.#resting || this.#closed) return
    // It may just have answered, unheard.
    this.#answersPings = true
    this.#socket.resume()
  }

  /** Ends with a code; nothing is heard or sent any more from this moment. */
  close(why: Closing): void {
    if (this.#closed) return
    this.#end()
    // Of who sends too much nothing more is read: he is told, and his line fills up until it is cut.
    if (why === 'tooMany' || why === 'tooLarge') this.#socket.pause()
    else this.#socket.resume()
    this.#socket.close(collabClosings[why])
    setTimeout(() => this.#socket.terminate(), farewellTime).unref()
  }

  /** Called once in a while: a line that is dead is cut, one that is silent is given a sign. */
  tend(silence: number): void {
    if (!this.#held && !this.#resting) {
      if (!this.#answersPings) return this.#socket.terminate()
      this.#answersPings = false
      this.#socket.ping()
    }
    if (performance.now() - this.sentAt > silence) this.send(signOfLife)
  }

  #heard(message: RawData, isBinary: boolean): void {
    if (this.#closed) return
    const bytes = message as Buffer
    if (bytes.length > this.#limits.messageBytes) return this.close('tooLarge')
    if (!this.#listener.wrote(bytes.length)) return this.close('tooMany')
    const heard = isBinary ? readMessage(bytes) : null
    if (!heard) return this.close('malformed')
    switch (heard.kind) {
      case 'asks':
        return this.#pace.asks.take() ? this.#listener.asked(this, heard.vector) : this.close('tooMany')
      case 'change':
        return this.#pace.changes.take() ? this.#change(heard.update) : this.close('tooMany')
      case 'asksForNotices':
        if (!this.#pace.changes.take()) return this.close('tooMany')
        this.#wantsNotices = true
        return this.send(notice(collabNotice.rights, this.access === 'write' ? 1 : 0))
      case 'presence':
        if (!this.#pace.changes.take()) this.close('tooMany')
    }
  }

  #change(update: Uint8Array): void {
    this.#changes += 1
    if (this.access === 'write') return this.#listener.changed(this, update, this.#changes)
    this.#dropped += 1
    if (this.#wantsNotices) this.send(notice(collabNotice.dropped, this.#dropped))
    else if (this.#dropped === 1) this.send(denied)
  }

  #end(): void {
    if (this.#closed) return
    this.#closed = true
    clearTimeout(this.#resting)
    this.#listener.left(this)
  }
}
