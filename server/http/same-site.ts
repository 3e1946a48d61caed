import type { FastifyInstance } from 'fastify'
import { Refused } from '../../shared/contracts/refusal.ts'
import { tokenIn } from '../directory/cookie.ts'
import type { Origins } from '../directory/origin.ts'

const harmless = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses state-changing requests that a page of another site made. A request without Origin comes from no browser page;
 * it is let through only when it carries no session cookie, so that a script may sign in and must then name its origin.
 */
export function refuseForeignOrigins(app: FastifyInstance, origins: Origins, cookieName: string): void {
  app.addHook('onRequest', async ({ method, headers, routeOptions }) => {
    if (harmless.has(method) || routeOptions.config.anyOrigin) return
    const { origin, host, cookie } = headers
    if (origin === undefined && tokenIn(cookie, cookieName) === null) return
    if (!origins.isAllowedOrigin(origin, host)) throw new Refused('request.foreignOrigin')
  })
}
