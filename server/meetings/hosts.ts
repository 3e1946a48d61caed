import { createHash } from 'node:crypto'
import type { Logger } from 'pino'
import { refusal, type Refusal } from '../../shared/contracts/refusal.ts'
import { audienceOf } from '../../shared/meeting/audience.ts'
import { isRefusal, type Commands, type CommandType } from '../../shared/meeting/command.ts'
import { decide } from '../../shared/meeting/decide.ts'
import type { Fact } from '../../shared/meeting/fact.ts'
import { bringUpToDate } from '../../shared/meeting/versions.ts'
import type { Step } from '../../shared/meeting/project.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import { viewOf, type MeetingView } from '../../shared/meeting/view.ts'
import { openVotes } from '../../shared/meeting/votes/rules.ts'
import type { SecretVotes } from '../ballots/secret-votes.ts'
import type { Store } from '../store/port.ts'
import { HoldDeadline } from './hold-deadline.ts'
import { MeetingHost, type CommandOutcome, type SentCommand } from './host.ts'
import { loadMeeting } from './meeting.ts'
import { logIdOf, meetingIds } from './meeting-log.ts'
import { Snapshots } from './snapshots.ts'
import { changesSummary, Summaries } from './summaries.ts'
import { SiteLines, type LineMeasurement } from './site-lines.ts'
import { VoteDeadlines } from './vote-deadlines.ts'

/** After so many facts a snapshot is due, and is written when nothing has happened for a moment: it must not stand in the way of a vote. */
const snapshotDue = 1000
const quietFor = 1500
/** At the latest after so many, so that a restart has few to fold; only ballots wait longer, until their vote is closed. */
const snapshotAtLatest = 5_000
const idleAfter = 10 * 60_000

interface Loaded {
  host: MeetingHost
  snapshotSeq: number
  snapshotTimer?: NodeJS.Timeout
  usedAt: number
  deadlines: VoteDeadlines
  lines: SiteLines
  hold: HoldDeadline
  /** The last write of a summary or snapshot; they follow one another. */
  projecting: Promise<void>
}

/** What the directory knows, as far as meetings ask: whether people and sites exist. */
export interface DirectoryLookup {
  /** The ids that are not there. */
  unknownPeople(personIds: readonly string[]): Promise<string[]>
  unknownSites(siteIds: readonly string[]): Promise<string[]>
}

interface HostsParts { store: Store; directory: DirectoryLookup; secretVotes: SecretVotes; log: Logger }

/** Every meeting this hub serves: loaded when first asked for, one host each, put aside when nobody has used it for a while. */
export class MeetingHosts {
  readonly summaries: Summaries
  readonly #store: Store
  readonly #snapshots: Snapshots
  readonly #directory: DirectoryLookup
  readonly #secretVotes: SecretVotes
  readonly #log: Logger
  readonly #listeners = new Set<(meetingId: string, steps: Step[]) => void>()
  readonly #askedBefore = new Map<CommandType, (state: MeetingState) => Promise<Refusal | null>>()
  readonly #loaded = new Map<string, Promise<Loaded>>()
  readonly #sweeping: NodeJS.Timeout

  private constructor({ store, directory, secretVotes, log }: HostsParts, summaries: Summaries, snapshots: Snapshots) {
    this.#store = store
    this.#directory = directory
    this.#secretVotes = secretVotes
    this.#log = log
    this.summaries = summaries
    this.#snapshots = snapshots
    this.#sweeping = setInterval(() => void this.#sweep(), idleAfter / 4).unref()
  }

  /** Opens, counts secret votes that had closed, and brings summaries up to date that a crash left behind their logs. */
  static async open(parts: HostsParts): Promise<MeetingHosts> {
    const { store, log } = parts
    const hosts = new MeetingHosts(parts, await Summaries.open(store.records), await Snapshots.open(store.records))
    for await (const meetingId of meetingIds(store.logs)) {
      const head = await store.logs.head(logIdOf(meetingId))
      const { seq, status } = await hosts.summaries.standing(meetingId)
      // A meeting in session may have a vote with a deadline, which only a loaded meeting keeps.
      if (!head || (head.lastSeq === seq && status !== 'inSession')) continue
      // One damaged log must not keep the hub from serving all other meetings.
      await hosts.#bringForward(meetingId).catch((error: unknown) => log.error({ err: error, meetingId }, 'meeting cannot be read'))
    }
    await parts.secretVotes.sweep((meetingId) => hosts.find(meetingId))
    return hosts
  }

  /** Listens to what becomes durable in any meeting of this hub. */
  onPublish(listener: (meetingId: string, steps: Step[]) => void): void {
    this.#listeners.add(listener)
  }

  /** The host of a meeting; null when there is no such meeting. */
  async find(meetingId: string): Promise<MeetingHost | null> {
    const loaded = await this.#load(meetingId)
    loaded.usedAt = Date.now()
    if (loaded.host.state.seq > 0) return loaded.host
    // Guessed ids must not pile up in memory.
    this.#loaded.delete(meetingId)
    return null
  }

  /** Makes a meeting. A repeat of the same command answers with the same meeting. */
  async create(personId: string, commandId: string, data: Commands['meeting:create']): Promise<CommandOutcome & { meetingId: string }> {
    // The meeting's id follows from the command, so that a repeat after a crash finds the same log.
    const meetingId = meetingIdOf(personId, commandId)
    const outcome = await this.execute(meetingId, personId, { type: 'meeting:create', commandId, data })
    const loaded = await this.#load(meetingId)
    await loaded.projecting
    // A meeting that was refused must not stay in memory.
    if (loaded.host.state.seq === 0) this.#loaded.delete(meetingId)
    return { ...outcome, meetingId }
  }

  /** Takes a command whose schema has been checked to the meeting's host. */
  async execute(meetingId: string, personId: string, command: SentCommand): Promise<CommandOutcome> {
    const host = command.type === 'meeting:create' ? (await this.#load(meetingId)).host : await this.find(meetingId)
    if (!host) return { ok: false, refusal: refusal('notFound') }
    const stranger = await this.#strangerRefusal(host, personId, command)
    if (stranger) return { ok: false, refusal: stranger }
    const unable = await this.#unable(host, personId, command)
    if (unable) return { ok: false, refusal: unable }
    const outcome = await host.execute(personId, command)
    if (this.#log.isLevelEnabled('debug')) this.#log.debug(
      { meetingId, userId: personId, commandId: command.commandId, command: command.type, refusal: outcome.ok ? undefined : outcome.refusal.code },
      outcome.ok ? 'command done' : 'command refused',
    )
    return outcome
  }

  /** Before a command of this kind is decided, for who may send it: what of this hub stands in its way, which no rule can know. */
  askBefore(type: CommandType, ask: (state: MeetingState) => Promise<Refusal | null>): void {
    this.#askedBefore.set(type, ask)
  }

  /** How a site's line does now; about once a second, also while it is away. A meeting that nobody has open is let be. */
  async measureLine(meetingId: string, siteId: string, measurement: LineMeasurement, now: number = Date.now()): Promise<void> {
    const loaded = await this.#loaded.get(meetingId)
    await loaded?.lines.measured(siteId, measurement, now)
  }

  /** Resolves when what a meeting's summary should tell by now is written. */
  async projected(meetingId: string): Promise<void> {
    await (await this.#load(meetingId)).projecting
  }

  /** Those of `personIds` who are not, or no longer, in the directory. */
  unknownPeople(personIds: readonly string[]): Promise<string[]> {
    return this.#directory.unknownPeople(personIds)
  }

  /** One fact of a meeting's log; null when it has not so many. */
  async fact(meetingId: string, seq: number): Promise<Fact | null> {
    for await (const { facts } of this.#store.logs.read(logIdOf(meetingId), seq - 1)) {
      const found = facts.find((fact) => fact.seq === seq)
      return found ? bringUpToDate(found) : null
    }
    return null
  }

  /** All of a meeting's log. */
  async *facts(meetingId: string): AsyncIterable<Fact> {
    for await (const { facts } of this.#store.logs.read(logIdOf(meetingId), 0)) for (const fact of facts) yield bringUpToDate(fact)
  }

  /** What a person may know of a meeting; null when nothing. */
  async view(meetingId: string, personId: string): Promise<MeetingView | null> {
    const host = await this.find(meetingId)
    const viewer = { personId, projector: false }
    const audience = host && audienceOf(host.state, viewer)
    return audience && viewOf(host.state, audience, viewer)
  }

  /** Lets what waits become durable, and leaves snapshots for a quick start. */
  async close(): Promise<void> {
    clearInterval(this.#sweeping)
    await this.#secretVotes.close()
    for (const [meetingId, loading] of this.#loaded) {
      const loaded = await loading.catch(() => null)
      if (loaded) await this.#putAside(meetingId, loaded)
    }
  }

  #load(meetingId: string): Promise<Loaded> {
    let loading = this.#loaded.get(meetingId)
    if (!loading) {
      loading = this.#read(meetingId)
      this.#loaded.set(meetingId, loading)
      // A failed load must be tried anew by the next who asks.
      loading.catch(() => this.#loaded.delete(meetingId))
    }
    return loading
  }

  async #read(meetingId: string): Promise<Loaded> {
    const began = performance.now()
    const log = this.#log.child({ meetingId })
    const meeting = await loadMeeting(this.#store, this.#snapshots, meetingId)
    const host = new MeetingHost(this.#store, meeting, this.#secretVotes, log)
    const loaded: Loaded = { host, snapshotSeq: meeting.snapshotSeq, usedAt: Date.now(), deadlines: new VoteDeadlines(host, log), lines: new SiteLines(host), hold: new HoldDeadline(host), projecting: Promise.resolve() }
    host.onPublish((steps) => {
      for (const listener of this.#listeners) listener(meetingId, steps)
      if (steps.some(({ fact }) => changesSummary(fact))) this.#project(loaded, () => this.summaries.save(host.state))
      this.#planSnapshot(loaded)
      this.#secretVotes.heed(host, steps)
      loaded.deadlines.heed(steps)
      loaded.hold.heed(steps)
    })
    this.#planSnapshot(loaded)
    this.#secretVotes.resume(host)
    if (meeting.state.seq > 0) log.info({ seq: meeting.state.seq, ms: Math.round(performance.now() - began) }, 'meeting loaded')
    return loaded
  }

  #planSnapshot(loaded: Loaded): void {
    const since = loaded.host.state.seq - loaded.snapshotSeq
    if (since < snapshotDue) return
    clearTimeout(loaded.snapshotTimer)
    const write = () => this.#project(loaded, () => this.#snapshot(loaded))
    if (since >= snapshotAtLatest && openVotes(loaded.host.state).length === 0) {
      // Planned is as good as written: the facts that come until then must not plan it again.
      loaded.snapshotSeq = loaded.host.state.seq
      write()
    } else loaded.snapshotTimer = setTimeout(write, quietFor).unref()
  }

  #project(loaded: Loaded, write: () => Promise<void>): void {
    loaded.projecting = loaded.projecting.then(write).catch((error: unknown) => {
      this.#log.error({ err: error, meetingId: loaded.host.state.meetingId }, 'projection not written; it is made anew at the next start')
    })
  }

  async #snapshot(loaded: Loaded): Promise<void> {
    const { state, hash } = loaded.host
    await this.#snapshots.save(state, hash)
    loaded.snapshotSeq = state.seq
  }

  async #bringForward(meetingId: string): Promise<void> {
    const { host } = await this.#load(meetingId)
    await this.summaries.save(host.state)
  }

  /** Out of the map first, so that whoever asks from now on loads it anew; then what waits becomes durable. */
  async #putAside(meetingId: string, loaded: Loaded): Promise<void> {
    this.#loaded.delete(meetingId)
    clearTimeout(loaded.snapshotTimer)
    loaded.deadlines.close()
    loaded.hold.close()
    await this.#secretVotes.settled(loaded.host)
    await loaded.host.settled()
    if (loaded.host.state.seq > 0) {
      this.#project(loaded, () => this.summaries.save(loaded.host.state))
      if (loaded.snapshotSeq !== loaded.host.state.seq) this.#project(loaded, () => this.#snapshot(loaded))
    }
    await loaded.projecting
  }

  async #sweep(): Promise<void> {
    for (const [meetingId, loading] of this.#loaded) {
      const loaded = await loading.catch(() => null)
      // Publishing to sockets keeps a listener besides our own; then the meeting is in use.
      if (loaded && loaded.host.listeners <= 1 && !loaded.deadlines.pending && !loaded.hold.pending && Date.now() - loaded.usedAt > idleAfter) await this.#putAside(meetingId, loaded)
    }
  }

  /** Only for what the rules have nothing against: theirs is the better reason. */
  async #unable(host: MeetingHost, personId: string, command: SentCommand): Promise<Refusal | null> {
    const ask = this.#askedBefore.get(command.type)
    if (!ask || !(await host.wouldDecide(personId, command))) return null
    const decision = decide(host.state, command, { personId, now: Date.now(), newId: () => '' })
    return isRefusal(decision) ? null : ask(host.state)
  }

  async #strangerRefusal(host: MeetingHost, personId: string, command: SentCommand) {
    const people =
      command.type === 'meeting:create' || command.type === 'participants:invite' ? command.data.participants.map((one) => one.personId)
        : command.type === 'invitations:substitute' ? [command.data.substituteId] : []
    const sites = command.type === 'meeting:create' || command.type === 'meeting:change' ? (command.data.siteIds ?? []) : []
    // Only for who may: the refusal tells who is in the directory. And a repeat is answered as it was, whoever has left since.
    if (people.length + sites.length === 0 || !(await host.wouldDecide(personId, command))) return null
    if (people.length > 0 && (await this.#directory.unknownPeople(people)).length > 0) return refusal('participants.unknownPerson')
    if (sites.length > 0 && (await this.#directory.unknownSites(sites)).length > 0) return refusal('meeting.unknownSite')
    return null
  }
}

function meetingIdOf(personId: string, commandId: string): string {
  return createHash('sha256').update(`${personId}/${commandId}`).digest('hex').slice(0, 20)
}
