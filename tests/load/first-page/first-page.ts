import { fileURLToPath } from 'node:url'
import { launchBrowser } from '../../support/browser.ts'
import { serveFiles } from '../../support/fileServer.ts'
import { scanPdf, textPdf } from '../../support/papers/generate.ts'
import { buildReaderPage } from '../../support/reader/build.ts'
import { Readable } from 'node:stream'
import type { Page } from 'playwright-core'
import { encode } from '../../../server/papers/contents/encode.ts'
import { readContents, usualLimits } from '../../../server/papers/contents/reading/read.ts'
import { compare, percentile, withinLimit, type Figure } from '../figure.ts'
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
    papers: {
      ...Object.fromEntries(Object.entries(papers).map(([file, { bytes }]) => [file, bytes])),
      ...Object.fromEntries(await Promise.all(Object.entries(papers).map(async ([file, { bytes }]) => [`${file}.webp`, await pictureOf(bytes)] as const))),
    },
  })
  const browser = await launchBrowser()
  const figures: Figure[] = []
  try {
    for (const [file, { bytes, pages, name }] of Object.entries(papers)) {
      const ours: number[] = []
      const legible: number[] = []
      const turns: number[] = []
      const stock: number[] = []
      for (let turn = 0; turn <= repeats; turn++) {
        const url = `${server.origin}/?url=/papers/${file}&picture=/papers/${file}.webp&size=${bytes.length}&pages=${pages}`
        const mine = await openCold(browser, url, ['img[data-picture="1"]', '[data-page="1"] canvas'], async page => {
          if (turn === repeats) turns.push(...await turnPages(page))
        })
        const theirs = await openCold(browser, `${server.origin}/stock/?url=/papers/${file}`, ['.page[data-page-number="1"] canvas'])
        if (turn === 0) continue
        legible.push(mine[0] ?? Number.NaN)
        ours.push(mine[1] ?? Number.NaN)
        stock.push(theirs[0] ?? Number.NaN)
      }
      const beside = `reference ${Math.round(Math.min(...stock))}–${Math.round(Math.max(...stock))} ms.`
      figures.push(
        compare(`${name}: legible (the hub's picture)`, 'ms', legible, stock, { atMost: 0.5 }, `${note}; ${beside}`),
        compare(`${name}: crisp`, 'ms', ours, stock, { atMost: 1 }, beside),
        withinLimit(`${name}: page turn, p95 of ${turns.length}`, 'ms', [percentile(turns, 0.95)], 100, 'From the turn until the page is drawn, on the same line and processor, with the paper on its way.'),
      )
    }
  } finally {
    await browser.close()
    await server.close()
  }
  return figures
}

/** The hub's picture of page 1, as it is made at upload. */
async function pictureOf(bytes: Buffer): Promise<Buffer> {
  let picture: Buffer = Buffer.alloc(0)
  await readContents(Readable.from([bytes]), bytes.length, { first: [{ page: 1, width: 1000, grey: false }], words: false, then: [], thumbnails: null }, usualLimits, async told => {
    if (told.kind === 'drawn') picture = (await encode(told)).data
  })
  return picture
}

/** Turns through twenty pages as a reader does, a second each: milliseconds until each is drawn. */
async function turnPages(page: Page): Promise<number[]> {
  const times: number[] = []
  for (let number = 2; number <= 21; number++) {
    await page.waitForTimeout(1000)
    times.push(await page.evaluate(async wanted => {
      const began = performance.now()
      ;(globalThis as unknown as { reader: { value: { show(target: { page: number }): void } } }).reader.value.show({ page: wanted })
      while (document.querySelector(`[data-page="${wanted}"]`)?.getAttribute('data-state') !== 'drawn') await new Promise(requestAnimationFrame)
      return performance.now() - began
    }, number))
  }
  return times
}
