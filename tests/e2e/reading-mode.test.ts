import { readFileSync } from 'node:fs'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { serveFiles, type FileServer } from '../support/fileServer.ts'
import { scanPdf, textPdf } from '../support/papers/generate.ts'
import { buildReaderPage } from '../support/reader/build.ts'

const tablet: BrowserContextOptions = { viewport: { width: 1180, height: 820 }, hasTouch: true }
const eventually = <T>(look: () => T | Promise<T>) => expect.poll(look, { timeout: 30_000 })

interface Events { userMoved: number; shown: { page: number; top: number; zoom: unknown }[]; selected: { exact: string; prefix: string; suffix: string; page: number } | null }
interface Place { page: number; top: number }

describe('reading mode in Chromium', { timeout: 120_000 }, () => {
  let browser: Browser
  let server: FileServer
  const papers: Record<string, { bytes: Buffer; pages: number }> = {}

  beforeAll(async () => {
    Object.assign(papers, {
      'resolution.pdf': { bytes: readFileSync(new URL('../support/papers/vi-nfd-du-thao-nghi-quyet.pdf', import.meta.url)), pages: 3 },
      'long.pdf': { bytes: await textPdf({ pages: 60, seed: 5 }), pages: 60 },
      'scan.pdf': { bytes: await scanPdf({ pages: 2, bytes: 200_000, seed: 5 }), pages: 2 },
    })
    browser = await launchBrowser()
    server = await serveFiles({ folders: { '/': await buildReaderPage() }, papers: Object.fromEntries(Object.entries(papers).map(([name, { bytes }]) => [name, bytes])) })
  }, 180_000)

  afterAll(async () => {
    await browser?.close()
    await server?.close()
  })

  async function inReader(name: string, run: (page: Page) => Promise<void>, options = tablet, extra = ''): Promise<void> {
    const context = await browser.newContext(options)
    try {
      const page = await context.newPage()
      const problems: string[] = []
      page.on('pageerror', error => problems.push(error.message))
      page.on('console', message => { if (/Content.Security.Policy/iu.test(message.text())) problems.push(message.text()) })
      const { bytes, pages } = papers[name] as { bytes: Buffer; pages: number }
      await page.goto(`${server.origin}/?url=/papers/${name}&size=${bytes.length}&pages=${pages}${extra}`)
      await page.locator('[data-page="1"][data-state="drawn"]').waitFor({ timeout: 30_000 })
      await run(page)
      expect(problems).toEqual([])
    } finally {
      await context.close()
    }
  }

  const asText = async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: 'Đọc chữ lớn' }).click()
    await page.locator('.reading-page').first().waitFor({ timeout: 30_000 })
  }
  const choose = async (page: Page, ...names: string[]): Promise<void> => {
    await page.getByRole('button', { name: 'Cách xem tài liệu' }).click()
    for (const name of names) await page.getByRole('menuitemradio', { name, exact: true }).click()
    await page.keyboard.press('Escape')
  }
  const pageNow = (page: Page) => page.locator('.page-pill input').inputValue()
  const events = (page: Page) => page.evaluate(() => (globalThis as unknown as { readerEvents: Events }).readerEvents)
  const placeNow = async (page: Page): Promise<Place> => (await events(page)).shown.at(-1) as Place
  const show = (page: Page, target: object) => page.evaluate(target => (globalThis as unknown as { reader: { value: { show(target: object): void } } }).reader.value.show(target), target)
  const inText = (page: Page) => page.getByRole('region', { name: 'Nội dung tài liệu' })
  const topLine = (page: Page, words: string) => page.evaluate((words) => {
    const scroller = document.querySelector('.reading-scroller') as HTMLElement
    const walker = document.createTreeWalker(scroller, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.textContent?.includes(words)) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      return range.getBoundingClientRect().top - scroller.getBoundingClientRect().top
    }
    return null
  }, words)

  test('a resolution is read as headings, articles and lists, composed whatever the paper is made of', async () => {
    await inReader('resolution.pdf', async (page) => {
      await asText(page)
      await inText(page).getByRole('heading', { name: 'Điều 4. Hỗ trợ thiết bị phục vụ họp không giấy tờ', level: 5 }).waitFor()
      await inText(page).getByRole('heading', { name: 'Chương II NỘI DUNG VÀ MỨC HỖ TRỢ', level: 3 }).waitFor()
      const items = inText(page).getByRole('list').filter({ hasText: 'Nội dung hỗ trợ:' }).getByRole('listitem')
      expect(await items.allInnerTexts()).toContainEqual(expect.stringMatching(/^a\)\s+Máy tính bảng/u))
      const text = await inText(page).innerText()
      expect(text).toBe(text.normalize('NFC'))
      expect(text).toContain('Quy định một số chính sách hỗ trợ chuyển đổi số ở cấp xã trên địa bàn tỉnh')
    })
  })

  test('letters grow in steps from 18 to 32 points, the line under the eyes keeps still, and the size is remembered', async () => {
    await inReader('resolution.pdf', async (page) => {
      await asText(page)
      await show(page, { page: 2, top: 0.45 })
      const size = () => page.locator('article').evaluate(element => Math.round(Number.parseFloat(getComputedStyle(element).fontSize) * 0.75))
      // Its letters may still be on their way.
      await page.evaluate(() => document.fonts.ready.then(() => undefined))
      await eventually(async () => Math.abs(await topLine(page, 'Điều 5. ') ?? 9999)).toBeLessThan(60)
      const before = await topLine(page, 'Điều 5. ') ?? 0
      const sizes = [await size()]
      while (await page.getByRole('button', { name: 'Chữ lớn hơn' }).isEnabled()) {
        await page.getByRole('button', { name: 'Chữ lớn hơn' }).click()
        sizes.push(await size())
      }
      expect(sizes).toEqual([21, 24, 28, 32])
      await eventually(async () => Math.abs((await topLine(page, 'Điều 5. ') ?? 9999) - before)).toBeLessThan(60)
      expect((await events(page)).userMoved).toBe(0)
      await page.reload()
      await page.locator('.reading-page').first().waitFor({ timeout: 30_000 })
      expect(await size()).toBe(32)
      for (let step = 0; step < 4; step++) await page.getByRole('button', { name: 'Chữ nhỏ hơn' }).click()
      expect(await size()).toBe(18)
    })
  })

  test('the printed page is one tap away at the same place, and back', async () => {
    await inReader('long.pdf', async (page) => {
      await show(page, { page: 31, top: 0.4 })
      await eventually(() => pageNow(page)).toBe('31')
      await asText(page)
      await eventually(() => pageNow(page)).toBe('31')
      const inWords = await placeNow(page)
      expect(inWords.page).toBe(31)
      expect(Math.abs(inWords.top - 0.4)).toBeLessThan(0.15)
      await inText(page).focus()
      for (let step = 0; step < 5; step++) await page.keyboard.press('PageDown')
      await eventually(async () => Number(await pageNow(page))).toBeGreaterThan(31)
      const moved = await placeNow(page)
      await page.getByRole('button', { name: 'Xem trang in' }).click()
      await page.locator(`[data-page="${moved.page}"][data-state="drawn"]`).waitFor()
      await eventually(async () => {
        const back = await placeNow(page)
        return Math.abs(back.page + back.top - moved.page - moved.top)
      }).toBeLessThan(0.1)
      expect((await events(page)).userMoved).toBeGreaterThan(0)
    })
  })

  test('it follows the presenter by page and place, without counting that as the own move', async () => {
    await inReader('long.pdf', async (page) => {
      await asText(page)
      for (const target of [{ page: 45, top: 0.2 }, { page: 12, top: 0, region: { x: 0, y: 0.5, width: 1, height: 0.3 } }, { page: 60 }]) {
        await show(page, target)
        await eventually(() => pageNow(page)).toBe(String(target.page))
        await eventually(async () => (await placeNow(page)).page).toBe(target.page)
      }
      expect((await events(page)).userMoved).toBe(0)
    })
  })

  test('the search marks its hits in the text and goes from one to the next', async () => {
    await inReader('resolution.pdf', async (page) => {
      await asText(page)
      await page.keyboard.press('Control+f')
      await page.getByRole('searchbox').fill('hoi dong nhan dan')
      const current = inText(page).locator('mark[data-current]')
      await current.first().waitFor()
      expect((await inText(page).locator('mark').count())).toBeGreaterThan(5)
      expect((await current.first().innerText()).toLowerCase()).toBe('hội đồng nhân dân')
      await eventually(() => page.getByRole('search').getByRole('status').innerText()).toMatch(/^Kết quả 1 trên \d+/u)
      for (let step = 0; step < 7; step++) await page.keyboard.press('Enter')
      await eventually(() => page.getByRole('search').getByRole('status').innerText()).toMatch(/^Kết quả 8 trên/u)
      await eventually(() => current.first().evaluate((mark) => {
        const { top, bottom } = mark.getBoundingClientRect()
        return top > 100 && bottom < innerHeight
      })).toBe(true)
      await page.getByRole('button', { name: 'Xem trang in' }).click()
      await page.locator('[data-page] [data-current]').first().waitFor()
    })
  })

  test('words that are selected are told with their neighbours, and highlights lie on their words', async () => {
    const highlights = JSON.stringify([{ id: 'n1', page: 1, exact: 'Trung tâm Phục vụ hành chính công', prefix: '2. ', suffix: ' cấp xã', colour: '#f5c400', label: 'Ghi chú' }])
    await inReader('resolution.pdf', async (page) => {
      await asText(page)
      expect(await inText(page).locator('mark[data-mark="n1"]').innerText()).toBe('Trung tâm Phục vụ hành chính công')
      await inText(page).getByText('Định mức: 1.450 đồng').selectText()
      await eventually(async () => (await events(page)).selected).toMatchObject({ page: 2, exact: expect.stringMatching(/^Định mức: 1\.450 đồng\/trang A4/u) as string })
    }, tablet, `&highlights=${encodeURIComponent(highlights)}`)
  })

  test('the outline names chapters and articles, marks where one is, and goes there in both ways of reading', async () => {
    await inReader('resolution.pdf', async (page) => {
      await page.getByRole('button', { name: 'Mục lục' }).click()
      const outline = page.getByRole('navigation', { name: 'Mục lục' })
      await outline.getByRole('button', { name: /Điều 8/u }).click()
      await eventually(() => outline.locator('[aria-current]').innerText()).toMatch(/^Điều 8/u)
      await eventually(async () => (await placeNow(page)).page).toBe(2)
      await page.getByRole('button', { name: 'Đọc chữ lớn' }).click()
      await inText(page).waitFor()
      await outline.locator('[aria-current]').focus()
      for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await eventually(() => outline.locator('[aria-current]').innerText()).toMatch(/^Điều 10/u)
      await eventually(async () => Math.abs(await topLine(page, 'Điều 10. ') ?? 999) < 80).toBe(true)
      await page.keyboard.press('Escape')
      await outline.waitFor({ state: 'detached' })
    })
  })

  test('pages one by one: keys, buttons and a finger turn them, the next one is drawn already', async () => {
    await inReader('long.pdf', async (page) => {
      await choose(page, 'Từng trang một')
      const inSight = () => page.locator('.paper-page').evaluateAll(pages => pages.filter((each) => {
        const { top, bottom } = each.getBoundingClientRect()
        return bottom > 70 && top < innerHeight
      }).map(each => (each as HTMLElement).dataset['page']))
      await eventually(inSight).toEqual(['1'])
      await page.locator('[data-page="2"][data-state="drawn"]').waitFor({ state: 'attached' })
      await page.locator('.paper-scroller').focus()
      await page.keyboard.press('ArrowRight')
      await eventually(inSight).toEqual(['2'])
      await page.keyboard.press(' ')
      await eventually(inSight).toEqual(['3'])
      await page.getByRole('button', { name: 'Trang sau' }).click()
      await eventually(inSight).toEqual(['4'])
      await page.locator('.paper-scroller').evaluate((element) => {
        const touch = (clientX: number) => new Touch({ identifier: 1, target: element, clientX, clientY: 400 })
        element.dispatchEvent(new TouchEvent('touchstart', { touches: [touch(800)], changedTouches: [touch(800)], bubbles: true }))
        element.dispatchEvent(new TouchEvent('touchend', { touches: [], changedTouches: [touch(500)], bubbles: true }))
      })
      await eventually(inSight).toEqual(['5'])
      const moves = (await events(page)).userMoved
      await show(page, { page: 40 })
      await eventually(inSight).toEqual(['40'])
      expect((await events(page)).userMoved).toBe(moves)
      await choose(page, 'Cuộn liên tục')
      await eventually(() => pageNow(page)).toBe('40')
    })
  })

  test('for the left hand the buttons stand on the left, and large ones are 60 pixels', async () => {
    await inReader('resolution.pdf', async (page) => {
      const search = page.getByRole('button', { name: 'Tìm trong tài liệu' })
      const pill = page.locator('.page-pill')
      expect((await search.boundingBox())?.x).toBeGreaterThan(900)
      await choose(page, 'Tay trái', 'Lớn')
      expect((await search.boundingBox())?.x).toBeLessThan(280)
      expect((await pill.boundingBox())?.x).toBeLessThan(300)
      expect((await search.boundingBox())?.width).toBeGreaterThanOrEqual(60)
    })
  })

  test('a scan says that it has no words and shows its pages', async () => {
    await inReader('scan.pdf', async (page) => {
      await asText(page)
      await inText(page).getByText('Trang này là bản quét hoặc hình ảnh, không có chữ để đọc.').first().waitFor()
      await inText(page).getByRole('img', { name: 'Hình ở trang 1' }).locator('canvas').waitFor()
    })
  })
})
