import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from '../../support/browser.ts'
import { browserMemory } from '../../support/e2e/browser-memory.ts'
import { serveFiles, type FileServer } from '../../support/fileServer.ts'
import { illustratedPdf, textPdf } from '../../support/papers/generate.ts'
import { buildReaderPage } from '../../support/reader/build.ts'
import { compare, median, withinLimit, type Figure } from '../figure.ts'

const pages = 500
/** Every so many pages one is looked at until it is drawn. */
const looks = 20

async function open(page: Page, server: FileServer, name: string, size: number, count: number): Promise<void> {
  await page.goto(`${server.origin}/?url=/papers/${name}&size=${size}&pages=${count}`)
  await page.locator('[data-page="1"][data-state="drawn"]').waitFor({ timeout: 60_000 })
  await page.getByRole('progressbar').waitFor({ state: 'detached', timeout: 60_000 })
  // At rest, with what is on the screen drawn sharp.
  await page.locator('[data-page="1"] [data-layer="detail"]').waitFor({ timeout: 60_000 })
}

/**
 * Megabytes above a reader with one page while 500 pages are scrolled from end to end on a tablet of two device pixels; null where the system
 * does not tell. The browser throws garbage away when it sees fit, on a tablet that is short of memory at once: so twice, once letting it.
 */
async function scrolled(browser: Browser, server: FileServer, papers: Record<string, Buffer>, collecting: boolean): Promise<number[] | null> {
  const context = await browser.newContext({ viewport: { width: 1180, height: 820 }, deviceScaleFactor: 2 })
  let watching: ReturnType<typeof setInterval> | undefined
  try {
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    const collect = async (): Promise<void> => void (collecting && await session.send('HeapProfiler.collectGarbage'))
    await open(page, server, 'empty.pdf', papers['empty.pdf']?.length ?? 0, 1)
    await collect()
    const empty = await browserMemory(browser)
    if (empty === null) return null
    await open(page, server, 'long.pdf', papers['long.pdf']?.length ?? 0, pages)
    const scroller = page.locator('.paper-scroller')
    const end = await scroller.evaluate(element => element.scrollHeight - element.clientHeight)
    const above: number[] = []
    const look = async (): Promise<void> => void above.push(((await browserMemory(browser) ?? 0) - empty) / 1e6)
    if (!collecting) watching = setInterval(() => void look().catch(() => {}), 300)
    for (let number = 1; number <= pages; number++) {
      await scroller.evaluate((element, top) => { element.scrollTop = top }, end * (number - 1) / (pages - 1))
      if (number % looks !== 0) continue
      await page.locator(`[data-page="${number}"][data-state="drawn"]`).waitFor({ timeout: 60_000 })
      await collect()
      await look()
    }
    clearInterval(watching)
    // Where the reader has come to rest, too, with everything around drawn.
    await page.locator(`[data-page="${pages - 1}"][data-state="drawn"]`).waitFor({ timeout: 60_000 })
    await page.locator(`[data-page="${pages}"] [data-layer="detail"]`).waitFor({ timeout: 60_000 })
    await collect()
    await look()
    return above
  } finally {
    clearInterval(watching)
    await context.close()
  }
}

const howMuch = (above: number[]): string => `between ${Math.round(Math.min(...above))} and ${Math.round(Math.max(...above))} MB, median ${Math.round(median(above))}, at ${above.length} looks, ${Math.round(above.at(-1) ?? 0)} MB at the end`

/** What the reader takes for a long paper: the processes of the page and its drawing. */
export async function readerMemory(): Promise<Figure[]> {
  const papers = { 'empty.pdf': await textPdf({ pages: 1, seed: 3 }), 'long.pdf': await illustratedPdf({ pages, picture: 40_000, seed: 3 }) }
  const server = await serveFiles({ folders: { '/': await buildReaderPage() }, papers })
  const browser = await launchBrowser()
  const how = "1180×820 at two device pixels; the page's process with its workers and the drawing process, the file's own 20 MB included; without a graphics card, where pictures lie in the same memory"
  try {
    const held = await scrolled(browser, server, papers, true)
    const passing = await scrolled(browser, server, papers, false)
    return held && passing ? [
      withinLimit('500 pages with pictures scrolled from end to end: memory above a reader with one page', 'MB', [Math.max(...held)], 200, `what is held, garbage thrown away at each look: ${howMuch(held)}; ${how}`),
      compare('500 pages scrolled: the same with the garbage that Chromium leaves lying while it has memory to spare', 'MB', [Math.max(...passing)], [Math.max(...held)], null, `${howMuch(passing)}, three times a second on the way`),
    ] : []
  } finally {
    await browser.close()
    await server.close()
  }
}
