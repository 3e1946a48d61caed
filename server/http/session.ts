import type { FastifyInstance } from 'fastify'
import { Done, PasswordChange, SessionAnswer, SignIn } from '../../shared/contracts/http/session.ts'
import { answers } from '../../shared/contracts/http/refusal.ts'
import type { Audit } from '../audit/audit.ts'
import type { Directory, SignedIn } from '../directory/directory.ts'
import { signedInPerson } from './access.ts'
import { clearSessionCookie, setSessionCookie } from './cookies.ts'
import { isFromThisMachine } from './this-machine.ts'
import type { TypedApp } from './typed-app.ts'

/** Signing in and out, and one's own password. */
export function sessionRoutes(plain: FastifyInstance, directory: Directory, audit: Audit, sessionAbsolute: number): void {
  const app = plain as TypedApp
  const { sessions, passwords, setup, cookieName } = directory

  const answer = async (signedIn: SignedIn | null): Promise<SessionAnswer> => ({
    person: signedIn?.person ?? null,
    mustChangePassword: signedIn?.mustChangePassword ?? false,
    needsSetup: !signedIn && await setup.needed(),
  })

  app.get('/api/session', {
    config: { access: 'anyone' },
    schema: { summary: 'Who is signed in on this browser', response: answers(SessionAnswer) },
  }, request => answer(request.signedIn))

  app.post('/api/session', {
    config: { access: 'anyone' },
    schema: { summary: 'Sign in', body: SignIn, response: answers(SessionAnswer) },
  }, async (request, reply) => {
    const session = await passwords.signIn({ ...request.body, address: request.ip, fromThisMachine: isFromThisMachine(request) })
    // The session that this browser had before, if any, ends: nobody keeps a token that was known before the sign-in.
    if (request.signedIn) await sessions.end(request.signedIn.sessionId)
    setSessionCookie(reply, cookieName, session.token, sessionAbsolute)
    request.log.info({ userId: session.personId }, 'signed in')
    return answer(await directory.sessionOf(`${cookieName}=${session.token}`))
  })

  app.delete('/api/session', {
    config: { access: 'session' },
    schema: { summary: 'Sign out', response: answers(Done) },
  }, async (request, reply) => {
    if (request.signedIn) await sessions.end(request.signedIn.sessionId)
    await audit.record({ what: 'session.signedOut', by: signedInPerson(request).id, address: request.ip })
    clearSessionCookie(reply, cookieName)
    return {}
  })

  app.post('/api/session/password', {
    config: { access: 'session' },
    schema: { summary: 'Change one’s own password; every other session ends', body: PasswordChange, response: answers(Done) },
  }, async request => {
    await passwords.changePassword(signedInPerson(request).id, request.signedIn?.sessionId ?? '', request.body, request.ip)
    return {}
  })
}
