import type { Readable } from 'node:stream'
import type { AttachedPaper } from '../../shared/contracts/http/papers.ts'
import { refusal, type Refusal } from '../../shared/contracts/refusal.ts'
import { oneAtATime } from '../directory/one-at-a-time.ts'
import type { Blobs } from '../store/port.ts'
import type { Inspection } from './inspect.ts'
import type { PaperMeetings } from './meetings.ts'
import type { UploadKey } from './partial.ts'
import { recordId, type PaperRecord, type PaperRecords } from './records.ts'

/** A checked file: what is known of it, where it goes, and how it is called. */
export type CheckedFile = Pick<Inspection, 'pages' | 'hasText'> & { itemId: string; name: string; title: string }

export interface Attaching {
  /**
   * Stores the file, then its record, then the meeting's fact; the upload's id becomes the paper's and the command's, so that a
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
    if ((await records.find({ sha256 }, { limit: 1 })).length > 0) return false
    await blobs.remove(sha256)
    return true
  }

  return {
    attach: (key, file, open) => inTurn(async () => {
      const { meetingId, personId, uploadId: paperId } = key
      const { sha256, size } = await blobs.put(open())
      const paper = { paperId, itemId: file.itemId, title: file.title, name: file.name, sha256, size, pages: file.pages }
      const record: PaperRecord = { meetingId, ...paper, hasText: file.hasText, uploadedBy: personId, uploadedAt: now(), attached: false }
      const other = await records.get(recordId(meetingId, paperId))
      // The upload's id is the client's to choose, so it may be somebody else's paper, which must stay what it is.
      if (other && (other.value.uploadedBy !== personId || other.value.sha256 !== sha256)) {
        await removeUnusedNow(sha256)
        return refusal('command.idTaken')
      }
      await records.put(recordId(meetingId, paperId), record)

      const outcome = await meetings.execute(meetingId, personId, { commandId: paperId, type: 'papers:attach', data: paper })
      if (outcome.ok) {
        await records.put(recordId(meetingId, paperId), { ...record, attached: true })
        return { ...paper, hasText: file.hasText }
      }
      if (outcome.refusal.code !== 'hub.unknown') {
        await records.remove(recordId(meetingId, paperId))
        await removeUnusedNow(sha256)
      }
      return outcome.refusal
    }),
    removeUnused: sha256 => inTurn(() => removeUnusedNow(sha256)),
  }
}
