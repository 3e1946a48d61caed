import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'

const self = ["'self'"]
const none = ["'none'"]

/** Security headers on every answer; nothing of a page may come from, or go to, another place. */
export async function sendSecurityHeaders(app: FastifyInstance): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: self,
        // pdf.js decodes JPEG 2000 and JBIG2 (scanned papers) with WebAssembly; eval stays forbidden.
        scriptSrc: [...self, "'wasm-unsafe-eval'"],
        styleSrc: self,
        imgSrc: [...self, 'blob:', 'data:'],
        fontSrc: self,
        connectSrc: self,
        workerSrc: self,
        objectSrc: none,
        baseUri: none,
        formAction: self,
        frameAncestors: none,
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    // HSTS would also forbid the plain page on another port from which a tablet fetches the private authority, and would
    // leave tablets outside when an administrator takes HTTPS away again.
    strictTransportSecurity: false,
    xFrameOptions: { action: 'deny' },
    // Both mean nothing on plain http and only make browsers complain in their consoles.
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
  })

  app.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/api/') && !reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  })
}
