import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { createServer } from 'node:tls'
import type { Logger } from 'pino'
import type { PartsControl } from '../control.ts'
import { nodeEnd } from '../wire/secret.ts'
import { Session } from './session.ts'

export interface NodeSettings {
  host: string
  /** 0 takes a free one. */
  port: number
  secret: string
  /** Milliseconds that rooms outlive the line of their hub. */
  grace?: number
}

export interface MediaNode {
  readonly port: number
  close(): Promise<void>
}

/** As long as a hub takes to start again. */
const usualGrace = 5_000
/** Hubs are few; whoever opens more lines than these tries something out. So many strangers, too, may be showing that they know the secret at one moment. */
const mostLines = 32

/** Serves the control contract of `media` to hubs that know the secret. @throws when it cannot listen */
export async function serveMedia(media: PartsControl, { host, port, secret, grace = usualGrace }: NodeSettings, log: Pick<Logger, 'info' | 'warn'>): Promise<MediaNode> {
  const open = new Set<Session>()
  const all = new Set<Session>()
  const strangers = new Map<string, Socket>()
  const nameOf = ({ remoteAddress, remotePort }: Socket) => `${remoteAddress} ${remotePort}`
  const server = createServer(nodeEnd(secret), (socket) => {
    strangers.delete(nameOf(socket))
    if (open.size >= mostLines) return void socket.destroy()
    log.info({ from: socket.remoteAddress }, 'a hub is here')
    const session: Session = new Session(socket, {
      media, log, grace,
      closed: () => {
        open.delete(session)
        setTimeout(() => all.delete(session), grace).unref()
      },
    })
    open.add(session)
    all.add(session)
  })
  // The oldest goes, not whoever comes: strangers who say nothing must not keep a hub out.
  server.on('connection', (socket: Socket) => {
    const name = nameOf(socket)
    strangers.set(name, socket)
    socket.once('close', () => { if (strangers.get(name) === socket) strangers.delete(name) })
    const [oldest] = strangers.values()
    if (strangers.size > mostLines) oldest?.destroy()
  })
  server.on('tlsClientError', (error: Error & { code?: string }, socket) => {
    log.warn({ from: socket.remoteAddress, reason: error.code ?? error.message }, 'a line to this media process was refused')
    // Node leaves a handshake that takes too long open.
    socket.destroy()
  })
  server.listen(port, host)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const session of all) session.close()
      server.close()
      await media.close()
    },
  }
}
