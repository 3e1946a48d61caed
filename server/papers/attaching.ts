import type { Readable } from 'node:stream'
import type { AttachedPaper } from '../../shared/contracts/http/papers.ts'
import { refusal, type Refusal } from '../../shared/contracts/refusal.ts'
import { oneAtATime } from '../directory/one-at-a-time.ts'
import type { PaperOriginal } from '../../shared/meeting/papers/state.ts'
import type { Blobs } from '../store/port.ts'
import { attachedPaper } from './attached.ts'
import type { Inspection } from './inspect.ts'
import type { PaperMeetings } from './meetings.ts'
import type { UploadKey } from './partial.ts'
import { recordId, type PaperRecord, type PaperRecords } from './records.ts'

/** A checked file: what is known of it, where it goes, and how it is called. */
export type CheckedFile = Pick<Inspection, 'pages' | 'hasText'> & {
  itemId: string
  name: string
  title: string
  /** The paper that it becomes a new version of. */
  replaces?: string
  /** The file as it was handed in, when it had to be converted; it is stored beside the PDF. */
  original?: Pick<PaperOriginal, 'name' | 'mediaType'> & { open: () => Readable }
}

export interface Attaching {
  /**
   * Stores the file, then its record, then the meeting's fact; the upload's id becomes the command's, and a new paper's, so that a
   * repeat changes nothing. Refused by the meeting: nothing is left behind.
   */
  attach(key: UploadKey, file: CheckedFile, open: () => Readable): Promise<AttachedPaper | Refusal>
  /** Removes the blob when no record names it. */
  removeUnused(sha256: string): Promise<boolean>
}

interface Parts { records: PaperRecords; blobs: Blobs; meetings: PaperMeetings; now: () => number }

export function openAttaching({ records, blobs, meetings, now }: Parts): Attaching {
  // Two uploads of the same bytes share one blob: while one is being taken back, no other may begin to rely on it.
  const inTurn = oneAtATime()

  async function removeUnusedNow(sha256: string): Promise<boolean> {
    for (const use of [{ sha256 }, { originalSha256: sha256 }]) if ((await records.find(use, { limit: 1 })).length > 0) return false
    await blobs.remove(sha256)
    return true
  }

  return {
    attach: (key, file, open) => inTurn(async () => {
      const { meetingId, personId, uploadId: paperId } = key
      const { sha256, size } = await blobs.put(open())
      const { itemId, title, name, pages, hasText, replaces = null } = file
      const original = file.original ? { ...await blobs.put(file.original.open()), name: file.original.name, mediaType: file.original.mediaType } : null
      const stored = { name, sha256, size, pages, original }
      const record: PaperRecord = {
        meetingId, paperId, replaces, itemId, title, name, sha256, size, pages, hasText, originalSha256: original?.sha256 ?? null,
        uploadedBy: personId, uploadedAt: now(), attached: false,
      }
      const unused = async () => {
        await removeUnusedNow(sha256)
        if (original) await removeUnusedNow(original.sha256)
      }
      const other = await records.get(recordId(meetingId, paperId))
      // The upload's id is the client's to choose, so it may be somebody else's paper, which must stay what it is.
      if (other && (other.value.uploadedBy !== personId || other.value.sha256 !== sha256)) {
        await unused()
        return refusal('command.idTaken')
      }
      await records.put(recordId(meetingId, paperId), record)

      const outcome = await meetings.execute(meetingId, personId, {
        commandId: paperId,
        ...(replaces === null
          ? { type: 'papers:attach', data: { paperId, itemId, title, ...stored } }
          : { type: 'papers:replace', data: { paperId: replaces, ...stored, changedPages: null } }),
      })
      if (outcome.ok) {
        await records.put(recordId(meetingId, paperId), { ...record, attached: true })
        const view = await meetings.view(meetingId, personId)
        return (view && attachedPaper(view, record)) ?? refusal('papers.unknown')
      }
      if (outcome.refusal.code !== 'hub.unknown') {
        await records.remove(recordId(meetingId, paperId))
        await unused()
      }
      return outcome.refusal
    }),
    removeUnused: sha256 => inTurn(() => removeUnusedNow(sha256)),
  }
}
