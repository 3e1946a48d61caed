import type { RoomEvent, RoomListener } from '../../shared/media/room-control.ts'
import type { Offer } from '../../shared/media/span-control.ts'
import type { PartCall } from '../wire/calls.ts'
import { wrongIn } from '../wire/check.ts'
import { tellings } from '../wire/values.ts'
import type { NodeLink } from './node-link.ts'

export interface PartParts {
  link: NodeLink
  /** The room's name on this link, never used twice. */
  room: string
  listener: Pick<RoomListener, 'tell' | 'measured' | 'recordingFailed'>
  /** Something that this part sends is there or gone. */
  onSending(): void
  onWanted(producerId: string): void
  onTaken(producerId: string, highest: number): void
  onPipeLost(other: string): void
  onLost(): void
  onTrouble(error: unknown): void
}

/** What one media process carries of a room. */
export class RoomPart {
  readonly #parts: PartParts
  #sending: readonly Offer[] = []
  #told = '[]'

  private constructor(parts: PartParts) {
    this.#parts = parts
  }

  /** @throws Refused `media.notReady` */
  static async open(parts: PartParts): Promise<RoomPart> {
    const part = new RoomPart(parts)
    const { link, room } = parts
    link.listen(room, { event: (event, args) => part.#take(event, args), lost: parts.onLost })
    try {
      await link.askNode('openRoom', room)
    } catch (error) {
      link.unlisten(room)
      throw error
    }
    return part
  }

  get link(): NodeLink {
    return this.#parts.link
  }

  /** The media process's. */
  get name(): string {
    return this.#parts.link.name
  }

  /** What all peers here send, as it was told last. */
  get sending(): readonly Offer[] {
    return this.#sending
  }

  /** @throws Refused as the room does; `media.notReady` when its process goes meanwhile */
  ask(call: PartCall, ...args: unknown[]): Promise<unknown> {
    return this.#parts.link.askRoom(this.#parts.room, call, args)
  }

  /** Asked without waiting; what goes wrong is for the log. */
  tell(call: PartCall, ...args: unknown[]): void {
    this.ask(call, ...args).catch(this.#parts.onTrouble)
  }

  /** What is sent elsewhere; told when it is other than before. */
  tellOffers(offers: readonly Offer[]): void {
    const text = JSON.stringify(offers)
    if (text === this.#told) return
    this.#told = text
    this.tell('meet', offers)
  }

  close(): void {
    const { link, room, onTrouble } = this.#parts
    link.unlisten(room)
    if (link.availability !== null) link.askNode('closeRoom', room).catch(onTrouble)
  }

  #take(event: string, args: unknown[]): void {
    const { listener, onSending, onWanted, onTaken, onPipeLost } = this.#parts
    switch (event) {
      case 'tell': return this.#tell(args as [string[], RoomEvent, unknown])
      case 'measured': return listener.measured(...args as Parameters<RoomListener['measured']>)
      case 'recordingFailed': return listener.recordingFailed(...args as Parameters<RoomListener['recordingFailed']>)
      case 'sending': {
        this.#sending = (args as [Offer[]])[0]
        return onSending()
      }
      case 'wanted': return onWanted(...args as [string])
      case 'taken': return onTaken(...args as [string, number])
      case 'pipeLost': return onPipeLost(...args as [string])
    }
  }

  /** @throws Error when the message is not what the event has */
  #tell([peerIds, event, message]: [string[], RoomEvent, unknown]): void {
    const wrong = Object.hasOwn(tellings, event) ? wrongIn(tellings[event], message) : 'there is no such event'
    if (wrong) throw new Error(`${event}: ${wrong}`)
    for (const peerId of peerIds) this.#parts.listener.tell(peerId, event, ...(message === null ? [] : [message]) as never)
  }
}
