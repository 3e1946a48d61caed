import type { Producer } from 'mediasoup/types'
import type { Grant } from '../../shared/media/stage.ts'
import type { Offer } from '../../shared/media/span-control.ts'
import type { Legs, RoomLeg } from './legs.ts'
import { setPaused } from './sending.ts'
import type { Sent, SentProducer } from './sent.ts'

/** What is sent at another part of the room. Nothing of it is here before somebody wants it. */
class Guest implements SentProducer {
  readonly id: string
  readonly sent: Sent
  closed = false
  paused = true
  /** The part that it came from, once it has come. */
  from: string | null = null
  readonly #come = Promise.withResolvers<{ producer: Producer; leg: RoomLeg }>()
  #producer: Producer | null = null
  wanted = false

  constructor({ producerId, peerId, source, layers, paused }: Offer, grant: Grant, legs: Legs, onWanted: (producerId: string) => void) {
    this.id = producerId
    this.#come.promise.catch(() => {})
    this.sent = {
      producer: this, peerId, by: peerId, source, layers, pausedByOwner: paused, pausedByHub: grant !== 'yes', told: -1, lowerSince: null,
      bring: async (to) => {
        if (!this.wanted) onWanted(producerId)
        this.wanted = true
        const { producer, leg } = await this.#come.promise
        await legs.bring(producer, leg, to)
      },
    }
  }

  async pause(): Promise<void> {
    this.paused = true
    await this.#producer?.pause()
  }

  async resume(): Promise<void> {
    this.paused = false
    await this.#producer?.resume()
  }

  async arrive(producer: Producer, leg: RoomLeg, from: string): Promise<void> {
    this.#producer = producer
    this.from = from
    await (this.paused ? producer.pause() : producer.resume())
    this.#come.resolve({ producer, leg })
  }

  close(): void {
    this.closed = true
    this.#producer?.close()
    this.#come.reject(new Error('it is not sent any more'))
  }
}

export interface GuestsParts {
  legs: Legs
  grant(one: Pick<Sent, 'peerId' | 'source'>): Grant
  onWanted(producerId: string): void
}

/** What is sent at the other parts of a room. */
export class Guests {
  readonly #parts: GuestsParts
  readonly #guests = new Map<string, Guest>()
  #offers: readonly Offer[] = []

  constructor(parts: GuestsParts) {
    this.#parts = parts
  }

  get all(): Sent[] {
    return [...this.#guests.values()].map(({ sent }) => sent)
  }

  peerOf(producerId: string): string | undefined {
    return this.#guests.get(producerId)?.sent.peerId
  }

  get(producerId: string): Guest | undefined {
    return this.#guests.get(producerId)
  }

  async meet(offers: readonly Offer[]): Promise<void> {
    this.#offers = offers
    const offered = new Set(offers.map(({ producerId }) => producerId))
    for (const producerId of this.#guests.keys()) if (!offered.has(producerId)) this.#drop(producerId)
    for (const offer of offers) {
      const known = this.#guests.get(offer.producerId)
      if (known) known.sent.pausedByOwner = offer.paused
      else this.#add(offer)
    }
    await Promise.all(this.all.map(setPaused))
  }

  /** They are others than before, for whoever received them: they have to come over anew. */
  renew(which: (guest: Pick<Guest, 'from' | 'wanted'>) => boolean): void {
    for (const offer of this.#offers) {
      const known = this.#guests.get(offer.producerId)
      if (!known || !which(known)) continue
      this.#drop(offer.producerId)
      this.#add(offer)
    }
  }

  /** By the plan of now: a voice from elsewhere is silenced here, too, without waiting for the part that it comes from. */
  follow(): Promise<unknown> {
    return Promise.all(this.all.map((sent) => {
      sent.pausedByHub = this.#parts.grant(sent) !== 'yes'
      return setPaused(sent)
    }))
  }

  close(): void {
    for (const producerId of [...this.#guests.keys()]) this.#drop(producerId)
  }

  #add(offer: Offer): void {
    const { legs, grant, onWanted } = this.#parts
    const guest = new Guest(offer, grant(offer), legs, onWanted)
    this.#guests.set(offer.producerId, guest)
    void setPaused(guest.sent)
  }

  #drop(producerId: string): void {
    this.#guests.get(producerId)?.close()
    this.#guests.delete(producerId)
  }
}
