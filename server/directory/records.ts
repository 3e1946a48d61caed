import type { OrganisationRole } from '../../shared/permissions/organisation.ts'
import type { Collection, Records } from '../store/port.ts'

export interface PersonRecord {
  name: string
  position: string
  unitId: string | null
  siteId: string | null
  /** Lower case. */
  username: string
  roles: OrganisationRole[]
  active: boolean
}

/** Apart from the person, so that no reading of people can ever leak a hash. Its id is the person's. */
export interface CredentialRecord {
  /** argon2id in PHC form. */
  hash: string
  /** Still the password that came with the demo. */
  demoPassword: boolean
  /** A one-time password: to be changed at the next sign-in. */
  mustChange: boolean
  changedAt: number
}

/** An office (unit) or a remote place (site). */
export interface PlaceRecord {
  name: string
  shortName: string
  order: number
}

/** Its id is the SHA-256 of the token in the cookie: whoever reads the store cannot sign in with it. */
export interface SessionRecord {
  personId: string
  createdAt: number
  lastSeenAt: number
  address: string
}

export interface DirectoryRecords {
  people: Collection<PersonRecord>
  credentials: Collection<CredentialRecord>
  units: Collection<PlaceRecord>
  sites: Collection<PlaceRecord>
  sessions: Collection<SessionRecord>
}

export async function openDirectoryRecords(records: Records): Promise<DirectoryRecords> {
  return {
    people: await records.collection<PersonRecord>({ name: 'people', unique: ['username'], indexes: ['username'] }),
    credentials: await records.collection<CredentialRecord>({ name: 'credentials' }),
    units: await records.collection<PlaceRecord>({ name: 'units', unique: ['name'], indexes: ['order'] }),
    sites: await records.collection<PlaceRecord>({ name: 'sites', unique: ['name'], indexes: ['order'] }),
    sessions: await records.collection<SessionRecord>({ name: 'sessions', indexes: ['personId', 'createdAt', 'lastSeenAt'] }),
  }
}
