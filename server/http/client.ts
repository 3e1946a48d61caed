import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { refusal } from '../../shared/contracts/refusal.ts'
import { refuse } from './answer.ts'

/** Vite puts a hash into the name of everything here, so a file never changes under its name. */
const hashed = '/assets/'
const forever = 'public, max-age=31536000, immutable'

/**
 * The built client, compressed copies included, and its page for every address that looks like a page: the client's router
 * knows which exist. Everything else that nobody answers is refused as a request, never with a page.
 */
export async function serveClient(app: FastifyInstance, clientDir: string | null): Promise<void> {
  const root = clientDir !== null && existsSync(join(clientDir, 'index.html')) ? clientDir : null

  // Handlers here do not return their reply: each return adds listeners to it, and a page that is not compressed passes many hands.
  app.setNotFoundHandler((request, reply) => {
    if (root === null || !asksForPage(request)) refuse(request, reply, refusal('notFound'))
    else reply.sendFile('index.html')
  })
  if (root === null) return

  await app.register(fastifyStatic, {
    root,
    serve: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => void reply.header('cache-control', path.includes(hashed) ? forever : 'no-cache'),
  })
  app.get('/*', { config: { access: 'anyone' }, schema: { hide: true } }, (request, reply) => {
    const path = pathOf(request)
    if (path === '/' || path.startsWith('/api/')) reply.callNotFound()
    else reply.sendFile(path.slice(1))
  })
}

function pathOf({ url }: FastifyRequest): string {
  const path = url.split('?', 1)[0] ?? '/'
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

function asksForPage(request: FastifyRequest): boolean {
  const path = pathOf(request)
  return (request.method === 'GET' || request.method === 'HEAD')
    && !path.startsWith('/api/') && !path.startsWith(hashed) && !path.startsWith('/socket.io/')
    && !/\.[A-Za-z0-9]+$/.test(path)
    && (request.headers.accept ?? '').includes('text/html')
}
