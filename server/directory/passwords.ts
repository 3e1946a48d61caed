import { randomBytes, randomInt } from 'node:crypto'
import { hash, verify } from '@node-rs/argon2'
import { refusal, type Refusal } from '../../shared/contracts/refusal.ts'
import { commonPasswords } from './common-passwords.ts'
import { inTurns } from './turns.ts'

export const shortestPassword = 8
export const longestPassword = 200

/** OWASP's recommendation for argon2id; about 30 ms on one core, on libuv's threads and not on the hub's. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** Composed form: "mật khẩu" typed on a Mac (decomposed) and on a tablet (composed) is one password. */
const composed = (password: string) => password.normalize('NFC')

export const hashPassword = (password: string): Promise<string> => hash(composed(password), cost)

/** Two of libuv's four threads; a hundred people signing in at once wait a second or two. */
const check = inTurns(2, 500)

let nobody: Promise<string> | undefined

/** True when the password is right. With no hash (no such account) it takes the same time and is false. */
export async function passwordMatches(storedHash: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword(randomBytes(16).toString('hex'))
  const known = storedHash ?? await nobody
  const right = await check(() => verify(known, composed(password)))
  return right && storedHash !== null
}

/** What is wrong with a password that somebody chose, or null. */
export function passwordRefusal(password: string, username: string): Refusal | null {
  const letters = [...composed(password)]
  if (letters.length < shortestPassword) return refusal('password.tooShort', { length: shortestPassword })
  if (letters.length > longestPassword) return refusal('password.tooLong', { length: longestPassword })
  const plain = composed(password).toLowerCase()
  if (username.length >= 3 && plain.includes(username.toLowerCase())) return refusal('password.holdsUsername')
  if (commonPasswords.has(plain) || new Set(letters).size < 4) return refusal('password.common')
  return null
}

/** Letters and digits that nobody confuses when they are read aloud or copied from paper. */
const clearLetters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Three groups of four, 59 bits. */
export function oneTimePassword(): string {
  const group = () => Array.from({ length: 4 }, () => clearLetters[randomInt(clearLetters.length)]).join('')
  return [group(), group(), group()].join('-')
}

/** People type capitals and spaces on tablets; a user name has neither. */
export const plainUsername = (typed: string): string => typed.trim().toLowerCase()
