import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import { refusal, type Refusal } from '../../shared/contracts/refusal.ts'
import { isRefusal, type Command, type Context } from '../../shared/meeting/command.ts'
import { decide } from '../../shared/meeting/decide.ts'
import type { Fact } from '../../shared/meeting/fact.ts'
import { permissionRefusal } from '../../shared/meeting/permission.ts'
import type { Step } from '../../shared/meeting/project.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import { versionOf } from '../../shared/meeting/versions.ts'
import { LogConflict, OutcomeUnknown, type Store, type StoredFact } from '../store/port.ts'
import type { SecretVotes } from '../ballots/secret-votes.ts'
import { chainHash } from './chain.ts'
import { foldSteps, indexCommands, readOn, takeIn, type LiveMeeting } from './meeting.ts'
import { logIdOf } from './meeting-log.ts'
import { Recent } from './recent.ts'
import { DeadlinePassed, withDeadline } from './deadline.ts'

/** The answer to a command: which facts it caused, or why it was not done. */
export type CommandOutcome = { ok: true; from: number; to: number } | { ok: false; refusal: Refusal }

export type SentCommand = Command & { commandId: string }

/** What the hub knows besides the state and hands to the rule. */
type Given = Pick<Context, 'publicKeys' | 'opened'>
const nothingGiven: Given = {}

interface Waiting {
  /** Null: the hub itself. */
  personId: string | null
  command: SentCommand
  given: Given
  settle(outcome: CommandOutcome): void
}

/** What a group of commands comes to, and the hash that its facts will leave. */
interface Decided { outcomes: CommandOutcome[]; steps: Step[]; facts: Fact[]; hash: string }

/** Publishes and answers what is durable. Never throws. */
type Tell = () => void
const nothingToTell: Tell = () => {}

/**
 * So many commands are decided and appended together at most. Under load the answers of one group are written while the disk
 * takes the next one: larger groups would leave it, and the voters, waiting for each other.
 */
const largestGroup = 100
const appendDeadline = 15_000
const conflictRetries = 5

/**
 * The one writer of a live meeting. Commands are decided in the order they came; those that wait while an append is under
 * way are decided and appended together; nothing is published or answered before its append is durable.
 */
export class MeetingHost {
  readonly #store: Store
  readonly #log: Logger
  readonly #now: () => number
  readonly #meeting: LiveMeeting
  readonly #secretVotes: Pick<SecretVotes, 'prepare' | 'discard'>
  readonly #listeners = new Set<(steps: Step[]) => void>()
  /** What the next group is decided on: ahead of `#meeting` by the facts that are durable and will be told in a moment. */
  #durable: { state: MeetingState; hash: string }
  #indexed = false
  #lastAt = 0
  readonly #recent = new Recent()
  #waiting: Waiting[] = []
  #writing: Promise<void> | null = null

  constructor(store: Store, meeting: LiveMeeting, secretVotes: Pick<SecretVotes, 'prepare' | 'discard'>, log: Logger, now: () => number = Date.now) {
    this.#store = store
    this.#meeting = meeting
    this.#secretVotes = secretVotes
    this.#durable = { state: meeting.state, hash: meeting.hash }
    this.#recent.push(meeting.recent.splice(0))
    this.#log = log
    this.#now = now
  }

  /** The state as of the last fact that was published. */
  get state(): MeetingState {
    return this.#meeting.state
  }

  get hash(): string {
    return this.#meeting.hash
  }

  /** Listens to what becomes durable, group by group. Returns how to stop. */
  onPublish(listener: (steps: Step[]) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  get listeners(): number {
    return this.#listeners.size
  }

  /** Steps after `sinceSeq`, or null when they are no longer kept or the caller is ahead of the log. */
  stepsSince(sinceSeq: number): Step[] | null {
    if (sinceSeq === this.state.seq) return []
    return sinceSeq > this.state.seq ? null : this.#recent.since(sinceSeq)
  }

  /** Whether a command would come to its rule: it is not a repeat, and its sender may send it. */
  async wouldDecide(personId: string, { commandId, type }: SentCommand): Promise<boolean> {
    // Unread, the index is not the question any more: execute tells.
    await this.#meeting.indexed().catch(() => {})
    return !this.#meeting.commands.has(commandId) && permissionRefusal(this.state, personId, type) === null
  }

  /** Decides, appends and answers. The command's schema must have been checked. Never rejects. */
  execute(personId: string, command: SentCommand): Promise<CommandOutcome> {
    return this.#queue(personId, command, nothingGiven)
  }

  /** As `execute`, for what the hub decides by itself: a deadline has come, ballots have been opened. Its facts are by nobody. */
  executeAsHub(command: Command, given: Given = nothingGiven): Promise<CommandOutcome> {
    // Nobody can have taken an id that is made here.
    return this.#queue(null, { ...command, commandId: randomUUID() }, given)
  }

  #queue(personId: string | null, command: SentCommand, given: Given): Promise<CommandOutcome> {
    return new Promise((settle) => {
      this.#waiting.push({ personId, command, given, settle })
      this.#writing ??= this.#write()
    })
  }

  /** Resolves when nothing waits any more. */
  async settled(): Promise<void> {
    while (this.#writing) await this.#writing
  }

  async #write(): Promise<void> {
    let tell = nothingToTell
    for (;;) {
      if (this.#waiting.length === 0) {
        tell()
        tell = nothingToTell
      }
      // In the same step as the last look at the queue: a command sent between the two would wait for ever.
      if (this.#waiting.length === 0) return void (this.#writing = null)
      tell = await this.#writeGroup(this.#waiting.splice(0, nextGroup(this.#waiting)), tell)
    }
  }

  /** Decides and appends a group, telling what the one before it came to while the disk works. Resolves with how to tell this one. */
  async #writeGroup(group: Waiting[], tellBefore: Tell, conflicts = 0): Promise<Tell> {
    if (!this.#indexed && !(await this.#index())) {
      // Each may be the repeat of one that was done.
      group.forEach(({ settle }) => settle({ ok: false, refusal: refusal('hub.unknown') }))
      return tellBefore
    }
    const [first] = group
    let made: Record<string, string> = {}
    if (first?.command.type === 'votes:open' && this.#mayOpen(first)) {
      tellBefore()
      tellBefore = nothingToTell
      made = await this.#secretVotes.prepare(this.#durable.state, first.command.data.voteId)
      first.given = { publicKeys: made }
    }
    let decided: Decided
    try {
      decided = this.#decideGroup(group)
    } catch (error) {
      await this.#secretVotes.discard(this.state.meetingId, made)
      // One command's fault (what JSON cannot carry, a rule that throws) must neither fail the others nor stop the meeting.
      if (group.length > 1) {
        let tell = tellBefore
        for (const one of group) tell = await this.#writeGroup([one], tell)
        return tell
      }
      this.#log.error({ err: error, command: group[0]?.command.type }, 'command cannot be decided')
      settleAll(group, [{ ok: false, refusal: refusal('hub.failed') }])
      return tellBefore
    }
    const { outcomes, steps, facts, hash } = decided
    // Only after a refusal: when an append fails, the vote may come to be open with this key all the same.
    if (!outcomes[0]?.ok) await this.#secretVotes.discard(this.state.meetingId, made)
    if (steps.length === 0) {
      tellBefore()
      settleAll(group, outcomes)
      return nothingToTell
    }
    const appending = withDeadline(this.#store.logs.append(logIdOf(this.state.meetingId), this.#durable.state.seq, facts as StoredFact[], hash), appendDeadline)
    tellBefore()
    try {
      await appending
    } catch (error) {
      return this.#recover(group, error, conflicts)
    }
    this.#durable = { state: steps.at(-1)?.after ?? this.#durable.state, hash }
    this.#lastAt = facts.at(-1)?.at ?? this.#lastAt
    indexCommands(this.#meeting.commands, facts)
    return () => {
      Object.assign(this.#meeting, this.#durable)
      this.#publish(steps)
      settleAll(group, outcomes)
    }
  }

  /** A repeat must be known as one before anything is decided. False when the log's commands cannot be read. */
  async #index(): Promise<boolean> {
    try {
      await this.#meeting.indexed()
      return (this.#indexed = true)
    } catch (error) {
      this.#log.error({ err: error }, 'the commands of the log cannot be read')
      return false
    }
  }

  /** A key is made only for who may open, and not for a repeat. */
  #mayOpen({ personId, command: { commandId, type } }: Waiting): boolean {
    return personId !== null && !this.#meeting.commands.has(commandId) && permissionRefusal(this.#durable.state, personId, type) === null
  }

  /** Decides each command on what the ones before it would make of the state. */
  #decideGroup(group: Waiting[]): Decided {
    const steps: Step[] = []
    const answered = new Map<string, { by: string | null; from: number; to: number }>()
    let { state } = this.#durable
    // A clock that is set back must not make facts go back in time.
    const at = Math.max(this.#now(), this.#lastAt, state.lifecycle.since)
    const outcomes = group.map(({ personId, command, given }): CommandOutcome => {
      const { commandId } = command
      const known = answered.get(commandId) ?? this.#meeting.commands.get(commandId)
      if (known) return known.by === personId ? { ok: true, from: known.from, to: known.to } : { ok: false, refusal: refusal('command.idTaken') }
      const decision = decide(state, command, { personId: personId ?? '', hub: personId === null, now: at, newId: randomUUID, ...given })
      if (isRefusal(decision)) return { ok: false, refusal: decision }
      const from = state.seq + 1
      // In the order of canonical JSON, which then need not sort them again.
      const caused = decision.map(({ data, type }, index) => ({ at, by: personId, commandId, data, seq: from + index, type, v: versionOf(type) }) as Fact)
      steps.push(...foldSteps(state, caused))
      state = steps.at(-1)?.after ?? state
      answered.set(commandId, { by: personId, from, to: state.seq })
      return { ok: true, from, to: state.seq }
    })
    const facts = steps.map(({ fact }) => fact)
    return { outcomes, steps, facts, hash: steps.length > 0 ? chainHash(this.#durable.hash, facts as StoredFact[]) : this.#durable.hash }
  }

  /**
   * An append failed or was not heard of in time. What lies in the log counts: those commands are answered from there.
   * After a conflict (another hub wrote) the rest is decided anew; otherwise it is refused, or, when nobody can tell, said to be unknown.
   */
  async #recover(group: Waiting[], error: unknown, conflicts: number): Promise<Tell> {
    const conflict = error instanceof LogConflict
    this.#log[conflict ? 'warn' : 'error']({ err: error, seq: this.state.seq }, 'append failed, reading the log again')
    let readable = true
    try {
      // A reading that comes too late changes nothing: what it found was never told to anybody.
      const found = takeIn(this.#meeting, await withDeadline(readOn(this.#store, this.#meeting), appendDeadline))
      this.#durable = { state: this.#meeting.state, hash: this.#meeting.hash }
      this.#lastAt = Math.max(this.#lastAt, found.at(-1)?.fact.at ?? 0)
      this.#publish(found)
    } catch (unreadable) {
      readable = false
      this.#log.error({ err: unreadable }, 'log cannot be read')
    }
    if (conflict && readable && conflicts < conflictRetries) return this.#writeGroup(group, nothingToTell, conflicts + 1)
    const definite = readable && !(error instanceof DeadlinePassed || error instanceof OutcomeUnknown)
    for (const { personId, command, settle } of group) {
      const known = this.#meeting.commands.get(command.commandId)
      if (known?.by === personId) settle({ ok: true, from: known.from, to: known.to })
      else settle({ ok: false, refusal: refusal(definite ? 'hub.failed' : 'hub.unknown') })
    }
    return nothingToTell
  }

  #publish(steps: Step[]): void {
    if (steps.length === 0) return
    this.#recent.push(steps)
    for (const listener of this.#listeners) {
      try {
        listener(steps)
      } catch (error) {
        // One listener's fault must not keep the sender from its answer: the facts are durable.
        this.#log.error({ err: error }, 'publishing failed')
      }
    }
  }
}

/** How many of those that wait are decided next. Opening a vote comes first in its group: its keys are made for the state it is decided on. */
function nextGroup(waiting: readonly Waiting[]): number {
  const opening = waiting.findIndex(({ command }, index) => index > 0 && command.type === 'votes:open')
  return Math.min(opening < 0 ? waiting.length : opening, largestGroup)
}

function settleAll(group: Waiting[], outcomes: CommandOutcome[]): void {
  group.forEach(({ settle }, index) => settle(outcomes[index] as CommandOutcome))
}
