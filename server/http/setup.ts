import type { FastifyInstance } from 'fastify'
import { SessionAnswer } from '../../shared/contracts/http/session.ts'
import { answers } from '../../shared/contracts/http/refusal.ts'
import { Setup } from '../../shared/contracts/http/setup.ts'
import type { Audit } from '../audit/audit.ts'
import type { Directory } from '../directory/directory.ts'
import { setSessionCookie } from './cookies.ts'
import { isFromThisMachine } from './this-machine.ts'
import type { TypedApp } from './typed-app.ts'

/** The first administrator of an empty hub; afterwards this only answers `setup.done`. */
export function setupRoutes(plain: FastifyInstance, directory: Directory, audit: Audit, sessionAbsolute: number): void {
  const app = plain as TypedApp
  const { setup, sessions, cookieName } = directory

  app.post('/api/setup', {
    config: { access: 'anyone' },
    schema: { summary: 'Make the first administrator and sign in as them', body: Setup, response: answers(SessionAnswer) },
  }, async (request, reply) => {
    const { id } = await setup.run(request.body, { address: request.ip, thisMachine: isFromThisMachine(request) })
    await audit.record({ what: 'setup.done', by: id, address: request.ip })
    const { token } = await sessions.begin(id, request.ip)
    setSessionCookie(reply, cookieName, token, sessionAbsolute)
    request.log.info({ userId: id }, 'first administrator made')
    const signedIn = await directory.sessionOf(`${cookieName}=${token}`)
    return { person: signedIn?.person ?? null, mustChangePassword: false, needsSetup: false }
  })
}
