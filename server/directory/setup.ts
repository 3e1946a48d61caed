import { createHash, randomInt, timingSafeEqual } from 'node:crypto'
import type { Account } from '../../shared/contracts/http/directory.ts'
import type { Setup } from '../../shared/contracts/http/setup.ts'
import { Refused } from '../../shared/contracts/refusal.ts'
import type { Accounts } from './accounts.ts'
import type { Attempts } from './attempts.ts'
import { hashPassword, passwordRefusal, plainUsername } from './passwords.ts'

/** Makes the first administrator of an empty hub. */
export interface FirstSetup {
  /** Printed at start while there is no account; lets the page be used from another machine. */
  readonly code: string
  needed(): Promise<boolean>
  /** @throws Refused setup.done | setup.fromElsewhere | password.* */
  run(setup: Setup, from: { address: string; thisMachine: boolean }): Promise<Account>
}

/** A fixed id: of two first administrators made at the same moment the store refuses the second. */
const firstAdministrator = 'first-administrator'

const digest = (text: string) => createHash('sha256').update(text).digest()

export function openFirstSetup(accounts: Accounts, attempts: Attempts): FirstSetup {
  const code = String(randomInt(100_000_000)).padStart(8, '0')
  let done = false

  async function needed(): Promise<boolean> {
    if (!done) done = !(await accounts.none())
    return !done
  }

  function requireCode(given: string | undefined, address: string): void {
    const attempt = attempts.begin('set-up code', address)
    if (given !== undefined && timingSafeEqual(digest(given.trim()), digest(code))) return attempt.succeeded()
    attempt.failed()
    throw new Refused('setup.fromElsewhere')
  }

  return {
    code,
    needed,
    async run({ name, position, username: typed, password, code: given }, { address, thisMachine }) {
      if (!(await needed())) throw new Refused('setup.done')
      if (!thisMachine) requireCode(given, address)
      const username = plainUsername(typed)
      const reason = passwordRefusal(password, username)
      if (reason) throw new Refused(reason.code, reason.params)
      const passwordHash = await hashPassword(password)
      const person = { name, position, unitId: null, siteId: null, username, roles: ['administrator' as const, 'office' as const] }
      try {
        return await accounts.addKnown({ id: firstAdministrator, ...person, passwordHash }, { by: firstAdministrator, address })
      } catch (error) {
        if (error instanceof Refused && error.refusal.code === 'account.usernameTaken') throw new Refused('setup.done')
        throw error
      }
    },
  }
}
