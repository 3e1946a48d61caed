import type { CommandAnswer } from '../../shared/contracts/live.ts'
import type { Refusal, RefusalAnswer } from '../../shared/contracts/refusal.ts'
import type { Commands, CommandType } from '../../shared/meeting/command.ts'
import { Backoff } from './backoff.ts'

/**
 * What came of a command. `notConnected`: it was never sent, so nothing has happened. `unanswered`: it was sent, and the line
 * was given up (page left, signed out) before the hub had answered.
 */
export type CommandOutcome =
  | { ok: true; from: number; to: number }
  | { ok: false; kind: 'refused'; refusal: Refusal | RefusalAnswer }
  | { ok: false; kind: 'notConnected' | 'unanswered' }

/** A command on its way: not sent yet (the hub is out of reach), or sent and not answered. */
export interface WaitingCommand {
  commandId: string
  type: CommandType
  data: Commands[CommandType]
  /** Sent at least once, so it may have been done already. */
  sent: boolean
}

interface Entry extends WaitingCommand {
  underway: boolean
  backoff: Backoff
  settle: (end: CommandAnswer | 'notConnected' | 'unanswered') => void
}

/** Sends once; `done` gets the answer, or null when none came (cut off, or too late). */
export type Transmit = (type: CommandType, message: { commandId: string; data: unknown }, done: (answer: CommandAnswer | null) => void) => void

/**
 * Commands until they are answered. Each keeps its id through every repeat, so the hub does it once however often it hears it
 * (DESIGN.md 4). Knows nothing of sockets: it is opened while they may be sent and shut while not.
 */
export class CommandOutbox {
  readonly #entries = new Map<string, Entry>()
  readonly #transmit: Transmit
  readonly #changed: () => void
  #open = false

  constructor(transmit: Transmit, changed: () => void) {
    this.#transmit = transmit
    this.#changed = changed
  }

  get waiting(): WaitingCommand[] {
    return [...this.#entries.values()].map(({ commandId, type, data, sent }) => ({ commandId, type, data, sent }))
  }

  /** @param commandId of a command that an earlier page may have sent already; else a fresh one */
  add<T extends CommandType>(type: T, data: Commands[T], commandId = newCommandId()): Promise<CommandAnswer | 'notConnected' | 'unanswered'> {
    return new Promise((settle) => {
      const entry: Entry = { commandId, type, data, sent: false, underway: false, backoff: new Backoff(), settle }
      this.#entries.set(entry.commandId, entry)
      this.#send(entry)
      this.#changed()
    })
  }

  /** Commands may be sent now; those that wait are sent in the order in which they were given. */
  open(): void {
    this.#open = true
    for (const entry of this.#entries.values()) this.#send(entry)
    this.#changed()
  }

  shut(): void {
    this.#open = false
  }

  /** Lets go of everything: there will be no answer any more. */
  abandon(): void {
    this.#open = false
    for (const entry of this.#entries.values()) entry.settle(entry.sent ? 'unanswered' : 'notConnected')
    this.#entries.clear()
    this.#changed()
  }

  #send(entry: Entry): void {
    if (!this.#open || entry.underway || !this.#entries.has(entry.commandId)) return
    entry.underway = true
    entry.sent = true
    this.#transmit(entry.type, { commandId: entry.commandId, data: entry.data }, (answer) => {
      entry.underway = false
      if (answer === null || isUndecided(answer)) return this.#repeat(entry)
      this.#entries.delete(entry.commandId)
      entry.settle(answer)
      this.#changed()
    })
  }

  /** Without an answer the hub may or may not have done it: only the same id again finds out. */
  #repeat(entry: Entry): void {
    setTimeout(() => this.#send(entry), entry.backoff.next())
    this.#changed()
  }
}

function isUndecided(answer: CommandAnswer): boolean {
  return !answer.ok && (answer.code === 'hub.unknown' || answer.code === 'hub.stopping')
}

/** `crypto.randomUUID` exists on HTTPS and localhost only; a LAN on plain http needs the same by hand. */
export function newCommandId(): string {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
