import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'

/** Must be called before any route is added; afterwards GET /api/openapi.json describes them all. */
export async function describeRoutes(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Giao ban', version, description: 'HTTP side of the hub: sign-in, files and office work. Meetings themselves run over Socket.IO (docs/protocol.md).' },
      servers: [{ url: '/' }],
    },
  })
}

/** The document itself changes with the routes, so it is the one answer whose shape is not spelt out. */
export function openApiRoute(app: FastifyInstance): void {
  app.get('/api/openapi.json', {
    config: { access: 'anyone' },
    schema: { hide: true, response: { 200: { type: 'object', additionalProperties: true } } },
  }, async () => app.swagger())
}
