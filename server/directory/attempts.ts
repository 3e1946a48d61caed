import { Refused } from '../../shared/contracts/refusal.ts'

interface Failures { count: number; blockedUntil: number; lastAt: number }

/**
 * Wrong attempts before the first wait. One account from one address: a person at a tablet. One account from anywhere is
 * looser, so that a prankster at another tablet cannot lock the chair out with five taps; so is one address with any
 * account, because a whole building may stand behind it.
 */
const allowed = { accountHere: 5, account: 30, address: 40 }
const firstWait = 15_000
const longestWait = 15 * 60_000
const forgottenAfter = 60 * 60_000

/**
 * Slows guessing down: 15 s of waiting after the last allowed wrong password, then twice as long each time up to 15 minutes.
 * Names that do not exist are counted alike, so that waiting tells nothing about them. In memory and bounded.
 */
export class Attempts {
  readonly #failures = new Map<string, Failures>()
  readonly #now: () => number
  readonly #limit: number

  constructor(now: () => number = Date.now, limit = 30_000) {
    this.#now = now
    this.#limit = limit
  }

  /**
   * Asked before the password is checked; the account's attempt is taken at once, so that a thousand guesses sent together
   * do not all slip through. The address pays only for a wrong password: three hundred tablets may sign in together.
   * @throws Refused session.tooManyAttempts with the seconds to wait
   */
  begin(username: string, address: string): { succeeded(): void; failed(): void } {
    const keys = { accountHere: `${username} from ${address}`, account: username, address: `from ${address}` }
    const now = this.#now()
    const wait = Math.max(...Object.values(keys).map(key => (this.#failures.get(key)?.blockedUntil ?? 0) - now))
    if (wait > 0) throw new Refused('session.tooManyAttempts', { seconds: Math.ceil(wait / 1000) })
    this.#count(keys.accountHere, allowed.accountHere, now)
    this.#count(keys.account, allowed.account, now)
    return {
      succeeded: () => {
        this.#failures.delete(keys.accountHere)
        this.#failures.delete(keys.account)
      },
      failed: () => this.#count(keys.address, allowed.address, this.#now()),
    }
  }

  /** How many keys are remembered. */
  get size(): number {
    return this.#failures.size
  }

  #count(key: string, limit: number, now: number): void {
    const old = this.#failures.get(key)
    const count = (old && now - old.lastAt < forgottenAfter ? old.count : 0) + 1
    const over = count - limit
    const blockedUntil = over < 0 ? 0 : now + Math.min(longestWait, firstWait * 2 ** Math.min(over, 10))
    // Deleting first keeps the map in order of use: the oldest is the one to drop when it is full.
    this.#failures.delete(key)
    this.#failures.set(key, { count, blockedUntil, lastAt: now })
    if (this.#failures.size <= this.#limit) return
    const oldest = this.#failures.keys().next().value
    if (oldest !== undefined) this.#failures.delete(oldest)
  }
}
