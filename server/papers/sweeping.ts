import type { Logger } from 'pino'
import { logIdOf } from '../meetings/meeting-log.ts'
import type { Store } from '../store/port.ts'
import type { Attaching } from './attaching.ts'
import type { PartialFiles } from './partial.ts'
import { recordId, type PaperRecord, type PaperRecords } from './records.ts'

const day = 24 * 60 * 60_000

interface Parts { records: PaperRecords; store: Store; partial: PartialFiles; attaching: Attaching; log: Logger; now: () => number }

/**
 * Repairs what a crash between blob, record and fact has left: at start and daily, and only what is older than a day, because
 * younger ones may still be on their way. Papers are all that blobs are used for; what else will be stored there must be asked here too.
 */
export function openSweeping({ records, store, partial, attaching, log, now }: Parts): { sweep(): Promise<void>; close(): void } {
  async function wasAttached({ meetingId, paperId, uploadedBy }: PaperRecord): Promise<boolean> {
    for await (const { commandId, by } of store.logs.commands(logIdOf(meetingId))) {
      if (commandId === paperId && by === uploadedBy) return true
    }
    return false
  }

  async function sweep(): Promise<void> {
    const before = now() - day
    const uploads = await partial.sweep(before)
    for (const { value } of await records.find({ attached: false })) {
      if (value.uploadedAt >= before) continue
      const id = recordId(value.meetingId, value.paperId)
      if (await wasAttached(value)) await records.put(id, { ...value, attached: true })
      else await records.remove(id)
    }
    let files = 0
    for await (const { sha256 } of store.blobs.list(before)) if (await attaching.removeUnused(sha256)) files++
    if (uploads + files > 0) log.info({ uploads, files }, 'orphans swept')
  }

  const swept = (): void => { sweep().catch(error => log.error({ err: error }, 'orphans could not be swept')) }
  const daily = setInterval(swept, day)
  daily.unref()
  swept()
  return { sweep, close: () => clearInterval(daily) }
}
