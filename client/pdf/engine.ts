import legacyWorkerUrl from 'pdfjs-dist/legacy/build/pdf.worker.mjs?worker&url'
import modernWorkerUrl from 'pdfjs-dist/build/pdf.worker.mjs?worker&url'
import type { PDFDocumentLoadingTask, PDFDocumentProxy, PDFPageProxy, PDFWorker, TextLayer } from 'pdfjs-dist'
import { PaperDelivery, type DeliveryEvents } from './delivery.ts'

export type { PDFDocumentProxy, PDFPageProxy, PDFWorker, TextLayer }

type Library = typeof import('./modernEngine.ts')

export interface Engine { library: Library; worker: PDFWorker }

/** pdf.js's modern build calls these without asking; iPads got them in 2025 and 2026. */
function isModern(): boolean {
  return 'getOrInsertComputed' in Map.prototype && 'withResolvers' in Promise && 'parse' in URL && 'toHex' in Uint8Array.prototype
}

let engine: Promise<Engine> | null = null

// Who loads this file will open a paper: the engine comes as soon as the page around it stands.
setTimeout(() => void loadEngine().catch(() => {}), 2000)

/**
 * pdf.js and its worker, loaded once for all papers. A page that will soon open a paper may call it early.
 * The worker's script is asked for at once and not, as pdf.js does, after the library has arrived.
 */
export function loadEngine(): Promise<Engine> {
  engine ??= startEngine().catch((error: unknown) => {
    engine = null
    throw error
  })
  return engine
}

async function startEngine(): Promise<Engine> {
  const modern = isModern()
  const port = new Worker(modern ? modernWorkerUrl : legacyWorkerUrl, { type: 'module' })
  try {
    const broken = new Promise<never>((_, reject) => {
      port.addEventListener('error', () => reject(new Error('the PDF worker did not start')), { once: true })
    })
    broken.catch(() => {})
    const importing: Promise<Library> = modern ? import('./modernEngine.ts') : import('./legacyEngine.ts') as Promise<unknown> as Promise<Library>
    const library = await Promise.race([importing, broken])
    // A worker that breaks later must not be kept for the next paper.
    broken.catch(() => { engine = null })
    return { library, worker: library.PDFWorker.create({ port } as never) }
  } catch (error) {
    port.terminate()
    throw error
  }
}

/** Where client/pdf/assets.vite.ts puts what pdf.js fetches by name. */
const assets = `${import.meta.env.BASE_URL}pdf/`

/** What the engine asks for at a time. Smaller means more round trips, larger more bytes that were not needed. */
const chunkBytes = 64 * 1024

export interface OpenedPaper {
  engine: Engine
  document: PDFDocumentProxy
  delivery: PaperDelivery
  /** Keeps fetching until the whole paper is on this device; may be called again. */
  keep(): Promise<void>
}

export interface Opening {
  paper: Promise<OpenedPaper>
  /** Ends everything, also while loading. */
  destroy(): void
}

/** What is known of a paper before it is opened: `url` answers GET with ranges to the session's cookie, `size` in bytes. */
export interface PaperSource {
  url: string
  size: number
  pages: number
  /** The hub's picture of the page: until it is there, line and processor are its own. */
  after?: (() => Promise<unknown>) | undefined
}

export function openPaper({ url, size, pages, after }: PaperSource, events: DeliveryEvents): Opening {
  const delivery = new PaperDelivery(url, size, events)
  let task: PDFDocumentLoadingTask | null = null
  let destroyed = false

  async function open(): Promise<OpenedPaper> {
    if (after) await after()
    if (destroyed) return await new Promise<never>(() => {})
    delivery.fetchTail()
    const loaded = await loadEngine()
    if (destroyed) return await new Promise<never>(() => {})
    // Not before: on a slow line it would hold up the engine, without which nobody reads it.
    delivery.fetchHead()
    const { library, worker } = loaded
    class Transport extends library.PDFDataRangeTransport {
      override requestDataRange(begin: number, end: number): void {
        void delivery.want(begin, end).then(bytes => this.onDataRange(begin, bytes))
      }
    }
    const transport = new Transport(size, null)
    const options = {
      worker,
      cMapUrl: `${assets}cmaps/`,
      standardFontDataUrl: `${assets}standard_fonts/`,
      wasmUrl: `${assets}wasm/`,
      iccUrl: `${assets}iccs/`,
      enableXfa: false,
      enableHWA: true,
    }
    // A password is asked for at upload, where it is a reason to refuse; here there is nobody to answer.
    task = library.getDocument({ ...options, range: transport, rangeChunkSize: chunkBytes, disableAutoFetch: true })
    let document = await task.promise
    let kept: Promise<void> | undefined
    let keep = (): Promise<void> => (kept ??= fetchRest())
    async function fetchRest(): Promise<void> {
      await delivery.fetchRest(chunkBytes, bytes => transport.onDataProgressiveRead(bytes))
      if (!destroyed) transport.onDataProgressiveDone()
    }
    if (document.numPages !== pages) {
      // The hub counted otherwise, so the file's own list of pages is wrong: with all bytes there, pdf.js makes a new one.
      const data = await delivery.want(0, size)
      if (destroyed) return await new Promise<never>(() => {})
      await task.destroy()
      task = library.getDocument({ ...options, data })
      document = await task.promise
      keep = async () => {}
    }
    return { engine: loaded, document, delivery, keep }
  }

  return {
    paper: open(),
    destroy() {
      destroyed = true
      delivery.stop()
      void task?.destroy().catch(() => {})
    },
  }
}
