import { createHash } from 'node:crypto'
import type { Logger } from 'pino'
import type { PaperContentsAnswer, SearchAnswer } from '../../../shared/contracts/http/paper-contents.ts'
import type { PageText } from '../../../shared/papers/contents.ts'
import type { Paper } from '../../../shared/meeting/papers/state.ts'
import type { Store } from '../../store/port.ts'
import type { PaperMeetings } from '../meetings.ts'
import type { PaperRecords } from '../records.ts'
import type { Picture } from './encode.ts'
import { drawPage } from './drawing.ts'
import { openLibrary } from './library.ts'
import { makeContents, widths } from './making.ts'
import { tesseractLanguages } from './ocr/tesseract.ts'
import { openQueue } from './queue.ts'
import { contentsEdition, openContentsRecords } from './records.ts'
import { searchPapers } from '../../../shared/papers/search.ts'

/** What the hub reads out of papers, made in the background once for each file. All that is asked here was allowed before. */
export interface Contents {
  /** Begins to read this file's contents, unless they are there or on their way. */
  want(sha256: string): void
  /** Resolves when nothing is being made any more. */
  idle(): Promise<void>
  /** What is known by now; `etag` changes when more is. */
  contents(paper: Paper): Promise<{ etag: string; answer: PaperContentsAnswer }>
  /** Words of one page; null while they are being read or when there is no such page. */
  words(paper: Paper, page: number): Promise<PageText | null>
  /** The page as a picture, drawn now if it is not there yet; null when it cannot be drawn. */
  picture(paper: Paper, page: number, width: keyof typeof widths): Promise<Picture | null>
  /** Searches all papers and items that this person may see; null when he may not see the meeting. */
  search(meetingId: string, personId: string, query: string): Promise<SearchAnswer | null>
  /** Whether letters of scans can be recognised on this machine (tesseract with Vietnamese is installed). */
  recognises(): Promise<boolean>
  /** Removes what was read out of files that are gone, and reads what has not been read. Runs at start and daily by itself. */
  sweep(): Promise<void>
  close(): Promise<void>
}

export interface ContentsOptions { store: Store; meetings: PaperMeetings; papers: PaperRecords; log: Logger }

const day = 24 * 60 * 60_000

export async function openContents({ store, meetings, papers, log }: ContentsOptions): Promise<Contents> {
  const records = await openContentsRecords(store.records)
  const library = openLibrary(records)
  const stopping = new AbortController()
  const queue = openQueue(async sha256 => {
    try {
      const done = await makeContents({ records, blobs: store.blobs, log, signal: stopping.signal, others: () => queue.busy() }, sha256)
      if (!done) queue.again(sha256)
    } catch (error) {
      if (!stopping.signal.aborted) log.error({ err: error, sha256 }, 'a paper’s contents could not be made')
    } finally {
      library.forget(sha256)
    }
  })

  const isMade = (record: { edition: number; state: string } | null | undefined): boolean => record?.edition === contentsEdition && (record.state === 'ready' || record.state === 'failed')

  async function sweep(): Promise<void> {
    const used = new Set((await papers.find({})).map(({ value }) => value.sha256))
    const known = new Map((await records.contents.find({})).map(({ value }) => [value.sha256, value]))
    for (const sha256 of known.keys()) if (!used.has(sha256) && !stopping.signal.aborted) await records.remove(sha256)
    if (used.size === 0) return
    const recognises = await tesseractLanguages() !== null
    for (const sha256 of used) {
      const record = known.get(sha256)
      // What was a picture without words may have some, since tesseract has come to this machine.
      if (!isMade(record) || (recognises && (record?.unread.length ?? 0) > 0)) queue.add(sha256)
    }
  }

  const swept = (): void => { sweep().catch(error => { if (!stopping.signal.aborted) log.error({ err: error }, 'contents of papers could not be swept') }) }
  const daily = setInterval(swept, day)
  daily.unref()
  swept()

  return {
    want: sha256 => queue.add(sha256),
    idle: () => queue.idle(),
    recognises: async () => await tesseractLanguages() !== null,
    sweep,

    async contents({ sha256 }) {
      const known = await records.contents.get(sha256)
      const record = known?.value
      if (!isMade(record)) queue.first(sha256)
      const blocks = (await records.blocks.get(sha256))?.value
      const recognises = await tesseractLanguages() !== null
      const answer: PaperContentsAnswer = {
        state: record?.state === 'ready' || record?.state === 'failed' ? record.state : 'making',
        blocks: blocks?.blocks ?? [], outline: blocks?.outline ?? record?.bookmarks ?? [],
        recognised: record?.recognised ?? [], rewritten: record?.rewritten ?? [], wordless: record?.wordless ?? [], level: record?.level ?? null, recognises,
      }
      const mark = createHash('sha256').update(`${sha256} ${contentsEdition} ${known?.version ?? 0} ${answer.state} ${recognises}`).digest('base64url')
      return { etag: `"${mark}"`, answer }
    },

    async words({ sha256 }, page) {
      const known = await records.pages.get(`${sha256}.${page}`)
      if (!known) queue.first(sha256)
      return known?.value.text ?? null
    },

    async picture({ sha256, pages, size }, page, width) {
      if (page > pages) return null
      const kept = await records.pictures.get(`${sha256}.${page}.${widths[width]}`)
      if (kept) return { type: 'image/webp', data: Buffer.from(kept.value.data, 'base64') }
      return drawPage(store.blobs, { sha256, size, page, width: widths[width] }, stopping.signal)
    },

    async search(meetingId, personId, query) {
      const view = await meetings.view(meetingId, personId)
      if (!view) return null
      const seen = Object.values(view.papers)
      const read = await Promise.all(seen.map(paper => library.pages(paper.sha256)))
      const { items, papers: found } = searchPapers(query, Object.values(view.items).map(({ itemId, title }) => ({ itemId, title })),
        seen.map(({ paperId, itemId, title }, at) => ({ paperId, itemId, title, pages: read[at]?.pages ?? [] })))
      const making = seen.filter((_paper, at) => read[at]?.state === 'making').map(({ paperId }) => paperId)
      const unsearchable = seen.filter((_paper, at) => read[at]?.state === 'wordless').map(({ paperId }) => paperId)
      return { items, papers: found, making, unsearchable }
    },

    async close() {
      clearInterval(daily)
      stopping.abort()
      await queue.close()
    },
  }
}
