import type { Turnout } from '../../shared/contracts/live.ts'
import type { Step } from '../../shared/meeting/project.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import { openVote } from '../../shared/meeting/votes/rules.ts'

/** Four times a second at most: ballots must not cost a message per ballot and screen. */
const interval = 250

export function turnoutOf(state: MeetingState): (Turnout & { itemId: string }) | null {
  const vote = openVote(state)
  return vote ? { voteId: vote.voteId, itemId: vote.itemId, cast: Object.keys(vote.ballots).length, entitled: vote.entitled.length } : null
}

/** Tells the turnout of the open vote, coalesced, the last value always. */
export class TurnoutSignal {
  readonly #send: () => void
  #timer: NodeJS.Timeout | null = null
  #sentAt = 0

  constructor(send: () => void) {
    this.#send = send
  }

  heed(steps: readonly Step[]): void {
    if (this.#timer || !steps.some(({ fact }) => fact.type === 'vote.cast' || fact.type === 'vote.opened')) return
    const wait = Math.max(0, this.#sentAt + interval - Date.now())
    this.#timer = setTimeout(() => {
      this.#timer = null
      this.#sentAt = Date.now()
      this.#send()
    }, wait)
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer)
  }
}
