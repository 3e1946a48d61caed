import { fileURLToPath } from 'node:url'
import { launchBrowser } from '../../support/browser.ts'
import { serveFiles } from '../../support/fileServer.ts'
import { scanPdf, textPdf } from '../../support/papers/generate.ts'
import { buildReaderPage } from '../../support/reader/build.ts'
import { compare, type Figure } from '../figure.ts'
import { openCold } from './legible.ts'

const repeats = 5
const seed = 2026

/** How it was taken, for docs/performance.md. */
const note = `Chromium with cold cache at 10 Mbit/s, 40 ms, CPU ×4, 1180×820 at two device pixels; from the start of the navigation until the canvas of page 1
shows 98 % of its ink; ${repeats} repeats in turn, one to warm up. Both pages and the paper come from the same bare server, text brotli-compressed.
Reference: pdf.js's own viewer components of the same version with viewer.html's defaults (viewer.html itself is not on npm; it loads the same and more)`.replace(/\n/gu, ' ')

/**
 * First page: from opening a paper on a slow line until its first page can be read, beside pdf.js's viewer.
 * A scan of 22 MB and a Vietnamese text of 200 pages, both made from a fixed seed.
 */
export async function firstPage(): Promise<Figure[]> {
  const papers = {
    'scan.pdf': { bytes: await scanPdf({ pages: 90, bytes: 22_000_000, seed }), pages: 90, name: 'First page, scan of 90 pages, 22 MB' },
    'text.pdf': { bytes: await textPdf({ pages: 200, seed }), pages: 200, name: 'First page, Vietnamese text of 200 pages' },
  }
  const server = await serveFiles({
    folders: {
      '/': await buildReaderPage(),
      '/stock/': fileURLToPath(new URL('./stock', import.meta.url)),
      '/pdfjs/': fileURLToPath(new URL('../../../node_modules/pdfjs-dist', import.meta.url)),
    },
    papers: Object.fromEntries(Object.entries(papers).map(([file, { bytes }]) => [file, bytes])),
  })
  const browser = await launchBrowser()
  const figures: Figure[] = []
  try {
    for (const [file, { bytes, pages, name }] of Object.entries(papers)) {
      const ours: number[] = []
      const stock: number[] = []
      for (let turn = 0; turn <= repeats; turn++) {
        const mine = await openCold(browser, `${server.origin}/?url=/papers/${file}&size=${bytes.length}&pages=${pages}`, '[data-page="1"] canvas')
        const theirs = await openCold(browser, `${server.origin}/stock/?url=/papers/${file}`, '.page[data-page-number="1"] canvas')
        if (turn === 0) continue
        ours.push(mine)
        stock.push(theirs)
      }
      figures.push(compare(name, 'ms', ours, stock, { atMost: 1 }, `${note}; reference ${Math.round(Math.min(...stock))}–${Math.round(Math.max(...stock))} ms.`))
    }
  } finally {
    await browser.close()
    await server.close()
  }
  return figures
}
