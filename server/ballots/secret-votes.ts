import type { Logger } from 'pino'
import type { Refusal } from '../../shared/contracts/refusal.ts'
import type { Context } from '../../shared/meeting/command.ts'
import { entry } from '../../shared/meeting/entities.ts'
import type { Step } from '../../shared/meeting/project.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import { isRunning, sittingOf } from '../../shared/meeting/votes/rules.ts'
import type { Vote } from '../../shared/meeting/votes/state.ts'
import { openBallots } from './opening.ts'
import { VoteKeys, type KeptKey, type VoteKey } from './vote-keys.ts'

/** Of a meeting's host, what counting asks for. */
export interface CountingHost {
  readonly state: MeetingState
  /** Sends a command as the hub itself. */
  executeAsHub(
    command: { type: 'votes:count' | 'votes:void'; data: { voteId: string } }, given?: Pick<Context, 'opened'>,
  ): Promise<{ ok: true } | { ok: false; refusal: Refusal }>
}

/**
 * A key that belongs to no vote that has opened is left alone for so long: another hub on the same folder may be about to open
 * with it, or stand on a newer store than this one. Nothing was ever sealed to it as far as this hub knows.
 */
const leftAlone = 24 * 3_600_000
const firstRetry = 1000
const longestRetry = 60_000

/**
 * Secret votes from the hub's side: makes their keys before they open, opens and counts their ballots when they have closed, and
 * destroys each key as soon as its vote is counted or cancelled. What a hub that died has left undone is done when the meeting is loaded.
 */
export class SecretVotes {
  readonly #keys: VoteKeys
  readonly #log: Logger
  readonly #underway = new Map<CountingHost, Promise<void>>()
  readonly #retries = new Set<NodeJS.Timeout>()
  #closed = false

  constructor(keysDir: string, log: Logger) {
    this.#keys = new VoteKeys(keysDir)
    this.#log = log
  }

  /** Public keys, by vote id, for the secret drafts that opening `voteId` would open. Their private halves are durable. */
  async prepare(state: MeetingState, voteId: string): Promise<Record<string, string>> {
    const vote = entry(state.votes, voteId)
    const keys: Record<string, string> = {}
    if (vote?.status !== 'draft') return keys
    try {
      for (const draft of sittingOf(state, vote)) {
        if (draft.method === 'secret') keys[draft.voteId] = (await this.#keys.make(state.meetingId, draft.voteId)).publicKey
      }
    } catch (error) {
      // The vote is refused then: its rule asks for a key.
      this.#log.error({ err: error, meetingId: state.meetingId }, 'the key of a secret vote cannot be kept (KEYS_DIR)')
    }
    return keys
  }

  /** Throws keys away that `prepare` has made for nothing. */
  async discard(meetingId: string, publicKeys: Record<string, string>): Promise<void> {
    for (const [voteId, publicKey] of Object.entries(publicKeys)) await this.#destroy({ meetingId, voteId, publicKey })
  }

  /** Looks at what has just become durable. */
  heed(host: CountingHost, steps: readonly Step[]): void {
    const settles = steps.some(({ fact, after }) =>
      (fact.type === 'vote.closed' || fact.type === 'vote.cancelled') && entry(after.votes, fact.data.voteId)?.method === 'secret')
    if (settles) this.#plan(host, () => this.#settle(host, steps))
  }

  /** After a meeting was loaded: counts what had closed, and voids what cannot be opened any more. */
  resume(host: CountingHost): void {
    if (Object.values(host.state.votes).some((vote) => keyOf(host.state, vote) && isRunning(vote))) this.#plan(host, () => this.#resume(host))
  }

  /** Resolves when nothing is being counted in this meeting. */
  async settled(host: CountingHost): Promise<void> {
    await this.#underway.get(host)
  }

  /** At the hub's start: meetings with keys are loaded, which counts what had closed; keys that nobody needs any more are destroyed. */
  async sweep(find: (meetingId: string) => Promise<CountingHost | null>): Promise<void> {
    if (!(await this.#keys.arePrivate())) this.#log.warn('KEYS_DIR can be read by others than the hub: whoever copies a key while a secret vote is open can read its ballots (chmod 700)')
    for (const kept of await this.#keys.kept()) {
      try {
        const host = await find(kept.meetingId)
        if (host) await this.settled(host)
        if (!this.#isNeeded(kept, host?.state)) await this.#keys.sweep(kept)
      } catch (error) {
        this.#log.error({ err: error, meetingId: kept.meetingId }, 'key of a secret vote not looked after')
      }
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    for (const retry of this.#retries) clearTimeout(retry)
    await Promise.all(this.#underway.values())
  }

  #isNeeded(kept: KeptKey, state: MeetingState | undefined): boolean {
    const vote = state && entry(state.votes, kept.voteId)
    if (state && vote && this.#keys.isOf(kept, vote.publicKey)) return isRunning(vote) && !isOver(state)
    return Date.now() - kept.writtenAt < leftAlone
  }

  /** One thing at a time in a meeting; after a failure again, later. */
  #plan(host: CountingHost, work: () => Promise<boolean>, wait = firstRetry): void {
    const running = (this.#underway.get(host) ?? Promise.resolve()).then(async () => {
      if (this.#closed || (await work().catch((error: unknown) => this.#failed(host, error)))) return
      const retry = setTimeout(() => {
        this.#retries.delete(retry)
        this.#plan(host, () => this.#resume(host), Math.min(wait * 2, longestRetry))
      }, wait).unref()
      this.#retries.add(retry)
    })
    this.#underway.set(host, running)
    void running.then(() => this.#underway.get(host) === running && this.#underway.delete(host))
  }

  #failed({ state: { meetingId } }: CountingHost, error: unknown): false {
    this.#log.error({ err: error, meetingId }, 'a secret vote could not be counted; it is tried again')
    return false
  }

  async #settle(host: CountingHost, steps: readonly Step[]): Promise<boolean> {
    let done = true
    for (const { fact } of steps) {
      if (fact.type !== 'vote.closed' && fact.type !== 'vote.cancelled') continue
      const vote = entry(host.state.votes, fact.data.voteId)
      if (vote?.method === 'secret') done = (await this.#bringOn(host, vote)) && done
    }
    return done
  }

  async #resume(host: CountingHost): Promise<boolean> {
    let done = true
    for (const vote of Object.values(host.state.votes)) if (isRunning(vote)) done = (await this.#bringOn(host, vote)) && done
    return done
  }

  /** What is due for one vote. True when nothing is left to do, for now. */
  async #bringOn(host: CountingHost, vote: Vote): Promise<boolean> {
    const key = keyOf(host.state, vote)
    if (!key) return true
    if (isRunning(vote)) {
      const privateKey = await this.#keys.find(key)
      if (privateKey && vote.status === 'open') return true
      const outcome = privateKey
        ? await host.executeAsHub(
            { type: 'votes:count', data: { voteId: vote.voteId } },
            { opened: { [vote.voteId]: await openBallots(host.state, vote, { privateKey, publicKey: key.publicKey }) } },
          )
        : await host.executeAsHub({ type: 'votes:void', data: { voteId: vote.voteId } })
      const { meetingId } = host.state
      if (!outcome.ok) this.#log.warn({ meetingId, voteId: vote.voteId, refusal: outcome.refusal.code }, 'secret vote not settled')
      else if (privateKey) this.#log.info({ meetingId, voteId: vote.voteId }, 'secret vote counted')
      else this.#log.error({ meetingId, voteId: vote.voteId }, 'secret vote voided: its key is not in KEYS_DIR')
    }
    const now = entry(host.state.votes, vote.voteId)
    if (now && isRunning(now) && !isOver(host.state)) return false
    await this.#destroy(key)
    return true
  }

  /** Never throws. */
  async #destroy(key: VoteKey): Promise<void> {
    try {
      await this.#keys.destroy(key)
    } catch (error) {
      this.#log.error({ err: error, meetingId: key.meetingId, voteId: key.voteId }, 'the key of a secret vote could not be destroyed; it is tried again at the next start')
    }
  }
}

/** The key of a secret vote that has opened. */
function keyOf({ meetingId }: MeetingState, { voteId, method, publicKey }: Vote): VoteKey | null {
  return method === 'secret' && publicKey !== null ? { meetingId, voteId, publicKey } : null
}

function isOver({ lifecycle: { status } }: MeetingState): boolean {
  return status === 'ended' || status === 'cancelled'
}
