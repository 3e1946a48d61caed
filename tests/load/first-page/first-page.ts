import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { launchBrowser } from '../../support/browser.ts'
import { serveFiles } from '../../support/fileServer.ts'
import { scanPdf, textPdf } from '../../support/papers/generate.ts'
import { peersFolder } from '../../support/peers.ts'
import { buildReaderPage } from '../../support/reader/build.ts'
import { Readable } from 'node:stream'
import { encode } from '../../../server/papers/contents/encode.ts'
import { readContents, usualLimits } from '../../../server/papers/contents/reading/read.ts'
import { compare, percentile, withinLimit, type Figure } from '../figure.ts'
import { hallLine, openCold, slowLine, slowLineAlone } from './legible.ts'
import { manyTablets } from './tablets.ts'
import { hands, jumpTo, turnPages, turnSingly, turnStock } from './turning.ts'

const repeats = 3
const seed = 2026

/** How it was taken, for docs/performance.md. */
const note = `Chromium with cold cache at 10 Mbit/s, 40 ms, CPU ×4, 1180×820 at two device pixels; from the start of the navigation until the canvas of page 1
shows 98 % of its ink; ${repeats} repeats in turn, one to warm up. Both pages and the paper come from the same bare server, text and programs brotli-compressed.
Reference: pdf.js's own viewer components of the same version with viewer.html's defaults (viewer.html itself is not on npm; it loads the same and more)`.replace(/\n/gu, ' ')

interface Peer { name: string; query: string }

/**
 * First page: from opening a paper on a slow line until its first page can be read, beside pdf.js's viewer as it is and by ranges alone, and beside
 * MuPDF and PDFium in WebAssembly; then turning its pages. A scan of 22 MB and a Vietnamese text of 200 pages, both made from a fixed seed.
 */
export async function* firstPage(): AsyncGenerator<Figure> {
  const papers = {
    'scan.pdf': { bytes: await scanPdf({ pages: 90, bytes: 22_000_000, seed }), pages: 90, name: 'First page, scan of 90 pages, 22 MB' },
    'text.pdf': { bytes: await textPdf({ pages: 200, seed }), pages: 200, name: 'First page, Vietnamese text of 200 pages' },
  }
  const folder = peersFolder({ install: true })
  const peers: Peer[] = [
    { name: 'pdf.js by ranges', query: '/stock/?ranges&url=' },
    ...(folder ? [{ name: 'MuPDF', query: '/wasm/?engine=mupdf&url=' }] : []),
    { name: 'PDFium', query: '/wasm/?engine=pdfium&url=' },
  ]
  const server = await serveFiles({
    folders: {
      '/': await buildReaderPage(),
      '/stock/': here('./stock'),
      '/wasm/': here('./wasm'),
      '/pdfjs/': here('../../../node_modules/pdfjs-dist'),
      '/pdfium/': here('../../../node_modules/@hyzyla/pdfium/dist'),
      ...(folder ? { '/mupdf/': `${folder}/node_modules/mupdf/dist` } : {}),
    },
    papers: {
      ...Object.fromEntries(Object.entries(papers).map(([file, { bytes }]) => [file, bytes])),
      ...Object.fromEntries(await Promise.all(Object.entries(papers).map(async ([file, { bytes }]) => [`${file}.webp`, await pictureOf(bytes)] as const))),
    },
  })
  const browser = await launchBrowser()
  try {
    for (const [file, { bytes, pages, name }] of Object.entries(papers)) {
      const ours = `${server.origin}/?url=/papers/${file}&picture=/papers/${file}.webp&size=${bytes.length}&pages=${pages}`
      yield* await opening(browser, { name, ours, origin: server.origin, file, peers })
      yield* await turning(browser, { name, ours, stock: `${server.origin}/stock/?url=/papers/${file}`, pages })
    }
    yield* await manyTablets({ text: papers['text.pdf'].bytes })
  } finally {
    await browser.close()
    await server.close()
  }
}

async function opening(browser: Browser, { name, ours, origin, file, peers }: { name: string; ours: string; origin: string; file: string; peers: Peer[] }): Promise<Figure[]> {
  const selectors = ['img[data-picture="1"]', '[data-page="1"] canvas:not([data-layer])', '[data-page="1"] [data-layer="detail"]']
  const [legible, drawn, crisp, before, stock, stockBefore]: [number[], number[], number[], number[], number[], number[]] = [[], [], [], [], [], []]
  const others = peers.map(() => [] as number[])
  for (let turn = 0; turn <= repeats; turn++) {
    const mine = await openCold(browser, ours, selectors)
    const theirs = await openCold(browser, `${origin}/stock/?url=/papers/${file}`, ['.page[data-page-number="1"] canvas'])
    const rest = []
    // Two of them fetch 22 MB before they begin: once is enough to compare with.
    for (const { query } of turn === 1 ? peers : []) rest.push(await openCold(browser, `${origin}${query}/papers/${file}`, ['.page[data-page-number="1"] canvas']))
    if (turn === 0) continue
    for (const [at, list] of [legible, drawn, crisp].entries()) list.push(mine.times[at] ?? Number.NaN)
    before.push(mine.bytes / 1000)
    stock.push(theirs.times[0] ?? Number.NaN)
    stockBefore.push(theirs.bytes / 1000)
    rest.forEach(({ times }, at) => others[at]?.push(times[0] ?? Number.NaN))
  }
  const near = (await openCold(browser, ours, selectors, hallLine)).times.map(time => `${Math.round(time)} ms`)
  const beside = `reference ${Math.round(Math.min(...stock))}–${Math.round(Math.max(...stock))} ms`
  return [
    compare(`${name}: legible (the hub's picture)`, 'ms', legible, stock, { atMost: 0.5 }, `${note}; ${beside}; at 100 Mbit/s and 2 ms ${near[0]}`),
    ...peers.map((peer, at) => compare(`${name}: legible, beside ${peer.name}`, 'ms', legible, others[at] ?? [], null, at === 0 ? 'Every other engine opens the same file, MuPDF and PDFium after fetching all of it.' : '')),
    withinLimit(`${name}: legible, aim of PROOF P6`, 'ms', legible, 500),
    compare(`${name}: drawn from the paper itself`, 'ms', drawn, stock, { atMost: 1 }, `${beside}; at 100 Mbit/s and 2 ms ${near[1]}`),
    compare(`${name}: crisp, every pixel of the screen`, 'ms', crisp, stock, { atMost: 1 }, `${beside}; at 100 Mbit/s and 2 ms ${near[2]}`),
    compare(`${name}: bytes that have arrived when the page is legible`, 'kB', before, stockBefore, null, 'Answers that were complete by then.'),
  ]
}

/** Turns of a paper on the slow line, at this machine's own speed and four times slower: ten keys scrolling, then single pages by key, button and finger, ten each. */
async function turning(browser: Browser, { name, ours, stock, pages }: { name: string; ours: string; stock: string; pages: number }): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const line of [slowLineAlone, slowLine]) {
    const [turns, jumps, theirs]: [number[], number[], number[]] = [[], [], []]
    await openCold(browser, ours, ['[data-page="1"] canvas'], line, async page => {
      turns.push(...await turnPages(page, 'key', 1, 10))
      await turnSingly(page)
      for (const [at, hand] of hands.entries()) turns.push(...await turnPages(page, hand, 11 + at * 10, 10))
      jumps.push(await jumpTo(page, pages - 50), await jumpTo(page, 50), await jumpTo(page, pages - 20))
    })
    await openCold(browser, stock, ['.page[data-page-number="1"] canvas'], line, async page => void theirs.push(...await turnStock(page, 1, 10)))
    const [p95, reference] = [[percentile(turns, 0.95)], [percentile(theirs, 0.95)]]
    const how = `From the key, the click or the lifted finger until the page is on the screen: ten keys scrolling, then single pages by key, button and finger, ten each; median ${Math.round(percentile(turns, 0.5))} ms; aim 50 ms. pdf.js's viewer: ten turns, p95 ${Math.round(reference[0] ?? 0)} ms, median ${Math.round(percentile(theirs, 0.5))} ms`
    figures.push(line.processor === 1
      ? withinLimit(`${name}: page turn on the slow line, p95 of ${turns.length}`, 'ms', p95, 100, how)
      : compare(`${name}: page turn with a processor four times slower, p95 of ${turns.length}`, 'ms', p95, reference, null, `${how}. Without a graphics card every picture that comes on the screen is copied by that processor.`))
    if (line.processor !== 1) figures.push(withinLimit(`${name}: jump to a page far away, of ${jumps.length}`, 'ms', jumps, 1000, 'By its number, processor ×4, the paper on its way or there.'))
  }
  return figures
}

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** The hub's picture of page 1, as it is made at upload. */
async function pictureOf(bytes: Buffer): Promise<Buffer> {
  let picture: Buffer = Buffer.alloc(0)
  await readContents(Readable.from([bytes]), bytes.length, { first: [{ page: 1, width: 1000, grey: false }], words: false, then: [], thumbnails: null }, usualLimits, async told => {
    if (told.kind === 'drawn') picture = (await encode(told)).data
  })
  return picture
}
