import { createReadStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { Logger } from 'pino'
import type { AttachedPaper, UploadStage } from '../../shared/contracts/http/papers.ts'
import { refusal, type Refusal } from '../../shared/contracts/refusal.ts'
import type { Attaching } from './attaching.ts'
import type { Conversion, ConversionJob } from './conversion/conversion.ts'
import { mediaTypeOf, type FileKind } from './conversion/kinds.ts'
import { sniff } from './conversion/sniff.ts'
import { inspectPdf, isRefused } from './inspect.ts'
import { nameOfPdf, titleOfName } from './names.ts'
import type { PartialFiles, UploadKey } from './partial.ts'

/** Where a file that has arrived is to go, under the name that is shown. */
export interface Arrived { itemId: string; replaces?: string; name: string }

/** A file on its way from its last byte to its paper. */
export interface Job {
  /** False for a PDF, which is checked at once; true for what waits its turn and is converted first. */
  readonly long: boolean
  stage(): { stage: UploadStage; ahead: number }
  /** Never rejects with what is the file's fault. */
  readonly done: Promise<AttachedPaper | Refusal>
}

export interface Becoming {
  /** Begins, unless it has begun. The bytes go when it is over, but not when the hub ends meanwhile: then the upload can be taken up again. */
  begin(key: UploadKey, arrived: Arrived): Promise<Job>
  /** The job under way, or the refusal in which the last one ended. */
  of(key: UploadKey): Job | Refusal | null
  /** Forgets how the last one ended: the file is on its way again. */
  forget(key: UploadKey): void
  close(): Promise<void>
}

interface Parts { partial: PartialFiles; attaching: Attaching; conversion: Conversion; uploadLimit: number; log: Logger; now: () => number }

const rememberedFor = 60 * 60_000
/** What a PDF of our own making is not to blame its file for. */
const ownFaults: readonly string[] = ['papers.notPdf', 'papers.truncated', 'papers.unreadable', 'papers.noPages', 'papers.encrypted']

export function openBecoming({ partial, attaching, conversion, uploadLimit, log, now }: Parts): Becoming {
  const running = new Map<string, Promise<Job>>()
  const jobs = new Map<string, Job>()
  const refused = new Map<string, { reason: Refusal; at: number }>()
  let closing = false

  async function attach(key: UploadKey, { itemId, replaces, name }: Arrived, pdf: string, file: FileKind): Promise<AttachedPaper | Refusal> {
    const path = partial.path(key)
    const made = pdf !== path
    const inspection = await inspectPdf(pdf, { limit: made ? Number.MAX_SAFE_INTEGER : uploadLimit, name })
    if (isRefused(inspection)) return made && ownFaults.includes(inspection.code) ? refusal('papers.cannotConvert') : inspection
    // A file with programs in it is shown, never handed on.
    const keeps = made && !(file.form === 'office' && file.macros)
    return attaching.attach(key, {
      pages: inspection.pages, hasText: inspection.hasText, itemId, ...(replaces === undefined ? {} : { replaces }),
      name: nameOfPdf(name), title: titleOfName(name),
      ...(keeps ? { original: { name, mediaType: mediaTypeOf(file), open: () => createReadStream(path) } } : {}),
    }, () => createReadStream(pdf))
  }

  function started(key: UploadKey, arrived: Arrived, file: FileKind | Refusal): Job {
    let stage: UploadStage = 'checking'
    if (isRefused(file)) return { long: false, stage: () => ({ stage, ahead: 0 }), done: over(key, Promise.resolve(file)) }
    if (file.form === 'pdf') return { long: false, stage: () => ({ stage, ahead: 0 }), done: over(key, attach(key, arrived, partial.path(key), file)) }
    stage = 'waiting'
    const job: ConversionJob = { meetingId: key.meetingId, path: partial.path(key), kind: file, onStart: () => { stage = 'converting' } }
    async function converted(): Promise<AttachedPaper | Refusal> {
      const result = await conversion.toPdf(job)
      if (isRefused(result)) return result
      stage = 'checking'
      try {
        return await attach(key, arrived, result.pdf, job.kind)
      } finally {
        await rm(result.pdf, { force: true })
      }
    }
    return { long: true, stage: () => ({ stage, ahead: stage === 'waiting' ? conversion.ahead(job) : 0 }), done: over(key, converted()) }
  }

  /** Only when the hub does not know how it went, or ends, may the bytes be needed once more. */
  async function over(key: UploadKey, outcome: Promise<AttachedPaper | Refusal>): Promise<AttachedPaper | Refusal> {
    const path = partial.path(key)
    let result: AttachedPaper | Refusal
    try {
      result = await outcome
    } catch (error) {
      log.error({ err: error, meetingId: key.meetingId, uploadId: key.uploadId }, 'a file could not become a paper')
      result = refusal('hub.unknown')
    }
    if (closing && isRefused(result)) result = refusal('hub.unknown')
    if (!isRefused(result) || result.code !== 'hub.unknown') await partial.remove(key)
    if (isRefused(result)) {
      for (const [old, { at }] of refused) if (now() - at > rememberedFor) refused.delete(old)
      refused.set(path, { reason: result, at: now() })
    }
    jobs.delete(path)
    running.delete(path)
    return result
  }

  return {
    begin(key, arrived) {
      const path = partial.path(key)
      const before = running.get(path)
      if (before) return before
      const begun = sniff(path).then(file => {
        const job = started(key, arrived, file)
        if (running.has(path)) jobs.set(path, job)
        return job
      }, error => {
        running.delete(path)
        throw error
      })
      running.set(path, begun)
      return begun
    },
    of: key => jobs.get(partial.path(key)) ?? refused.get(partial.path(key))?.reason ?? null,
    forget: key => { refused.delete(partial.path(key)) },
    async close() {
      closing = true
      await conversion.close()
      await Promise.all([...running.values()].map(job => job.then(({ done }) => done).catch(() => undefined)))
    },
  }
}
