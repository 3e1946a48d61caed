import type { Logger } from 'pino'
import type { PageText } from '../../../shared/papers/contents.ts'
import { foldForSearch } from '../../../shared/vietnamese/search.ts'
import type { Blobs } from '../../store/port.ts'
import { readAsBlocks } from './blocks/read.ts'
import { encode } from './encode.ts'
import { levelOnPage } from './ocr/stamp.ts'
import { recognise, tesseractLanguages } from './ocr/tesseract.ts'
import { pageOfTable } from './ocr/table.ts'
import { plainText } from './plain.ts'
import { mostPages, type Drawing, type Job, type Told } from './reading/job.ts'
import { readContents, usualLimits } from './reading/read.ts'
import { contentsEdition, type ContentsRecord, type ContentsRecords } from './records.ts'
import type { SearchedPage } from '../../../shared/papers/search.ts'

export const widths = { small: 240, screen: 1000 } as const

const firstPages = 3
const mostThumbnails = 300
/** Pages of one paper whose letters are recognised: half an hour of one core. */
const mostRecognised = 400
const dotsPerInch = 300
/** Letters: far more than any paper has, and, twice, within what the store takes as one value. */
const mostText = 1_800_000

export interface MakingParts { records: ContentsRecords; blobs: Blobs; log: Logger; signal: AbortSignal; /** Whether other papers wait for their words: then letters of pictures come after those. */ others(): boolean }

/**
 * Reads all there is to read out of one file, in the order in which people miss it: picture of the first page, words, further pictures,
 * letters of scanned pages, text to read on in. What is there already (after a restart) is not made again. False: there is more to do later.
 */
export async function makeContents(parts: MakingParts, sha256: string): Promise<boolean> {
  const { records, blobs, log, signal } = parts
  const blob = await blobs.stat(sha256)
  if (!blob) return true
  let record = (await records.contents.get(sha256))?.value ?? null
  if (record?.edition !== contentsEdition) {
    await records.remove(sha256)
    record = null
  }
  record ??= { sha256, edition: contentsEdition, state: 'making', pages: 0, bookmarks: [], recognised: [], rewritten: [], wordless: [], unread: [], level: null }
  const save = (change: Partial<ContentsRecord>): Promise<void> => records.contents.put(sha256, record = { ...record as ContentsRecord, ...change })
  await save({})

  if (record.state === 'making') {
    const read = await readWords(parts, sha256, blob.size)
    if (signal.aborted) return true
    if (!read) {
      log.warn({ sha256 }, 'a paper’s contents could not be read')
      await save({ state: 'failed' })
      return true
    }
    await save({ ...read, state: 'words' })
    if (read.wordless.length > 0 && parts.others()) return false
  }
  if (record.state === 'words' || (record.state === 'ready' && record.unread.length > 0)) {
    await recogniseLetters(parts, record, save)
    if (signal.aborted) return true
    await makeBlocks(parts, record)
    if (!signal.aborted) await save({ state: 'ready' })
  }
  return true
}

type Read = Pick<ContentsRecord, 'pages' | 'bookmarks' | 'rewritten' | 'wordless'>

async function readWords({ records, blobs, signal }: MakingParts, sha256: string, size: number): Promise<Read | null> {
  const job: Job = {
    first: [{ page: 1, width: widths.screen, grey: false }], words: true,
    then: Array.from({ length: firstPages - 1 }, (_, at) => ({ page: at + 2, width: widths.screen, grey: false })),
    thumbnails: { width: widths.small, most: mostThumbnails },
  }
  const read: Read = { pages: 0, bookmarks: [], rewritten: [], wordless: [] }
  const texts: SearchedPage[] = []
  let toldAll = false
  const hear = async (told: Told): Promise<void> => {
    if (told.kind === 'opened') read.pages = told.pages
    if (told.kind === 'drawn') await keepPicture(records, sha256, told)
    if (told.kind === 'words') {
      await records.pages.put(`${sha256}.${told.page}`, { sha256, page: told.page, text: told.text })
      texts.push(searchedPage(told.text))
      if (told.rewritten) read.rewritten.push(told.page)
      if (told.text.source === 'none') read.wordless.push(told.page)
    }
    if (told.kind === 'outline') {
      read.bookmarks = told.entries
      await records.texts.put(sha256, { sha256, pages: bounded(texts) })
      toldAll = true
    }
  }
  await readContents(blobs.open(sha256), size, job, usualLimits, hear, signal)
  return toldAll ? read : null
}

async function keepPicture(records: ContentsRecords, sha256: string, drawn: Extract<Told, { kind: 'drawn' }>): Promise<void> {
  // Drawn to the width that was asked for; only a page out of all proportion is smaller.
  const width = drawn.width > widths.small ? widths.screen : widths.small
  const { type, data } = await encode(drawn)
  await records.pictures.put(`${sha256}.${drawn.page}.${width}`, { sha256, type, data: data.toString('base64') })
}

function searchedPage(page: PageText): SearchedPage {
  const text = plainText(page)
  return { text, folded: foldForSearch(text) }
}

function bounded(pages: SearchedPage[]): SearchedPage[] {
  let left = mostText
  return pages.map(page => {
    left -= page.text.length
    return left >= 0 ? page : { text: '', folded: '' }
  })
}

type Save = (change: Partial<ContentsRecord>) => Promise<void>

/** One page at a time, each stored when it is done: after a restart the next one follows. */
async function recogniseLetters({ records, blobs, log, signal }: MakingParts, record: ContentsRecord, save: Save): Promise<void> {
  const { sha256 } = record
  const wanted = record.wordless.slice(0, mostRecognised)
  if (wanted.length === 0) return
  if (await tesseractLanguages() === null) return save({ unread: wanted })
  const text = (await records.texts.get(sha256))?.value ?? { sha256, pages: [] }
  const { recognised, rewritten } = record
  let wordless = record.wordless
  const keep = async (): Promise<void> => {
    await records.texts.put(sha256, { sha256, pages: bounded(text.pages) })
    await save({ recognised: [...recognised], wordless, rewritten, unread: [] })
  }
  const drawings: Drawing[] = []
  for (const page of wanted) {
    const known = (await records.pages.get(`${sha256}.${page}`))?.value.text
    drawings.push({ page, width: Math.round((known?.width ?? 595) / 72 * dotsPerInch), grey: true })
  }
  let since = 0
  const hear = async (told: Told): Promise<void> => {
    if (told.kind !== 'drawn') return
    const id = `${sha256}.${told.page}`
    const size = (await records.pages.get(id))?.value.text ?? { width: 595, height: 842 }
    let page: PageText
    try {
      page = { ...size, ...pageOfTable(await recognise(told.pixels, { ...told, dotsPerInch: told.width / size.width * 72 }, signal), told, { width: size.width, height: size.height }) }
    } catch (error) {
      if (signal.aborted) return
      log.warn({ err: error, sha256, page: told.page }, 'letters of a page could not be recognised')
      return
    }
    await records.pages.put(id, { sha256, page: told.page, text: page })
    if (page.runs.length === 0) return
    text.pages[told.page - 1] = searchedPage(page)
    recognised.push(told.page)
    wordless = wordless.filter(number => number !== told.page)
    if (told.page === 1) await noteStamp(page, record, save, log)
    if (++since % 4 === 1) await keep()
  }
  const { size } = await blobs.stat(sha256) ?? { size: 0 }
  await readContents(blobs.open(sha256), size, { first: drawings, words: false, then: [], thumbnails: null }, recognisingLimits(drawings.length), hear, signal)
  if (!signal.aborted) await keep()
}

/** The reading process waits for tesseract while its clock goes on. */
const recognisingLimits = (pages: number) => ({ ...usualLimits, computingAPage: 3_000, time: 120_000 + 65_000 * pages })

/** It was looked for before the paper was attached; this is for what only shows now, when tesseract has come to this machine later. */
async function noteStamp(page: PageText, record: ContentsRecord, save: Save, log: Logger): Promise<void> {
  const level = levelOnPage(page, page.height)
  if (!level) return
  log.warn({ sha256: record.sha256, level }, 'an attached paper bears a secrecy stamp')
  await save({ level })
}

async function makeBlocks({ records, signal }: MakingParts, record: ContentsRecord): Promise<void> {
  const { sha256 } = record
  const pages: PageText[] = []
  for (let page = 1; page <= Math.min(record.pages, mostPages); page++) {
    const known = await records.pages.get(`${sha256}.${page}`)
    pages.push(known?.value.text ?? { width: 595, height: 842, source: 'none', runs: [] })
  }
  const { blocks, outline } = await readAsBlocks(pages, record.bookmarks, signal)
  if (!signal.aborted) await records.blocks.put(sha256, { sha256, blocks, outline })
}
