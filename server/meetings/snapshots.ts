import { promisify } from 'node:util'
import { constants, gunzip, gzip } from 'node:zlib'
import type { MeetingState } from '../../shared/meeting/state.ts'
import type { Collection, Records } from '../store/port.ts'

/** Raise when MeetingState changes its shape: older snapshots are then ignored and the log is folded from its beginning. */
const stateVersion = 13

/** A state with the place in the log it was folded to: a shortcut only, the log stays the truth. */
interface Snapshot {
  stateVersion: number
  hash: string
  /** JSON, packed and in base64: a day of votes is tens of megabytes of ballots, more than the store takes as one value. */
  state: string
}

const pack = promisify(gzip)
const unpack = promisify(gunzip)

export class Snapshots {
  readonly #records: Collection<Snapshot>

  private constructor(records: Collection<Snapshot>) {
    this.#records = records
  }

  static async open(records: Records): Promise<Snapshots> {
    return new Snapshots(await records.collection<Snapshot>({ name: 'snapshots' }))
  }

  async load(meetingId: string): Promise<{ state: MeetingState; hash: string } | null> {
    const found = await this.#records.get(meetingId)
    if (found?.value.stateVersion !== stateVersion) return null
    const text = await unpack(Buffer.from(found.value.state, 'base64'))
    return { state: JSON.parse(text.toString()) as MeetingState, hash: found.value.hash }
  }

  async save(state: MeetingState, hash: string): Promise<void> {
    const packed = await pack(JSON.stringify(state), { level: constants.Z_BEST_SPEED })
    await this.#records.put(state.meetingId, { stateVersion, hash, state: packed.toString('base64') })
  }
}
