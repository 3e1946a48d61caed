import type { Refusal } from '../../shared/contracts/refusal.ts'
import type { Step } from '../../shared/meeting/project.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'

/** Of a meeting's host, what ending a hold in time asks for. */
export interface HoldHost {
  readonly state: Pick<MeetingState, 'presentation'>
  executeAsHub(command: { type: 'presentation:release'; data: Record<string, never> }): Promise<{ ok: true } | { ok: false; refusal: Refusal }>
}

/** The store may be away for a moment; a rule's answer is final. */
const worthRetrying: readonly string[] = ['hub.failed', 'hub.unknown']
const retryAfter = 1000

/**
 * Ends the hold of one meeting's screens when its time is over, by the hub's clock. Unlike a vote's, a deadline that passed while the hub
 * was down is made up for at once: people were told until when they are held, and nobody is held longer.
 */
export class HoldDeadline {
  readonly #host: HoldHost
  readonly #now: () => number
  #closed = false
  #due: { until: number; timer: NodeJS.Timeout } | null = null

  constructor(host: HoldHost, now: () => number = Date.now) {
    this.#host = host
    this.#now = now
    this.#plan()
  }

  /** Whether a hold is waiting to be ended: its meeting must stay loaded. */
  get pending(): boolean {
    return this.#due !== null
  }

  heed(steps: readonly Step[]): void {
    if (steps.some(({ fact }) => fact.type.startsWith('presentation.'))) this.#plan()
  }

  /** For good: a host that was put aside must not write any more. */
  close(): void {
    this.#closed = true
    this.#forget()
  }

  #plan(): void {
    const until = this.#host.state.presentation?.hold?.until
    if (this.#due?.until === until) return
    this.#forget()
    if (until !== undefined) this.#wait(until, until - this.#now())
  }

  #wait(until: number, milliseconds: number): void {
    if (this.#closed) return
    this.#due = { until, timer: setTimeout(() => void this.#release(until), Math.max(0, milliseconds)).unref() }
  }

  async #release(until: number): Promise<void> {
    const early = until - this.#now()
    // Timers and clocks may differ by a moment, and the rule asks the clock.
    if (early > 0) return this.#wait(until, early)
    const outcome = await this.#host.executeAsHub({ type: 'presentation:release', data: {} })
    if (this.#due?.until !== until) return
    if (!outcome.ok && worthRetrying.includes(outcome.refusal.code)) this.#wait(until, retryAfter)
    else this.#due = null
  }

  #forget(): void {
    if (this.#due) clearTimeout(this.#due.timer)
    this.#due = null
  }
}
