import { expect } from 'vitest'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'

/** The devices of the story. */
export const devices = {
  tablet: { viewport: { width: 1180, height: 820 }, hasTouch: true },
  portrait: { viewport: { width: 820, height: 1180 }, hasTouch: true },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true },
  desk: { viewport: { width: 1280, height: 800 } },
  wall: { viewport: { width: 1920, height: 1080 } },
} as const satisfies Record<string, BrowserContextOptions>
export type Device = keyof typeof devices

export interface Preferences { language?: 'vi' | 'en'; size?: 'normal' | 'larger' | 'largest'; theme?: 'light' | 'dark' }

/** How long something may take to appear on a machine that runs other things as well. */
export const patience = 60_000
export function eventually<T>(look: () => T | Promise<T>): ReturnType<typeof expect.poll<T>> {
  return expect.poll(look as () => T, { timeout: patience, interval: 100 })
}

/** One person's device: a browser of its own, whose page tells us what it complains about and what it asks for. */
export class Screen {
  readonly context: BrowserContext
  readonly page: Page
  readonly hub: string
  /** Console errors and warnings, uncaught errors, violations of the content policy. */
  readonly complaints: string[] = []
  /** Addresses asked for that are not the hub's. */
  readonly strangers: string[] = []
  /** Everything that came from the hub as text: answers and live frames. */
  readonly heard: string[] = []
  /** Its lines to meetings: how many there are now, and when the last one was closed (performance.now()). */
  readonly lines = { open: 0, closedAt: 0 }

  private constructor(context: BrowserContext, page: Page, hub: string) {
    this.context = context
    this.page = page
    this.hub = hub
    this.watch(page)
  }

  /** Takes note of what a page says and asks for. */
  private watch(page: Page): void {
    page.on('console', message => {
      if (message.type() === 'error' || message.type() === 'warning') this.complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`)
    })
    page.on('pageerror', error => this.complaints.push(`uncaught: ${error.message}`))
    page.on('request', request => {
      const url = new URL(request.url())
      if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== this.hub) this.strangers.push(request.url())
    })
    page.on('websocket', socket => {
      if (new URL(socket.url()).host !== new URL(this.hub).host) this.strangers.push(socket.url())
      socket.on('framereceived', ({ payload }) => this.heard.push(payload.toString()))
      this.lines.open += 1
      socket.on('close', () => {
        this.lines.open -= 1
        this.lines.closedAt = performance.now()
      })
    })
    page.on('response', response => {
      if (/json/u.test(response.headers()['content-type'] ?? '')) void response.text().then(text => this.heard.push(text), () => undefined)
    })
  }

  static async open(browser: Browser, hub: string, device: Device, preferences: Preferences = {}): Promise<Screen> {
    const context = await browser.newContext({ ...devices[device], baseURL: hub, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', reducedMotion: 'reduce' })
    context.setDefaultTimeout(patience)
    if (Object.keys(preferences).length > 0) {
      await context.addInitScript(text => localStorage.setItem('giao-ban.preferences', text), JSON.stringify({ language: 'vi', theme: 'light', size: 'normal', ...preferences }))
    }
    return new Screen(context, await context.newPage(), hub)
  }

  /** Types name and password into the page that asks for them. */
  async signIn(username: string, password: string): Promise<void> {
    await this.page.getByLabel(/^(Tên đăng nhập|User name)$/u).fill(username)
    await this.page.getByLabel(/^(Mật khẩu|Password)$/u).fill(password)
    await this.page.getByRole('button', { name: /^(Đăng nhập|Sign in)$/u }).click()
  }

  /** A session without the page, for screens whose sign-in is not what is looked at. */
  async enterAs(username: string, password: string): Promise<void> {
    const answer = await this.context.request.post('/api/session', { data: { username, password }, headers: { origin: this.hub } })
    if (!answer.ok()) throw new Error(`${username} could not sign in: ${answer.status()} ${await answer.text()}`)
  }

  async close(): Promise<void> {
    await this.context.close()
  }
}

/** Drawn, laid out and at rest: what a person looks at. */
export async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready
    await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))
    const ending = document.getAnimations().filter(({ playState, effect }) => playState === 'running' && effect?.getComputedTiming().iterations !== Infinity)
    await Promise.allSettled(ending.map(({ finished }) => finished))
  })
}
