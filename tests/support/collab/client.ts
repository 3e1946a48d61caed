import WebSocket from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { Awareness } from 'y-protocols/awareness'
import { collabNameOf, collabNotice, collabPath, type CollabName } from '../../../shared/contracts/collab.ts'

export interface Line { url: string; cookie?: string | undefined; origin?: string }

/** A WebSocket as a browser's page would open it: with its cookie and its origin. */
export function socketOf({ url, cookie, origin = url }: Line): typeof globalThis.WebSocket {
  return class extends WebSocket {
    constructor(address: string) {
      super(address, [], { headers: { origin, ...(cookie ? { cookie } : {}) } })
    }
  } as unknown as typeof globalThis.WebSocket
}

export const wsUrl = (url: string) => url.replace(/^http/, 'ws')

/** The npm package y-websocket as it was published, with nothing of ours. */
export class PlainClient {
  readonly doc = new Y.Doc()
  readonly provider: WebsocketProvider
  /** The close code it was refused for good with; null while it was not. */
  refused: number | null = null
  /** Codes of all closings, also of those it comes back from. */
  readonly closings: number[] = []

  constructor(line: Line, name: CollabName | string, options: ConstructorParameters<typeof WebsocketProvider>[3] = {}) {
    const room = typeof name === 'string' ? name : collabNameOf(name)
    this.provider = new WebsocketProvider(wsUrl(line.url) + collabPath, room, this.doc, { disableBc: true, WebSocketPolyfill: socketOf(line), ...options })
    this.provider.on('closed', ({ code }) => (this.refused = code))
    this.provider.on('connection-close', (event) => event && this.closings.push(event.code))
  }

  get marks(): Y.Map<string> {
    return this.doc.getMap('marks')
  }

  /** Resolves when it has what the hub has. */
  async synced(): Promise<this> {
    await until(() => this.provider.synced || this.refused !== null)
    if (this.refused !== null) throw new Error(`refused with ${this.refused}`)
    return this
  }

  close(): void {
    this.provider.destroy()
    this.provider.awareness.destroy()
    this.doc.destroy()
  }
}

/** A line without y-websocket, byte by byte. */
export class BareClient {
  readonly socket: WebSocket
  /** Everything that came, message by message. */
  readonly messages: Uint8Array[] = []
  readonly closed: Promise<number>
  /** How many changes the hub says are on disk. */
  saved = 0
  rights: 'write' | 'read' | null = null
  dropped = 0

  constructor(line: Line, name: CollabName | string, query = '') {
    const room = typeof name === 'string' ? name : collabNameOf(name)
    this.socket = new (socketOf(line) as unknown as typeof WebSocket)(`${wsUrl(line.url)}${collabPath}/${room}${query}`)
    this.socket.on('error', () => {})
    this.closed = new Promise((resolve) => this.socket.once('close', resolve))
    this.socket.on('message', (message: Buffer) => {
      this.messages.push(new Uint8Array(message))
      if (message[0] !== collabNotice.type) return
      const value = varUint(message.subarray(2))
      if (message[1] === collabNotice.saved) this.saved = value
      if (message[1] === collabNotice.rights) this.rights = value === 1 ? 'write' : 'read'
      if (message[1] === collabNotice.dropped) this.dropped = value
    })
  }

  get bytes(): number {
    return this.messages.reduce((sum, { length }) => sum + length, 0)
  }

  async opened(): Promise<this> {
    if (this.socket.readyState === WebSocket.CONNECTING) await new Promise((resolve, reject) => this.socket.once('open', resolve).once('error', reject))
    return this
  }

  send(message: Uint8Array | number[]): void {
    this.socket.send(message instanceof Uint8Array ? message : new Uint8Array(message))
  }

  /** Asks for what it lacks, which is everything. */
  ask(): void {
    this.send([0, 0, 1, 0])
  }

  askForNotices(): void {
    this.send([collabNotice.type, collabNotice.ask])
  }

  change(update: Uint8Array): void {
    this.send(new Uint8Array([0, 2, ...varUintOf(update.length), ...update]))
  }
}

export function varUintOf(value: number): number[] {
  const bytes: number[] = []
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest]
    bytes.push((rest % 128) + 128)
  }
}

function varUint(bytes: Uint8Array): number {
  let value = 0
  for (const [index, byte] of bytes.entries()) value += (byte & 127) * 128 ** index
  return value
}

/** An awareness that says nothing, as the hub's own page has. */
export function silent(doc: Y.Doc): Awareness {
  const awareness = new Awareness(doc)
  awareness.setLocalState(null)
  return awareness
}

/** Waits for something that comes by itself. */
export async function until(met: () => boolean | Promise<boolean>, within = 20_000): Promise<void> {
  const deadline = performance.now() + within
  while (!(await met())) {
    if (performance.now() > deadline) throw new Error(`has not come within ${within} ms: ${met}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}
