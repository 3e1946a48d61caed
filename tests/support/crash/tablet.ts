import { LiveMeeting } from '../../../client/connection/live.ts'
import type { Refusal } from '../../../shared/contracts/refusal.ts'
import type { Command, Commands, CommandType } from '../../../shared/meeting/command.ts'
import type { MeetingView } from '../../../shared/meeting/view.ts'
import type { Province } from './province.ts'

/** A command that the hub acknowledged. */
export interface Acked { personId: string; command: Command; from: number; to: number; at: number }

/** One person's tablet: the page's own connection, which comes back and repeats by itself. */
export class Tablet {
  readonly personId: string
  readonly refused: Refusal[] = []
  view: MeetingView | null = null
  readonly #live: LiveMeeting
  readonly #acked: Acked[]
  readonly #waiting = new Set<() => void>()
  #state = 'connecting'
  #commands: readonly { type: string; sent: boolean }[] = []

  /** @param acked where acknowledged commands are written down, in the order in which they were heard of */
  constructor(province: Province, personId: string, port: number, acked: Acked[]) {
    this.personId = personId
    this.#acked = acked
    const hub = `http://localhost:${port}`
    const headers = { origin: hub, cookie: province.cookies.get(personId) ?? '' }
    this.#live = new LiveMeeting({ meetingId: province.meetingId, language: 'vi', projector: false, hub, headers }, {
      state: ({ kind }) => {
        this.#state = kind
        this.#look()
      },
      view: (view) => {
        this.view = view
        this.#look()
      },
      position: () => {}, laser: () => {}, ink: () => {},
      turnouts: () => {}, connections: () => {},
      waiting: (commands) => (this.#commands = commands),
    })
  }

  /** In words, what this tablet has sent, or could not send, without an answer; empty when nothing. */
  get waitsFor(): string {
    if (this.#commands.length === 0) return ''
    return `${this.personId} (${this.#state}): ${this.#commands.map(({ type, sent }) => `${type}${sent ? '' : ', unsent'}`).join(', ')}`
  }

  /** As when the tablet notices that the network is back. */
  connect(): void {
    this.#live.connect()
  }

  close(): void {
    this.#live.close()
  }

  /** True when it was done; false when it was refused, which is written down. */
  async send<T extends CommandType>(type: T, data: Commands[T]): Promise<boolean> {
    const outcome = await this.#live.send(type, data, { patient: true })
    if (outcome.ok) this.#acked.push({ personId: this.personId, command: { type, data } as Command, from: outcome.from, to: outcome.to, at: performance.now() })
    else if (outcome.kind === 'refused') this.refused.push(outcome.refusal)
    else throw new Error(`${type} of ${this.personId}: ${outcome.kind}`)
    return outcome.ok
  }

  /** What `find` finds in the view, as soon as it does. */
  until<T>(find: (view: MeetingView) => T | null | undefined | false): Promise<T> {
    return new Promise((resolve) => {
      const look = () => {
        const found = this.view && find(this.view)
        if (!found) return
        this.#waiting.delete(look)
        resolve(found)
      }
      this.#waiting.add(look)
      look()
    })
  }

  #look(): void {
    for (const look of [...this.#waiting]) look()
  }
}
