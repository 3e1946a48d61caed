import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { MediaControl } from '../../media/control.ts'
import type { DoorCamera, MediaAnswers, MediaRequests } from '../../shared/contracts/media.ts'
import { must, refusal, Refused, type Refusal } from '../../shared/contracts/refusal.ts'
import { endpointOf } from '../../shared/media/doors.ts'
import { availableRefusal, equipmentOf, equipmentRefusal, joinRefusal } from '../../shared/media/rules.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import type { Audit } from '../audit/audit.ts'
import { cameraLimits, readCameraAddress } from './camera-address.ts'
import { cameraHost, openNetworks } from './camera-host.ts'
import { SenderPlace } from './door-session.ts'
import type { Within } from './doors.ts'
import { LastMinute } from './last-minute.ts'

export interface CamerasParts {
  media: Pick<MediaControl, 'availability'>
  cameraNetworks: readonly string[]
  audit: Pick<Audit, 'record'>
  log: Pick<Logger, 'error'>
  now: () => number
}

interface Kept extends Pick<DoorCamera, 'cameraId' | 'siteId' | 'startedBy' | 'since'> {
  meetingId: string
  shown: string
  /** With the password: it is in the hub's memory only. */
  address: string
  place: SenderPlace | null
  leave(): void
  trouble: Refusal | null
  /** Milliseconds until it is tried again. */
  pause: number
  timer: NodeJS.Timeout | null
  /** When it last sent something; by the clock that nobody sets. */
  seen: number
}

const lookEvery = 2_000

/** Room cameras that the hub fetches by RTSP: begun by technicians, tried again when they drop, ended with their meeting. */
export class Cameras {
  readonly #parts: CamerasParts
  readonly #within: Within
  readonly #isOpen: (ip: string) => boolean
  readonly #kept = new Map<string, Kept>()
  /** By person. */
  readonly #starts: LastMinute
  #timer: NodeJS.Timeout | null = null

  constructor(parts: CamerasParts, within: Within) {
    this.#parts = parts
    this.#within = within
    this.#starts = new LastMinute(parts.now)
    this.#isOpen = openNetworks(parts.cameraNetworks)
  }

  async start(state: MeetingState, personId: string, { siteId, address }: MediaRequests['media:startCamera']): Promise<MediaAnswers['media:startCamera']> {
    const { media, audit, now } = this.#parts
    must(equipmentRefusal(state, personId, siteId))
    must(state.details.siteIds.includes(siteId) ? null : refusal('media.siteUnknown'))
    must(this.#starts.count(personId) >= cameraLimits.startsAMinute ? refusal('request.tooMany', { seconds: 60 }) : null)
    this.#starts.note(personId)
    const read = readCameraAddress(address)
    if (!read) throw new Refused('media.cameraAddress')
    must(joinRefusal(state, [], { peerId: endpointOf(siteId), kind: 'room', siteId, connected: true }))
    must(availableRefusal(media.availability))
    const ip = await cameraHost(read.host, this.#isOpen)
    const there = [...this.#kept.values()].filter(({ meetingId }) => meetingId === state.meetingId)
    const full = there.length >= cameraLimits.perMeeting || there.filter((one) => one.siteId === siteId).length >= cameraLimits.perSite
    must(full ? refusal('media.camerasTooMany', { most: cameraLimits.perSite, all: cameraLimits.perMeeting }) : null)
    const kept: Kept = {
      cameraId: randomUUID(), siteId, startedBy: personId, since: now(), meetingId: state.meetingId, shown: read.shown, address: read.at(ip),
      place: null, leave() {}, trouble: null, pause: cameraLimits.firstPause, timer: null, seen: performance.now(),
    }
    // Its place is taken before it is written down: of two that are asked for together the second may be one too many.
    this.#kept.set(kept.cameraId, kept)
    try {
      await audit.record({ what: 'door.cameraStarted', by: personId, meetingId: state.meetingId, about: siteId, details: { address: read.shown } })
    } catch (error) {
      this.#end(kept)
      throw error
    }
    this.#timer ??= setInterval(() => this.#look(), lookEvery).unref()
    void this.#open(kept)
    return { cameraId: kept.cameraId }
  }

  async stop(state: MeetingState, personId: string, cameraId: string): Promise<void> {
    must(equipmentRefusal(state, personId))
    const kept = this.#kept.get(cameraId)
    if (kept?.meetingId !== state.meetingId) throw new Refused('media.cameraUnknown')
    must(equipmentRefusal(state, personId, kept.siteId))
    this.#end(kept)
    await this.#parts.audit.record({ what: 'door.cameraStopped', by: personId, meetingId: state.meetingId, about: kept.siteId, details: { address: kept.shown } })
  }

  /** For whom it may be told, which has been asked. */
  list(state: MeetingState, personId: string): DoorCamera[] {
    const own = equipmentOf(state, personId)
    return [...this.#kept.values()].filter(({ meetingId, siteId }) => meetingId === state.meetingId && (own === 'all' || own?.siteId === siteId)).map(({ cameraId, siteId, shown, startedBy, since, place, trouble }) => {
      const kbps = place?.line?.upKbps ?? 0
      return { cameraId, siteId, address: shown, startedBy, since, state: kbps > 0 ? 'playing' : trouble ? 'failed' : 'connecting', reason: kbps > 0 ? null : trouble, kbps }
    })
  }

  close(): void {
    if (this.#timer) clearInterval(this.#timer)
    this.#timer = null
    for (const { timer } of this.#kept.values()) if (timer) clearTimeout(timer)
    this.#kept.clear()
  }

  /** Never rejects. */
  async #open(kept: Kept): Promise<void> {
    const { cameraId, meetingId, siteId, address } = kept
    kept.timer = null
    const onTrouble = (error: unknown) => this.#parts.log.error({ err: error, meetingId, siteId }, 'a camera could not be fetched')
    const place: SenderPlace = new SenderPlace({ siteId, voiced: false, medias: [], onTrouble, onEnd: () => { if (kept.place === place) this.#again(kept) } })
    try {
      await this.#within(meetingId, async (state, bridge) => {
        must(joinRefusal(state, [], { peerId: endpointOf(siteId), kind: 'room', siteId, connected: true }))
        must(availableRefusal(this.#parts.media.availability))
        await bridge.openDoor(place, async (room) => {
          const { transportId, rtpParameters } = await room.openCamera(place.peerId, address, siteId, endpointOf(siteId))
          // It may have been stopped meanwhile.
          if (!this.#kept.has(cameraId)) {
            room.leave(place.peerId)
            throw new Refused('media.cameraUnknown')
          }
          kept.place = place
          kept.leave = () => bridge.closeDoor(place)
          kept.seen = performance.now()
          place.begin(room, transportId, [{ kind: 'video', rtpParameters }])
        })
      })
    } catch (error) {
      if (!(error instanceof Refused)) onTrouble(error)
      kept.trouble = error instanceof Refused ? error.refusal : refusal('media.cameraFailed')
      this.#again(kept)
    }
  }

  /** A meeting that is over, or without this site, is none to come back to; a password that is not taken is not tried until the camera locks itself. */
  #again(kept: Kept): void {
    if (!this.#kept.has(kept.cameraId)) return
    const { code } = kept.trouble ?? {}
    this.#leave(kept)
    if (code === 'media.notHeld' || code === 'media.siteUnknown' || code === 'notFound') return this.#end(kept)
    if (code === 'media.cameraLogin' || kept.timer) return
    kept.timer = setTimeout(() => void this.#open(kept), kept.pause).unref()
    kept.pause = Math.min(kept.pause * 2, cameraLimits.longestPause)
  }

  #leave(kept: Kept): void {
    const { leave } = kept
    kept.place = null
    kept.leave = () => {}
    leave()
  }

  #end(kept: Kept): void {
    this.#kept.delete(kept.cameraId)
    if (kept.timer) clearTimeout(kept.timer)
    this.#leave(kept)
  }

  /** What plays has no trouble; what has sent nothing for long is begun anew. */
  #look(): void {
    const tick = performance.now()
    for (const kept of this.#kept.values()) {
      if (!kept.place) continue
      if ((kept.place.line?.upKbps ?? 0) > 0) Object.assign(kept, { seen: tick, trouble: null, pause: cameraLimits.firstPause })
      else if (tick - kept.seen >= cameraLimits.silent) this.#again(kept)
    }
    if (!this.#starts.sweep() || this.#kept.size > 0) return
    if (this.#timer) clearInterval(this.#timer)
    this.#timer = null
  }
}
