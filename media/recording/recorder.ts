import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Router } from 'mediasoup/types'
import type { Logger } from 'pino'
import type { Taken } from '../../shared/media/ladder.ts'
import type { RecordingTrouble } from '../../shared/media/recording.ts'
import type { Sent } from '../room/sent.ts'
import { freeGigabytes, reservedGb } from './disk.ts'
import { Journal, journalName } from './journal.ts'
import { TrackWriter } from './track-writer.ts'
import type { Takes } from './takes.ts'

export interface RecorderParts {
  folder: string
  ffmpeg: string
  log: Pick<Logger, 'warn' | 'info'>
  now: () => number
  onTrouble(trouble: RecordingTrouble): void
  /** Where what is sent can be received; from elsewhere it is brought there. */
  place(sent: Sent): Promise<Router>
}

interface Writing { sent: Sent; writer: TrackWriter }

/** One after the other that hardly lived: then it is not the process that was killed, but the machine that cannot. */
const mostQuickEnds = 5
const diskEvery = 5_000
let lastName = 0

/** Writes down what is on stage in one room. What is killed is started again as a further file. */
export class Recorder {
  readonly #parts: RecorderParts
  readonly #journal: Journal
  readonly #writing = new Map<string, Writing>()
  readonly #ending = new Set<Promise<unknown>>()
  readonly #disk: NodeJS.Timeout
  #takes: Takes = { main: null, inset: null, voices: [] }
  #shown = ''
  #quickEnds = 0
  #closed = false
  #over: Promise<void> | null = null

  constructor(parts: RecorderParts) {
    this.#parts = parts
    mkdirSync(parts.folder, { recursive: true, mode: 0o700 })
    this.#journal = new Journal(join(parts.folder, journalName))
    this.#write({ kind: 'running', at: parts.now(), on: true })
    this.#disk = setInterval(() => void this.#lookAtDisk(), diskEvery).unref()
  }

  /** What is taken: its senders must not stop. */
  get taken(): Taken[] {
    return [this.#takes.main, this.#takes.inset].flatMap((sent) => (sent ? [{ producerId: sent.producer.id, layer: sent.layers.at(-1) ?? null }] : []))
  }

  /** Processes that write at this moment, for whoever wants to see. */
  get writing(): number {
    return this.#writing.size
  }

  follow(takes: Takes): void {
    if (this.#closed) return
    this.#takes = takes
    const [main, inset] = [takes.main?.producer.id ?? null, takes.inset?.producer.id ?? null]
    if (this.#shown !== `${main} ${inset}`) {
      this.#shown = `${main} ${inset}`
      this.#write({ kind: 'shown', at: this.#parts.now(), main, inset })
    }
    const wanted = new Map(allOf(takes).map((sent) => [sent.producer.id, sent]))
    for (const [producerId, { writer }] of this.#writing) {
      if (wanted.has(producerId)) continue
      this.#writing.delete(producerId)
      this.#heed(writer.end())
    }
    for (const sent of wanted.values()) if (!this.#writing.has(sent.producer.id)) this.#begin(sent)
  }

  /** Resolves when all files are whole. */
  close(): Promise<void> {
    return (this.#over ??= this.#close())
  }

  async #close(): Promise<void> {
    this.follow({ main: null, inset: null, voices: [] })
    this.#closed = true
    clearInterval(this.#disk)
    const at = this.#parts.now()
    await Promise.all(this.#ending)
    this.#write({ kind: 'running', at, on: false })
    await this.#journal.close()
  }

  #begin(sent: Sent): void {
    const { producer, source } = sent
    const { folder, ffmpeg, now, place } = this.#parts
    lastName = Math.max(lastName + 1, now())
    const writer = new TrackWriter({ place: () => place(sent), producerId: producer.id, source, folder, ffmpeg, now, journal: this.#journal, name: `${lastName.toString(36)}-${source}` })
    this.#writing.set(producer.id, { sent, writer })
    this.#heed(writer.over.then((end) => this.#ended(sent, writer, end)))
  }

  #ended(sent: Sent, writer: TrackWriter, { quick, said }: { quick: boolean; said: string }): void {
    const { producer } = sent
    if (this.#writing.get(producer.id)?.writer !== writer) return
    this.#writing.delete(producer.id)
    if (this.#closed) return
    // What came from elsewhere may be there anew, as another one of the same name.
    const again = () => {
      const wanted = allOf(this.#takes).find((one) => one.producer.id === producer.id)
      if (wanted && !wanted.producer.closed && !this.#closed && !this.#writing.has(producer.id)) this.#begin(wanted)
    }
    if (producer.closed) return again()
    this.#quickEnds = quick ? this.#quickEnds + 1 : 0
    this.#parts.log.warn({ folder: this.#parts.folder, source: sent.source, said }, 'a recorder ended; the next one goes on')
    if (this.#quickEnds >= mostQuickEnds) return this.#giveUp('recorderFailed')
    if (quick) setTimeout(again, this.#quickEnds * 300).unref()
    else again()
  }

  async #lookAtDisk(): Promise<void> {
    const free = await freeGigabytes(this.#parts.folder).catch(() => null)
    if (free !== null && free < reservedGb && !this.#closed) this.#giveUp('diskFull')
  }

  #giveUp(trouble: RecordingTrouble): void {
    if (this.#closed) return
    this.#parts.log.warn({ folder: this.#parts.folder, trouble }, 'the recording cannot go on')
    this.#parts.onTrouble(trouble)
    this.#heed(this.close())
  }

  #write(line: Parameters<Journal['write']>[0]): void {
    this.#journal.write(line).catch((error: unknown) => {
      this.#parts.log.warn({ err: error, folder: this.#parts.folder }, 'the journal of a recording cannot be written')
      this.#giveUp('recorderFailed')
    })
  }

  #heed(done: Promise<unknown>): void {
    const watched = done.catch((error: unknown) => this.#parts.log.warn({ err: error, folder: this.#parts.folder }, 'a recorder failed'))
    this.#ending.add(watched)
    void watched.finally(() => this.#ending.delete(watched))
  }
}

const allOf = ({ main, inset, voices }: Takes): Sent[] => [main, inset, ...voices].flatMap((sent) => sent ?? [])
