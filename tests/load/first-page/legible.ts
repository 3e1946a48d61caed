import type { Browser, Page } from 'playwright-core'

/** 10 Mbit/s, 40 ms to the hub and back, a processor four times slower than this one. */
export const slowLine = { bytesPerSecond: 10_000_000 / 8, latency: 40, processor: 4 }
/** The same line, at this machine's own speed. */
export const slowLineAlone = { ...slowLine, processor: 1 }
/** 100 Mbit/s and 2 ms, as on the wireless network of a hall that is not full; the same tablet. */
export const hallLine = { bytesPerSecond: 100_000_000 / 8, latency: 2, processor: 4 }

/** Milliseconds until each selector is legible, and bytes of what had arrived whole when the first of them was. */
export interface Opened { times: number[]; bytes: number }

/**
 * Runs in the page. Looks at the canvas of page 1 about twenty times a second, at 13,000 points (unsmoothed: the look itself
 * must cost next to nothing), and notes how much ink is on it. Page 1 counts as legible from the first look that shows at least 98 % of the ink it shows in the end,
 * so neither a blank canvas nor half a page is taken for the page.
 */
function watchPageOne(selectors: string[]): void {
  const looks: [time: number, ink: number][][] = selectors.map(() => [])
  const small = document.createElement('canvas')
  small.width = 96
  small.height = 136
  const context = small.getContext('2d', { willReadFrequently: true })
  let last = 0
  const look = (now: number): void => {
    requestAnimationFrame(look)
    if (now - last < 50) return
    last = now
    selectors.forEach((selector, at) => lookAt(selector, looks[at] as [number, number][]))
  }
  const lookAt = (selector: string, seen: [time: number, ink: number][]): void => {
    const canvas = [...document.querySelectorAll<HTMLCanvasElement | HTMLImageElement>(selector)].at(-1)
    if (!context || !canvas || canvas.width === 0) return
    if (canvas instanceof HTMLImageElement && (!canvas.complete || canvas.naturalWidth === 0 || canvas.style.display === 'none')) return
    context.clearRect(0, 0, small.width, small.height)
    context.imageSmoothingEnabled = false
    context.drawImage(canvas, 0, 0, small.width, small.height)
    const { data } = context.getImageData(0, 0, small.width, small.height)
    let ink = 0
    for (let at = 0; at < data.length; at += 4) {
      const alpha = (data[at + 3] as number) / 255
      ink += alpha * (255 - ((data[at] as number) + (data[at + 1] as number) + (data[at + 2] as number)) / 3)
    }
    seen.push([performance.now(), ink])
  }
  requestAnimationFrame(look)
  Object.assign(globalThis, { looks })
}

/**
 * Opens `url` in a fresh context (cold cache) on the slow line or another: milliseconds from the start of the navigation until the canvas or picture at each
 * of `selectors` is legible; the last one is waited for. `then` goes on with the open page.
 */
export async function openCold(browser: Browser, url: string, selectors: string[], line = slowLine, then: (page: Page) => Promise<void> = async () => {}): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1180, height: 820 }, deviceScaleFactor: 2 })
  let failure: Error | null = null
  try {
    const page = await context.newPage()
    page.on('pageerror', error => { failure = error })
    const session = await context.newCDPSession(page)
    await session.send('Network.enable')
    await session.send('Network.emulateNetworkConditions', {
      offline: false, latency: line.latency, downloadThroughput: line.bytesPerSecond, uploadThroughput: line.bytesPerSecond,
    })
    await session.send('Emulation.setCPUThrottlingRate', { rate: line.processor })
    await page.addInitScript(watchPageOne, selectors)
    await page.goto(url, { waitUntil: 'commit', timeout: 60_000 })
    // Drawn, and nothing added for a second: more than any pause within one page.
    await page.waitForFunction(() => {
      const looks = (globalThis as unknown as { looks: [number, number][][] }).looks.at(-1) ?? []
      const ink = looks.at(-1)?.[1] ?? 0
      const since = looks.findLast(look => Math.abs(look[1] - ink) > ink * 0.02)?.[0] ?? looks[0]?.[0] ?? Infinity
      return ink > 0 && performance.now() - since > 1000
    }, undefined, { timeout: 90_000, polling: 200 })
    if (failure) throw failure
    const all = await page.evaluate(() => (globalThis as unknown as { looks: [number, number][][] }).looks)
    const times = all.map(looks => looks.find(look => look[1] >= (looks.at(-1)?.[1] ?? 0) * 0.98)?.[0] ?? Number.NaN)
    const bytes = await page.evaluate(until => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
      .reduce((sum, entry) => { const { responseEnd, transferSize } = entry as PerformanceResourceTiming; return responseEnd <= until ? sum + transferSize : sum }, 0), times[0] ?? 0)
    await then(page)
    return { times, bytes }
  } finally {
    await context.close()
  }
}
