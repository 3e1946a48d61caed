/** People, accounts, units, sites and the audit record, as HTTP bodies and answers. */
import { Type, type Static } from 'typebox'
import { Id, Line, OptionalLine } from '../fields.ts'

const closed = { additionalProperties: false } as const

export const Role = Type.Union([Type.Literal('administrator'), Type.Literal('office')])

/** Lower case Latin letters, digits, dot, dash, underscore; what a person types is lower-cased first. */
export const Username = Type.String({ minLength: 2, maxLength: 64, pattern: '^[A-Za-z0-9][A-Za-z0-9._-]*$' })

const personFields = {
  name: Line(120),
  /** Chức vụ, as it is printed under the name. */
  position: OptionalLine(200),
  unitId: Type.Union([Id, Type.Null()]),
  /** The site (điểm cầu) where the person usually sits; null is the main room. */
  siteId: Type.Union([Id, Type.Null()]),
}

/** What every signed-in person may know of a colleague. */
export const PersonCard = Type.Object({ id: Id, ...personFields }, closed)
export type PersonCard = Static<typeof PersonCard>

export const PeopleAnswer = Type.Object({ people: Type.Array(PersonCard) }, closed)
export type PeopleAnswer = Static<typeof PeopleAnswer>

const unitFields = {
  name: Line(200),
  /** Tên viết tắt, such as "STC"; may be empty. */
  shortName: OptionalLine(40),
  /** Place in lists, from 0; official order is not alphabetical. */
  order: Type.Integer({ minimum: 0, maximum: 100_000 }),
}

/** An office, department or commune. */
export const Unit = Type.Object({ id: Id, ...unitFields }, closed)
export type Unit = Static<typeof Unit>
export const NewUnit = Type.Object(unitFields, closed)
export type NewUnit = Static<typeof NewUnit>
export const UnitChange = Type.Partial(NewUnit, { ...closed, minProperties: 1 })
export type UnitChange = Static<typeof UnitChange>
export const UnitsAnswer = Type.Object({ units: Type.Array(Unit) }, closed)
export type UnitsAnswer = Static<typeof UnitsAnswer>

/** A place that takes part in meetings from afar: điểm cầu. */
export const Site = Type.Object({ id: Id, ...unitFields }, closed)
export type Site = Static<typeof Site>
export const NewSite = Type.Object(unitFields, closed)
export type NewSite = Static<typeof NewSite>
export const SiteChange = Type.Partial(NewSite, { ...closed, minProperties: 1 })
export type SiteChange = Static<typeof SiteChange>
export const SitesAnswer = Type.Object({ sites: Type.Array(Site) }, closed)
export type SitesAnswer = Static<typeof SitesAnswer>

const roles = Type.Array(Role, { uniqueItems: true, maxItems: 2 })

/** A person as the administrator sees them. */
export const Account = Type.Object({
  id: Id,
  ...personFields,
  username: Username,
  roles,
  active: Type.Boolean(),
  /** The next sign-in asks for a new password first. */
  mustChangePassword: Type.Boolean(),
  /** Still has the password that came with the demo. */
  demoPassword: Type.Boolean(),
}, closed)
export type Account = Static<typeof Account>
export const AccountsAnswer = Type.Object({ accounts: Type.Array(Account) }, closed)
export type AccountsAnswer = Static<typeof AccountsAnswer>

export const NewAccount = Type.Object({ ...personFields, username: Username, roles }, closed)
export type NewAccount = Static<typeof NewAccount>

/** A new or reset account with its one-time password, which is shown once and kept nowhere. */
export const AccountWithPassword = Type.Object({ account: Account, oneTimePassword: Type.String() }, closed)
export type AccountWithPassword = Static<typeof AccountWithPassword>

export const AccountChange = Type.Partial(
  Type.Object({ ...personFields, roles, active: Type.Boolean() }),
  { ...closed, minProperties: 1 },
)
export type AccountChange = Static<typeof AccountChange>

export const IdParams = Type.Object({ id: Id }, closed)

export const AuditQuery = Type.Object({
  /** Entries older than this seq; default: the newest. */
  before: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,11}$' })),
}, closed)

/** One line of the audit record. `details` differs by `what` and never holds a secret. */
export const AuditEntry = Type.Object({
  seq: Type.Integer(),
  /** Milliseconds since the epoch. */
  at: Type.Integer(),
  what: Type.String(),
  by: Type.Union([Id, Type.Null()]),
  about: Type.Union([Type.String(), Type.Null()]),
  address: Type.Union([Type.String(), Type.Null()]),
  meetingId: Type.Union([Id, Type.Null()]),
  details: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
}, closed)
export type AuditEntry = Static<typeof AuditEntry>

/** Newest first; `before` asks for the next page, null when there is none. */
export const AuditAnswer = Type.Object({
  entries: Type.Array(AuditEntry),
  before: Type.Union([Type.Integer(), Type.Null()]),
}, closed)
export type AuditAnswer = Static<typeof AuditAnswer>
