import { spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { UploadAnswer } from '../../shared/contracts/http/papers.ts'
import { paperScene, type PaperScene } from '../integration/papers/scene.ts'
import { launchBrowser } from '../support/browser.ts'
import { Line } from '../support/e2e/line.ts'
import { covers, draft, Hand, marksOn, nextDraft, sentences } from '../support/e2e/hand.ts'
import { turnTo } from '../support/e2e/reading.ts'
import { eventually, Screen } from '../support/e2e/screens.ts'
import { clientDir, tellInOrder } from '../support/e2e/story.ts'
import { testPassword } from '../support/hub.ts'

const noted = 'Đề nghị làm rõ: “hộ nghèo” theo chuẩn nào? Ưỡn ngực, nguệch ngoạc, khuỷu tay.'

describe('notes in reading mode, without a network, in the next version, and taken home', { timeout: 240_000 }, () => {
  let scene: PaperScene
  let browser: Browser
  let line: Line
  let paper: UploadAnswer['paper']
  let hand: Hand
  let folder = ''
  const screens = new Map<string, Screen>()
  const page = (name: string): Page => screens.get(name)?.page as Page

  async function open(personId: string, url: string): Promise<void> {
    const screen = await Screen.open(browser, url, 'tablet')
    screens.set(personId, screen)
    await screen.enterAs(personId, testPassword)
    await screen.page.goto(`/meetings/${scene.meetingId}`)
    await screen.page.getByRole('navigation', { name: 'Chương trình' }).getByRole('button', { name: /^Dự thảo/u }).click()
    await screen.page.locator('[data-page="1"][data-state="drawn"]').waitFor()
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'giao-ban-marks-'))
    scene = await paperScene({ clientDir: await clientDir() })
    // Nothing may be taken home unless the meeting says so.
    await scene.send('lan', 'papers:setRules', { downloads: true })
    // Nothing asks them for anything while they read.
    for (const personId of ['binh', 'chi']) await scene.send(personId, 'attendance:declare', { presence: 'inRoom' })
    paper = (await (await scene.post(await draft(), { name: 'Dự thảo Nghị quyết.pdf' })).json() as UploadAnswer).paper
    line = await Line.to(Number(new URL(scene.hub.url).port))
    browser = await launchBrowser()
    await open('binh', line.url)
    await open('chi', scene.hub.url)
    hand = await Hand.of(page('binh'))
  }, 300_000)
  tellInOrder(screens)
  afterAll(async () => {
    await browser?.close()
    await line?.close()
    await scene?.hub.stop()
    await rm(folder, { recursive: true, force: true })
  })

  const tools = () => page('binh').getByRole('group', { name: 'Công cụ ghi chú' })
  const take = (tool: string) => tools().getByRole('button', { name: tool, exact: true }).click()
  const saved = (...states: string[]) => tools().locator(states.map((state) => `[data-saved="${state}"]`).join(', ')).waitFor()
  const text = () => page('binh').getByRole('region', { name: 'Nội dung tài liệu' })
  const choice = () => page('binh').getByRole('toolbar', { name: 'Ghi chú vào chữ đã chọn' })
  const asText = async () => {
    await page('binh').getByRole('button', { name: 'Đọc chữ lớn' }).click()
    await text().waitFor()
  }
  const asPrint = async () => {
    await page('binh').getByRole('button', { name: 'Xem trang in' }).click()
    await page('binh').locator('.paper-scroller').waitFor()
  }
  const listed = async () => {
    await tools().getByRole('button', { name: /^Danh sách/u }).click()
    return page('binh').getByRole('dialog', { name: 'Ghi chú trên tài liệu' })
  }

  test('words that are selected on the page can be marked at once, before any tool is taken', async () => {
    const { left, top, bottom } = await hand.words(1, sentences.households)
    await page('binh').mouse.dblclick(...await hand.at(1, [left + 0.02, (top + bottom) / 2]))
    await choice().getByRole('button', { name: 'Tô sáng' }).click()
    await eventually(() => marksOn(page('binh'))).toBe(1)
    await page('binh').getByRole('button', { name: 'Hoàn tác' }).click()
    await eventually(() => marksOn(page('binh'))).toBe(0)
  })

  test('what is marked in the page picture is on the same words in reading mode', async () => {
    await page('binh').getByRole('button', { name: 'Ghi chú', exact: true }).click()
    await take('Tô sáng')
    await hand.highlight(1, sentences.households)
    await take('Bút')
    const { top, bottom } = await hand.words(1, sentences.budget)
    await hand.pen(1, [[0.15, top], [0.3, bottom], [0.4, top]])
    await eventually(() => marksOn(page('binh'))).toBe(2)
    await asText()
    expect(await text().locator('mark[data-mark]').allInnerTexts()).toEqual([sentences.households])
    await text().getByRole('button', { name: /^Có nét vẽ ở đoạn này/u }).click()
    await page('binh').locator('.paper-scroller').waitFor()
    await page('binh').locator('[data-page="1"] path[data-mark]').waitFor()
  })

  test('words selected in reading mode are marked on the same words of the page; a whole piece takes a note by keyboard alone', async () => {
    await asText()
    await text().getByText(sentences.budget).selectText()
    await choice().getByRole('button', { name: 'Tô sáng' }).click()
    await eventually(() => text().locator('mark[data-mark]').allInnerTexts()).toEqual([sentences.households, sentences.budget])
    await text().locator('[data-block][tabindex="0"]').focus()
    await page('binh').keyboard.press('ArrowDown')
    for (let step = 0; step < 20 && !(await page('binh').evaluate((words) => document.activeElement?.textContent?.includes(words), sentences.households)); step++) await page('binh').keyboard.press('ArrowDown')
    await page('binh').keyboard.press('Enter')
    await eventually(() => choice().getByRole('button').first().evaluate((button) => button === document.activeElement)).toBe(true)
    await page('binh').keyboard.press('Tab')
    await page('binh').keyboard.press('Enter')
    await page('binh').getByRole('dialog').getByRole('textbox').fill(noted)
    await page('binh').keyboard.press('Escape')
    await text().getByRole('button', { name: /Ưỡn ngực/u }).waitFor()
    await asPrint()
    await page('binh').getByRole('button', { name: /^Lời ghi của bạn .*Ưỡn ngực/u }).waitFor()
    const { covered, beside } = await covers(page('binh'), hand, 1, sentences.budget)
    expect(covered).toBeGreaterThan(0.9)
    expect(beside).toBeLessThan(0.1)
    await saved('saved')
  })

  test('what is marked without a network says so, and is with the others as soon as it is back', async () => {
    await tools().locator('[data-layer]').click()
    await page('binh').getByRole('radio', { name: /^Cả cuộc họp/u }).click()
    await page('binh').getByRole('button', { name: /^Chọn: /u }).click()
    line.cut()
    await turnTo(page('binh'), 2)
    await page('binh').locator('[data-page="2"][data-state="drawn"]').waitFor()
    await take('Tô sáng')
    await hand.highlight(2, sentences.tablets)
    await eventually(() => page('binh').locator('[data-page="2"] [data-mark]').count()).toBe(1)
    await saved('offline', 'onDevice')
    await turnTo(page('chi'), 2)
    await page('chi').locator('[data-page="2"][data-state="drawn"]').waitFor()
    expect(await page('chi').locator('[data-page="2"] [data-mark]').count()).toBe(0)
    line.restore()
    await saved('saved')
    await eventually(() => page('chi').locator('[data-page="2"] [data-mark]').count()).toBe(1)
  })

  test('a new version: its banner, notes that go with their words, and what has no place waits in the tray and is placed by hand', async () => {
    const replaced = await scene.post(await nextDraft(), { name: 'Dự thảo Nghị quyết.pdf', replaces: paper.paperId })
    expect((await replaced.json() as UploadAnswer).paper.version).toBe(2)
    await page('binh').getByRole('button', { name: 'Xem bản mới' }).click()
    await page('binh').locator('[data-page="1"][data-state="drawn"]').waitFor()
    await turnTo(page('binh'), 2)
    await page('binh').locator('[data-page="2"][data-state="drawn"]').waitFor()
    hand = await Hand.of(page('binh'))
    for (const sentence of [sentences.households, sentences.budget]) await eventually(async () => (await covers(page('binh'), hand, 2, sentence)).covered).toBeGreaterThan(0.9)
    await page('binh').locator('[data-page="2"] path[data-mark]').waitFor({ state: 'attached' })
    await page('binh').getByRole('button', { name: /^Lời ghi của bạn .*Ưỡn ngực/u }).waitFor()
    await page('binh').getByRole('button', { name: 'Ghi chú', exact: true }).click()
    const list = await listed()
    const tray = list.locator('[data-tray]')
    await tray.getByText(sentences.tablets).waitFor()
    await tray.getByText('Bản trước: trang 2').waitFor()
    await tray.getByRole('button', { name: 'Đặt vào trang' }).click()
    await list.waitFor({ state: 'detached' })
    await tools().getByText('Chạm vào chỗ đặt ghi chú trên trang.').filter({ visible: true }).waitFor()
    const before = await page('binh').locator('[data-page="2"] [data-mark]').count()
    const { left, top, bottom } = await hand.words(2, 'Quy định 8.1')
    await page('binh').mouse.click(...await hand.at(2, [left + 0.04, (top + bottom) / 2]))
    await eventually(() => page('binh').locator('[data-page="2"] [data-mark]').count()).toBe(before + 1)
    await saved('saved')
    expect(await (await listed()).locator('[data-tray]').count()).toBe(0)
  })

  test('taken home, the paper has real annotations that other programs find', async () => {
    const [download] = await Promise.all([page('binh').waitForEvent('download'), page('binh').getByRole('button', { name: 'Tải về kèm ghi chú' }).click()])
    expect(download.suggestedFilename()).toBe('Dự thảo Nghị quyết (kèm ghi chú).pdf')
    const path = join(folder, 'home.pdf')
    await download.saveAs(path)
    const task = getDocument({ data: new Uint8Array(await readFile(path)), verbosity: 0 })
    const document = await task.promise
    const found = (await Promise.all(Array.from({ length: document.numPages }, async (_, index) => (await document.getPage(index + 1)).getAnnotations()))).map((page) => page.map(({ subtype }: { subtype: string }) => subtype).sort())
    expect(found).toEqual([[], ['Highlight', 'Highlight', 'Highlight', 'Ink', 'Text'], []])
    const words = (await (await document.getPage(2)).getAnnotations()).find(({ subtype }: { subtype: string }) => subtype === 'Text') as { contentsObj: { str: string } }
    expect(words.contentsObj.str).toBe(noted)
    await task.destroy()
    const poppler = spawnSync('pdftotext', [path, '-'], { encoding: 'utf8' })
    if (poppler.error) console.log('poppler-utils is not installed: only pdf.js has looked at the annotations')
    else expect(poppler.stdout.normalize('NFC')).toContain(sentences.archive)
  })
})
