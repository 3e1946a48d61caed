import { Refused } from '../../shared/contracts/refusal.ts'
import type { Served } from '../../shared/media/ladder.ts'
import type { Grant } from '../../shared/media/stage.ts'
import type { Lent, Offer, PipeEnd, SpanControl, SpanListener } from '../../shared/media/span-control.ts'
import { Guests } from './guests.ts'
import type { Legs } from './legs.ts'
import { Pipes, type PipeSettings } from './pipes.ts'
import { tellLayersTaken } from './sending.ts'
import { isVoice, type OwnSent, type Sent } from './sent.ts'

export interface SpanParts {
  pipe: PipeSettings
  listener: SpanListener
  legs: Legs
  grant(one: Pick<Sent, 'peerId' | 'source'>): Grant
  /** Of what is sent here. */
  own(producerId: string): OwnSent | undefined
  /** Guests are others than before. */
  onGuests(): void
  /** What is taken elsewhere is another than before. */
  onTaken(): void
}

/** What one part of a room has to do with its other parts. */
export class Span implements SpanControl {
  readonly #parts: SpanParts
  readonly #guests: Guests
  readonly #pipes: Pipes
  /** By other part and producer. */
  readonly #taken = new Map<string, Map<string, number>>()

  constructor(parts: SpanParts) {
    this.#parts = parts
    const { legs, grant, listener, pipe } = parts
    this.#guests = new Guests({ legs, grant, onWanted: (producerId) => listener.wanted(producerId) })
    this.#pipes = new Pipes(pipe, (other) => {
      this.#forget(other)
      listener.pipeLost(other)
    })
  }

  /** What is sent elsewhere. */
  get guests(): Sent[] {
    return this.#guests.all
  }

  peerOf(producerId: string): string | undefined {
    return this.#guests.peerOf(producerId)
  }

  /** What receivers elsewhere take of what is sent here. */
  get asked(): Pick<Served, 'taken'>[] {
    return [...this.#taken.values()].map((taken) => ({
      taken: [...taken].flatMap(([producerId, highest]) => {
        const layer = this.#parts.own(producerId)?.layers.findLast(({ spatial }) => spatial <= highest)
        return highest < 0 || !layer ? [] : [{ producerId, layer }]
      }),
    }))
  }

  /** The plan is another. */
  follow(): Promise<unknown> {
    return this.#guests.follow()
  }

  /** `served`: what receivers here take. */
  tellTaken(served: readonly Pick<Served, 'taken'>[], now: number): void {
    tellLayersTaken(this.guests, served, now, (_peerId, _event, ...[message]) => {
      const { producerId, highest } = message as { producerId: string; highest: number }
      this.#parts.listener.taken(producerId, highest)
    })
  }

  async meet(offers: readonly Offer[]): Promise<void> {
    const met = this.#guests.meet(offers)
    this.#parts.onGuests()
    await met
  }

  async openPipe(other: string): Promise<PipeEnd> {
    const leg = this.#parts.legs.first
    if (!leg) throw new Refused('media.unknown')
    return this.#pipes.open(other, leg)
  }

  connectPipe(other: string, end: PipeEnd): Promise<void> {
    return this.#pipes.connect(other, end)
  }

  async closePipe(other: string): Promise<void> {
    this.#pipes.close(other)
    this.#forget(other)
  }

  async lend(producerId: string, other: string): Promise<Lent> {
    const sent = this.#parts.own(producerId)
    if (!sent) throw new Refused('media.unknown')
    await sent.bring(this.#pipes.leg(other))
    return this.#pipes.lend(other, producerId, () => !isVoice(sent.source) && (this.#taken.get(other)?.get(producerId) ?? -1) < 0)
  }

  async borrow(producerId: string, other: string, lent: Lent): Promise<void> {
    const guest = this.#guests.get(producerId)
    if (!guest) throw new Refused('media.unknown')
    if (guest.from === other) return
    const leg = this.#pipes.leg(other)
    const producer = await this.#pipes.borrow(other, producerId, lent)
    // It ended meanwhile, or was asked for anew.
    if (this.#guests.get(producerId) !== guest) return producer.close()
    await guest.arrive(producer, leg, other)
    if (guest.sent.source === 'microphone') await leg.levels.addProducer({ producerId })
  }

  async heedTaken(producerId: string, other: string, highest: number): Promise<void> {
    const sent = this.#parts.own(producerId)
    if (!sent) return
    const taken = this.#taken.get(other) ?? new Map<string, number>()
    this.#taken.set(other, taken)
    taken.set(producerId, highest)
    for (const old of taken.keys()) if (!this.#parts.own(old)) taken.delete(old)
    this.#parts.onTaken()
    if (!isVoice(sent.source)) await this.#pipes.pause(other, producerId, highest < 0)
  }

  close(): void {
    this.#guests.close()
  }

  /** What came through a pipe that is no more is a guest anew, and what was just being waited for, because nobody knows through which. */
  #forget(other: string): void {
    this.#taken.delete(other)
    this.#guests.renew(({ from, wanted }) => from === other || (from === null && wanted))
    this.#parts.onGuests()
  }
}
