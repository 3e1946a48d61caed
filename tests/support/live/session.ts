import type { TestHub } from '../hub.ts'

/** A session without a password, for tests that begin after the sign-in: argon2 is slow on purpose. */
export async function sessionFor({ hub: { directory } }: TestHub, personId: string): Promise<{ cookie: string; sessionId: string }> {
  const { token, sessionId } = await directory.sessions.begin(personId, '127.0.0.1')
  return { cookie: `${directory.cookieName}=${token}`, sessionId }
}
