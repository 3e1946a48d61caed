import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { collabPath, projectorQuery } from '../../shared/contracts/collab.ts'
import { livePath } from '../../shared/contracts/protocol.ts'
import type { Origins } from '../directory/origin.ts'
import type { Collab } from './collab.ts'

/**
 * Sends each upgrade of the hub's server where it belongs: documents here, the meeting to Socket.IO, which listens beside this. Socket.IO ends what it
 * does not know only after a second, and leaves what has been answered by then alone: everything else is answered here at once.
 */
export function routeUpgrades(server: Server, origins: Origins, collab: Collab): void {
  server.on('upgrade', (request: IncomingMessage, line: Duplex, head: Buffer) => {
    const address = `http://hub${request.url ?? '/'}`
    const { pathname, searchParams } = new URL(URL.canParse(address) ? address : 'http://hub/')
    if (pathname === livePath || pathname.startsWith(`${livePath}/`)) return
    // A reset before the handshake is done would end the hub.
    line.on('error', () => {})
    if (!pathname.startsWith(`${collabPath}/`)) return answer(line, '404 Not Found')
    // Cookies travel with upgrades that another site's page asks for.
    if (!origins.isAllowedOrigin(request.headers.origin, request.headers.host)) return answer(line, '403 Forbidden')
    collab.upgrade(request, line, head, pathname.slice(collabPath.length + 1), searchParams.get(projectorQuery) === '1')
  })
}

function answer(line: Duplex, status: string): void {
  line.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => line.destroy())
}
