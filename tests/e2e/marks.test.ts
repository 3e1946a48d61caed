import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { collabNameOf, type InkLayer } from '../../shared/contracts/collab.ts'
import type { UploadAnswer } from '../../shared/contracts/http/papers.ts'
import { paperScene, type PaperScene } from '../integration/papers/scene.ts'
import { launchBrowser } from '../support/browser.ts'
import { covers, draft, Hand, marksOn, sentences } from '../support/e2e/hand.ts'
import { eventually, Screen, type Device } from '../support/e2e/screens.ts'
import { clientDir, tellInOrder } from '../support/e2e/story.ts'
import { testPassword } from '../support/hub.ts'

const secret = 'Chỉ ghi cho riêng tôi: hỏi lại số liệu hộ nghèo'
const openly = 'Đề nghị nêu rõ nguồn kinh phí'

describe('marking a paper: what is drawn, who sees it, what is kept', { timeout: 240_000 }, () => {
  let scene: PaperScene
  let browser: Browser
  let paper: UploadAnswer['paper']
  let pen: Hand
  const screens = new Map<string, Screen>()
  const page = (name: string): Page => screens.get(name)?.page as Page
  const heard = (name: string) => screens.get(name)?.heard.join('\n') ?? ''

  async function open(personId: string, device: Device): Promise<void> {
    const screen = await Screen.open(browser, scene.hub.url, device)
    screens.set(personId, screen)
    await screen.enterAs(personId, testPassword)
    await read(personId)
  }
  async function read(personId: string): Promise<void> {
    await page(personId).goto(`/meetings/${scene.meetingId}`)
    await page(personId).getByRole('navigation', { name: 'Chương trình' }).getByRole('button', { name: /^Dự thảo/u }).click()
    await page(personId).locator('[data-page="1"][data-state="drawn"]').waitFor()
  }

  beforeAll(async () => {
    scene = await paperScene({ clientDir: await clientDir() })
    // Nothing asks them for anything while they read.
    for (const personId of ['binh', 'chi', 'an']) await scene.send(personId, 'attendance:declare', { presence: 'inRoom' })
    paper = (await (await scene.post(await draft(), { name: 'Dự thảo Nghị quyết.pdf' })).json() as UploadAnswer).paper
    browser = await launchBrowser()
    for (const [personId, device] of [['chi', 'tablet'], ['an', 'desk'], ['binh', 'tablet']] as const) await open(personId, device)
    pen = await Hand.of(page('binh'))
  }, 300_000)
  tellInOrder(screens)
  afterAll(async () => {
    await browser?.close()
    await scene?.hub.stop()
  })

  const tools = (name: string) => page(name).getByRole('group', { name: 'Công cụ ghi chú' })
  const take = (tool: string) => tools('binh').getByRole('button', { name: tool, exact: true }).click()
  const saved = () => tools('binh').locator('[data-saved="saved"]').waitFor()
  const marks = () => eventually(() => marksOn(page('binh')))
  const noteOn = (name: string, text: string) => page(name).getByRole('button', { name: new RegExp(`^Lời ghi .*${text}`, 'u') })

  /** What lies in the store, not what the page says: how many marks of binh's layer. */
  async function onDisk(layer: InkLayer): Promise<number> {
    const doc = new Y.Doc()
    const { updates } = await scene.hub.hub.store.collab.load(collabNameOf({ kind: 'ink', meetingId: scene.meetingId, paperId: paper.paperId, version: 1, layer, ownerId: 'binh' }))
    for (const update of updates) Y.applyUpdate(doc, update)
    return doc.getMap('marks').size
  }
  async function choose(layer: RegExp, then?: () => Promise<unknown>): Promise<void> {
    await tools('binh').locator('[data-layer]').click()
    const dialog = page('binh').getByRole('dialog')
    await dialog.getByRole('radio', { name: layer }).click()
    await then?.()
    await dialog.getByRole('button', { name: /^Chọn: /u }).click()
    await dialog.waitFor({ state: 'detached' })
  }
  async function write(text: string, number: number, words: string): Promise<void> {
    await take('Lời ghi')
    const { left, top, bottom } = await pen.words(number, words)
    await page('binh').mouse.click(...await pen.at(number, [left + 0.05, (top + bottom) / 2]))
    const dialog = page('binh').getByRole('dialog')
    await dialog.getByRole('textbox').fill(text)
    await dialog.getByRole('button', { name: 'Xong' }).click()
    await dialog.waitFor({ state: 'detached' })
  }

  test('whoever has never marked anything is told how, without anything standing in his way', async () => {
    await page('binh').locator('[data-first-hint]').filter({ hasText: 'Giữ tay trên chữ để tô sáng' }).waitFor()
    await page('binh').getByRole('button', { name: 'Ghi chú', exact: true }).click()
    await tools('binh').waitFor()
    await page('binh').locator('[data-first-hint]').waitFor({ state: 'detached' })
  })

  test('a pen draws with its pressure, a finger scrolls, and “saved” is said when it is on disk', async () => {
    await pen.pen(1, [[0.2, 0.4], [0.3, 0.44], [0.4, 0.4]])
    await marks().toBe(1)
    await saved()
    expect(await onDisk('private')).toBe(1)
    const top = () => page('binh').locator('.paper-scroller').evaluate(({ scrollTop }) => scrollTop)
    const before = await top()
    // The pen is put down: until then fingers do not scroll under it.
    await eventually(() => page('binh').locator('.marks-over').first().evaluate((over) => getComputedStyle(over).touchAction)).toBe('pan-x pan-y')
    await pen.finger(1, [0.5, 0.42], 150)
    await eventually(top).toBeGreaterThan(before + 50)
    await tools('binh').getByText('Bạn muốn vẽ bằng ngón tay?').waitFor()
    await tools('binh').getByRole('button', { name: 'Không, để cuộn trang' }).click()
    expect(await marksOn(page('binh'))).toBe(1)
    await page('binh').locator('.paper-scroller').evaluate((element) => element.scrollTo({ top: 0 }))
  })

  test('the highlighter takes the words it goes over; undo and redo; the eraser takes what it touches', async () => {
    await take('Tô sáng')
    await pen.highlight(1, sentences.households)
    await marks().toBe(2)
    const { covered, beside } = await covers(page('binh'), pen, 1, sentences.households)
    expect(covered).toBeGreaterThan(0.95)
    expect(beside).toBeLessThan(0.05)
    await tools('binh').getByRole('button', { name: 'Hoàn tác' }).filter({ visible: true }).click()
    await marks().toBe(1)
    await tools('binh').getByRole('button', { name: 'Làm lại' }).click()
    await marks().toBe(2)
    await take('Tẩy')
    await pen.pen(1, [[0.3, 0.38], [0.3, 0.46]])
    await marks().toBe(1)
    await saved()
    expect(await onDisk('private')).toBe(1)
  })

  test('what is private is in nobody else’s browser, nor on his wire', async () => {
    await write(secret, 1, sentences.budget)
    await noteOn('binh', secret).waitFor()
    await saved()
    await choose(/^Cả cuộc họp/u)
    await write(openly, 1, sentences.budget)
    for (const name of ['chi', 'an']) await noteOn(name, openly).waitFor()
    // What came later by the same lines is there: the private note would be, too.
    for (const name of ['chi', 'an']) {
      expect(heard(name)).toContain(openly)
      expect(heard(name)).not.toContain(secret)
      expect(await marksOn(page(name))).toBe(0)
    }
  })

  test('shared with one person it is his to see, and not the chair’s', async () => {
    await choose(/^Chia sẻ/u, () => page('binh').getByRole('dialog').getByRole('checkbox', { name: /Văn chi/u }).click())
    await take('Tô sáng')
    await pen.highlight(1, sentences.budget)
    await marks().toBe(2)
    await eventually(() => marksOn(page('chi'))).toBe(1)
    await choose(/^Cả cuộc họp/u)
    await take('Bút')
    await pen.pen(1, [[0.2, 0.42], [0.4, 0.42]])
    for (const [name, count] of [['chi', 2], ['an', 1]] as const) await eventually(() => marksOn(page(name))).toBe(count)
    await choose(/^Riêng tôi/u)
    await saved()
  })

  test('a formal comment enters the record: chair and secretary read it, others do not, and only its author withdraws it', async () => {
    await noteOn('binh', openly).click()
    await page('binh').getByRole('dialog').getByRole('button', { name: 'Gửi thành góp ý chính thức' }).click()
    await page('binh').getByRole('dialog').waitFor({ state: 'detached' })
    await page('an').getByRole('button', { name: /^Góp ý của/u }).click()
    const list = page('an').getByRole('dialog', { name: 'Ghi chú trên tài liệu' })
    await list.getByRole('article').filter({ hasText: openly }).waitFor()
    expect(await list.getByRole('button', { name: 'Rút góp ý' }).count()).toBe(0)
    await page('an').keyboard.press('Escape')
    const commentsOf = async (personId: string) => Object.values((await scene.hub.hub.hosts.view(scene.meetingId, personId))?.comments ?? {})
    expect((await commentsOf('lan')).map(({ text, personId, withdrawnAt }) => [text, personId, withdrawnAt])).toEqual([[openly, 'binh', null]])
    expect(await commentsOf('chi')).toEqual([])
    const commentId = (await commentsOf('lan'))[0]?.commentId ?? ''
    await expect(scene.send('chi', 'comments:withdraw', { commentId })).rejects.toThrow('comments.unknown')
    await tools('binh').getByRole('button', { name: /^Danh sách/u }).click()
    await page('binh').getByRole('dialog').getByRole('button', { name: 'Rút góp ý' }).click()
    await eventually(async () => (await commentsOf('lan'))[0]?.withdrawnAt ?? null).not.toBeNull()
    await page('binh').keyboard.press('Escape')
  })

  test('after a reload everything is where it was', async () => {
    await read('binh')
    // A private wash, a shared one, ink for the meeting; two notes.
    await marks().toBe(3)
    for (const text of [secret, openly]) await noteOn('binh', text).waitFor()
  })
})
