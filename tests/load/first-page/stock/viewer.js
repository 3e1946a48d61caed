// pdf.js's viewer as its own viewer.html sets it up, with its defaults, from the parts in pdfjs-dist.
// viewer.html itself is not in that package; it loads these parts and a good deal more (toolbar, side bar, editors, locale).
// pdf_viewer.mjs takes the library from globalThis.pdfjsLib, so it can only be loaded after it.
import * as pdfjsLib from '/pdfjs/build/pdf.min.mjs'

pdfjsLib.GlobalWorkerOptions.workerSrc = '/pdfjs/build/pdf.worker.min.mjs'
globalThis.pdfjsLib = pdfjsLib
const { EventBus, PDFFindController, PDFLinkService, PDFViewer } = await import('/pdfjs/web/pdf_viewer.mjs')

const eventBus = new EventBus()
const linkService = new PDFLinkService({ eventBus })
const findController = new PDFFindController({ eventBus, linkService })
const viewer = globalThis.viewer = new PDFViewer({ container: document.getElementById('viewerContainer'), eventBus, linkService, findController })
linkService.setViewer(viewer)
eventBus.on('pagesinit', () => { viewer.currentScaleValue = 'auto' })

const query = new URLSearchParams(location.search)
const pdfDocument = await pdfjsLib.getDocument({
  url: query.get('url'),
  // Ranges alone: nothing is fetched but what a page on the screen asks for.
  ...(query.has('ranges') ? { disableStream: true, disableAutoFetch: true } : {}),
  cMapUrl: '/pdfjs/cmaps/',
  standardFontDataUrl: '/pdfjs/standard_fonts/',
  wasmUrl: '/pdfjs/wasm/',
  iccUrl: '/pdfjs/iccs/',
  enableXfa: true,
  enableHWA: true,
  enableWebGPU: true,
}).promise
viewer.setDocument(pdfDocument)
linkService.setDocument(pdfDocument, null)
