import type { Logger } from 'pino'
import type { SignedInPerson } from '../../shared/contracts/http/session.ts'
import type { Audit } from '../audit/audit.ts'
import type { Store } from '../store/port.ts'
import { openAccounts, type Accounts } from './accounts.ts'
import { Attempts } from './attempts.ts'
import { tokenIn } from './cookie.ts'
import { openPlaces, type Places } from './places.ts'
import { openDirectoryRecords } from './records.ts'
import { openSessions, type SessionLimits, type Sessions } from './sessions.ts'
import { openFirstSetup, type FirstSetup } from './setup.ts'
import { openSignIn, type SignIn } from './sign-in.ts'

/** Somebody who is signed in. */
export interface SignedIn {
  sessionId: string
  person: SignedInPerson
  /** A one-time password, or a demo password on a hub that others can reach. */
  mustChangePassword: boolean
}

/** People, accounts, units, sites and sessions. */
export interface Directory {
  readonly accounts: Accounts
  readonly units: Places
  readonly sites: Places
  readonly sessions: Sessions
  readonly passwords: SignIn
  readonly setup: FirstSetup
  /** Name of the session cookie. */
  readonly cookieName: string
  /** The session behind a Cookie header, its password still to be changed or not; null when there is none. For server/http. */
  sessionOf(cookieHeader: string | undefined): Promise<SignedIn | null>
  /** Who may act, by the Cookie header of a request or an upgrade; null also while the password must be changed. For every other edge. */
  authenticate(cookieHeader: string | undefined): Promise<{ sessionId: string; person: SignedInPerson } | null>
  close(): void
}

export interface DirectoryOptions {
  store: Store
  audit: Audit
  log: Logger
  sessionLimits: SessionLimits
  secureCookies: boolean
  /** The hub listens wider than its own machine: demo passwords must be changed before anything else. */
  reachable: boolean
  now?: () => number
}

export async function openDirectory(options: DirectoryOptions): Promise<Directory> {
  const { store, audit, log, now = Date.now } = options
  const records = await openDirectoryRecords(store.records)
  await sweepCredentials(records)
  const attempts = new Attempts(now)
  const sessions = openSessions(records.sessions, options.sessionLimits, log, now)
  const units = openPlaces(records.units, audit,
    { unknown: 'unit.unknown', nameTaken: 'unit.nameTaken', added: 'unit.added', changed: 'unit.changed' })
  const sites = openPlaces(records.sites, audit,
    { unknown: 'site.unknown', nameTaken: 'site.nameTaken', added: 'site.added', changed: 'site.changed' })
  const accounts = openAccounts({ records, units, sites, sessions, audit, now })
  const passwords = openSignIn({ records, sessions, attempts, audit, now })
  const cookieName = options.secureCookies ? '__Host-giaoban' : 'giaoban'

  async function sessionOf(cookieHeader: string | undefined): Promise<SignedIn | null> {
    const token = tokenIn(cookieHeader, cookieName)
    const session = token === null ? null : await sessions.find(token)
    if (!session) return null
    const [person, credential] = await Promise.all([records.people.get(session.personId), records.credentials.get(session.personId)])
    if (!person?.value.active || !credential) return null
    const { active: _active, ...shown } = person.value
    const { mustChange, demoPassword } = credential.value
    return {
      sessionId: session.sessionId,
      person: { id: person.id, ...shown },
      mustChangePassword: mustChange || (demoPassword && options.reachable),
    }
  }

  const sweeping = setInterval(() => {
    sessions.sweep().catch(error => log.error({ err: error }, 'expired sessions could not be swept'))
  }, 60_000)
  sweeping.unref()

  return {
    accounts, units, sites, sessions, passwords, cookieName, sessionOf,
    setup: openFirstSetup(accounts, attempts),
    async authenticate(cookieHeader) {
      const signedIn = await sessionOf(cookieHeader)
      return signedIn && !signedIn.mustChangePassword ? { sessionId: signedIn.sessionId, person: signedIn.person } : null
    },
    close: () => clearInterval(sweeping),
  }
}

/** A crash between writing a credential and its person leaves the credential alone. */
async function sweepCredentials({ people, credentials }: Awaited<ReturnType<typeof openDirectoryRecords>>): Promise<void> {
  const known = new Set((await people.find({})).map(({ id }) => id))
  for (const { id } of await credentials.find({})) if (!known.has(id)) await credentials.remove(id)
}
