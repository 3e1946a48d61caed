import type { Turnout } from '../../shared/contracts/live.ts'
import { totalOf } from '../../shared/meeting/hands/rules.ts'
import { confirmedCounts, type ConfirmedCount } from '../../shared/meeting/hands/tally.ts'
import type { Step } from '../../shared/meeting/project.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import { isBallot } from '../../shared/meeting/votes/facts.ts'
import { openVotes } from '../../shared/meeting/votes/rules.ts'
import { bySite } from '../../shared/meeting/votes/sites.ts'

/** Whoever leads, and the wall, see ballots come in four times a second at most: no message per ballot and screen. */
export const turnoutInFront = 250
/** The tablets once a second, in a very large hall less often: telling everybody of ballots must not keep the ballots waiting. */
export const turnoutOnTablets = (screens: number) => Math.max(1000, screens)

/**
 * The turnout of every open vote, by site too: who can be reached is told from `isConnected`, never guessed.
 * How people voted is not in it, whatever the method. Votes counted by hand are in it once they are confirmed.
 */
export function turnoutsOf(state: MeetingState, isConnected: (personId: string) => boolean): (Turnout & { itemId: string })[] {
  return openVotes(state).map(({ voteId, itemId, entitled, ballots }) => {
    const cast = new Set(ballots.map(({ personId }) => personId))
    const hands = confirmedCounts(state, voteId)
    const countedAt = new Map(hands.flatMap(({ siteId, personIds }) => personIds.map((personId) => [personId, siteId])))
    const sites = [...bySite(state, entitled, countedAt)].map(([siteId, personIds]) => ({
      siteId,
      cast: personIds.filter((personId) => cast.has(personId)).length + raised(hands.filter((one) => one.siteId === siteId)),
      entitled: personIds.length,
      reachable: personIds.filter((personId) => cast.has(personId) || countedAt.has(personId) || isConnected(personId)).length,
    }))
    return { voteId, itemId, cast: cast.size + raised(hands), entitled: entitled.length, bySite: sites }
  })
}

function raised(hands: readonly ConfirmedCount[]): number {
  return hands.reduce((sum, { counts }) => sum + totalOf(counts), 0)
}

const heeded: ReadonlySet<string> = new Set(['vote.opened', 'attendance.declared', 'hands.confirmed', 'hands.withdrawn'])

/** Tells the turnout of open votes, coalesced, the last value always. A first ballot waits too: a burst must get its acks first. */
export class TurnoutSignal {
  readonly #send: () => void
  readonly #interval: () => number
  #timer: NodeJS.Timeout | null = null

  /** @param interval milliseconds between two tellings */
  constructor(send: () => void, interval: () => number) {
    this.#send = send
    this.#interval = interval
  }

  heed(steps: readonly Step[]): void {
    if (steps.some(({ fact }) => isBallot(fact) || heeded.has(fact.type))) this.plan()
  }

  /** Something else has changed that turnout tells: a screen came or went. */
  plan(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      this.#send()
    }, this.#interval())
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer)
  }
}
