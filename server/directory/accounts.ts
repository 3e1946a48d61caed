import { randomUUID } from 'node:crypto'
import type { Account, AccountChange, NewAccount, PersonCard } from '../../shared/contracts/http/directory.ts'
import { Refused } from '../../shared/contracts/refusal.ts'
import { compareByGivenName } from '../../shared/vietnamese/names.ts'
import type { Audit } from '../audit/audit.ts'
import { DuplicateKey } from '../store/port.ts'
import type { Actor } from './actor.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { hashPassword, oneTimePassword, plainUsername } from './passwords.ts'
import type { Places } from './places.ts'
import type { CredentialRecord, DirectoryRecords, PersonRecord } from './records.ts'
import type { Sessions } from './sessions.ts'
import { written } from './written.ts'

/** An account whose password is known: the demo's, or the first administrator's. */
export interface KnownAccount extends NewAccount {
  id?: string
  passwordHash: string
  demoPassword?: boolean
}

export interface Accounts {
  /** Active people, ordered by given name. */
  cards(): Promise<PersonCard[]>
  /** Anybody, active or not; null when unknown. */
  person(id: string): Promise<(PersonRecord & { id: string }) | null>
  all(): Promise<Account[]>
  /** @throws Refused notFound */
  account(id: string): Promise<Account>
  /** True when there is no account at all. */
  none(): Promise<boolean>
  /** True while somebody still has the password that came with the demo. */
  demoPasswordsLeft(): Promise<boolean>
  /** @throws Refused account.usernameTaken | unit.unknown | site.unknown */
  add(account: NewAccount, actor: Actor): Promise<{ account: Account; oneTimePassword: string }>
  addKnown(account: KnownAccount, actor: Actor): Promise<Account>
  /** Losing a role or being deactivated ends the person's sessions. @throws Refused notFound | account.lastAdministrator | … */
  change(id: string, change: AccountChange, actor: Actor): Promise<Account>
}

interface Parts { records: DirectoryRecords; units: Places; sites: Places; sessions: Sessions; audit: Audit; now: () => number }

export function openAccounts({ records: { people, credentials }, units, sites, sessions, audit, now }: Parts): Accounts {
  // Two administrators who remove each other at the same moment must not both succeed.
  const inTurn = oneAtATime()

  async function requirePlaces({ unitId, siteId }: { unitId?: string | null; siteId?: string | null }): Promise<void> {
    if (unitId) await units.require(unitId)
    if (siteId) await sites.require(siteId)
  }

  async function insert(id: string, person: PersonRecord, credential: CredentialRecord, actor: Actor): Promise<Account> {
    await requirePlaces(person)
    const taken = (error: unknown) =>
      error instanceof DuplicateKey ? new Refused('account.usernameTaken', { username: person.username }) : error
    // The credential first: alone it is invisible and harmless (directory.ts sweeps it), while a person without one could
    // be seen but never sign in. Inserted, not put: a second setup must never overwrite the first administrator's password.
    await credentials.insert(id, credential).catch(error => { throw taken(error) })
    try {
      await people.insert(id, person)
    } catch (error) {
      await credentials.remove(id)
      throw taken(error)
    }
    await audit.record({ what: 'account.added', about: id, ...actor, details: { roles: person.roles.join(' ') } })
    return accountOf(id, person, credential)
  }

  const personOf = ({ name, position, unitId, siteId, username, roles }: NewAccount): PersonRecord =>
    ({ ...written({ name, position }), unitId, siteId, username: plainUsername(username), roles, active: true })

  async function keepAnAdministrator(id: string, after: PersonRecord): Promise<void> {
    if (after.active && after.roles.includes('administrator')) return
    const others = (await people.find({})).filter(({ id: other, value }) =>
      other !== id && value.active && value.roles.includes('administrator'))
    if (others.length === 0) throw new Refused('account.lastAdministrator')
  }

  return {
    async cards() {
      return (await people.find({})).filter(({ value }) => value.active)
        .map(({ id, value: { name, position, unitId, siteId } }) => ({ id, name, position, unitId, siteId }))
        .sort((a, b) => compareByGivenName(a.name, b.name))
    },
    async person(id) {
      const found = await people.get(id)
      return found && { id, ...found.value }
    },
    async all() {
      const kept = new Map((await credentials.find({})).map(({ id, value }) => [id, value]))
      return (await people.find({})).map(({ id, value }) => accountOf(id, value, kept.get(id)))
        .sort((a, b) => compareByGivenName(a.name, b.name))
    },
    async account(id) {
      const person = await people.get(id)
      if (!person) throw new Refused('notFound')
      return accountOf(id, person.value, (await credentials.get(id))?.value)
    },
    async none() {
      return (await people.find({}, { limit: 1 })).length === 0
    },
    async demoPasswordsLeft() {
      return (await credentials.find({})).some(({ value }) => value.demoPassword)
    },
    async add(given, actor) {
      const password = oneTimePassword()
      const credential = { hash: await hashPassword(password), demoPassword: false, mustChange: true, changedAt: now() }
      return { account: await insert(randomUUID(), personOf(given), credential, actor), oneTimePassword: password }
    },
    addKnown({ id = randomUUID(), passwordHash, demoPassword = false, ...given }, actor) {
      return insert(id, personOf(given), { hash: passwordHash, demoPassword, mustChange: false, changedAt: now() }, actor)
    },
    change: (id, change, actor) => inTurn(async () => {
      const old = await people.get(id)
      if (!old) throw new Refused('notFound')
      const person = { ...old.value, ...written(change) }
      await requirePlaces(change)
      if (old.value.active && old.value.roles.includes('administrator')) await keepAnAdministrator(id, person)
      await people.replace(id, old.version, person)
      const lost = old.value.roles.some(role => !person.roles.includes(role)) || (old.value.active && !person.active)
      if (lost) await sessions.endAllOf(id)
      for (const entry of changesOf(old.value, person, change)) await audit.record({ about: id, ...actor, ...entry })
      return accountOf(id, person, (await credentials.get(id))?.value)
    }),
  }
}

function accountOf(id: string, person: PersonRecord, credential: CredentialRecord | undefined): Account {
  return {
    id, ...person,
    mustChangePassword: credential?.mustChange ?? false,
    demoPassword: credential?.demoPassword ?? false,
  }
}

/** One change may be several acts: each has its own line in the audit record. */
function changesOf(old: PersonRecord, person: PersonRecord, change: AccountChange) {
  const rights = old.roles.toSorted().join(' ') !== person.roles.toSorted().join(' ')
  const fields = Object.keys(change).filter(name => name !== 'roles' && name !== 'active').sort().join(' ')
  return [
    ...(rights ? [{ what: 'rights.changed' as const, details: { from: old.roles.join(' '), to: person.roles.join(' ') } }] : []),
    ...(old.active && !person.active ? [{ what: 'account.deactivated' as const }] : []),
    ...(!old.active && person.active ? [{ what: 'account.reactivated' as const }] : []),
    ...(fields ? [{ what: 'account.changed' as const, details: { fields } }] : []),
  ]
}
