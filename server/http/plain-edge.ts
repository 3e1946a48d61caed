import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { urlOf } from '../addresses.ts'
import { certificateRoutes, type CertificateRoutes } from './certificate.ts'
import { answerErrors } from './errors.ts'
import { sendSecurityHeaders } from './headers.ts'
import { createServer } from './server.ts'

/**
 * Beside HTTPS: a plain port on which a tablet that does not know the authority yet can read how to install it. Everything
 * else is sent to HTTPS; nothing is ever signed in here.
 */
export async function openPlainEdge(config: Config, log: Logger, ports: CertificateRoutes['ports']): Promise<FastifyInstance> {
  const app = await createServer({ ...config, tls: null }, log)
  answerErrors(app)
  await sendSecurityHeaders(app)
  certificateRoutes(app, { config, ports })
  app.setNotFoundHandler((request, reply) => {
    const asked = request.hostname.replace(/^\[(.*)\]$/, '$1')
    const host = URL.canParse(`https://${request.hostname}`) && asked !== '' ? asked : 'localhost'
    const home = urlOf('https', host, ports().hub)
    return reply.code(307).redirect(request.method === 'GET' && !request.url.startsWith('//') ? home + request.url : home)
  })
  return app
}
