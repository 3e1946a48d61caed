import type { Router } from 'mediasoup/types'
import type { Taken } from '../../shared/media/ladder.ts'
import { Refused } from '../../shared/contracts/refusal.ts'
import type { RoomListener, RoomPlan } from '../../shared/media/room-control.ts'
import type { Legs } from '../room/legs.ts'
import type { OwnSent, Sent } from '../room/sent.ts'
import type { Recorder } from './recorder.ts'
import type { Recordings } from './recordings.ts'
import { takesOf } from './takes.ts'

export interface RoomRecordingParts {
  /** None: nothing is written down here. */
  recordings: Recordings | undefined
  listener: Pick<RoomListener, 'recordingFailed'>
  legs: Pick<Legs, 'first'>
  /** Of what is sent here. */
  own(producerId: string): OwnSent | undefined
}

/** What of one room is written down, and for which recording. */
export class RoomRecording {
  readonly #parts: RoomRecordingParts
  #now: { recordingId: string; recorder: Recorder } | null = null

  constructor(parts: RoomRecordingParts) {
    this.#parts = parts
  }

  /** What is taken: its senders must not stop. */
  get asked(): { taken: Taken[] } {
    return { taken: this.#now?.recorder.taken ?? [] }
  }

  /** Resolves when what was written down for another one is whole. */
  async record(recordingId: string | null): Promise<void> {
    const { recordings, listener } = this.#parts
    const before = this.#now
    if ((before?.recordingId ?? null) === recordingId || !recordings) return
    this.#now = null
    try {
      if (recordingId !== null) this.#now = { recordingId, recorder: recordings.recorder(recordingId, { onTrouble: (trouble) => listener.recordingFailed(recordingId, trouble), place: (sent) => this.#placeOf(sent) }) }
    } catch (error) {
      // Its folder cannot be made. Nobody is to read that he is being recorded.
      if (recordingId !== null) listener.recordingFailed(recordingId, 'recorderFailed')
      throw error
    } finally {
      if (before) await recordings.end(before.recordingId, before.recorder)
    }
  }

  follow(plan: RoomPlan, sending: readonly Sent[]): void {
    this.#now?.recorder.follow(takesOf(plan, sending))
  }

  /** Where it can be received: where it is sent, or, from elsewhere, where most are. */
  async #placeOf(sent: Sent): Promise<Router> {
    const own = this.#parts.own(sent.producer.id)
    if (own) return own.leg.router
    const leg = this.#parts.legs.first
    if (!leg) throw new Refused('media.unknown')
    await sent.bring(leg)
    return leg.router
  }
}
