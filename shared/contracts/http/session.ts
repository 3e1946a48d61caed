/** Signing in and out, and one's own password. */
import { Type, type Static } from 'typebox'
import { PersonCard, Role } from './directory.ts'

const closed = { additionalProperties: false } as const

/** Passwords are compared in composed form (NFC), so that any keyboard gives the same one. */
export const Password = Type.String({ minLength: 1, maxLength: 256 })

export const SignIn = Type.Object({
  username: Type.String({ minLength: 1, maxLength: 64 }),
  password: Password,
}, closed)
export type SignIn = Static<typeof SignIn>

/** The person who is signed in, as they see themselves. */
export const SignedInPerson = Type.Object({
  ...PersonCard.properties,
  username: Type.String(),
  roles: Type.Array(Role),
}, closed)
export type SignedInPerson = Static<typeof SignedInPerson>

/** Who is signed in on this browser. */
export const SessionAnswer = Type.Object({
  person: Type.Union([SignedInPerson, Type.Null()]),
  /** Every other request answers `password.mustChange` until the password is changed. */
  mustChangePassword: Type.Boolean(),
  /** There is no account at all: the first administrator is to be made (POST /api/setup). */
  needsSetup: Type.Boolean(),
}, closed)
export type SessionAnswer = Static<typeof SessionAnswer>

export const PasswordChange = Type.Object({ oldPassword: Password, newPassword: Password }, closed)
export type PasswordChange = Static<typeof PasswordChange>

export const Done = Type.Object({}, closed)
export type Done = Static<typeof Done>
