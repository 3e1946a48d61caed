import type { MeetingState } from '../../shared/meeting/state.ts'
import type { Collection, Records } from '../store/port.ts'

/** Raise when MeetingState changes its shape: older snapshots are then ignored and the log is folded from its beginning. */
const stateVersion = 7

/** A state with the place in the log it was folded to: a shortcut only, the log stays the truth. */
interface Snapshot {
  stateVersion: number
  hash: string
  /** JSON text: the store need not look into a large state to write it. */
  state: string
}

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
    return found && found.value.stateVersion === stateVersion ? { state: JSON.parse(found.value.state) as MeetingState, hash: found.value.hash } : null
  }

  async save(state: MeetingState, hash: string): Promise<void> {
    await this.#records.put(state.meetingId, { stateVersion, hash, state: JSON.stringify(state) })
  }
}
