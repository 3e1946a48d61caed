import { Allowance } from './allowance.ts'
import type { CollabLimits } from './limits.ts'

/** So long whoever sent an update that ends a thread opens no document. */
const shutOutFor = 10 * 60_000

interface Person { open: number; refusals: Allowance; shutOutUntil: number }

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
    return person.open < this.#limits.connectionsPerPerson && person.shutOutUntil < performance.now() && person.refusals.take()
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

  shutOut(personId: string): void {
    this.#of(personId).shutOutUntil = performance.now() + shutOutFor
  }

  #of(personId: string): Person {
    let person = this.#people.get(personId)
    if (!person) this.#people.set(personId, (person = { open: 0, refusals: new Allowance(this.#limits.refusals), shutOutUntil: 0 }))
    return person
  }

  #forget(): void {
    if (this.#people.size < 10_000) return
    const now = performance.now()
    for (const [id, { open, refusals, shutOutUntil }] of this.#people) if (open === 0 && refusals.full && shutOutUntil < now) this.#people.delete(id)
  }
}
