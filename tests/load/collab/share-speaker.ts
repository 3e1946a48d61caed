import type WebSocket from 'ws'
import { marksIn, markOf } from './strokes.ts'

/** One connection to one document of sharedb, in its bare protocol: JSON, an entry of an object for each change, its bytes as base64. */
export class ShareSpeaker {
  readonly ready: Promise<void>
  heard: (message: Buffer) => void = () => {}
  acknowledged = 0
  sent = 0
  readonly socket: WebSocket
  readonly #document: string
  #version = 0

  constructor(socket: WebSocket, document: string) {
    this.socket = socket
    this.#document = document
    socket.on('error', () => {})
    this.ready = new Promise((resolve, reject) => {
      socket.once('close', (code) => reject(new Error(`sharedb closed with ${code}`)))
      socket.on('message', (bytes: Buffer) => {
        // What others changed is only counted; only one's own acknowledgements are short.
        if (bytes.length > 300) return this.heard(bytes)
        const message = JSON.parse(bytes.toString()) as { a: string; v?: number; seq?: number; data?: { v: number } }
        if (message.a === 'init') this.#send({ a: 'hs', id: null, protocol: 1, protocolMinor: 1 })
        if (message.a === 'hs') this.#send({ a: 's', c: 'documents', d: document, v: null })
        if (message.a === 's') {
          this.#version = message.data?.v ?? 1
          resolve()
        }
        if (message.a === 'op' && message.seq !== undefined) this.acknowledged += 1
      })
    })
    this.ready.catch(() => {})
  }

  /** `update`: a change as Yjs has it, with a mark in it. */
  change(update: Uint8Array): void {
    const bytes = Buffer.from(update)
    const [[name, number] = ['', 0]] = [...marksIn(bytes)]
    this.sent += 1
    this.#send({ a: 'op', c: 'documents', d: this.#document, v: this.#version + this.sent - 1, seq: this.sent, x: {}, op: [{ p: [markOf(name, number)], oi: bytes.toString('base64') }] })
  }

  #send(message: object): void {
    this.socket.send(JSON.stringify(message))
  }

  close(): void {
    this.socket.removeAllListeners('message')
    this.socket.terminate()
  }
}
