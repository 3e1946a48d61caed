/**
 * Reads one PDF with PDFium and tells what is in it: words with their places, bookmarks, pictures of pages. Runs in a thread of the
 * reading process (main.ts beside it), never in the hub: what a hostile file can do here is lose its own contents.
 */
import { parentPort, workerData } from 'node:worker_threads'
import { bookmarksOf } from './bookmarks.ts'
import { mostPages, type Drawing, type Job, type Told } from './job.ts'
import { openPdf } from './pdfium.ts'
import { draw } from './picture.ts'
import { wordsOf } from './words.ts'

const port = parentPort as NonNullable<typeof parentPort>
const { bytes, job } = workerData as { bytes: Uint8Array; job: Job }

const pdf = await openPdf(bytes)
const tell = (told: Told): void => port.postMessage(told)

async function drawAll(drawings: Drawing[]): Promise<void> {
  for (const drawing of drawings) {
    if (drawing.page > pdf.pages) continue
    try {
      const drawn = draw(pdf, drawing)
      const answered = new Promise(resolve => port.once('message', resolve))
      tell(drawn)
      await answered
    } catch {
      // A damaged page has no picture; the others may.
      tell({ kind: 'undrawn', page: drawing.page })
    }
  }
}

tell({ kind: 'opened', pages: pdf.pages })
await drawAll(job.first)
if (job.words) {
  const { pages, meant } = wordsOf(pdf, mostPages)
  pages.forEach(({ text, rewritten }, index) => tell({ kind: 'words', page: index + 1, text, rewritten }))
  tell({ kind: 'outline', entries: bookmarksOf(pdf).map(entry => ({ ...entry, title: meant(entry.title) })) })
}
await drawAll(job.then)
if (job.thumbnails) {
  const { width, most } = job.thumbnails
  await drawAll(Array.from({ length: Math.min(pdf.pages, most) }, (_, index) => ({ page: index + 1, width, grey: false })))
}
tell({ kind: 'done' })
port.close()
