/**
 * Reads one PDF with pdf.js and says what is in it. Runs in a thread of the reading process (main.ts beside it), never in the hub:
 * what a hostile file can do here is lose its own upload. pdf.js never runs a PDF's JavaScript without its sandbox, which is not loaded.
 */
import { readFile } from 'node:fs/promises'
import { parentPort, workerData } from 'node:worker_threads'
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist'
import { isRubbish } from '../contents/reading/rubbish.ts'
import { levelInName } from '../secrecy/name.ts'
import { stampedLevel, type TextRun } from '../secrecy/stamp.ts'
import type { Reading } from './reading.ts'

/** More pages than any paper has; a page tree may claim millions. */
const mostPages = 20_000
const lettersThatMakeText = 20
const longestTitle = 500

// pdf.js says on the console, and nowhere else, that it had to rebuild a file from its pieces.
let rebuilt = false
const listen = (...words: unknown[]): void => { if (words.join(' ').includes('Indexing all PDF objects')) rebuilt = true }
console.log = console.info = console.warn = console.error = listen

async function read(path: string): Promise<Reading> {
  const { getDocument, PasswordException, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs')
  const task = getDocument({
    data: new Uint8Array(await readFile(path)),
    verbosity: VerbosityLevel.WARNINGS,
    enableXfa: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWasm: false,
    maxImageSize: 0,
  })
  let document: PDFDocumentProxy
  try {
    document = await task.promise
  } catch (error) {
    return { outcome: error instanceof PasswordException ? 'password' : 'damaged' }
  }
  try {
    if (document.numPages === 0) return { outcome: 'noPages' }
    if (rebuilt || document.numPages > mostPages) return { outcome: 'damaged' }
    return await describe(document)
  } catch {
    return { outcome: 'damaged' }
  }
}

async function describe(document: PDFDocumentProxy): Promise<Reading> {
  const pages = document.numPages
  const sampled = new Set([1, 2, 3, Math.ceil(pages / 2), pages])
  let firstPage = { height: 0, runs: [] as TextRun[] }
  let letters = 0
  for (let number = 1; number <= pages; number++) {
    const page = await document.getPage(number)
    if (sampled.has(number)) {
      const runs = await runsOf(page)
      if (number === 1) firstPage = { height: page.getViewport({ scale: 1 }).height, runs: [...runs, ...await notesOf(page)] }
      letters += lettersOf(runs)
    }
    page.cleanup()
  }
  const { info } = await document.getMetadata() as { info: { Title?: unknown; EncryptFilterName?: unknown } }
  const title = typeof info.Title === 'string' && info.Title.trim() ? info.Title.slice(0, longestTitle) : null
  return {
    outcome: 'read', pages, title,
    // Here and not in the hub: a title of a megabyte or a page of a million words must cost nobody else's time.
    level: stampedLevel(firstPage.runs, firstPage) ?? (title ? levelInName(title) : null),
    hasText: letters >= lettersThatMakeText,
    firstIsPicture: isRubbish(firstPage.runs.map(run => run.text).join(' ')) || lettersOf(firstPage.runs) < lettersThatMakeText,
    ownerPassword: Boolean(info.EncryptFilterName),
  }
}

const lettersOf = (runs: TextRun[]): number => runs.map(run => run.text).join('').replace(/[^\p{L}\p{N}]/gu, '').length

async function runsOf(page: PDFPageProxy): Promise<TextRun[]> {
  const { items } = await page.getTextContent()
  const viewport = page.getViewport({ scale: 1 })
  const runs: TextRun[] = []
  for (const item of items) {
    if (!('str' in item) || item.str.trim() === '') continue
    const [a, b, , , e, f] = item.transform as [number, number, number, number, number, number]
    const [x, y] = viewport.convertToViewportPoint(e, f) as [number, number]
    // The run's direction on the turned page: its far end tells where it really lies.
    const long = Math.hypot(a, b) || 1
    const [farX] = viewport.convertToViewportPoint(e + a / long * item.width, f + b / long * item.width) as [number, number]
    runs.push({ text: item.str, x: Math.min(x, farX), y, width: Math.abs(farX - x), height: item.height || long })
  }
  return runs
}

/** Stamps put on afterwards are notes (FreeText, Stamp) with their words in the contents. */
async function notesOf(page: PDFPageProxy): Promise<TextRun[]> {
  const viewport = page.getViewport({ scale: 1 })
  const notes = await page.getAnnotations() as { subtype?: string; rect?: number[]; contentsObj?: { str?: string } }[]
  return notes.flatMap(note => {
    const text = note.contentsObj?.str?.trim()
    if (!text || !note.rect || (note.subtype !== 'FreeText' && note.subtype !== 'Stamp')) return []
    const [x, y] = viewport.convertToViewportPoint(note.rect[0] as number, note.rect[3] as number) as [number, number]
    return [{ text, x, y, width: (note.rect[2] as number) - (note.rect[0] as number), height: 12 }]
  })
}

parentPort?.postMessage(await read((workerData as { path: string }).path))
