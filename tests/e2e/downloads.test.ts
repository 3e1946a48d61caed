import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { UploadAnswer } from '../../shared/contracts/http/papers.ts'
import { paperScene, type PaperScene } from '../integration/papers/scene.ts'
import { launchBrowser } from '../support/browser.ts'
import { reading } from '../support/e2e/reading.ts'
import { Screen } from '../support/e2e/screens.ts'
import { clientDir, tellInOrder } from '../support/e2e/story.ts'
import { testPassword } from '../support/hub.ts'
import { textPdf } from '../support/papers/generate.ts'
import { linesOf } from '../support/papers/lines.ts'

const plainPhoto = 'Ảnh hiện trường'

describe('taking papers along', { timeout: 240_000 }, () => {
  let scene: PaperScene
  let browser: Browser
  let paper: UploadAnswer['paper']
  const screens = new Map<string, Screen>()

  async function screen(personId: string, device: 'tablet' | 'desk'): Promise<Page> {
    const opened = await Screen.open(browser, scene.hub.url, device)
    screens.set(personId, opened)
    await opened.enterAs(personId, testPassword)
    await opened.page.goto(`/meetings/${scene.meetingId}`)
    return opened.page
  }
  const open = async (page: Page, title: string) => {
    await page.getByRole('navigation', { name: 'Chương trình' }).getByRole('button', { name: new RegExp(`^${title}`, 'u') }).click()
    // A picture of one colour has nothing on it by which to tell that it is drawn.
    if (title !== plainPhoto) await reading(page, 1)
  }
  const menu = (page: Page) => page.getByRole('button', { name: 'Tải tài liệu về máy' })
  /** The file as it lies on disk after the row was chosen. */
  async function taken(page: Page, row: RegExp): Promise<{ name: string; bytes: Buffer }> {
    await menu(page).click()
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: row }).click()])
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
  }

  beforeAll(async () => {
    scene = await paperScene({ clientDir: await clientDir() })
    paper = (await (await scene.post(await textPdf({ pages: 3, seed: 1 }), { name: 'Báo cáo kinh tế.pdf' })).json() as UploadAnswer).paper
    const photo = await sharp({ create: { width: 400, height: 300, channels: 3, background: '#aabbcc' } }).jpeg().toBuffer()
    await scene.post(photo, { name: 'Ảnh hiện trường.jpg' })
    browser = await launchBrowser()
  }, 300_000)
  tellInOrder(screens)
  afterAll(async () => {
    await browser?.close()
    await scene?.hub.stop()
  })

  test('where the meeting says nothing, a delegate reads why he may not; the secretary takes the original', async () => {
    const delegate = await screen('chi', 'tablet')
    await open(delegate, 'Báo cáo kinh tế')
    await menu(delegate).click()
    const row = delegate.getByRole('menuitem', { name: /^Tải bản PDF/u })
    await row.getByText('Cuộc họp này không cho tải tài liệu về máy.').waitFor()
    expect(await row.getAttribute('aria-disabled')).toBe('true')
    await delegate.keyboard.press('Escape')

    const secretary = await screen('lan', 'desk')
    await open(secretary, plainPhoto)
    const { name, bytes } = await taken(secretary, /^Tải tệp gốc/u)
    expect([name, bytes.subarray(0, 3).toString('hex')]).toEqual(['Ảnh hiện trường.jpg', 'ffd8ff'])
  })

  test('with the watermark on it is said, and the file on his disk bears his name on every page', async () => {
    await scene.send('lan', 'papers:setRules', { downloads: true, watermark: true, receipts: true })
    const { page } = screens.get('chi')!
    await page.getByText('Trang tài liệu có in chìm tên người xem.').first().waitFor()
    await page.getByText('Cuộc họp này ghi nhận ai đã mở tài liệu.').first().waitFor()
    const { name, bytes } = await taken(page, /^Tải bản PDF có in chìm tên bạn/u)
    expect(name).toBe('Báo cáo kinh tế.pdf')
    const pages = await linesOf(bytes)
    expect(pages).toHaveLength(3)
    for (const { lines } of pages) expect(lines.some(({ text, turn }) => turn === 0 && text.startsWith('Nguyễn Văn chi · '))).toBe(true)
  })

  test('and the original of another paper stays where it is, with the reason', async () => {
    const { page } = screens.get('chi')!
    await open(page, plainPhoto)
    await menu(page).click()
    await page.getByRole('menuitem', { name: /^Tải tệp gốc/u }).getByText('Cuộc họp này chỉ cho tải về bản có in chìm tên người tải.').waitFor()
    await page.keyboard.press('Escape')
  })

  test('the secretary sees by name who has opened which paper, also with the keyboard alone', async () => {
    const { page } = screens.get('lan')!
    await page.getByRole('button', { name: 'Ai đã mở tài liệu' }).focus()
    await page.keyboard.press('Enter')
    const list = page.getByRole('dialog', { name: 'Ai đã mở tài liệu' })
    const row = list.locator('details').filter({ hasText: 'Báo cáo kinh tế' })
    await row.getByText('1/4 người đã mở').waitFor()
    await row.locator('summary').focus()
    await page.keyboard.press('Enter')
    await row.getByRole('heading', { name: 'Đã mở (1)' }).waitFor()
    expect(await row.getByRole('listitem').allTextContents()).toEqual(expect.arrayContaining([expect.stringContaining('Nguyễn Văn chi'), 'Nguyễn Văn binh']))
    expect((await scene.hub.hub.hosts.view(scene.meetingId, 'chi'))?.receipts).toEqual({})
    expect(paper.pages).toBe(3)
  })
})
