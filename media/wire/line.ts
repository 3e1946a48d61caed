import type { TLSSocket } from 'node:tls'
import { FrameReader, frameOf } from './frames.ts'

/** Milliseconds. A process that dies is known at once; these are for a network that swallows everything. */
const beatEvery = 1_000
/** So many beats without a word from the other end. A machine that stands still itself counts no beats meanwhile. */
const mostSilence = 5
/** Octets that wait to be sent: whoever does not read any more is given up. */
const mostWaiting = 32_000_000

export interface LineListener {
  /** Whatever is thrown ends the line. `true`: whoever waited for this message shall act on it before the next one is taken. */
  message(message: unknown): boolean | void
  /** Once; `why` is for the log. */
  closed(why: string): void
}

/** Messages over one TLS connection, in order, with a beat when there is nothing to say. */
export class Line {
  readonly #socket: TLSSocket
  readonly #listener: LineListener
  readonly #reader = new FrameReader()
  readonly #beats: NodeJS.Timeout
  #silence = 0
  #pausing = false
  #closed = false

  constructor(socket: TLSSocket, listener: LineListener) {
    this.#socket = socket
    this.#listener = listener
    socket.setNoDelay(true)
    socket.on('data', (piece: Buffer) => this.#take(piece))
    socket.on('error', (error: Error & { code?: string }) => this.close(error.code ?? error.message))
    socket.on('close', () => this.close('the other end is gone'))
    this.#beats = setInterval(() => this.#beat(), beatEvery)
    this.#beats.unref()
  }

  get closed(): boolean {
    return this.#closed
  }

  /** Without effect once the line is closed. */
  send(message: unknown): void {
    if (this.#closed) return
    this.#socket.write(frameOf(message))
    if (this.#socket.writableLength > mostWaiting) this.close('the other end does not read')
  }

  close(why: string): void {
    if (this.#closed) return
    this.#closed = true
    clearInterval(this.#beats)
    this.#socket.destroy()
    this.#listener.closed(why)
  }

  #beat(): void {
    this.#silence += 1
    if (this.#silence > mostSilence) this.close(`nothing heard for ${mostSilence} s`)
    else this.send({ beat: true })
  }

  #take(piece: Buffer): void {
    this.#silence = 0
    this.#reader.add(piece)
    if (!this.#pausing) this.#read()
  }

  #read(): void {
    this.#pausing = false
    try {
      for (let next = this.#reader.next(); next && !this.#closed; next = this.#reader.next()) {
        if (isBeat(next.message)) continue
        if (this.#listener.message(next.message) !== true) continue
        this.#pausing = true
        return void setImmediate(() => this.#read())
      }
    } catch (error) {
      this.close((error as Error).message)
    }
  }
}

function isBeat(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'beat' in message
}
