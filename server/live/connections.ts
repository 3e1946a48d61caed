import type { Connections } from '../../shared/meeting/attendance/connections.ts'

/** Once a second at most: a hall that joins at once must not cost a message a person. */
const interval = 1000

export interface WatchParts {
  now: () => number
  /** Milliseconds that a lost connection is passed over, by the meeting's rules of the moment. */
  grace: () => number
  /** Whether somebody still takes part: who has left the meeting is not missed. */
  takesPart: (personId: string) => boolean
  /** Told when `value` has changed, coalesced. */
  send: () => void
}

interface Person {
  screens: number
  /** When the last screen went away. */
  goneAt: number
}

/**
 * Counts the screens of each participant (walls are nobody's) and tells who cannot be reached. A measured signal in memory: it never
 * touches declared presence, and is forgotten when the last screen of the meeting closes.
 */
export class ConnectionWatch {
  readonly #parts: WatchParts
  readonly #people = new Map<string, Person>()
  #sending: NodeJS.Timeout | null = null
  #expiring: NodeJS.Timeout | null = null
  #expiresAt = 0

  constructor(parts: WatchParts) {
    this.#parts = parts
  }

  came(personId: string): void {
    const person = this.#people.get(personId)
    const wasConnected = person !== undefined && this.#isConnected(person)
    this.#people.set(personId, { screens: (person?.screens ?? 0) + 1, goneAt: 0 })
    if (!wasConnected) this.#changed()
  }

  went(personId: string): void {
    const person = this.#people.get(personId)
    if (!person || person.screens === 0) return
    person.screens -= 1
    if (person.screens > 0) return
    person.goneAt = this.#parts.now()
    this.#expect(person.goneAt + this.#parts.grace())
  }

  /** The rules or the people have changed: grace times are counted anew. */
  reconsider(): void {
    for (const { screens, goneAt } of this.#people.values()) if (screens === 0) this.#expect(goneAt + this.#parts.grace())
    this.#changed()
  }

  value(): Connections {
    const value: Connections = { connected: [], lost: [] }
    for (const [personId, person] of this.#people) {
      if (!this.#parts.takesPart(personId)) continue
      if (this.#isConnected(person)) value.connected.push(personId)
      else value.lost.push({ personId, since: person.goneAt })
    }
    return value
  }

  close(): void {
    if (this.#sending) clearTimeout(this.#sending)
    if (this.#expiring) clearTimeout(this.#expiring)
    this.#sending = this.#expiring = null
  }

  #isConnected({ screens, goneAt }: Person): boolean {
    return screens > 0 || this.#parts.now() < goneAt + this.#parts.grace()
  }

  /** One timer, for the grace time that ends first; those that end later are found when it fires. */
  #expect(at: number): void {
    if (this.#expiring && this.#expiresAt <= at) return
    if (this.#expiring) clearTimeout(this.#expiring)
    this.#expiresAt = at
    this.#expiring = setTimeout(() => this.#expire(), Math.max(0, at - this.#parts.now()))
    this.#expiring.unref()
  }

  #expire(): void {
    this.#expiring = null
    const now = this.#parts.now()
    const later = [...this.#people.values()].filter(({ screens }) => screens === 0).map(({ goneAt }) => goneAt + this.#parts.grace()).filter((at) => at > now)
    if (later.length > 0) this.#expect(Math.min(...later))
    this.#changed()
  }

  #changed(): void {
    if (this.#sending) return
    this.#sending = setTimeout(() => {
      this.#sending = null
      this.#parts.send()
    }, interval)
    this.#sending.unref()
  }
}
