import type { Page } from 'playwright-core'

/** How a reader turns: an arrow key, the button under his thumb, a finger across the page. */
export type Hand = 'key' | 'button' | 'swipe'
export const hands: readonly Hand[] = ['key', 'button', 'swipe']

type Turned = typeof globalThis & { turned: Promise<number> }

/** Milliseconds from the key, the click or the lifted finger until the next page's picture is on the screen: `turns` turns, from page `from` on. */
export async function turnPages(page: Page, hand: Hand, from: number, turns: number): Promise<number[]> {
  const times: number[] = []
  for (let number = from + 1; number <= from + turns; number++) {
    // As fast as one may leaf through a paper and still see what is on it.
    await page.waitForTimeout(700)
    await page.evaluate(watchTurn, number)
    if (hand === 'key') await page.keyboard.press('ArrowRight')
    else if (hand === 'button') await page.getByRole('button', { name: 'Trang sau' }).click()
    else await page.locator('.paper-scroller').evaluate(swipe)
    times.push(await page.evaluate(() => (globalThis as Turned).turned))
  }
  return times
}

/** The same in pdf.js's own viewer, told to turn in the moment of a key; its page, too, must have been painted. */
export async function turnStock(page: Page, from: number, turns: number): Promise<number[]> {
  const times: number[] = []
  for (let number = from + 1; number <= from + turns; number++) {
    await page.waitForTimeout(700)
    times.push(await page.evaluate(to => new Promise<number>(resolve => {
      const began = performance.now()
      const { viewer } = globalThis as unknown as { viewer: { currentPageNumber: number; getPageView(index: number): { renderingState: number } } }
      viewer.currentPageNumber = to
      const finished = 3
      const look = (): void => {
        const box = document.querySelector<HTMLElement>(`.page[data-page-number="${to}"]`)?.getBoundingClientRect()
        const isThere = box !== undefined && box.top < innerHeight / 2 && box.bottom > innerHeight / 3 && viewer.getPageView(to - 1).renderingState === finished
        requestAnimationFrame(() => (isThere ? resolve(performance.now() - began) : look()))
      }
      requestAnimationFrame(look)
    }), number))
  }
  return times
}

/** Milliseconds until page `number`, far away, is on the screen. */
export async function jumpTo(page: Page, number: number): Promise<number> {
  await page.evaluate(watchTurn, number)
  const field = page.getByLabel('Đến trang số')
  await field.fill(String(number))
  await field.press('Enter')
  return page.evaluate(() => (globalThis as Turned).turned)
}

/** Single pages from now on. */
export async function turnSingly(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Cách xem tài liệu' }).click()
  await page.getByRole('menuitemradio', { name: 'Từng trang một' }).click()
  await page.locator('.page-pill.large').waitFor()
  await page.keyboard.press('Escape')
  await page.locator('.paper-scroller').focus()
}

/** Runs in the page: `turned` resolves in the frame after the one in which page `number` lies on the screen, painted. */
function watchTurn(number: number): void {
  const heard = new AbortController()
  const turned = new Promise<number>(resolve => {
    const began = ({ timeStamp, type, key }: Event & { key?: string }): void => {
      if (type === 'keydown' && key !== 'ArrowRight' && key !== 'Enter') return
      heard.abort()
      const look = (): void => {
        const sheet = document.querySelector<HTMLElement>(`[data-page="${number}"][data-state="drawn"]`)
        const box = sheet?.getBoundingClientRect()
        const isThere = box !== undefined && box.top < innerHeight / 2 && box.bottom > innerHeight / 3 && (sheet?.querySelector('canvas')?.width ?? 0) > 0
        requestAnimationFrame(() => (isThere ? resolve(performance.now() - timeStamp) : look()))
      }
      requestAnimationFrame(look)
    }
    for (const type of ['keydown', 'click', 'touchend']) addEventListener(type, began, { capture: true, signal: heard.signal })
  })
  Object.assign(globalThis, { turned })
}

/** Runs in the page: one finger, from right to left. */
function swipe(scroller: Element): void {
  const finger = (clientX: number): Touch => new Touch({ identifier: 1, target: scroller, clientX, clientY: 300 })
  const send = (type: string, clientX: number, touches: Touch[]): boolean =>
    scroller.dispatchEvent(new TouchEvent(type, { bubbles: true, cancelable: true, touches, changedTouches: [finger(clientX)] }))
  send('touchstart', 700, [finger(700)])
  send('touchmove', 500, [finger(500)])
  send('touchend', 400, [])
}
