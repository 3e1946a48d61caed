import type { Turnout } from '../../shared/contracts/live.ts'
import type { Step } from '../../shared/meeting/project.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import { openVote } from '../../shared/meeting/votes/rules.ts'

/** Four times a second at most: ballots must not cost a message per ballot and screen. */
const interval = 250

export function turnoutOf(state: MeetingState): (Turnout & { itemId: string }) | null {
  const vote = openVote(state)
  return vote ? { voteId: vote.voteId, itemId: vote.itemId, cast: vote.ballots.length, entitled: vote.entitled.length } : null
}

/** Tells the turnout of the open vote, coalesced, the last value always. A first ballot waits too: a burst must get its acks first. */
export class TurnoutSignal {
  readonly #send: () => void
  #timer: NodeJS.Timeout | null = null

  constructor(send: () => void) {
    this.#send = send
  }

  heed(steps: readonly Step[]): void {
    if (this.#timer || !steps.some(({ fact }) => fact.type === 'vote.cast' || fact.type === 'vote.opened')) return
    this.#timer = setTimeout(() => {
      this.#timer = null
      this.#send()
    }, interval)
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer)
  }
}
