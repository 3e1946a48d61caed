import type { Logger } from 'pino'
import type { RtpCapabilities } from '../../shared/contracts/media-parameters.ts'
import { Refused } from '../../shared/contracts/refusal.ts'
import type { RoomControl, RoomListener, RoomPlan } from '../../shared/media/room-control.ts'
import { peerCalls, type JoinCall, type PeerCall } from '../wire/calls.ts'
import type { NodeLink } from './node-link.ts'
import { RoomPart, type PartParts } from './room-part.ts'
import { RoomPipes } from './room-pipes.ts'

export interface SpanningParts {
  roomId: string
  listener: RoomListener
  log: Pick<Logger, 'info' | 'warn'>
  /** The media process for a site's peers. @throws Refused `media.notReady` when none is there, nor comes back soon */
  choose(siteId: string | null): Promise<NodeLink>
}

const nothing: RoomPlan = { stage: [], grants: {}, receives: [], loudspeakers: [] }
let rooms = 0

/** A room whose peers are at one media process or several. What each part does for itself it does without the hub; the hub knows who is where. */
class SpanningRoom {
  readonly #parts: SpanningParts
  readonly #open = new Map<NodeLink, Promise<RoomPart>>()
  /** The same, once they are there. */
  readonly #there = new Map<NodeLink, RoomPart>()
  /** By peer: where it is. */
  readonly #homes = new Map<string, RoomPart>()
  readonly #pipes = new RoomPipes({ parts: () => this.#there.values(), onTrouble: (error) => this.trouble(error) })
  #plan = nothing
  #recordingId: string | null = null
  /** The one part that writes down what all of them send. */
  #recorder: RoomPart | null = null
  #closed = false

  constructor(parts: SpanningParts) {
    this.#parts = parts
  }

  async enter(call: JoinCall, peerId: string, siteId: string | null, args: unknown[]): Promise<unknown> {
    for (let attempt = 1; ; attempt += 1) {
      const link = await this.#parts.choose(siteId)
      try {
        const part = await this.#part(link)
        const before = this.#homes.get(peerId)
        if (before && before !== part) before.tell('leave', peerId)
        this.#homes.set(peerId, part)
        return await part.ask(call, peerId, ...args)
      } catch (error) {
        // It went away meanwhile: another one, or the same again.
        if (attempt < 3 && !link.ready && !this.#closed) continue
        throw error
      }
    }
  }

  /** @throws Refused `media.unknown` when the peer is in no part */
  async ask(call: PeerCall, peerId: string, ...args: unknown[]): Promise<unknown> {
    const home = this.#homes.get(peerId)
    const goes = call === 'leave' || call === 'closeView'
    if (goes) this.#homes.delete(peerId)
    if (!home && !goes) throw new Refused('media.unknown')
    return home?.ask(call, peerId, ...args)
  }

  follow(plan: RoomPlan): void {
    this.#plan = plan
    for (const part of this.#there.values()) part.tell('follow', plan)
  }

  record(recordingId: string | null): void {
    if (recordingId === this.#recordingId) return
    this.#recorder?.tell('record', null)
    this.#recorder = null
    this.#recordingId = recordingId
    this.#elect()
  }

  sending(peerId: string): ReturnType<RoomControl['sending']> {
    // Equipment that sends as an endpoint may be at another process than the endpoint itself.
    return [...this.#there.values()].flatMap((part) => part.sending.flatMap(({ peerId: of, ...one }) => (of === peerId ? [one] : [])))
  }

  close(): void {
    this.#closed = true
    for (const part of this.#there.values()) part.close()
    this.#there.clear()
    this.#open.clear()
    this.#homes.clear()
  }

  trouble(error: unknown): void {
    // That it was lost, or that a peer is gone already, is known.
    if (error instanceof Refused || this.#closed) return
    this.#parts.log.warn({ err: error, roomId: this.#parts.roomId }, 'a media process refused something')
  }

  #part(link: NodeLink): Promise<RoomPart> {
    const there = this.#open.get(link)
    if (there) return there
    if (this.#closed) return Promise.reject(new Refused('media.unknown'))
    const { roomId, listener } = this.#parts
    const opening: Promise<RoomPart> = this.#opened(link, {
      link, room: `${roomId} ${rooms += 1}`, onTrouble: (error) => this.trouble(error),
      // What a peer's former part still tells of it is no longer true.
      listener: {
        tell: (peerId, ...message) => { if (this.#homes.get(peerId)?.link === link) listener.tell(peerId, ...message) },
        measured: (peerId, line) => { if (this.#homes.get(peerId)?.link === link) listener.measured(peerId, line) },
        recordingFailed: (...failed) => listener.recordingFailed(...failed),
      },
      onSending: () => {
        this.#pipes.tellOffers()
        listener.sendingChanged()
      },
      onWanted: (producerId) => this.#with(link, (part) => void this.#pipes.bring(producerId, part)),
      onTaken: (producerId, highest) => this.#with(link, (part) => this.#pipes.tellTaken(producerId, highest, part)),
      onPipeLost: (other) => this.#with(link, (part) => this.#pipes.lost(part, other)),
      onLost: () => this.#lose(link, opening),
    })
    this.#open.set(link, opening)
    return opening
  }

  async #opened(link: NodeLink, parts: PartParts): Promise<RoomPart> {
    try {
      const part = await RoomPart.open(parts)
      if (this.#closed) {
        part.close()
        throw new Refused('media.unknown')
      }
      this.#there.set(link, part)
      part.tell('follow', this.#plan)
      this.#pipes.tellOffers()
      this.#elect()
      return part
    } catch (error) {
      this.#open.delete(link)
      throw error
    }
  }

  /** The oldest part writes; when it is gone, the next one goes on in the same folder. */
  #elect(): void {
    if (this.#recordingId === null || this.#recorder !== null || this.#closed) return
    const [part] = this.#there.values()
    this.#recorder = part ?? null
    part?.tell('record', this.#recordingId)
  }

  #with(link: NodeLink, done: (part: RoomPart) => void): void {
    const part = this.#there.get(link)
    if (part) done(part)
  }

  #lose(link: NodeLink, opening: Promise<RoomPart>): void {
    if (this.#open.get(link) !== opening) return
    this.#open.delete(link)
    const gone = this.#there.get(link)
    this.#there.delete(link)
    if (gone) this.#pipes.forget(gone)
    if (gone && gone === this.#recorder) {
      this.#recorder = null
      this.#elect()
    }
    const lost = [...this.#homes].flatMap(([peerId, part]) => (part.link === link ? [peerId] : []))
    for (const peerId of lost) this.#homes.delete(peerId)
    const { listener, log, roomId } = this.#parts
    log.warn({ roomId, node: link.name, peers: lost.length }, 'a media process took a room with it')
    for (const peerId of lost) listener.tell(peerId, 'media:lost')
    listener.sendingChanged()
  }
}

/** The control contract of a room, for whoever asks at the hub. */
export function openSpanningRoom(parts: SpanningParts): RoomControl {
  const room = new SpanningRoom(parts)
  const routed = Object.fromEntries((Object.keys(peerCalls) as PeerCall[]).map((call) => [call, (peerId: string, ...args: unknown[]) => room.ask(call, peerId, ...args)])) as unknown as Pick<RoomControl, PeerCall>
  return {
    ...routed,
    leave: (peerId) => void room.ask('leave', peerId).catch((error: unknown) => room.trouble(error)),
    closeView: (viewId) => void room.ask('closeView', viewId).catch((error: unknown) => room.trouble(error)),
    join: (peerId: string, rtpCapabilities: RtpCapabilities, siteId = null, as = null) => room.enter('join', peerId, siteId, [rtpCapabilities, siteId, as]) as ReturnType<RoomControl['join']>,
    joinPlain: (peerId, rtpCapabilities, receiveAt, siteId = null, as = null) => room.enter('joinPlain', peerId, siteId, [rtpCapabilities, receiveAt, siteId, as]) as ReturnType<RoomControl['joinPlain']>,
    openCamera: (peerId, address, siteId = null, as = null) => room.enter('openCamera', peerId, siteId, [address, siteId, as]) as ReturnType<RoomControl['openCamera']>,
    openView: (viewId, siteId, ...rest) => room.enter('openView', viewId, siteId, [siteId, ...rest]) as ReturnType<RoomControl['openView']>,
    follow: (plan) => room.follow(plan),
    record: (recordingId) => room.record(recordingId),
    sending: (peerId) => room.sending(peerId),
    close: () => room.close(),
  }
}
