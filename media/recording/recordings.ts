import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { gigabytesFor, type FinishOrder, type FinishOutcome, type FinishProgress, type RecordingLack } from '../../shared/media/recording.ts'
import type { MediaControl } from '../control.ts'
import { freeGigabytes } from './disk.ts'
import { finish } from './finishing.ts'
import { hasPrograms } from './program.ts'
import { Recorder, type RecorderParts } from './recorder.ts'

export interface RecordingsParts {
  /** A folder of its own for each recording in here. */
  folder: string
  programs: { ffmpeg: string; ffprobe: string }
  log: Pick<Logger, 'warn' | 'info'>
  now: () => number
}

/** All that is recorded on this machine: who writes, and what is being joined, one after the other. */
export class Recordings {
  readonly #parts: RecordingsParts
  readonly #open = new Map<string, Set<Recorder>>()
  readonly #closings = new Set<Promise<unknown>>()
  readonly #listeners = new Set<(progress: FinishProgress) => void>()
  readonly #closing = new AbortController()
  #queue: Promise<unknown> = Promise.resolve()

  constructor(parts: RecordingsParts) {
    this.#parts = parts
  }

  /** What stands in the way of recording so many hours; null: nothing. */
  async lack(hours: number): Promise<RecordingLack | null> {
    // Asked each time: whoever installs it need not start the hub again.
    if (!(await hasPrograms(this.#parts.programs))) return { reason: 'noProgram' }
    const [freeGb, neededGb] = [await freeGigabytes(this.#parts.folder), gigabytesFor(hours)]
    return freeGb < neededGb ? { reason: 'noRoom', freeGb, neededGb } : null
  }

  /** What the hub may ask of it (media/control.ts). */
  control(): Pick<MediaControl, 'recordingLack' | 'finishRecording' | 'onRecordingProgress' | 'discardRecording'> {
    return {
      recordingLack: (hours) => this.lack(hours), finishRecording: (order) => this.finish(order),
      onRecordingProgress: (listener) => this.onProgress(listener), discardRecording: (recordingId) => this.discard(recordingId),
    }
  }

  recorder(recordingId: string, { onTrouble, place }: Pick<RecorderParts, 'onTrouble' | 'place'>): Recorder {
    const { programs, log, now } = this.#parts
    const recorder = new Recorder({ folder: this.folderOf(recordingId), ffmpeg: programs.ffmpeg, log, now, onTrouble, place })
    this.#open.set(recordingId, (this.#open.get(recordingId) ?? new Set()).add(recorder))
    return recorder
  }

  /** Resolves when its files are whole. */
  async end(recordingId: string, recorder: Recorder): Promise<void> {
    const closing = recorder.close()
    this.#closings.add(closing)
    await closing.finally(() => this.#closings.delete(closing))
    const open = this.#open.get(recordingId)
    open?.delete(recorder)
    if (open?.size === 0) this.#open.delete(recordingId)
  }

  /** Told of each step of what is being joined; the answer ends it. */
  onProgress(listener: (progress: FinishProgress) => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Waits for whatever is joined before it. A recorder that still writes is ended first. */
  finish(order: FinishOrder): Promise<FinishOutcome> {
    const { recordingId } = order
    const finished = this.#queue.then(async (): Promise<FinishOutcome> => {
      for (const recorder of this.#open.get(recordingId) ?? []) await this.end(recordingId, recorder)
      const { programs, log } = this.#parts
      if (!(await hasPrograms(programs))) return { ok: false, reason: 'noProgram', detail: '' }
      const began = performance.now()
      const outcome = await finish(order, {
        folder: this.folderOf(recordingId), programs, signal: this.#closing.signal,
        onProgress: (done) => { for (const listener of this.#listeners) listener({ recordingId, done }) },
      })
      const seconds = Math.round((performance.now() - began) / 100) / 10
      if (outcome.ok) log.info({ recordingId, seconds, ...outcome }, 'a recording is finished')
      else log.warn({ recordingId, seconds, ...outcome }, 'a recording could not be finished')
      return outcome
    })
    this.#queue = finished.catch(() => {})
    return finished
  }

  /** For ever. */
  async discard(recordingId: string): Promise<void> {
    for (const recorder of this.#open.get(recordingId) ?? []) await this.end(recordingId, recorder)
    await rm(this.folderOf(recordingId), { recursive: true, force: true })
  }

  async close(): Promise<void> {
    this.#closing.abort()
    this.#listeners.clear()
    await Promise.all([...this.#open].flatMap(([recordingId, recorders]) => [...recorders].map((recorder) => this.end(recordingId, recorder))))
    await Promise.all(this.#closings)
    await this.#queue
  }

  /** @throws Error when it is no id that the hub makes */
  folderOf(recordingId: string): string {
    if (!/^[\w-]{1,64}$/.test(recordingId)) throw new Error('no id of a recording')
    return join(this.#parts.folder, recordingId)
  }
}
