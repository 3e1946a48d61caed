/** The hosts that are compared, each in a process of its own, spoken to in the bare protocol. */
import { fork, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as encoding from 'lib0/encoding'
import WebSocket from 'ws'
import { collabNameOf, collabNotice, collabPath, type CollabName } from '../../../shared/contracts/collab.ts'
import { ShareSpeaker } from './share-speaker.ts'
import type { Line } from '../../support/collab/client.ts'

export const sideNames = ['Giao ban', 'y-websocket', 'y-websocket + y-leveldb', 'Hocuspocus', 'sharedb'] as const
export type SideName = (typeof sideNames)[number]

const peerNames: Partial<Record<SideName, string>> = { 'y-websocket': 'y-websocket', 'y-websocket + y-leveldb': 'y-leveldb', 'Hocuspocus': 'hocuspocus', 'sharedb': 'sharedb' }

/** A host that runs. */
export class Side {
  readonly name: SideName
  readonly port: number
  readonly process: ChildProcess
  readonly #cookie: string
  readonly #meetingId: string

  private constructor(name: SideName, process: ChildProcess, { port, cookie = '', meetingId = '' }: { port: number; cookie?: string; meetingId?: string }) {
    this.name = name
    this.process = process
    this.port = port
    this.#cookie = cookie
    this.#meetingId = meetingId
  }

  /** `peers`: the cache folder that has them; null for our own. */
  static async start(name: SideName, dataDir: string, peers: string | null, port = 0): Promise<Side> {
    const peer = peerNames[name]
    const child = peer
      ? fork(new URL('../peers/server.mjs', import.meta.url), [peers ?? '', peer, dataDir, String(port)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
      : fork(fileURLToPath(new URL('hub.child.ts', import.meta.url)), [dataDir, String(port)], { execArgv: ['--disable-warning=ExperimentalWarning'] })
    const said = await new Promise<{ port: number }>((resolve, reject) => {
      child.once('message', resolve as never)
      child.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)))
    })
    return new Side(name, child, said)
  }

  open(document: string): Speaker {
    if (this.name === 'sharedb') return new ShareSpeaker(new WebSocket(`ws://127.0.0.1:${this.port}/${document}`), document)
    if (this.name !== 'Giao ban') return new YSpeaker(this, new WebSocket(`ws://127.0.0.1:${this.port}/${document}`), document)
    const { url: origin, cookie = '' } = this.line
    return new YSpeaker(this, new WebSocket(`ws://127.0.0.1:${this.port}${collabPath}/${collabNameOf(this.nameOf(document))}`, { origin, headers: { cookie } }), document)
  }

  /** Of our own host: what an ordinary client needs to come to a document. */
  get line(): Line {
    return { url: `http://127.0.0.1:${this.port}`, cookie: this.#cookie }
  }

  nameOf(document: string): CollabName {
    // A text is like the minutes: nothing is merged from it into a common layer.
    return { kind: 'ink', meetingId: this.#meetingId, paperId: document, version: 1, layer: document.startsWith('text') ? 'shared' : 'meeting', ownerId: 'writer' }
  }

  /** CPU time of all its threads so far, in milliseconds. */
  cpu(): number {
    const fields = readFileSync(`/proc/${this.process.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) * 10
  }

  /** Resident memory, in kB. */
  memory(): number {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.process.pid}/status`, 'utf8'))?.[1])
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return
    const gone = new Promise((resolve) => this.process.once('exit', resolve))
    this.process.kill(signal)
    await gone
  }
}

export type Speaker = YSpeaker | ShareSpeaker

/** One connection to one document of a side that speaks as y-websocket does. */
class YSpeaker {
  readonly ready: Promise<void>
  /** Told of every message that is not about the connection itself. */
  heard: (message: Buffer) => void = () => {}
  /** Changes that the side has acknowledged, in the order they were sent; a side without acknowledgements: what has come back to its sender. */
  acknowledged = 0
  sent = 0
  readonly socket: WebSocket
  readonly #side: Side
  readonly #head: Uint8Array

  constructor(side: Side, socket: WebSocket, document: string) {
    this.#side = side
    this.socket = socket
    this.#head = side.name === 'Hocuspocus' ? encoding.encode((encoder) => encoding.writeVarString(encoder, document)) : new Uint8Array()
    socket.on('error', () => {})
    this.ready = new Promise((resolve, reject) => {
      socket.once('close', (code) => reject(new Error(`${side.name} closed with ${code}`)))
      socket.once('open', () => {
        if (side.name === 'Hocuspocus') this.#send([2, 0, 1, 120])
        if (side.name === 'Giao ban') this.#send([collabNotice.type, collabNotice.ask])
        this.#send([0, 0, 1, 0])
      })
      socket.on('message', (message: Buffer) => {
        const content = message.subarray(this.#head.length)
        // The answer to what was asked above.
        if ((content[0] === 0 || content[0] === 4) && content[1] === 1) resolve()
        this.#acknowledge(content)
        this.heard(content)
      })
    })
    this.ready.catch(() => {})
  }

  change(update: Uint8Array): void {
    this.sent += 1
    this.#send(encoding.encode((encoder) => {
      for (const number of [0, 2]) encoding.writeVarUint(encoder, number)
      encoding.writeVarUint8Array(encoder, update)
    }))
  }

  #acknowledge(content: Buffer): void {
    if (this.#side.name === 'Hocuspocus' && content[0] === 8 && content[1] === 1) this.acknowledged += 1
    if (this.#side.name === 'Giao ban' && content[0] === collabNotice.type && content[1] === collabNotice.saved) {
      this.acknowledged = content.subarray(2).reduce((sum, byte, index) => sum + (byte & 127) * 128 ** index, 0)
    }
  }

  #send(message: Uint8Array | number[]): void {
    this.socket.send(Buffer.concat([this.#head, Uint8Array.from(message)]))
  }

  close(): void {
    this.socket.removeAllListeners('message')
    this.socket.terminate()
  }
}
