import type { RoomEvent, RoomListener } from '../../shared/media/room-control.ts'
import type { RoomCall } from '../wire/calls.ts'
import { wrongIn } from '../wire/check.ts'
import { tellings, type Sending } from '../wire/values.ts'
import type { NodeLink } from './node-link.ts'

export interface PartParts {
  link: NodeLink
  /** Its name on this link, never used twice. */
  name: string
  listener: Pick<RoomListener, 'tell' | 'measured' | 'recordingFailed'>
  /** Something that this part sends is there or gone. */
  onSending(): void
  onLost(): void
  onTrouble(error: unknown): void
}

/** What one media process carries of a room. */
export class RoomPart {
  readonly #parts: PartParts
  #sending: Sending = []

  private constructor(parts: PartParts) {
    this.#parts = parts
  }

  /** @throws Refused `media.notReady` */
  static async open(parts: PartParts): Promise<RoomPart> {
    const part = new RoomPart(parts)
    const { link, name } = parts
    link.listen(name, { event: (event, args) => part.#take(event, args), lost: parts.onLost })
    try {
      await link.askNode('openRoom', name)
    } catch (error) {
      link.unlisten(name)
      throw error
    }
    return part
  }

  get link(): NodeLink {
    return this.#parts.link
  }

  /** What all peers here send, as it was told last. */
  get sending(): Sending {
    return this.#sending
  }

  /** @throws Refused as the room does; `media.notReady` when its process goes meanwhile */
  ask(call: RoomCall, ...args: unknown[]): Promise<unknown> {
    return this.#parts.link.askRoom(this.#parts.name, call, args)
  }

  /** Asked without waiting; what goes wrong is for the log. */
  tell(call: RoomCall, ...args: unknown[]): void {
    this.ask(call, ...args).catch(this.#parts.onTrouble)
  }

  close(): void {
    const { link, name, onTrouble } = this.#parts
    link.unlisten(name)
    if (link.availability !== null) link.askNode('closeRoom', name).catch(onTrouble)
  }

  #take(event: string, args: unknown[]): void {
    const { listener, onSending } = this.#parts
    switch (event) {
      case 'tell': return this.#tell(args as [string[], RoomEvent, unknown])
      case 'measured': return listener.measured(...args as Parameters<RoomListener['measured']>)
      case 'recordingFailed': return listener.recordingFailed(...args as Parameters<RoomListener['recordingFailed']>)
      case 'sending': {
        this.#sending = (args as [Sending])[0]
        return onSending()
      }
    }
  }

  /** @throws Error when the message is not what the event has */
  #tell([peerIds, event, message]: [string[], RoomEvent, unknown]): void {
    const wrong = Object.hasOwn(tellings, event) ? wrongIn(tellings[event], message) : 'there is no such event'
    if (wrong) throw new Error(`${event}: ${wrong}`)
    for (const peerId of peerIds) this.#parts.listener.tell(peerId, event, ...(message === null ? [] : [message]) as never)
  }
}
