import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Refusal, RefusalCode } from '../../shared/contracts/refusal.ts'
import { refusalAnswer } from '../../shared/contracts/sentences.ts'
import { languageOf } from './language.ts'

/** Status of the codes that are not simply "the rules do not allow it" (422). */
const statuses: Partial<Record<RefusalCode, number>> = {
  'request.malformed': 400,
  'request.tooLarge': 413,
  'request.tooMany': 429,
  'request.foreignOrigin': 403,
  'notFound': 404,
  'session.required': 401,
  'session.wrongPassword': 401,
  'session.tooManyAttempts': 429,
  'session.demoFromElsewhere': 403,
  'permission.denied': 403,
  'password.mustChange': 403,
  'setup.fromElsewhere': 403,
  'setup.done': 409,
  'record.changed': 409,
  'account.usernameTaken': 409,
  'unit.nameTaken': 409,
  'site.nameTaken': 409,
  'papers.tooLarge': 413,
  'papers.downloadsOff': 403,
  'papers.markedOnly': 403,
  'papers.noOriginal': 404,
  'papers.bookChanged': 409,
  'recording.notReady': 409,
  'media.tokenMissing': 401,
  'media.tokenUnknown': 401,
  'media.tokenExpired': 401,
  'media.tokenElsewhere': 403,
  'media.doorTaken': 409,
  'media.notHeld': 409,
  'media.removed': 403,
  'media.notReady': 503,
  'media.sdpUnfit': 400,
  'media.sdpNoCodec': 406,
  'media.methodNotAllowed': 405,
  'media.preconditionFailed': 412,
  'media.preconditionMissing': 428,
  'client.tooOld': 426,
  'hub.failed': 500,
  'hub.unknown': 503,
  'hub.stopping': 503,
}

export function statusOf(code: RefusalCode): number {
  return statuses[code] ?? 422
}

/** Answers with a refusal: its status, its code, and its sentence in the reader's language. */
export function refuse(request: FastifyRequest, reply: FastifyReply, reason: Refusal): FastifyReply {
  const seconds = reason.params?.seconds
  if (typeof seconds === 'number') reply.header('retry-after', seconds)
  return reply.code(statusOf(reason.code)).type('application/json; charset=utf-8').send(refusalAnswer(reason, languageOf(request)))
}
