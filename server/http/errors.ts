import type { FastifyError, FastifyInstance } from 'fastify'
import { Refused, refusal, type Refusal } from '../../shared/contracts/refusal.ts'
import { VersionConflict } from '../store/port.ts'
import { refuse } from './answer.ts'

/** One place that turns whatever went wrong into a refusal with a sentence; nothing of an error's own text leaves the hub. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    const reason = reasonOf(error)
    if (reason.code === 'hub.failed') request.log.error({ err: error, route: request.routeOptions.url }, 'request failed')
    else request.log.debug({ refusal: reason.code, route: request.routeOptions.url }, 'request refused')
    return refuse(request, reply, reason)
  })
}

/** What an error means to the person whose request it stopped. */
export function reasonOf(error: FastifyError): Refusal {
  if (error instanceof Refused) return error.refusal
  if (error instanceof VersionConflict) return refusal('record.changed')
  const [wrong] = error.validation ?? []
  if (wrong) return refusal('request.malformed', { field: fieldOf(error.validationContext ?? 'body', wrong) })
  const status = error.statusCode ?? 500
  if (status === 413) return refusal('request.tooLarge')
  if (status === 404) return refusal('notFound')
  if (status === 429) return refusal('request.tooMany', { seconds: 60 })
  if (status === 503) return refusal('hub.stopping')
  if (status >= 400 && status < 500) return refusal('request.malformed', { field: status === 415 ? 'content-type' : 'body' })
  return refusal('hub.failed')
}

/** Where in the request the first mistake is: `body.unitId`, `querystring.before`. Names only, never a value. */
function fieldOf(context: string, { instancePath, params }: { instancePath: string; params: Record<string, unknown> }): string {
  const name = params.missingProperty ?? params.additionalProperty
  const path = [...instancePath.split('/').filter(Boolean), ...(typeof name === 'string' ? [name] : [])]
  return [context, ...path].join('.').slice(0, 100)
}
