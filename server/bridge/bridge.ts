import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { MediaControl } from '../../media/control.ts'
import type { MediaAnswers, MediaRequests, MediaRequestType } from '../../shared/contracts/media.ts'
import { must, refusal, Refused, type Refusal } from '../../shared/contracts/refusal.ts'
import { placeOf } from '../../shared/media/peer.ts'
import { availableRefusal, codeRefusal, equipmentOf, equipmentRefusal, ownRefusal, produceRefusal } from '../../shared/media/rules.ts'
import type { Step } from '../../shared/meeting/project.ts'
import { emptyMeeting, type MeetingState } from '../../shared/meeting/state.ts'
import { isBallot } from '../../shared/meeting/votes/facts.ts'
import type { Audit } from '../audit/audit.ts'
import type { MeetingHosts } from '../meetings/hosts.ts'
import type { RoomCodes } from './codes.ts'
import type { DoorTokens } from './door-tokens.ts'
import { Cameras } from './cameras.ts'
import { Doors } from './doors.ts'
import { LastMinute } from './last-minute.ts'
import { MeetingBridge } from './meeting-bridge.ts'
import type { BridgeScreen } from './places.ts'
import { iceServersFor, type Turn } from './turn.ts'
import { Watchers } from './watchers.ts'

export interface BridgeParts {
  hosts: MeetingHosts
  media: MediaControl
  codes: RoomCodes
  tokens: DoorTokens
  /** Who lets equipment in is written there before it is let in. */
  audit: Pick<Audit, 'record'>
  /** Addresses and ranges from which cameras may be fetched. */
  cameraNetworks: readonly string[]
  turn: Turn | null
  log: Logger
  now: () => number
}

export const answered = [
  'media:capabilities', 'media:join', 'media:leave', 'media:connectTransport', 'media:restartIce', 'media:produce', 'media:pauseProducer', 'media:closeProducer', 'media:consume',
  'media:resumeConsumer', 'media:preferLayers', 'media:codes', 'media:watch', 'media:act', 'media:tellTechnician',
  'media:makeToken', 'media:revokeToken', 'media:startCamera', 'media:stopCamera', 'media:doors',
] as const satisfies readonly MediaRequestType[]
export type Answered = (typeof answered)[number]
export type BridgeRequest = { [T in Answered]: { type: T; data: MediaRequests[T] } }[Answered]
/** Of a peer, about what is its own. */
type OwnRequest = Extract<BridgeRequest, { type: 'media:connectTransport' | 'media:restartIce' | 'media:produce' | 'media:pauseProducer' | 'media:closeProducer' | 'media:consume' | 'media:resumeConsumer' | 'media:preferLayers' }>

interface Seat { bridge: MeetingBridge; peerId: string }

/** The media rooms of all meetings of this hub: what screens ask of them, within what the meeting allows. */
export class Bridge {
  readonly #parts: BridgeParts
  /** By room: a meeting's, or its trial room. */
  readonly #bridges = new Map<string, MeetingBridge>()
  /** Of meetings that have a bridge: as they stand. A host may be put aside and read anew meanwhile. */
  readonly #states = new Map<string, MeetingState>()
  readonly #seats = new Map<BridgeScreen, Seat>()
  readonly #joining = new Set<object>()
  readonly #wrongCodes: LastMinute
  readonly #watchers: Watchers
  readonly doors: Doors
  readonly #cameras: Cameras

  constructor(parts: BridgeParts) {
    this.#parts = parts
    this.#wrongCodes = new LastMinute(parts.now)
    this.#watchers = new Watchers(parts.media, (meetingId, concerns) => this.#bridges.get(meetingId)?.report(concerns) ?? [])
    this.doors = new Doors(parts, (meetingId, work) => this.#within(meetingId, work))
    this.#cameras = new Cameras(parts, (meetingId, work) => this.#within(meetingId, work))
    parts.hosts.onPublish((meetingId, steps) => this.#heed(meetingId, steps))
  }

  /** The answer besides `ok`, or why not. */
  async request(meetingId: string, screen: BridgeScreen, request: BridgeRequest): Promise<{ answer: object } | { refusal: Refusal }> {
    try {
      const host = await this.#parts.hosts.find(meetingId)
      if (!host) return { refusal: refusal('notFound') }
      this.#states.set(meetingId, host.state)
      return { answer: (await this.#answer(host.state, screen, request)) ?? {} }
    } catch (error) {
      if (error instanceof Refused) return { refusal: error.refusal }
      throw error
    } finally {
      this.#sweep()
    }
  }

  /** The socket is gone. */
  gone(screen: BridgeScreen): void {
    this.#watchers.stop(screen)
    this.#leave(screen)
    this.#joining.delete(screen)
  }

  close(): void {
    this.doors.close()
    this.#cameras.close()
    this.#watchers.close()
    for (const bridge of this.#bridges.values()) bridge.close()
    this.#bridges.clear()
    this.#seats.clear()
    this.#states.clear()
  }

  async #answer(state: MeetingState, screen: BridgeScreen, request: BridgeRequest): Promise<object | void> {
    switch (request.type) {
      case 'media:capabilities': return { rtpCapabilities: await this.#parts.media.capabilities() }
      case 'media:join': return this.#join(state, screen, request.data)
      case 'media:leave': return this.#leave(screen)
      case 'media:codes': return { codes: this.#codesFor(state, screen.personId) }
      case 'media:watch': {
        must(equipmentRefusal(state, screen.personId))
        if (request.data.on) this.#watchers.start(screen, state.meetingId, () => equipmentOf(this.#state(state.meetingId), screen.personId))
        else this.#watchers.stop(screen)
        return
      }
      case 'media:act': return this.#act(state, screen, request.data)
      case 'media:tellTechnician': {
        const { siteId, text } = request.data
        must(equipmentRefusal(state, screen.personId, siteId))
        const to = this.#there(state.meetingId).place(`room-${siteId}`).screen
        if (!to) throw new Refused('media.unknown')
        return to.tell('media:technicianMessage', { text, by: screen.personId, at: this.#parts.now() })
      }
      case 'media:makeToken': return this.doors.makeToken(state, screen.personId, request.data)
      case 'media:revokeToken': return this.doors.revokeToken(state, screen.personId, request.data.tokenId)
      case 'media:startCamera': return this.#cameras.start(state, screen.personId, request.data)
      case 'media:stopCamera': return this.#cameras.stop(state, screen.personId, request.data.cameraId)
      case 'media:doors': return { ...await this.doors.list(state, screen.personId), cameras: this.#cameras.list(state, screen.personId) }
      default: return this.#own(state, screen, request)
    }
  }

  /** What a peer asks for itself. */
  async #own(state: MeetingState, screen: BridgeScreen, { type, data }: OwnRequest): Promise<object | void> {
    const seat = this.#seats.get(screen)
    if (!seat) throw new Refused('media.unknown')
    const { bridge, peerId } = seat
    const { peer, transportIds } = bridge.place(peerId, screen)
    const room = bridge.room()
    const held = { transportIds, producers: bridge.sending(peerId) }
    switch (type) {
      case 'media:connectTransport': return room.connectTransport(peerId, data.transportId, data.dtlsParameters)
      case 'media:restartIce': return { iceParameters: await room.restartIce(peerId, data.transportId) }
      case 'media:produce': {
        must(produceRefusal(state, bridge.peers(), bridge.plan, peer, held, data))
        return { producerId: await room.produce(peerId, data.transportId, data.source, data.rtpParameters) }
      }
      case 'media:pauseProducer': {
        must(ownRefusal(held, data))
        return room.pauseProducer(peerId, data.producerId, data.paused)
      }
      case 'media:closeProducer': {
        must(ownRefusal(held, data))
        return room.closeProducer(peerId, data.producerId)
      }
      case 'media:consume': return room.consume(peerId, data)
      case 'media:resumeConsumer': return room.resumeConsumer(peerId, data.consumerId)
      case 'media:preferLayers': return room.preferLayers(peerId, data.consumerId, data.layers)
    }
  }

  async #join(state: MeetingState, screen: BridgeScreen, { rtpCapabilities, room, trial = false }: MediaRequests['media:join']): Promise<MediaAnswers['media:join']> {
    must(availableRefusal(this.#parts.media.availability))
    const siteId = room && this.#siteBy(room.code, state.details.siteIds, screen.personId)
    if (this.#joining.has(screen)) throw new Refused('media.alreadyJoined')
    this.#joining.add(screen)
    try {
      this.#leave(screen)
      const bridge = this.#bridge(trial ? `${state.meetingId} trial` : state.meetingId)
      const joined = await bridge.join(screen, siteId, rtpCapabilities)
      // The socket may have closed meanwhile.
      if (!this.#joining.has(screen)) {
        bridge.leave(joined.peerId, screen)
        throw new Refused('media.unknown')
      }
      this.#seats.set(screen, { bridge, peerId: joined.peerId })
      return { ...joined, iceServers: iceServersFor(this.#parts.turn, joined.peerId, this.#parts.now()) }
    } finally {
      this.#joining.delete(screen)
    }
  }

  #leave(screen: BridgeScreen): void {
    const seat = this.#seats.get(screen)
    if (!seat) return
    this.#seats.delete(screen)
    seat.bridge.leave(seat.peerId, screen)
    this.#sweep()
  }

  #siteBy(code: string, siteIds: readonly string[], personId: string): string | null {
    const siteId = this.#parts.codes.siteOf(code, siteIds)
    const reason = codeRefusal(siteId !== undefined, this.#wrongCodes.count(personId))
    if (reason?.code === 'media.codeWrong') this.#wrongCodes.note(personId)
    must(reason)
    this.#wrongCodes.forget(personId)
    return siteId ?? null
  }

  #codesFor(state: MeetingState, personId: string): MediaAnswers['media:codes']['codes'] {
    must(equipmentRefusal(state, personId))
    const own = equipmentOf(state, personId)
    const siteIds = own === 'all' ? [null, ...state.details.siteIds] : own ? [own.siteId] : []
    return siteIds.map((siteId) => ({ siteId, code: this.#parts.codes.codeOf(siteId) }))
  }

  /** Muting is an order about the stage, on record; the rest the page at that place does. */
  async #act(state: MeetingState, { personId }: BridgeScreen, { peerId, act }: MediaRequests['media:act']): Promise<void> {
    must(equipmentRefusal(state, personId))
    const { peer, screen } = this.#there(state.meetingId).place(peerId)
    must(equipmentRefusal(state, personId, placeOf(state, peer)))
    if (act === 'mute' || act === 'unmute') {
      const place = peer.kind === 'room' ? { siteId: peer.siteId } : { personId: peer.personId }
      const outcome = await this.#parts.hosts.execute(state.meetingId, personId, { type: 'stage:order', commandId: randomUUID(), data: { kind: 'mute', place, on: act === 'mute' } })
      must(outcome.ok ? null : outcome.refusal)
      return
    }
    if (!screen) throw new Refused('media.unknown')
    screen.tell('media:act', { act, by: personId })
  }

  /** Something that comes from outside the meeting's socket. @throws Refused */
  async #within<T>(meetingId: string, work: (state: MeetingState, bridge: MeetingBridge) => Promise<T>): Promise<T> {
    const host = await this.#parts.hosts.find(meetingId)
    if (!host) throw new Refused('notFound')
    this.#states.set(meetingId, host.state)
    // Until it is through, nothing of the meeting is put aside.
    const coming = {}
    this.#joining.add(coming)
    try {
      return await work(host.state, this.#bridge(meetingId))
    } finally {
      this.#joining.delete(coming)
      this.#sweep()
    }
  }

  #state(meetingId: string): MeetingState {
    return this.#states.get(meetingId) ?? emptyMeeting(meetingId)
  }

  /** @throws Refused when nobody has joined it */
  #there(meetingId: string): MeetingBridge {
    const bridge = this.#bridges.get(meetingId)
    if (!bridge) throw new Refused('media.unknown')
    return bridge
  }

  #bridge(roomId: string): MeetingBridge {
    const there = this.#bridges.get(roomId)
    if (there) return there
    const [meetingId = '', trial] = roomId.split(' ')
    const { hosts, media, now, log } = this.#parts
    const onTrouble = (error: unknown) => log.error({ err: error, meetingId }, 'the bridge of a meeting failed')
    const bridge = new MeetingBridge({
      roomId, media, now, trial: trial !== undefined,
      state: () => this.#state(meetingId),
      onLine: (siteId, measurement) => void hosts.measureLine(meetingId, siteId, measurement).catch(onTrouble),
      onRecordingFailed: (recordingId, because) => void hosts.find(meetingId).then(async (host) => {
        if (host?.state.recording.recordingId === recordingId) await host.executeAsHub({ type: 'recording:breakOff', data: { because } })
      }).catch(onTrouble),
    })
    this.#bridges.set(roomId, bridge)
    return bridge
  }

  #heed(meetingId: string, steps: readonly Step[]): void {
    const last = steps.at(-1)
    if (!last || !this.#states.has(meetingId)) return
    this.#states.set(meetingId, last.after)
    // Ballots come by the hundred, and nothing of the stage follows from them.
    if (steps.every(({ fact }) => isBallot(fact))) return
    this.#bridges.get(meetingId)?.follow()
    this.#sweep()
  }

  #sweep(): void {
    for (const [roomId, bridge] of this.#bridges) {
      if (!bridge.empty || this.#joining.size > 0) continue
      bridge.close()
      this.#bridges.delete(roomId)
    }
    for (const meetingId of this.#states.keys()) {
      if (!this.#bridges.has(meetingId) && !this.#bridges.has(`${meetingId} trial`) && !this.#watchers.watches(meetingId) && this.#joining.size === 0) this.#states.delete(meetingId)
    }
  }
}
