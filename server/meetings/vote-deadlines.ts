import type { Logger } from 'pino'
import type { Refusal } from '../../shared/contracts/refusal.ts'
import type { Step } from '../../shared/meeting/project.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import { openVotes } from '../../shared/meeting/votes/rules.ts'

/** Of a meeting's host, what closing in time asks for. */
export interface DeadlineHost {
  readonly state: MeetingState
  executeAsHub(command: { type: 'votes:close'; data: { voteId: string } }): Promise<{ ok: true } | { ok: false; refusal: Refusal }>
}

/** The store may be away for a moment; a rule's answer is final. */
const worthRetrying: readonly string[] = ['hub.failed', 'hub.unknown']
const retryAfter = 1000

/**
 * Closes the votes of one meeting when their time is over, by the hub's clock. A deadline that passed while the hub was down, or
 * while something stood against closing, is not made up for: the vote stays open, and the chair decides.
 */
export class VoteDeadlines {
  readonly #host: DeadlineHost
  readonly #log: Logger
  readonly #now: () => number
  #closed = false
  readonly #timers = new Map<string, { closesAt: number; timer: NodeJS.Timeout }>()

  constructor(host: DeadlineHost, log: Logger, now: () => number = Date.now) {
    this.#host = host
    this.#log = log
    this.#now = now
    this.#plan()
  }

  /** Whether a vote is waiting to be closed: its meeting must stay loaded. */
  get pending(): boolean {
    return this.#timers.size > 0
  }

  heed(steps: readonly Step[]): void {
    if (steps.some(({ fact: { type } }) => type === 'vote.opened' || type === 'vote.extended' || type === 'vote.closed' || type === 'vote.cancelled')) this.#plan()
  }

  /** For good: a host that was put aside must not write any more, whatever it still publishes. */
  close(): void {
    this.#closed = true
    for (const { timer } of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
  }

  #plan(): void {
    if (this.#closed) return
    const due = new Map(openVotes(this.#host.state).map(({ voteId, closesAt }) => [voteId, closesAt]))
    for (const [voteId, { closesAt, timer }] of this.#timers) {
      if (due.get(voteId) === closesAt) continue
      clearTimeout(timer)
      this.#timers.delete(voteId)
    }
    for (const [voteId, closesAt] of due) {
      if (closesAt !== null && closesAt > this.#now() && !this.#timers.has(voteId)) this.#wait(voteId, closesAt, closesAt - this.#now())
    }
  }

  #wait(voteId: string, closesAt: number, milliseconds: number): void {
    if (this.#closed) return
    this.#timers.set(voteId, { closesAt, timer: setTimeout(() => void this.#closeVote(voteId, closesAt), milliseconds).unref() })
  }

  async #closeVote(voteId: string, closesAt: number): Promise<void> {
    const early = closesAt - this.#now()
    // Timers and clocks may differ by a moment, and the rule asks the clock.
    if (early > 0) return this.#wait(voteId, closesAt, early)
    const outcome = await this.#host.executeAsHub({ type: 'votes:close', data: { voteId } })
    if (this.#timers.get(voteId)?.closesAt !== closesAt) return
    if (!outcome.ok && worthRetrying.includes(outcome.refusal.code)) return this.#wait(voteId, closesAt, retryAfter)
    this.#timers.delete(voteId)
    if (!outcome.ok) this.#log.info({ voteId, refusal: outcome.refusal.code }, 'vote not closed at its deadline; the chair decides')
  }
}
