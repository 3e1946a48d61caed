import { randomUUID } from 'node:crypto'
import { mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { refusal, type Refusal } from '../../../shared/contracts/refusal.ts'
import { structureRefusal } from '../structure.ts'
import type { FileKind } from './kinds.ts'
import { findOffice, type OfficeInstallation, type OfficeMissing } from './office/installed.ts'
import { openOfficePool, type OfficeJob, type OfficePool, type OfficePoolOptions } from './office/pool.ts'
import { pictureLimits } from './picture/limits.ts'
import { pictureToPdf } from './picture/picture.ts'

/** A file on its way to a PDF. */
export interface ConversionJob {
  meetingId: string
  /** Where its bytes lie; they are not changed. */
  path: string
  kind: Exclude<FileKind, { form: 'pdf' }>
  onStart?: () => void
}

/** Makes PDFs of office files and pictures. */
export interface Conversion {
  /** What is installed here: all that is needed, or the Debian packages that are missing. Found out in the background. */
  office: Promise<OfficeInstallation | OfficeMissing>
  /**
   * The path of the PDF, to be removed by whoever asked, or why there is none: papers.noConverter, cannotConvert, conversionTooHeavy,
   * password, pictureTooLarge, pictureDamaged.
   */
  toPdf(job: ConversionJob): Promise<{ pdf: string } | Refusal>
  /** How many files are to begin before this one. */
  ahead(job: ConversionJob): number
  /** For tests. */
  running: OfficePool['running']
  close(): Promise<void>
}

export interface ConversionOptions {
  /** A folder of its own; what is in it at the start is removed. */
  folder: string
  /** LibreOffice's program folder. */
  officeFolder: string
  log: Logger
  pool?: Partial<Pick<OfficePoolOptions, 'places' | 'idle' | 'mostFiles' | 'limits'>>
}

export async function openConversion({ folder, officeFolder, log, pool: poolOptions = {} }: ConversionOptions): Promise<Conversion> {
  const made = join(folder, 'made')
  await rm(folder, { recursive: true, force: true })
  await mkdir(made, { recursive: true, mode: 0o700 })
  const office = findOffice(officeFolder)
  const pool = office.then(async found => {
    if ('missing' in found) log.warn({ packages: found.missing }, 'office files cannot be converted: LibreOffice is not complete here')
    else if (!found.boxed) log.warn('office files are converted with weaker isolation: this machine does not allow namespaces')
    else log.info({ folder: found.folder }, 'office files are converted without network, in a box')
    return 'missing' in found ? null : await openOfficePool({ ...poolOptions, office: found, folder: join(folder, 'office'), log })
  })
  let opened: OfficePool | null = null
  pool.then(one => { opened = one }, error => log.error({ err: error }, 'LibreOffice could not be looked for'))
  const jobs = new WeakMap<ConversionJob, OfficeJob>()

  async function convertOffice(job: ConversionJob, kind: Extract<FileKind, { form: 'office' }>, pdf: string): Promise<Refusal | null> {
    const [found, converters] = await Promise.all([office, pool])
    if (!converters || 'missing' in found) return refusal('papers.noConverter', { packages: 'missing' in found ? found.missing.join(' ') : '' })
    const officeJob: OfficeJob = { meetingId: job.meetingId, input: job.path, kind: kind.kind, output: pdf, ...(job.onStart ? { onStart: job.onStart } : {}) }
    jobs.set(job, officeJob)
    const outcome = await converters.convert(officeJob)
    if (outcome === 'tooHeavy') return refusal('papers.conversionTooHeavy')
    // LibreOffice may say that all went well and leave no PDF, or one of no use: what counts is what is there.
    const whole = outcome === 'done' && await stat(pdf).then(({ size }) => size > 0, () => false) && await structureRefusal(pdf) === null
    return whole ? null : refusal(kind.mayHavePassword ? 'papers.password' : 'papers.cannotConvert')
  }

  async function convertPicture(job: ConversionJob, pdf: string): Promise<Refusal | null> {
    const outcome = await pictureToPdf(job.path, pdf, job.onStart)
    if (outcome === 'tooLarge') return refusal('papers.pictureTooLarge', { megapixels: pictureLimits.pixels / 1_000_000, pages: pictureLimits.pages })
    return outcome === 'done' ? null : refusal('papers.pictureDamaged')
  }

  return {
    office,
    async toPdf(job) {
      const pdf = join(made, `${randomUUID()}.pdf`)
      const refused = job.kind.form === 'office' ? await convertOffice(job, job.kind, pdf) : await convertPicture(job, pdf)
      if (!refused) return { pdf }
      await rm(pdf, { force: true })
      return refused
    },
    ahead(job) {
      const officeJob = jobs.get(job)
      return opened && officeJob ? opened.ahead(officeJob) : 0
    },
    running: () => opened?.running() ?? [],
    async close() {
      await (await pool.catch(() => null))?.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
