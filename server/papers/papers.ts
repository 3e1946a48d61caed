import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import type { Logger } from 'pino'
import type { AttachedPaper, UploadState } from '../../shared/contracts/http/papers.ts'
import { refusal, type Refusal } from '../../shared/contracts/refusal.ts'
import { closedRefusal, permissionRefusal } from '../../shared/meeting/permission.ts'
import { entry } from '../../shared/meeting/entities.ts'
import type { BookItem } from '../../shared/meeting/papers/book.ts'
import type { Paper, PaperOriginal } from '../../shared/meeting/papers/state.ts'
import { handInRefusal } from '../../shared/meeting/papers/rules.ts'
import { atVersion } from '../../shared/meeting/papers/versions.ts'
import type { MeetingView } from '../../shared/meeting/view.ts'
import type { Store } from '../store/port.ts'
import { attachedPaper } from './attached.ts'
import { openAttaching, type CheckedFile } from './attaching.ts'
import { openBecoming, type Job } from './becoming.ts'
import { openConversion, type Conversion, type ConversionOptions } from './conversion/conversion.ts'
import { isRefused, tooLarge } from './inspect.ts'
import type { PaperMeetings } from './meetings.ts'
import { openBooks, type Books } from './book/books.ts'
import { displayName } from './names.ts'
import { openPartialFiles, type UploadKey } from './partial.ts'
import { openPaperRecords, recordId } from './records.ts'
import { levelInName } from './secrecy/name.ts'
import { openStamping, type Stamping } from './stamping/stamping.ts'
import { openSweeping } from './sweeping.ts'

/** Where an upload is to go. `name` is as it was sent; `size` is null when the end of the stream is the end of the file. */
export interface UploadTarget { itemId: string; replaces?: string; name: string; offset: number; size: number | null }

/** Files that become papers, and papers that are read. */
export interface Papers {
  /** Why this person may not upload this, or null. Asked before the body is read. */
  uploadRefusal(key: UploadKey, target: UploadTarget): Promise<Refusal | null>
  /**
   * Takes bytes from `offset` on; when they are all there, checks and attaches the file. A repeat answers with the same paper. What has to be
   * converted first goes on by itself after the answer, unless it came in one piece (`size` null): then the answer is the paper.
   */
  receive(key: UploadKey, target: UploadTarget, content: Readable): Promise<UploadState | Refusal>
  /** How far an upload has come; the refusal in which it ended, for an hour. */
  uploadState(key: UploadKey): Promise<UploadState | Refusal>
  /** Attaches a file that came with the hub (demo) and was checked when it was put there. A repeat answers with the same paper. */
  attachKnown(key: UploadKey, file: CheckedFile & { path: string }): Promise<AttachedPaper | Refusal>
  /** A paper as this person may see it now, in its present version or the one asked for; null when there is none for him. */
  paper(meetingId: string, personId: string, paperId: string, version?: number): Promise<Paper | null>
  /** The same together with the whole of what this person may know, whose rules decide what he may take away. */
  seen(meetingId: string, personId: string, paperId: string, version?: number): Promise<{ paper: Paper; view: MeetingView } | null>
  /** Its bytes `start`..`end` inclusive. */
  bytes(paper: Paper, range: { start: number; end: number }): Readable
  /** Its original's bytes, all of them. */
  originalBytes(original: PaperOriginal): Readable
  /** A copy for one person, with this line across each page. */
  stamped(personId: string, paper: Paper, line: string, signal: AbortSignal): ReturnType<Stamping['copy']>
  /** Papers of a meeting as one book for one person; the items are what he may have in it (`bookOf`). */
  book(personId: string, items: readonly BookItem[], job: Parameters<Books['bind']>[2], signal: AbortSignal): ReturnType<Books['bind']>
  /** Removes unfinished uploads and files without a paper that are older than a day. Runs at start and daily by itself. */
  sweep(): Promise<void>
  /** What can be converted here. */
  conversion: Conversion
  close(): Promise<void>
}

export interface PapersOptions {
  store: Store
  meetings: PaperMeetings
  /** Folder for what has not arrived in full yet (`uploads` in the data folder). */
  folder: string
  /** Folder for files while they are converted (`conversion` in the data folder); emptied at the start. */
  conversionFolder: string
  /** Folder for copies that are being stamped (`stamping` in the data folder); emptied at the start. */
  stampingFolder: string
  /** Folder for books that are being bound (`binding` in the data folder); emptied at the start. */
  bindingFolder: string
  /** LibreOffice's program folder. */
  officeFolder: string
  pool?: ConversionOptions['pool']
  /** Bytes. */
  uploadLimit: number
  log: Logger
  now?: () => number
}

export async function openPapers({ store, meetings, folder, conversionFolder, stampingFolder, bindingFolder, officeFolder, pool, uploadLimit, log, now = Date.now }: PapersOptions): Promise<Papers> {
  const records = await openPaperRecords(store.records)
  const partial = openPartialFiles(folder)
  const attaching = openAttaching({ records, blobs: store.blobs, meetings, now })
  const conversion = await openConversion({ folder: conversionFolder, officeFolder, log, ...(pool ? { pool } : {}) })
  const stamping = await openStamping(stampingFolder)
  const books = await openBooks(bindingFolder)
  const becoming = openBecoming({ partial, attaching, conversion, uploadLimit, log, now })
  const sweeping = openSweeping({ records, store, partial, attaching, log, now })
  const receiving = new Map<string, { content: Readable; done: Promise<unknown> }>()

  /** The paper that this upload has already become. */
  async function finished(key: UploadKey, view: MeetingView): Promise<AttachedPaper | Refusal | null> {
    const record = (await records.get(recordId(key.meetingId, key.uploadId)))?.value
    if (!record) return null
    if (record.uploadedBy !== key.personId) return refusal('papers.alreadyAttached')
    const paper = attachedPaper(view, record)
    if (paper) return paper
    return record.attached ? refusal('papers.unknown') : null
  }

  async function receiveAlone(key: UploadKey, target: UploadTarget, content: Readable): Promise<UploadState | Refusal> {
    const view = await meetings.view(key.meetingId, key.personId)
    if (!view) return refusal('notFound')
    const before = await finished(key, view)
    if (before) return isRefused(before) ? before : whole(before)
    const under = becoming.of(key)
    if (under && !isRefused(under)) return answerOf(key, target, under)
    becoming.forget(key)

    const received = await partial.receive(key, target.offset, content, uploadLimit)
    if (isRefused(received)) return received
    const { held, whole: ended } = received
    if (target.size !== null && held > target.size) {
      await partial.remove(key)
      return refusal('request.malformed', { field: 'querystring.size' })
    }
    if (target.size === null ? !ended : held < target.size) return ended ? arriving(held) : refusal('papers.uploadIncomplete', { held })

    const { itemId, replaces } = target
    return answerOf(key, target, await becoming.begin(key, { itemId, ...(replaces === undefined ? {} : { replaces }), name: displayName(target.name) as string }))
  }

  /** Whoever sent a chunk asks again for a long job; whoever sent one piece, or a file that only needs a check, waits. */
  async function answerOf(key: UploadKey, { size }: UploadTarget, job: Job): Promise<UploadState | Refusal> {
    if (job.long && size !== null) return { held: await partial.held(key), ...job.stage(), paper: null }
    const result = await job.done
    return isRefused(result) ? result : whole(result)
  }

  async function seen(meetingId: string, personId: string, paperId: string, version?: number): Promise<{ paper: Paper; view: MeetingView } | null> {
    const view = await meetings.view(meetingId, personId)
    const known = view && entry(view.papers, paperId)
    const paper = known && atVersion(known, version ?? known.version)
    return view && paper ? { paper, view } : null
  }

  const bytes = (paper: Paper, range: { start: number; end: number }): Readable => store.blobs.open(paper.sha256, range)

  return {
    async uploadRefusal(key, { itemId, replaces, name, size }) {
      const view = await meetings.view(key.meetingId, key.personId)
      if (!view) return refusal('notFound')
      const denied = permissionRefusal(view, key.personId, 'papers:attach') ?? closedRefusal(view)
      if (denied) return denied
      const elsewhere = handInRefusal(view, key.personId, itemId)
      if (elsewhere) return elsewhere
      if (replaces !== undefined && entry(view.papers, replaces)?.itemId !== itemId) return refusal('papers.unknown')
      const shown = displayName(name)
      if (shown === null) return refusal('papers.badName')
      const level = levelInName(shown)
      if (level) return refusal('papers.secret', { level })
      return size !== null && size > uploadLimit ? tooLarge(uploadLimit) : null
    },

    async receive(key, target, content) {
      const path = partial.path(key)
      // A tablet that came back on another line continues; what is left of its old line must not write any more.
      for (let other = receiving.get(path); other; other = receiving.get(path)) {
        if (!other.content.readableEnded) other.content.destroy()
        await other.done.catch(() => undefined)
      }
      const done = receiveAlone(key, target, content)
      receiving.set(path, { content, done })
      try {
        return await done
      } finally {
        receiving.delete(path)
      }
    },

    async uploadState(key) {
      const view = await meetings.view(key.meetingId, key.personId)
      if (!view) return refusal('notFound')
      // Else it would say of a paper that may not be known whether it exists.
      const denied = permissionRefusal(view, key.personId, 'papers:attach')
      if (denied) return denied
      const paper = await finished(key, view)
      if (paper) return isRefused(paper) ? paper : whole(paper)
      const job = becoming.of(key)
      if (job && isRefused(job)) return job
      const held = await partial.held(key)
      return job ? { held, ...job.stage(), paper: null } : arriving(held)
    },

    attachKnown: (key, { path, ...file }) => attaching.attach(key, file, () => createReadStream(path)),

    seen,
    paper: async (...asked) => (await seen(...asked))?.paper ?? null,
    bytes,
    originalBytes: ({ sha256, size }) => store.blobs.open(sha256, { start: 0, end: size - 1 }),
    stamped: (personId, { sha256, size, pages }, line, signal) =>
      stamping.copy(personId, { content: () => store.blobs.open(sha256, { start: 0, end: size - 1 }), size, pages }, line, signal),
    book: (personId, items, job, signal) => books.bind(personId, items, job, (paper) => bytes(paper, { start: 0, end: paper.size - 1 }), signal),
    sweep: sweeping.sweep,
    conversion,
    async close() {
      sweeping.close()
      await becoming.close()
    },
  }
}

const arriving = (held: number): UploadState => ({ held, stage: 'arriving', ahead: 0, paper: null })
const whole = (paper: AttachedPaper): UploadState => ({ held: paper.size, stage: 'done', ahead: 0, paper })
