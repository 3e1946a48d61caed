import { Refused } from '../../shared/contracts/refusal.ts'
import type { Audit } from '../audit/audit.ts'
import type { Actor } from './actor.ts'
import type { Attempts } from './attempts.ts'
import { hashPassword, oneTimePassword, passwordMatches, passwordRefusal, plainUsername } from './passwords.ts'
import type { DirectoryRecords } from './records.ts'
import type { Sessions } from './sessions.ts'

export interface SignInRequest {
  username: string
  password: string
  address: string
  /** Whether the request surely comes from the hub's own machine: only there do demo passwords work. */
  fromThisMachine: boolean
}

/** Everything that needs a password. */
export interface SignIn {
  /** A new session and its token for the cookie. @throws Refused session.wrongPassword | tooManyAttempts | demoFromElsewhere */
  signIn(request: SignInRequest): Promise<{ sessionId: string; token: string; personId: string }>
  /** The owner's own change; all other sessions end. @throws Refused password.* | session.tooManyAttempts */
  changePassword(personId: string, sessionId: string, change: { oldPassword: string; newPassword: string }, address: string): Promise<void>
  /** By an administrator: a one-time password, shown once; all sessions end. @throws Refused notFound */
  resetPassword(personId: string, actor: Actor): Promise<string>
}

interface Parts { records: DirectoryRecords; sessions: Sessions; attempts: Attempts; audit: Audit; now: () => number }

export function openSignIn({ records: { people, credentials }, sessions, attempts, audit, now }: Parts): SignIn {
  return {
    async signIn({ username: typed, password, address, fromThisMachine }) {
      const username = plainUsername(typed)
      const attempt = attempts.begin(username, address)
      const [person] = await people.find({ username })
      const credential = person && await credentials.get(person.id)
      // One answer and one duration for "no such account", "deactivated" and "wrong password".
      const right = await passwordMatches(credential?.value.hash ?? null, password)
      if (!person || !credential || !right || !person.value.active) {
        attempt.failed()
        // A name that is no account is not written down: people type their password into the wrong field.
        await audit.record({ what: 'session.refused', by: null, about: person?.id ?? null, address })
        throw new Refused('session.wrongPassword')
      }
      attempt.succeeded()
      if (credential.value.demoPassword && !fromThisMachine) {
        await audit.record({ what: 'session.refused', by: null, about: person.id, address, details: { demoPassword: true } })
        throw new Refused('session.demoFromElsewhere')
      }
      const session = await sessions.begin(person.id, address)
      // Changed while it was checked: what ended the person's sessions could not see this one yet.
      if ((await credentials.get(person.id))?.version !== credential.version) {
        await sessions.end(session.sessionId)
        throw new Refused('session.wrongPassword')
      }
      await audit.record({ what: 'session.signedIn', by: person.id, address })
      return { ...session, personId: person.id }
    },

    async changePassword(personId, sessionId, { oldPassword, newPassword }, address) {
      const [person, credential] = [await people.get(personId), await credentials.get(personId)]
      if (!person || !credential) throw new Refused('session.required')
      // Counted like a sign-in, or a borrowed tablet would be a place to guess passwords in peace.
      const attempt = attempts.begin(person.value.username, address)
      if (!(await passwordMatches(credential.value.hash, oldPassword))) {
        attempt.failed()
        throw new Refused('password.oldWrong')
      }
      attempt.succeeded()
      const reason = passwordRefusal(newPassword, person.value.username)
      if (reason) throw new Refused(reason.code, reason.params)
      if (await passwordMatches(credential.value.hash, newPassword)) throw new Refused('password.same')
      const hash = await hashPassword(newPassword)
      await credentials.replace(personId, credential.version, { hash, demoPassword: false, mustChange: false, changedAt: now() })
      await sessions.endAllOf(personId, sessionId)
      await audit.record({ what: 'password.changed', by: personId, about: personId, address })
    },

    async resetPassword(personId, actor) {
      if (!(await people.get(personId))) throw new Refused('notFound')
      const password = oneTimePassword()
      const hash = await hashPassword(password)
      await credentials.put(personId, { hash, demoPassword: false, mustChange: true, changedAt: now() })
      await sessions.endAllOf(personId)
      await audit.record({ what: 'password.reset', about: personId, ...actor })
      return password
    },
  }
}
