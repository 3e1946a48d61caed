import { WebSocket } from 'ws'
import { protocolVersion } from '../../shared/contracts/protocol.ts'

/**
 * A screen reduced to what costs a server something: Engine.IO and Socket.IO by hand over one WebSocket, so that a thousand fit
 * into one process and the same client stands before the hub and before its peer.
 */
export class Screen {
  readonly #socket: WebSocket
  readonly #acks = new Map<number, (value: unknown) => void>()
  #nextAck = 0
  /** Called with the raw text of each event and when it arrived. */
  onEvent: (packet: string) => void = () => {}
  readonly ready: Promise<void>

  constructor(url: string, options: { path: string; query?: string; cookie?: string }) {
    const target = `${url.replace(/^http/, 'ws')}${options.path}/?EIO=4&transport=websocket${options.query ? `&${options.query}` : ''}`
    this.#socket = new WebSocket(target, { headers: { origin: url, ...(options.cookie ? { cookie: options.cookie } : {}) }, perMessageDeflate: false })
    this.ready = new Promise((resolve, reject) => {
      this.#socket.once('error', reject)
      this.#socket.on('message', (data: Buffer) => this.#receive(data.toString(), resolve, reject))
    })
  }

  #receive(packet: string, ready: () => void, refused: (error: Error) => void): void {
    if (packet === '2') this.#socket.send('3')
    else if (packet.startsWith('0')) this.#socket.send(`40${JSON.stringify({ protocol: protocolVersion, language: 'vi', projector: false })}`)
    else if (packet.startsWith('40')) ready()
    else if (packet.startsWith('44')) refused(new Error(packet))
    else if (packet.startsWith('43')) {
      const begin = packet.indexOf('[')
      const id = Number(packet.slice(2, begin))
      const ack = this.#acks.get(id)
      this.#acks.delete(id)
      ack?.((JSON.parse(packet.slice(begin)) as unknown[])[0])
    } else if (packet.startsWith('42')) this.onEvent(packet)
  }

  /** Sends an event and waits for its ack. */
  ask<T>(event: string, data: unknown): Promise<T> {
    const id = this.#nextAck++
    return new Promise((resolve) => {
      this.#acks.set(id, resolve as (value: unknown) => void)
      this.#socket.send(`42${id}${JSON.stringify([event, data])}`)
    })
  }

  /** A signal: nothing answers it. */
  tell(event: string, data: unknown): void {
    this.#socket.send(`42${JSON.stringify([event, data])}`)
  }

  close(): void {
    this.#socket.terminate()
  }
}
