import type { Commands } from '../../../shared/meeting/command.ts'

/** A sealed ballot that was sent and not answered yet. Not even this device can open it, so it may be kept through a reload. */
export interface BallotUnderway {
  meetingId: string
  /** Sealed to his name: under another's it would be nonsense. */
  personId: string
  commandId: string
  data: Commands['votes:cast'] & { sealed: string }
}

const key = 'ballotsUnderway'

type Keeper = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** Ballots on their way, in the tab's own storage: a reload in the middle neither loses one nor makes two of it. */
export class BallotsUnderway {
  readonly #keeper: () => Keeper

  constructor(keeper: () => Keeper = () => sessionStorage) {
    this.#keeper = keeper
  }

  keep(ballot: BallotUnderway): void {
    this.#write([...this.#read(), ballot])
  }

  forget(commandId: string): void {
    this.#write(this.#read().filter((one) => one.commandId !== commandId))
  }

  /** Of this person in this meeting; what somebody else has left on this device is dropped. */
  of(meetingId: string, personId: string): BallotUnderway[] {
    const all = this.#read()
    const own = all.filter((one) => one.personId === personId)
    if (own.length !== all.length) this.#write(own)
    return own.filter((one) => one.meetingId === meetingId)
  }

  #read(): BallotUnderway[] {
    try {
      return JSON.parse(this.#keeper().getItem(key) ?? '[]') as BallotUnderway[]
    } catch {
      // A browser that keeps nothing, or something else under this name: then a reload asks the voter again.
      return []
    }
  }

  #write(ballots: readonly BallotUnderway[]): void {
    try {
      if (ballots.length > 0) this.#keeper().setItem(key, JSON.stringify(ballots))
      else this.#keeper().removeItem(key)
    } catch {
      // As above.
    }
  }
}
