import { randomUUID } from 'node:crypto'
import type { MediaEvents } from '../../shared/contracts/media.ts'
import type { RtpParameters } from '../../shared/contracts/media-parameters.ts'
import { Refused } from '../../shared/contracts/refusal.ts'
import { endpointOf, sourceAtDoor, type AtDoor } from '../../shared/media/doors.ts'
import type { Source } from '../../shared/media/peer.ts'
import type { RoomControl, RoomEvent, RoomLine } from '../../shared/media/room-control.ts'
import type { Grants } from '../../shared/media/stage.ts'

/** Equipment that takes part through a door, as the meeting's bridge knows it. */
export interface DoorPlace extends AtDoor {
  line: RoomLine | null
  /** The plan has changed, or what the site sends. */
  follow(grants: Grants | null, sending: readonly Source[]): void
  tell<E extends RoomEvent>(event: E, ...message: Parameters<MediaEvents[E]>): void
  /** The room is gone, or the meeting. */
  dismissed(): void
}

export interface SentMedia { kind: 'audio' | 'video'; rtpParameters: RtpParameters; as?: Source }

interface OpenMedia extends SentMedia { source: Source | null; producerId: string | null; busy: boolean }

const opening = (media: SentMedia): OpenMedia => ({ ...media, source: null, producerId: null, busy: false })

/** What equipment sends: opened and closed as the floor has it, while the equipment itself sends all the time and knows nothing of it. */
export class SenderPlace implements DoorPlace {
  readonly peerId = `door-${randomUUID()}`
  readonly kind = 'sender' as const
  readonly siteId: string
  readonly voiced: boolean
  line: RoomLine | null = null
  #medias: readonly OpenMedia[]
  /** Producers that were closed, of which the answer may only come. */
  readonly #closed = new Set<string>()
  readonly #onEnd: () => void
  readonly #onTrouble: (error: unknown) => void
  #room: RoomControl | null = null
  #transportId = ''
  #latest: { grants: Grants | null; sending: readonly Source[] } = { grants: null, sending: [] }

  constructor({ siteId, voiced, medias, onEnd, onTrouble }: { siteId: string; voiced: boolean; medias: readonly SentMedia[]; onEnd(): void; onTrouble(error: unknown): void }) {
    this.siteId = siteId
    this.voiced = voiced
    this.#medias = medias.map(opening)
    this.#onEnd = onEnd
    this.#onTrouble = onTrouble
  }

  /** `medias`: what it sends, where that is known only now. */
  begin(room: RoomControl, transportId: string, medias: readonly SentMedia[] = []): void {
    this.#medias = [...this.#medias, ...medias.map(opening)]
    this.#room = room
    this.#transportId = transportId
  }

  follow(grants: Grants | null, sending: readonly Source[]): void {
    this.#latest = { grants, sending }
    for (const media of this.#medias) void this.#open(media)
  }

  tell<E extends RoomEvent>(event: E, ...[message]: Parameters<MediaEvents[E]>): void {
    if (event === 'media:lost') this.dismissed()
    if (event !== 'media:producerClosed') return
    const { producerId } = message as Parameters<MediaEvents['media:producerClosed']>[0]
    const media = this.#medias.find((one) => one.producerId === producerId)
    if (media) media.producerId = null
    else this.#closed.add(producerId)
  }

  dismissed(): void {
    this.#room = null
    this.#onEnd()
  }

  async #open(media: OpenMedia): Promise<void> {
    if (media.busy || media.producerId !== null || !this.#room) return
    const asked = this.#latest
    const source = media.as ?? media.source ?? sourceAtDoor(media.kind, this, this.#latest.sending)
    if (source === null || (this.#latest.grants?.[source] ?? 'no') === 'no') return
    media.busy = true
    media.source = source
    try {
      const producerId = await this.#room.produce(this.peerId, this.#transportId, source, media.rtpParameters)
      media.producerId = this.#closed.delete(producerId) ? null : producerId
    } catch (error) {
      // The floor was taken back meanwhile, or somebody else was quicker.
      media.source = null
      // Nobody waits for this: what a media process does wrong must not bring the hub down.
      if (!(error instanceof Refused)) this.#onTrouble(error)
    } finally {
      media.busy = false
    }
    // What the plan said meanwhile has been heard by nobody.
    if (this.#latest !== asked) void this.#open(media)
  }
}

/** A player. */
export class ViewPlaceAtDoor implements DoorPlace {
  readonly peerId = `view-${randomUUID()}`
  readonly kind = 'view' as const
  readonly voiced = false
  readonly siteId: string
  line: RoomLine | null = null
  readonly #onEnd: () => void

  constructor(siteId: string, onEnd: () => void) {
    this.siteId = siteId
    this.#onEnd = onEnd
  }

  get beside(): string {
    return endpointOf(this.siteId)
  }

  follow(): void {
    // The room's plan says it all.
  }

  tell(event: RoomEvent, ..._message: unknown[]): void {
    if (event === 'media:lost') this.dismissed()
  }

  dismissed(): void {
    this.#onEnd()
  }
}
