import { createReadStream } from 'node:fs'
import type { Readable } from 'node:stream'
import type { Logger } from 'pino'
import type { AttachedPaper, UploadState } from '../../shared/contracts/http/papers.ts'
import { refusal, type Refusal } from '../../shared/contracts/refusal.ts'
import { closedRefusal, permissionRefusal } from '../../shared/meeting/permission.ts'
import { entry } from '../../shared/meeting/entities.ts'
import type { Paper } from '../../shared/meeting/papers/state.ts'
import { atVersion } from '../../shared/meeting/papers/versions.ts'
import type { MeetingView } from '../../shared/meeting/view.ts'
import type { Store } from '../store/port.ts'
import { attachedPaper } from './attached.ts'
import { openAttaching, type CheckedFile } from './attaching.ts'
import { inspectPdf, isRefused, tooLarge } from './inspect.ts'
import type { PaperMeetings } from './meetings.ts'
import { displayName, titleOfName } from './names.ts'
import { openPartialFiles, type UploadKey } from './partial.ts'
import { openPaperRecords, recordId } from './records.ts'
import { levelInName } from './secrecy/name.ts'
import { openSweeping } from './sweeping.ts'

/** Where an upload is to go. `name` is as it was sent; `size` is null when the end of the stream is the end of the file. */
export interface UploadTarget { itemId: string; replaces?: string; name: string; offset: number; size: number | null }

/** Files that become papers, and papers that are read. */
export interface Papers {
  /** Why this person may not upload this, or null. Asked before the body is read. */
  uploadRefusal(key: UploadKey, target: UploadTarget): Promise<Refusal | null>
  /** Takes bytes from `offset` on; when they are all there, checks and attaches the file. A repeat answers with the same paper. */
  receive(key: UploadKey, target: UploadTarget, content: Readable): Promise<UploadState | Refusal>
  /** How far an upload has come. */
  uploadState(key: UploadKey): Promise<UploadState | Refusal>
  /** Attaches a file that came with the hub (demo) and was checked when it was put there. A repeat answers with the same paper. */
  attachKnown(key: UploadKey, file: CheckedFile & { path: string }): Promise<AttachedPaper | Refusal>
  /** A paper as this person may see it now, in its present version or the one asked for; null when there is none for him. */
  paper(meetingId: string, personId: string, paperId: string, version?: number): Promise<Paper | null>
  /** Its bytes `start`..`end` inclusive. */
  bytes(paper: Paper, range: { start: number; end: number }): Readable
  /** Removes unfinished uploads and files without a paper that are older than a day. Runs at start and daily by itself. */
  sweep(): Promise<void>
  close(): void
}

export interface PapersOptions {
  store: Store
  meetings: PaperMeetings
  /** Folder for what has not arrived in full yet (`uploads` in the data folder). */
  folder: string
  /** Bytes. */
  uploadLimit: number
  log: Logger
  now?: () => number
}

export async function openPapers({ store, meetings, folder, uploadLimit, log, now = Date.now }: PapersOptions): Promise<Papers> {
  const records = await openPaperRecords(store.records)
  const partial = openPartialFiles(folder)
  const attaching = openAttaching({ records, blobs: store.blobs, meetings, now })
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
    if (before) return isRefused(before) ? before : { held: before.size, paper: before }

    const received = await partial.receive(key, target.offset, content, uploadLimit)
    if (isRefused(received)) return received
    const { held, whole } = received
    if (target.size !== null && held > target.size) {
      await partial.remove(key)
      return refusal('request.malformed', { field: 'querystring.size' })
    }
    if (target.size === null ? !whole : held < target.size) return whole ? { held, paper: null } : refusal('papers.uploadIncomplete', { held })

    const name = displayName(target.name) as string
    const inspection = await inspectPdf(partial.path(key), { limit: uploadLimit, name })
    const attached = isRefused(inspection)
      ? inspection
      : await attaching.attach(key, { pages: inspection.pages, hasText: inspection.hasText, itemId: target.itemId, ...(target.replaces === undefined ? {} : { replaces: target.replaces }), name, title: titleOfName(name) }, () => createReadStream(partial.path(key)))
    // Only when the hub does not know how it went may the bytes be needed once more.
    if (!isRefused(attached) || attached.code !== 'hub.unknown') await partial.remove(key)
    return isRefused(attached) ? attached : { held: attached.size, paper: attached }
  }

  return {
    async uploadRefusal(key, { itemId, replaces, name, size }) {
      const view = await meetings.view(key.meetingId, key.personId)
      if (!view) return refusal('notFound')
      const denied = permissionRefusal(view, key.personId, 'papers:attach') ?? closedRefusal(view)
      if (denied) return denied
      if (!entry(view.items, itemId)) return refusal('agenda.unknownItem')
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
      if (paper && isRefused(paper)) return paper
      return { held: paper?.size ?? await partial.held(key), paper }
    },

    attachKnown: (key, { path, ...file }) => attaching.attach(key, file, () => createReadStream(path)),

    async paper(meetingId, personId, paperId, version) {
      const view = await meetings.view(meetingId, personId)
      const paper = view && entry(view.papers, paperId)
      return (paper && atVersion(paper, version ?? paper.version)) ?? null
    },

    bytes: (paper, range) => store.blobs.open(paper.sha256, range),
    sweep: sweeping.sweep,
    close: sweeping.close,
  }
}
