import type { FastifyInstance } from 'fastify'
import { Health, Readiness } from '../../shared/contracts/http/health.ts'
import { answers } from '../../shared/contracts/http/refusal.ts'
import type { Store } from '../store/port.ts'
import type { TypedApp } from './typed-app.ts'

/** Milliseconds the store has to answer a readiness question. */
const patience = 2_000

export function healthRoutes(plain: FastifyInstance, store: Store): void {
  const app = plain as TypedApp

  app.get('/healthz', {
    config: { access: 'anyone' },
    schema: { summary: 'The process answers', response: answers(Health) },
  }, async (_request, reply) => {
    reply.header('cache-control', 'no-store')
    return { status: 'ok' as const }
  })

  app.get('/readyz', {
    config: { access: 'anyone' },
    schema: { summary: 'The store answers too', response: { ...answers(Readiness), 503: Readiness } },
  }, async (request, reply) => {
    reply.header('cache-control', 'no-store')
    try {
      await within(patience, store.ping())
      return { status: 'ready' as const, store: store.kind }
    } catch (error) {
      request.log.warn({ err: error }, 'the store does not answer')
      return reply.code(503).send({ status: 'storeDoesNotAnswer', store: store.kind })
    }
  })
}

function within(milliseconds: number, answer: Promise<void>): Promise<void> {
  const { promise, reject } = Promise.withResolvers<void>()
  const timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds)
  return Promise.race([answer, promise]).finally(() => clearTimeout(timer))
}
