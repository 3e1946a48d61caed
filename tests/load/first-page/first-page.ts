import { fileURLToPath } from 'node:url'
import { launchBrowser } from '../../support/browser.ts'
import { serveFiles } from '../../support/fileServer.ts'
import { scanPdf, textPdf } from '../../support/papers/generate.ts'
import { buildReaderPage } from '../../support/reader/build.ts'
import { Readable } from 'node:stream'
import { encode } from '../../../server/papers/contents/encode.ts'
import { readContents, usualLimits } from '../../../server/papers/contents/reading/read.ts'
import { compare, percentile, withinLimit, type Figure } from '../figure.ts'
import { hallLine, openCold } from './legible.ts'
import { manyTablets } from './tablets.ts'
import { hands, jumpTo, turnPages, turnSingly } from './turning.ts'

const repeats = 3
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
      const url = `${server.origin}/?url=/papers/${file}&picture=/papers/${file}.webp&size=${bytes.length}&pages=${pages}`
      const selectors = ['img[data-picture="1"]', '[data-page="1"] canvas']
      const legible: number[] = []
      const crisp: number[] = []
      const before: number[] = []
      const stock: number[] = []
      const stockBefore: number[] = []
      const hall: number[] = []
      const turns: number[] = []
      const jumps: number[] = []
      for (let turn = 0; turn <= repeats; turn++) {
        const mine = await openCold(browser, url, selectors)
        const theirs = await openCold(browser, `${server.origin}/stock/?url=/papers/${file}`, ['.page[data-page-number="1"] canvas'])
        if (turn === 0) continue
        legible.push(mine.times[0] ?? Number.NaN)
        crisp.push(mine.times[1] ?? Number.NaN)
        before.push(mine.bytes / 1000)
        stock.push(theirs.times[0] ?? Number.NaN)
        stockBefore.push(theirs.bytes / 1000)
      }
      const near = await openCold(browser, url, selectors, hallLine, async page => {
        turns.push(...await turnPages(page, 'key', 1, 10))
        await turnSingly(page)
        for (const [at, hand] of hands.entries()) turns.push(...await turnPages(page, hand, 11 + at * 10, 10))
        jumps.push(await jumpTo(page, pages - 50), await jumpTo(page, 50), await jumpTo(page, pages - 20))
      })
      hall.push(...near.times)
      const beside = `reference ${Math.round(Math.min(...stock))}–${Math.round(Math.max(...stock))} ms`
      figures.push(
        compare(`${name}: legible (the hub's picture)`, 'ms', legible, stock, { atMost: 0.5 }, `${note}; ${beside}; at 100 Mbit/s and 2 ms ${Math.round(hall[0] ?? Number.NaN)} ms`),
        withinLimit(`${name}: legible, aim of PROOF P6`, 'ms', legible, 500),
        compare(`${name}: crisp`, 'ms', crisp, stock, { atMost: 1 }, `${beside}; at 100 Mbit/s and 2 ms ${Math.round(hall[1] ?? Number.NaN)} ms`),
        compare(`${name}: bytes that have arrived when the page is legible`, 'kB', before, stockBefore, null, 'Answers that were complete by then.'),
        withinLimit(`${name}: page turn, p95 of ${turns.length}`, 'ms', [percentile(turns, 0.95)], 100, `From the key, the click or the lifted finger until the page is on the screen, processor ×4: ten keys scrolling, then single pages by key, button and finger, ten each; median ${Math.round(percentile(turns, 0.5))} ms; aim 50 ms.`),
        withinLimit(`${name}: jump to a page far away, of ${jumps.length}`, 'ms', jumps, 1000, 'By its number, processor ×4, the paper on its way or there.'),
      )
    }
    figures.push(...await manyTablets({ text: papers['text.pdf'].bytes }))
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
