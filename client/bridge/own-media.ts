import type { Source } from '../../shared/media/peer.ts'
import { sources } from '../../shared/media/peer.ts'
import type { Grants } from '../../shared/media/stage.ts'
import { captureCamera, CaptureFailed, captureMicrophone, captureScreen, captureSecond, type CaptureFailure, type ChosenDevices } from './capture.ts'
import type { Sent } from './sent.ts'

/** What the person at this screen wants sent, as far as he may. */
export interface Wishes {
  microphone: boolean
  camera: boolean
}

export interface OwnMediaParts {
  /** A room's devices stay open, so that its voice is there at once; a tablet's microphone is closed, lamp and all, as soon as its turn is over. */
  keepsOpen: boolean
  devices: ChosenDevices
  changed: () => void
  failed: (source: Source, reason: CaptureFailure) => void
}

/** Cameras, microphones and shared screens of this device. What is captured and sent follows from what may be sent and what is wished, one step after the other. */
export class OwnMedia {
  readonly wishes: Wishes = { microphone: true, camera: true }
  devices: ChosenDevices
  readonly #parts: OwnMediaParts
  readonly #tracks = new Map<Source, MediaStreamTrack>()
  #grants: Grants | null = null
  #sent: Sent | null = null
  #settling = false
  #again = false

  constructor(parts: OwnMediaParts) {
    this.#parts = parts
    this.devices = parts.devices
  }

  get tracks(): ReadonlyMap<Source, MediaStreamTrack> {
    return this.#tracks
  }

  /** `grants` null: out of the room. */
  set(sent: Sent | null, grants: Grants | null): void {
    this.#sent = sent
    this.#grants = grants
    void this.settle()
  }

  /** Takes what was captured before joining, so that nobody is asked twice. */
  adopt(source: Source, track: MediaStreamTrack): void {
    this.#tracks.get(source)?.stop()
    this.#tracks.set(source, track)
  }

  /** Asks for a screen or window; false: nothing was picked. */
  async share(): Promise<boolean> {
    const picked = await captureScreen()
    if (!picked) return false
    this.adopt('screen', picked.picture)
    if (picked.sound) this.adopt('screenSound', picked.sound)
    await this.settle()
    return true
  }

  endSharing(): void {
    for (const source of ['screen', 'screenSound'] as const) this.#drop(source)
    this.#parts.changed()
  }

  /** Closes a device, so that it is opened anew: after another one was chosen, or when it has hung. */
  async renew(source: 'microphone' | 'camera' | 'second'): Promise<void> {
    this.#tracks.get(source)?.stop()
    this.#tracks.delete(source)
    if (this.#sent?.sends(source)) {
      const track = await this.#capture(source)
      if (track) await this.#start(source, track)
    }
    await this.settle()
  }

  /** Brings about what is wished and allowed. Never rejects. */
  async settle(): Promise<void> {
    if (this.#settling) return void (this.#again = true)
    this.#settling = true
    do {
      this.#again = false
      for (const source of sources) await this.#settleOne(source)
    } while (this.#again)
    this.#settling = false
    this.#parts.changed()
  }

  close(): void {
    this.#sent = this.#grants = null
    for (const source of sources) this.#drop(source)
  }

  async #settleOne(source: Source): Promise<void> {
    const sent = this.#sent
    if (!sent || !this.#may(source)) {
      sent?.stop(source)
      const kept = this.#parts.keepsOpen ? source !== 'screen' && source !== 'screenSound' : sent === null
      if (!kept) this.#drop(source)
      // A room's microphone is open before its turn comes: opening it takes longer than giving the floor.
      else if (sent && source === 'microphone' && this.#parts.keepsOpen && this.wishes.microphone && !this.#tracks.has(source)) await this.#capture(source)
      return
    }
    if (!this.#wished(source)) {
      // A microphone that is only held back speaks again at a touch; a camera that is off is off.
      if (source === 'microphone') sent.hold(source, true)
      else if (source === 'camera' || source === 'second') this.#drop(source)
      return
    }
    const track = this.#tracks.get(source) ?? (await this.#capture(source))
    if (!track || this.#sent !== sent || !this.#may(source)) return void (this.#again ||= track !== null && track !== undefined)
    if (sent.trackOf(source) !== track) await this.#start(source, track)
    if (source === 'microphone') sent.hold(source, false)
  }

  async #start(source: Source, track: MediaStreamTrack): Promise<void> {
    await this.#sent?.start(source, track, () => this.#ended(source)).catch(() => undefined)
  }

  async #capture(source: Source): Promise<MediaStreamTrack | null> {
    const { camera, microphone, second } = this.devices
    if (source === 'screen' || source === 'screenSound' || (source === 'second' && second === null)) return null
    try {
      const track = await (source === 'microphone' ? captureMicrophone(microphone) : source === 'second' && second !== null ? captureSecond(second) : captureCamera(camera))
      this.#tracks.set(source, track)
      return track
    } catch (error) {
      // Asked once: not again and again with every word that comes from the hub.
      if (source !== 'second') this.wishes[source] = false
      if (error instanceof CaptureFailed) this.#parts.failed(source, error.reason)
      return null
    }
  }

  #may(source: Source): boolean {
    return (this.#grants?.[source] ?? 'no') !== 'no'
  }

  #wished(source: Source): boolean {
    return source === 'microphone' || source === 'camera' ? this.wishes[source] : source === 'second' ? this.devices.second !== null : this.#tracks.has(source)
  }

  /** Unplugged, or its owner ended the sharing in the browser's own bar. */
  #ended(source: Source): void {
    if (source === 'screen') return this.endSharing()
    this.#drop(source)
    if (source === 'microphone' || source === 'camera') void this.settle()
    else this.#parts.changed()
  }

  #drop(source: Source): void {
    this.#sent?.stop(source)
    this.#tracks.get(source)?.stop()
    this.#tracks.delete(source)
  }
}
