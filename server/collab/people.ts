import { Allowance } from './allowance.ts'
import type { CollabLimits } from './limits.ts'

/** So long whoever sent an update that ends a thread opens no document. */
const shutOutFor = 10 * 60_000

/** A connection that can be made to wait. */
interface Resting { rest(ms: number): void }

interface Person {
  open: Set<Resting>
  /** Documents asked for, bytes written: on all connections, or a new one would be a fresh start. */
  openings: Allowance
  bytes: Allowance
  refusals: Allowance
  shutOutUntil: number
}

/** What each person has open and has been refused, on all screens together. */
export class People {
  readonly #limits: CollabLimits
  readonly #people = new Map<string, Person>()

  constructor(limits: CollabLimits) {
    this.#limits = limits
  }

  /** Whether a name may be looked up for a person: it counts as refused until he is let in, so that a thousand at once are as many as one after the other. */
  mayAsk(personId: string): boolean {
    const person = this.#of(personId)
    return person.open.size < this.#limits.connectionsPerPerson && person.shutOutUntil < performance.now() && person.openings.take() && person.refusals.take()
  }

  came(personId: string, connection: Resting): void {
    const person = this.#of(personId)
    person.open.add(connection)
    person.refusals.giveBack()
    const owed = person.bytes.owe(0)
    if (owed > 0) connection.rest(owed)
  }

  went(personId: string, connection: Resting): void {
    this.#of(personId).open.delete(connection)
    this.#forget()
  }

  /**
   * A person has written so many bytes. Who writes more than is his is not read on, on any screen, until the time has come for it; false when he has
   * managed to write far more all the same.
   */
  wrote(personId: string, bytes: number): boolean {
    const person = this.#of(personId)
    const owed = person.bytes.owe(bytes)
    if (owed > 0) for (const connection of person.open) connection.rest(owed)
    const { burst, perSecond } = this.#limits.changeBytes
    return owed <= (burst / perSecond) * 1000
  }

  shutOut(personId: string): void {
    this.#of(personId).shutOutUntil = performance.now() + shutOutFor
  }

  #of(personId: string): Person {
    let person = this.#people.get(personId)
    if (!person) this.#people.set(personId, (person = this.#unknown()))
    return person
  }

  #unknown(): Person {
    const { openings, changeBytes, refusals } = this.#limits
    return { open: new Set(), openings: new Allowance(openings), bytes: new Allowance(changeBytes), refusals: new Allowance(refusals), shutOutUntil: 0 }
  }

  #forget(): void {
    if (this.#people.size < 10_000) return
    const now = performance.now()
    for (const [id, { open, openings, bytes, refusals, shutOutUntil }] of this.#people) if (open.size === 0 && openings.full && bytes.full && refusals.full && shutOutUntil < now) this.#people.delete(id)
  }
}
