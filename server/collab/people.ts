import { Allowance } from './allowance.ts'
import type { CollabLimits } from './limits.ts'

/** So long whoever sent an update that ends a thread opens no document. */
const shutOutFor = 10 * 60_000

interface Person {
  open: number
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
    return person.open < this.#limits.connectionsPerPerson && person.shutOutUntil < performance.now() && person.openings.take() && person.refusals.take()
  }

  came(personId: string): void {
    const person = this.#of(personId)
    person.open += 1
    person.refusals.giveBack()
  }

  went(personId: string): void {
    this.#of(personId).open -= 1
    this.#forget()
  }

  /** Whether a person may write so many bytes more. */
  mayWrite(personId: string, bytes: number): boolean {
    return this.#of(personId).bytes.take(bytes)
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
    return { open: 0, openings: new Allowance(openings), bytes: new Allowance(changeBytes), refusals: new Allowance(refusals), shutOutUntil: 0 }
  }

  #forget(): void {
    if (this.#people.size < 10_000) return
    const now = performance.now()
    for (const [id, { open, openings, bytes, refusals, shutOutUntil }] of this.#people) if (open === 0 && openings.full && bytes.full && refusals.full && shutOutUntil < now) this.#people.delete(id)
  }
}
