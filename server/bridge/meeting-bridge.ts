import { randomUUID } from 'node:crypto'
import type { MediaControl } from '../../media/control.ts'
import type { RtpCapabilities } from '../../shared/contracts/media-parameters.ts'
import type { MediaAnswers, MediaEvents, PeerLine } from '../../shared/contracts/media.ts'
import { Refused, type Refusal } from '../../shared/contracts/refusal.ts'
import { doorsPlan, endpointOf, sendingSites, withDoors } from '../../shared/media/doors.ts'
import { isOfMeeting, placeOf, type Peer, type Source } from '../../shared/media/peer.ts'
import type { RoomControl, RoomEvent, RoomLine, RoomListener } from '../../shared/media/room-control.ts'
import type { RecordingTrouble } from '../../shared/media/recording.ts'
import { recordingStanding } from '../../shared/meeting/recording/rules.ts'
import { joinRefusal } from '../../shared/media/rules.ts'
import { nextChangeAt, stagePlan, type StagePlan } from '../../shared/media/stage.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import type { LineMeasurement } from '../meetings/site-lines.ts'
import type { DoorPlace } from './door-session.ts'
import { reportOf, sharedStage, stageMessage, trialPlan, type BridgeScreen, type Place, type SharedStage } from './places.ts'

export interface MeetingBridgeParts {
  roomId: string
  /** The trial room, beside the meeting. */
  trial: boolean
  state(): MeetingState
  media: Pick<MediaControl, 'openRoom'>
  now: () => number
  /** Once a second for each site that has an endpoint. */
  onLine(siteId: string, measurement: LineMeasurement): void
  /** Its recorder has given up. */
  onRecordingFailed(recordingId: string, trouble: RecordingTrouble): void
}

type Joined = Omit<MediaAnswers['media:join'], 'iceServers'>

/** Loss and delay from which a line counts as weak. */
const weakLoss = 5
const weakRoundTrip = 800

/** Who takes part in one meeting's media room, and what follows for each from the meeting. */
export class MeetingBridge {
  readonly #parts: MeetingBridgeParts
  readonly #places = new Map<string, Place>()
  /** Equipment that is no page. */
  readonly #doors = new Map<string, DoorPlace>()
  #room: Promise<RoomControl> | null = null
  /** The same, once it is there. */
  #open: RoomControl | null = null
  #plan: StagePlan = trialPlan([])
  /** By the plan, and of equipment beside it. */
  #grants: StagePlan['grants'] = {}
  #joining = 0
  /** One after the other: of two that come for the same place the second must not undo the first. */
  #joins: Promise<unknown> = Promise.resolve()
  #nextChange: NodeJS.Timeout | null = null
  readonly #seconds: NodeJS.Timeout

  constructor(parts: MeetingBridgeParts) {
    this.#parts = parts
    this.#seconds = setInterval(() => this.#measured(), 1_000).unref()
  }

  /** Nobody is here, and no endpoint is missed. */
  get empty(): boolean {
    return this.#places.size === 0 && this.#doors.size === 0
  }

  get plan(): StagePlan {
    return this.#plan
  }

  peers(): Peer[] {
    return withDoors([...this.#places.values()].map(({ peer }) => peer), [...this.#doors.values()])
  }

  /** Whether a page is the endpoint of this site. */
  hasPage(siteId: string): boolean {
    return (this.#places.get(endpointOf(siteId))?.screen ?? null) !== null
  }

  /** The codec of the picture everybody looks at; null: there is none. */
  stagePicture(): string | null {
    const peerId = this.#plan.onStage[0]?.peerId
    return (peerId ? this.#open?.sending(peerId).find(({ source }) => source === 'camera')?.mimeType : null) ?? null
  }

  /** Lets equipment in at a door. @throws Refused */
  async openDoor<T>(door: DoorPlace, open: (room: RoomControl) => Promise<T>): Promise<T> {
    this.#joining += 1
    try {
      const opened = await open(await this.#openRoom())
      this.#doors.set(door.peerId, door)
      this.follow()
      return opened
    } finally {
      this.#joining -= 1
      this.#closeIfDeserted()
    }
  }

  closeDoor(door: DoorPlace): void {
    if (!this.#takeDoor(door)) return
    this.#closeIfDeserted()
    this.follow()
  }

  /** False when it was gone already. */
  #takeDoor(door: DoorPlace): boolean {
    if (!this.#doors.delete(door.peerId)) return false
    if (door.kind === 'view') this.#open?.closeView(door.peerId)
    else this.#open?.leave(door.peerId)
    return true
  }

  /** @throws Refused when this peer is not here by this screen */
  place(peerId: string, screen?: BridgeScreen): Place {
    const place = this.#places.get(peerId)
    if (!place || (screen && place.screen !== screen)) throw new Refused('media.unknown')
    return place
  }

  /** @throws Refused `media.unknown` when nothing is open */
  room(): RoomControl {
    if (!this.#open) throw new Refused('media.unknown')
    return this.#open
  }

  sending(peerId: string): { producerId: string; source: Source }[] {
    return this.#open?.sending(peerId) ?? []
  }

  /** Makes a place; what another screen of the same session held of the same kind is given up for it. @throws Refused */
  join(screen: BridgeScreen, siteId: string | null | undefined, rtpCapabilities: RtpCapabilities): Promise<Joined> {
    this.#joining += 1
    const joined = this.#joins.then(() => this.#join(screen, siteId, rtpCapabilities)).finally(() => {
      this.#joining -= 1
      this.#closeIfDeserted()
    })
    this.#joins = joined.catch(() => {})
    return joined
  }

  async #join(screen: BridgeScreen, siteId: string | null | undefined, rtpCapabilities: RtpCapabilities): Promise<Joined> {
    const coming: Peer = siteId === undefined
      ? { peerId: `tablet-${randomUUID()}`, kind: 'tablet', personId: screen.personId, connected: true }
      : { peerId: `room-${siteId ?? 'main'}`, kind: 'room', siteId, connected: true }
    const others = () => [...this.#places.values()].filter((place) => !(place.screen && isSame(place, coming, screen))).map(({ peer }) => peer)
    const refuse = (reason: Refusal | null) => { if (reason) throw new Refused(reason.code, reason.params) }
    // A room's place has one name, whoever comes: what is asked is whether the place is taken.
    const asked: Peer = coming.kind === 'room' ? { ...coming, peerId: screen.sessionId } : coming
    refuse(joinRefusal(this.#parts.state(), others(), asked))
    const room = await this.#openRoom()
    const { send, receive } = await room.join(coming.peerId, rtpCapabilities, placeOf(this.#parts.state(), coming))
    // While the worker was asked, the meeting and the others went on.
    const wrong = joinRefusal(this.#parts.state(), others(), asked)
    if (wrong) room.leave(coming.peerId)
    refuse(wrong)
    const older = [...this.#places.values()].filter((one) => one.peer.peerId !== coming.peerId && isSame(one, coming, screen))
    const place: Place = { peer: coming, screen, transportIds: [send.transportId, receive.transportId], line: null, decibels: -127, told: '' }
    this.#places.set(coming.peerId, place)
    for (const one of older) if (one.screen) this.leave(one.peer.peerId, one.screen)
    this.follow()
    return { peerId: coming.peerId, send, receive, stage: this.#stageOf(place, this.#sharedStage()) }
  }

  /** A room's endpoint keeps its place as one that is missed: its tablets must not begin to sound. */
  leave(peerId: string, screen: BridgeScreen): void {
    const place = this.#places.get(peerId)
    if (place?.screen !== screen) return
    this.#open?.leave(peerId)
    if (place.peer.kind === 'room' && !this.#parts.trial) this.#places.set(peerId, { ...place, peer: { ...place.peer, connected: false }, screen: null, line: null, told: '' })
    else this.#places.delete(peerId)
    this.#closeIfDeserted()
    this.follow()
  }

  /** The meeting has changed, or who is here. */
  follow(): void {
    const { state, trial, now } = this.#parts
    const meeting = state()
    if (!trial && ['draft', 'ended', 'cancelled'].includes(meeting.lifecycle.status)) return this.#dismissAll()
    for (const door of [...this.#doors.values()]) if (!isOfMeeting(meeting, door.siteId) && this.#takeDoor(door)) door.dismissed()
    this.#closeIfDeserted()
    const plan = trial ? trialPlan(this.peers()) : stagePlan(meeting, this.peers(), now())
    this.#plan = plan
    const { receives, loudspeakers } = plan
    const doors = doorsPlan(meeting, plan, [...this.#doors.values()])
    const grants = (this.#grants = { ...plan.grants, ...doors.grants })
    this.#open?.follow({ grants, receives: [...receives, ...doors.receives], loudspeakers, stage: plan.onStage.flatMap(({ peerId, because }) => (peerId === null || because === 'interrupted' ? [] : [peerId])) })
    this.#open?.record(!trial && recordingStanding(meeting) === 'recording' ? meeting.recording.recordingId : null)
    this.#tellStage()
    if (this.#nextChange) clearTimeout(this.#nextChange)
    const due = trial ? null : nextChangeAt(meeting, now())
    this.#nextChange = due === null ? null : setTimeout(() => this.follow(), Math.min(due - now(), 3_600_000) + 5).unref()
  }

  report(concerns: (siteId: string | null) => boolean): PeerLine[] {
    const meeting = this.#parts.state()
    return [...this.#places.values()].flatMap((place) => (concerns(placeOf(meeting, place.peer)) ? reportOf(meeting, place, this.#sources(place.peer.peerId)) ?? [] : []))
  }

  close(): void {
    clearInterval(this.#seconds)
    if (this.#nextChange) clearTimeout(this.#nextChange)
    this.#places.clear()
    this.#closeRoom()
  }

  #openRoom(): Promise<RoomControl> {
    const listener: RoomListener = {
      tell: <E extends RoomEvent>(peerId: string, event: E, ...message: Parameters<MediaEvents[E]>) => this.#tell(peerId, event, message),
      measured: (peerId, line) => {
        const place = this.#places.get(peerId) ?? this.#doors.get(peerId)
        if (place) place.line = line
      },
      sendingChanged: () => this.#tellStage(),
      recordingFailed: (recordingId, trouble) => this.#parts.onRecordingFailed(recordingId, trouble),
    }
    if (!this.#room) {
      const opening = this.#parts.media.openRoom(this.#parts.roomId, listener)
      this.#room = opening
      opening.then((room) => (this.#room === opening ? (this.#open = room) : room.close()), () => { if (this.#room === opening) this.#room = null })
    }
    return this.#room
  }

  #closeIfDeserted(): void {
    if (this.#joining === 0 && this.#doors.size === 0 && [...this.#places.values()].every((one) => one.screen === null)) this.#closeRoom()
  }

  #closeRoom(): void {
    this.#open?.close()
    this.#open = null
    this.#room = null
  }

  #dismissAll(): void {
    const places = [...this.#places.values()]
    this.#places.clear()
    const doors = [...this.#doors.values()]
    this.#doors.clear()
    this.#closeRoom()
    for (const door of doors) door.dismissed()
    for (const { screen } of places) screen?.tell('media:lost')
  }

  #tell<E extends RoomEvent>(peerId: string, event: E, message: Parameters<MediaEvents[E]>): void {
    this.#doors.get(peerId)?.tell(event, ...message)
    const place = this.#places.get(peerId)
    if (event === 'media:levels') {
      const [levels] = message as Parameters<MediaEvents['media:levels']>
      if (place) place.decibels = levels.find((level) => level.peerId === peerId)?.decibels ?? -127
    }
    if (event === 'media:lost' && place) place.transportIds = []
    place?.screen?.tell(event, ...message)
  }

  #sources(peerId: string): Source[] {
    return this.sending(peerId).map(({ source }) => source)
  }

  #sharedStage(): SharedStage {
    const senders = sendingSites([...this.#doors.values()]).filter((siteId) => !this.hasPage(siteId))
    return sharedStage(this.#parts.state(), [...this.#places.values()], senders, this.#plan, (peerId) => this.#sources(peerId))
  }

  #stageOf(place: Place, shared: SharedStage): MediaAnswers['media:join']['stage'] {
    const { message, text } = stageMessage(shared, this.#plan, place.peer)
    place.told = text
    return message
  }

  #tellStage(): void {
    for (const door of this.#doors.values()) door.follow(this.#grants[endpointOf(door.siteId)] ?? null, this.#sources(endpointOf(door.siteId)))
    const shared = this.#sharedStage()
    for (const place of this.#places.values()) {
      if (!place.screen) continue
      const before = place.told
      const stage = this.#stageOf(place, shared)
      if (place.told !== before) place.screen.tell('media:stage', stage)
    }
  }

  #measured(): void {
    if (this.#parts.trial) return
    const lines = new Map([...this.#places.values()].flatMap(({ peer, line }): [string, RoomLine | null][] => (peer.kind === 'room' && peer.siteId !== null ? [[peer.siteId, line]] : [])))
    for (const { siteId, voiced, line } of this.#doors.values()) if (voiced && !lines.get(siteId)?.connected) lines.set(siteId, line)
    for (const [siteId, line] of lines) {
      if (!line?.connected) this.#parts.onLine(siteId, { line: 'down' })
      else {
        const { lossPercent, roundTripMs } = line
        this.#parts.onLine(siteId, { line: lossPercent >= weakLoss || roundTripMs >= weakRoundTrip ? 'weak' : 'up', lossPercent, roundTripMs })
      }
    }
  }
}

/** The same session's older place of the same kind: a page that was cut off comes back before the hub has noticed. */
function isSame({ peer, screen }: Place, coming: Peer, by: BridgeScreen): boolean {
  if (screen?.sessionId !== by.sessionId) return false
  return coming.kind === 'room' ? peer.peerId === coming.peerId : peer.kind === 'tablet' && peer.personId === coming.personId
}
