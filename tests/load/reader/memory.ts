import type { Browser, Page } from 'playwright-core'
import { launchBrowser } from '../../support/browser.ts'
import { browserMemory } from '../../support/e2e/browser-memory.ts'
import { serveFiles, type FileServer } from '../../support/fileServer.ts'
import { illustratedPdf, textPdf } from '../../support/papers/generate.ts'
import { buildReaderPage } from '../../support/reader/build.ts'
import { withinLimit, type Figure } from '../figure.ts'

const pages = 500
/** Every so many pages one is looked at until it is drawn. */
const looks = 20

async function open(page: Page, server: FileServer, name: string, size: number, count: number): Promise<void> {
  await page.goto(`${server.origin}/?url=/papers/${name}&size=${size}&pages=${count}`)
  await page.locator('[data-page="1"][data-state="drawn"]').waitFor({ timeout: 60_000 })
  await page.getByRole('progressbar').waitFor({ state: 'detached', timeout: 60_000 })
}

/**
 * Megabytes above a reader with one page, three times a second while 500 pages are scrolled from end to end on a tablet of two device pixels,
 * and at the end, at rest; null where the system does not tell.
 */
async function scrolled(browser: Browser, server: FileServer, papers: Record<string, Buffer>): Promise<number[] | null> {
  const context = await browser.newContext({ viewport: { width: 1180, height: 820 }, deviceScaleFactor: 2 })
  let watching: ReturnType<typeof setInterval> | undefined
  try {
    const page = await context.newPage()
    await open(page, server, 'empty.pdf', papers['empty.pdf']?.length ?? 0, 1)
    const empty = await browserMemory(browser)
    if (empty === null) return null
    await open(page, server, 'long.pdf', papers['long.pdf']?.length ?? 0, pages)
    const scroller = page.locator('.paper-scroller')
    const end = await scroller.evaluate(element => element.scrollHeight - element.clientHeight)
    const above: number[] = []
    const look = async (): Promise<void> => void above.push(((await browserMemory(browser) ?? 0) - empty) / 1e6)
    watching = setInterval(() => void look().catch(() => {}), 300)
    for (let number = 1; number <= pages; number++) {
      await scroller.evaluate((element, top) => { element.scrollTop = top }, end * (number - 1) / (pages - 1))
      if (number % looks !== 0) continue
      await page.locator(`[data-page="${number}"][data-state="drawn"]`).waitFor({ timeout: 60_000 })
    }
    clearInterval(watching)
    // Where the reader has come to rest, too, with everything around drawn.
    await page.locator(`[data-page="${pages - 1}"][data-state="drawn"]`).waitFor({ timeout: 60_000 })
    await look()
    return above
  } finally {
    clearInterval(watching)
    await context.close()
  }
}

/** What the reader takes for a long paper: the processes of the page and its drawing, garbage that nobody has collected yet included. */
export async function readerMemory(): Promise<Figure[]> {
  const papers = { 'empty.pdf': await textPdf({ pages: 1, seed: 3 }), 'long.pdf': await illustratedPdf({ pages, picture: 40_000, seed: 3 }) }
  const server = await serveFiles({ folders: { '/': await buildReaderPage() }, papers })
  const browser = await launchBrowser()
  try {
    const above = await scrolled(browser, server, papers)
    return above ? [withinLimit('500 pages with pictures scrolled from end to end: memory above a reader with one page', 'MB', [Math.max(...above)], 200, `between ${Math.round(Math.min(...above))} and ${Math.round(Math.max(...above))} MB at ${above.length} looks, ${Math.round(above.at(-1) ?? 0)} MB at the end; 1180×820 at two device pixels; the page's process with its workers and the drawing process, garbage included; without a graphics card, where pictures lie in the same memory`)] : []
  } finally {
    await browser.close()
    await server.close()
  }
}
