import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Logger } from 'pino'
import type { MediaControl } from '../../media/control.ts'
import type { RecordingAnswer } from '../../shared/contracts/http/recordings.ts'
import { refusal, type Refusal } from '../../shared/contracts/refusal.ts'
import { finishedName, type FinishFailure } from '../../shared/media/recording.ts'
import type { Step } from '../../shared/meeting/project.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import type { MeetingHosts } from '../meetings/hosts.ts'
import type { Collection, Records } from '../store/port.ts'
import { chaptersOf } from './chapters.ts'

interface RecordingRecord {
  meetingId: string
  startedAt: number
  endedAt: number | null
  state: RecordingAnswer['state']
  reason: FinishFailure | null
  bytes: number
  durationMs: number
}

export interface RecordingsParts {
  records: Records
  hosts: MeetingHosts
  media: Pick<MediaControl, 'availability' | 'recordingLack' | 'finishRecording' | 'onRecordingProgress' | 'discardRecording'>
  /** Where `media` makes them. */
  folder: string
  log: Logger
  now: () => number
}

const hour = 3_600_000
/** Nobody knows how long it will be: at least so much room is asked for. */
const leastHours = 1

/** What was recorded of all meetings: what becomes of it, and where the files are. Who may have them, the rules of the meeting say. */
export class MeetingRecordings {
  readonly #parts: RecordingsParts
  readonly #records: Collection<RecordingRecord>
  /** How far those are that are being made. */
  readonly #done = new Map<string, number>()
  readonly #busy = new Set<Promise<void>>()
  /** Changes of the records, one after the other. */
  #last: Promise<void> = Promise.resolve()
  #closed = false

  private constructor(parts: RecordingsParts, records: Collection<RecordingRecord>) {
    this.#parts = parts
    this.#records = records
    parts.media.onRecordingProgress(({ recordingId, done }) => { if (this.#done.has(recordingId)) this.#done.set(recordingId, done) })
    parts.hosts.onPublish((meetingId, steps) => { for (const step of steps) this.#heed(meetingId, step) })
    for (const type of ['recording:start', 'recording:resume'] as const) parts.hosts.askBefore(type, (state) => this.#lack(state))
  }

  static async open(parts: RecordingsParts): Promise<MeetingRecordings> {
    return new MeetingRecordings(parts, await parts.records.collection<RecordingRecord>({ name: 'recordings', indexes: ['meetingId'] }))
  }

  /** What a hub that went down left behind: what was being recorded is finished, and goes on as another recording; what was being made is made. */
  async resume(): Promise<void> {
    for (const { id, value } of await this.#records.find({})) {
      if (value.state === 'finishing') this.#finish(id, value)
      if (value.state !== 'recording') continue
      const host = await this.#parts.hosts.find(value.meetingId)
      if (host?.state.recording.recordingId === id) await host.executeAsHub({ type: 'recording:breakOff', data: { because: 'interrupted' } })
      else this.#change(() => this.#over(id, value.meetingId, this.#parts.now()))
    }
    await this.#last
  }

  /** Oldest first. */
  async of(meetingId: string): Promise<RecordingAnswer[]> {
    await this.#last
    const found = await this.#records.find({ meetingId })
    return found.map(({ id, value: { meetingId: _meetingId, ...value } }) => ({ recordingId: id, ...value, done: value.state === 'ready' ? 1 : this.#done.get(id) ?? 0 })).sort((a, b) => a.startedAt - b.startedAt)
  }

  /** The finished file; null: there is no such recording of this meeting. */
  async file(meetingId: string, recordingId: string): Promise<{ bytes: number; endedAt: number; content(range: { start: number; end: number }): Readable } | Refusal | null> {
    const record = await this.#of(meetingId, recordingId)
    if (!record) return null
    if (record.state !== 'ready') return refusal('recording.notReady')
    const path = join(this.#parts.folder, recordingId, finishedName)
    return { bytes: record.bytes, endedAt: record.endedAt ?? record.startedAt, content: (range) => createReadStream(path, range) }
  }

  /** Makes the file of one that failed anew. False: there is none that did. */
  async retry(meetingId: string, recordingId: string): Promise<boolean> {
    const record = await this.#of(meetingId, recordingId)
    if (record?.state !== 'failed') return false
    await this.#change(() => this.#records.put(recordingId, { ...record, state: 'finishing', reason: null }))
    this.#finish(recordingId, record)
    return true
  }

  /** For ever. False: there is no such recording, or it is still being recorded. */
  async remove(meetingId: string, recordingId: string): Promise<boolean> {
    const record = await this.#of(meetingId, recordingId)
    if (!record || record.state === 'recording' || record.state === 'finishing') return false
    await this.#parts.media.discardRecording(recordingId)
    await this.#change(async () => void await this.#records.remove(recordingId))
    return true
  }

  /** What is being made is broken off; the next start makes it. */
  async close(): Promise<void> {
    this.#closed = true
    await Promise.all(this.#busy)
    await this.#last
  }

  async #of(meetingId: string, recordingId: string): Promise<RecordingRecord | null> {
    await this.#last
    const record = await this.#records.get(recordingId)
    return record?.value.meetingId === meetingId ? record.value : null
  }

  async #lack({ details: { endsAt } }: MeetingState): Promise<Refusal | null> {
    const { media, now } = this.#parts
    if (media.availability.state !== 'ready') return refusal('recording.noVideo')
    const lack = await media.recordingLack(Math.max(leastHours, (endsAt - now()) / hour))
    if (!lack) return null
    return lack.reason === 'noRoom' ? refusal('recording.noRoom', { free: lack.freeGb, needed: lack.neededGb }) : refusal(`recording.${lack.reason}`)
  }

  #heed(meetingId: string, { before, fact, after }: Step): void {
    const [was, is] = [before.recording.recordingId, after.recording.recordingId]
    if (was === is) return
    const { at } = fact
    if (is !== null) void this.#change(() => this.#records.put(is, { meetingId, startedAt: at, endedAt: null, state: 'recording', reason: null, bytes: 0, durationMs: 0 }))
    if (was !== null) void this.#change(() => this.#over(was, meetingId, at))
  }

  async #over(recordingId: string, meetingId: string, endedAt: number): Promise<void> {
    const known = (await this.#records.get(recordingId))?.value
    const record: RecordingRecord = { meetingId, startedAt: endedAt, reason: null, bytes: 0, durationMs: 0, ...known, endedAt, state: 'finishing' }
    await this.#records.put(recordingId, record)
    this.#finish(recordingId, record)
  }

  #finish(recordingId: string, { meetingId }: RecordingRecord): void {
    if (this.#closed) return
    const { hosts, media, log } = this.#parts
    this.#done.set(recordingId, 0)
    const finishing = (async () => {
      const host = await hosts.find(meetingId)
      const chapters = host ? await chaptersOf(host.state, hosts.facts(meetingId)) : []
      const outcome = await media.finishRecording({ recordingId, title: host?.state.details.title ?? '', chapters })
      // Broken off, not failed.
      if (this.#closed && !outcome.ok) return
      await this.#change(async () => {
        const record = (await this.#records.get(recordingId))?.value
        if (record) await this.#records.put(recordingId, { ...record, ...(outcome.ok ? { state: 'ready', bytes: outcome.bytes, durationMs: outcome.durationMs } : { state: 'failed', reason: outcome.reason }) })
      })
    })().catch(async (error: unknown) => {
      log.error({ err: error, meetingId, recordingId }, 'a recording could not be finished')
      // What stays "finishing" could be neither tried again nor removed.
      if (!this.#closed) await this.#failed(recordingId).catch(() => {})
    }).finally(() => {
      this.#done.delete(recordingId)
      this.#busy.delete(finishing)
    })
    this.#busy.add(finishing)
  }

  #failed(recordingId: string): Promise<void> {
    return this.#change(async () => {
      const record = (await this.#records.get(recordingId))?.value
      if (record) await this.#records.put(recordingId, { ...record, state: 'failed', reason: 'failed' })
    })
  }

  #change(change: () => Promise<void>): Promise<void> {
    const changed = this.#last.then(change)
    this.#last = changed.catch((error: unknown) => this.#parts.log.error({ err: error }, 'what became of a recording could not be put down'))
    return this.#last
  }
}
