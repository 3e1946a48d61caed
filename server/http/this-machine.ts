import type { FastifyRequest } from 'fastify'
import { isLoopbackHost } from '../config.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The settings name a proxy or an address that others reach the hub by. */
    behindProxy: boolean
  }
}

const forwarding = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'] as const

/**
 * True when the request surely comes from the hub's own machine: over the loopback interface, through no proxy, and to a
 * loopback name. The name matters: a web page elsewhere may point its own domain at 127.0.0.1 (DNS rebinding) and would
 * otherwise reach the demo accounts through a browser on this machine. A hub behind a proxy takes nobody for local: some
 * proxies on the same machine add no header and send their own name, and the whole world would look local.
 */
export function isFromThisMachine(
  { socket, headers, server }: Pick<FastifyRequest, 'headers'> & { socket: { remoteAddress?: string | undefined }; server?: { behindProxy: boolean } },
): boolean {
  if (server?.behindProxy) return false
  const address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '')
  if (!isLoopbackHost(address) || forwarding.some(name => headers[name] !== undefined)) return false
  const host = (headers.host ?? '').replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')
  return isLoopbackHost(host)
}
