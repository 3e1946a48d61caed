import { readFile } from 'node:fs/promises'
import type { Socket } from 'node:net'
import Fastify, { LogController, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { ConfigRefused, type Config } from '../config.ts'
import { refuse } from './answer.ts'
import { compileWhenNeeded } from './compilers.ts'
import { reasonOf } from './errors.ts'

/** How long open downloads and sockets may hold up a stop. */
const patience = 3_000

/**
 * Fastify as this hub uses it: schemas are strict (nothing coerced, dropped or filled in), keys such as `__proto__` are
 * refused, only JSON bodies are read, and a stop does not wait for ever.
 */
export async function createServer(config: Config, log: Logger): Promise<FastifyInstance> {
  const app = Fastify({
    ...(config.tls ? { https: await readTls(config.tls) } : {}),
    loggerInstance: log,
    // Our own one line a request, at debug (below).
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: config.trustedProxies.length > 0 ? config.trustedProxies : false,
    bodyLimit: 256 * 1024,
    routerOptions: { maxParamLength: 200 },
    return503OnClosing: true,
    // Addresses that cannot be decoded never reach the error handler.
    frameworkErrors: (error, request, reply) => void refuse(request as FastifyRequest, reply as unknown as FastifyReply, reasonOf(error)),
  }) as unknown as FastifyInstance

  compileWhenNeeded(app)
  app.removeContentTypeParser('text/plain')
  app.addHook('onResponse', async (request, reply) => {
    const { method, routeOptions: { url } } = request
    request.log.debug({ method, route: url, status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, 'request')
  })
  closeOpenSockets(app)
  return app
}

/** @throws ConfigRefused when a file cannot be read or the two do not belong together */
async function readTls({ cert, key }: { cert: string; key: string }): Promise<{ cert: Buffer; key: Buffer }> {
  const read = (name: string, path: string) => readFile(path).catch((error: NodeJS.ErrnoException) => {
    const why = error.code ?? error.message
    throw new ConfigRefused({
      vi: `${name}=${path} không dùng được: không đọc được tệp này (${why}).`,
      en: `${name}=${path} cannot be used: this file cannot be read (${why}).`,
    })
  })
  const files = { cert: await read('TLS_CERT', cert), key: await read('TLS_KEY', key) }
  try {
    const { createSecureContext } = await import('node:tls')
    createSecureContext(files)
  } catch {
    throw new ConfigRefused({
      vi: 'TLS_CERT và TLS_KEY không phải là một chứng thư và khóa riêng của nó ở dạng PEM.',
      en: 'TLS_CERT and TLS_KEY are not a certificate and its private key in PEM form.',
    })
  }
  return files
}

/** `app.close()` waits for every open connection, and a tablet that streams a paper keeps one for minutes. */
function closeOpenSockets(app: FastifyInstance): void {
  const open = new Set<Socket>()
  app.server.on('connection', socket => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
  })
  app.addHook('preClose', async () => {
    setTimeout(() => { for (const socket of open) socket.destroy() }, patience).unref()
  })
}
