import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext, type Page } from 'playwright-core'
import { browserFlags, findChromium } from '../browser.ts'
import { Line } from './line.ts'
import { devices, eventually, patience } from './screens.ts'

/** What of the offline store can be seen from outside: how many entries of what, and all that lies there in clear, as text. */
export interface Stored { keys: number; parts: number; notes: number; chunks: Record<string, number>; /** Beside a paper: its words, the picture of its first page. */ beside: Record<string, number>; text: string; cached: string[] }

/** One person's tablet behind a line of its own, whose browser can be closed and opened again with what it has kept. */
export class Tablet {
  readonly line: Line
  /** The folder of its browser. */
  readonly profile: string
  #context: BrowserContext | null = null
  page!: Page

  private constructor(line: Line, profile: string) {
    this.line = line
    this.profile = profile
  }

  /** A new tablet, started, whose line leads to the hub at `url`. */
  static async of(url: string): Promise<Tablet> {
    const tablet = new Tablet(await Line.to(Number(new URL(url).port)), await mkdtemp(join(tmpdir(), 'giao-ban-tablet-')))
    await tablet.start()
    return tablet
  }

  async start(): Promise<Page> {
    this.#context = await chromium.launchPersistentContext(this.profile, {
      executablePath: findChromium(), args: [...browserFlags], headless: true, baseURL: this.line.url, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', reducedMotion: 'reduce', ...devices.tablet,
    })
    this.#context.setDefaultTimeout(patience)
    this.page = this.#context.pages()[0] ?? await this.#context.newPage()
    return this.page
  }

  get context(): BrowserContext {
    if (!this.#context) throw new Error('the tablet is not started')
    return this.#context
  }

  async enterAs(username: string, password: string): Promise<void> {
    const answer = await this.context.request.post('/api/session', { data: { username, password }, headers: { origin: this.line.url } })
    if (!answer.ok()) throw new Error(`${username} could not sign in: ${answer.status()} ${await answer.text()}`)
  }

  async stop(): Promise<void> {
    await this.#context?.close()
    this.#context = null
  }

  /** Stopped, and nothing of it is left. */
  async remove(): Promise<void> {
    await this.stop()
    await this.line.close()
    await rm(this.profile, { recursive: true, force: true })
  }

  /** The application's worker has its files and answers for this page. */
  async shellReady(): Promise<void> {
    await eventually(() => this.page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true)
  }

  stored(): Promise<Stored> {
    return this.page.evaluate(async () => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open('giao-ban')
        opening.onsuccess = () => resolve(opening.result)
        opening.onerror = () => reject(opening.error)
      })
      const all = <T>(store: string, what: 'getAll' | 'getAllKeys') => new Promise<T[]>((resolve, reject) => {
        const asking = database.transaction(store).objectStore(store)[what]()
        asking.onsuccess = () => resolve(asking.result as T[])
        asking.onerror = () => reject(asking.error)
      })
      const decoder = new TextDecoder('latin1')
      const chunks: Record<string, number> = {}
      const beside: Record<string, number> = {}
      for (const [, sha256, index] of await all<[string, string, number]>('chunks', 'getAllKeys')) {
        const counted = index < 0 ? beside : chunks
        counted[sha256] = (counted[sha256] ?? 0) + 1
      }
      const values = (await Promise.all(['keys', 'parts', 'chunks', 'notes', 'device'].map((store) => all<object>(store, 'getAll')))).flat()
      const inClear = (value: unknown): string => {
        if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
          const bytes = value instanceof ArrayBuffer ? new Uint8Array(value) : new Uint8Array(value.buffer)
          return `${decoder.decode(bytes)}\n${new TextDecoder().decode(bytes)}`
        }
        return typeof value === 'object' && value !== null ? Object.values(value).map(inClear).join('\n') : String(value)
      }
      const counts = { keys: (await all('keys', 'getAllKeys')).length, parts: (await all('parts', 'getAllKeys')).length, notes: (await all('notes', 'getAllKeys')).length }
      const text = values.map(inClear).join('\n')
      database.close()
      const cached: string[] = []
      for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) cached.push(new URL(request.url).pathname)
      return { ...counts, chunks, beside, text, cached }
    })
  }
}
