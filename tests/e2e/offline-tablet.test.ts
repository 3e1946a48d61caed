import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { UploadAnswer } from '../../shared/contracts/http/papers.ts'
import type { useMarking } from '../../client/meeting/marks/marking.ts'
import { paperScene, type PaperScene } from '../integration/papers/scene.ts'
import { PlainClient } from '../support/collab/client.ts'
import { Line } from '../support/e2e/line.ts'
import { reading } from '../support/e2e/reading.ts'
import { eventually } from '../support/e2e/screens.ts'
import { clientDir, tellInOrder } from '../support/e2e/story.ts'
import { Tablet } from '../support/e2e/tablet.ts'
import { testPassword } from '../support/hub.ts'
import { textPdf } from '../support/papers/generate.ts'

const papers = 8
const strokes = 500
/** By a pen's own way; the others are put where the pen puts them. */
const byHand = 3
const twoHours = 7_200_000

describe('R12: a tablet without a network for two hours', { timeout: 300_000 }, () => {
  let scene: PaperScene
  let line: Line
  let tablet: Tablet
  let profile = ''
  const screens = new Map<string, Tablet>()
  const paperIds: string[] = []
  /** Of each paper the marks that were made on it. */
  const made = new Map<string, Set<string>>()
  const title = (number: number) => `Tài liệu số ${number + 1}`
  const marksHere = (page: Page) => page.evaluate(() => {
    const application = document.querySelector('#app') as unknown as { __vue_app__: { config: { globalProperties: { $pinia: { _s: Map<string, unknown> } } } } }
    const marking = application.__vue_app__.config.globalProperties.$pinia._s.get('marking') as ReturnType<typeof useMarking>
    return marking.layers?.own('private').map(({ id }) => id).sort() ?? null
  })

  async function openMeeting(): Promise<void> {
    await tablet.page.goto(`/meetings/${scene.meetingId}`)
    await tablet.page.getByRole('heading', { level: 1, name: 'Họp giao ban' }).waitFor()
  }

  async function openPaper(number: number): Promise<void> {
    await tablet.page.getByRole('navigation', { name: 'Chương trình' }).getByRole('button', { name: new RegExp(`^${title(number)}`, 'u') }).click()
    await reading(tablet.page, 1)
    const expected = [...made.get(paperIds[number] as string) ?? []].sort()
    await eventually(() => marksHere(tablet.page)).toEqual(expected)
  }

  /** Draws on the paper that is open, `count` strokes, the first few by the mouse; answers when the page says `saved`. */
  async function draw(number: number, count: number, saved: 'saved' | 'onDevice'): Promise<void> {
    const { page } = tablet
    const before = new Set(await marksHere(page))
    if (await page.locator('[data-saved]').count() === 0) await page.getByRole('button', { name: 'Ghi chú', exact: true }).click()
    const over = page.locator('[data-page="1"] .marks-over[data-tool="pen"]')
    await over.waitFor()
    const box = await over.boundingBox()
    if (!box) throw new Error('the page is not on the screen')
    const top = Math.max(box.y, 250)
    for (let stroke = 0; stroke < Math.min(byHand, count); stroke++) {
      await page.mouse.move(box.x + 60, top + 40 + stroke * 50)
      await page.mouse.down()
      await page.mouse.move(box.x + 260, top + 70 + stroke * 50, { steps: 6 })
      await page.mouse.up()
    }
    await eventually(async () => (await marksHere(page))?.length).toBe(before.size + Math.min(byHand, count))
    await page.evaluate((more) => {
      const application = document.querySelector('#app') as unknown as { __vue_app__: { config: { globalProperties: { $pinia: { _s: Map<string, unknown> } } } } }
      const marking = application.__vue_app__.config.globalProperties.$pinia._s.get('marking') as ReturnType<typeof useMarking>
      for (let stroke = 0; stroke < more; stroke++) {
        const y = 0.1 + stroke % 80 / 100
        const points = Array.from({ length: 40 }, (_, at) => ({ x: 0.1 + at / 60, y: y + at % 5 / 500, pressure: 0.5 }))
        marking.layers?.put({ id: crypto.randomUUID(), at: Date.now(), colour: 'blue', unplaced: false, kind: 'stroke', tool: 'pen', width: 0.003, anchor: { page: 1, quote: null, boxes: [] }, points }, 'private')
      }
    }, Math.max(0, count - byHand))
    await page.locator(`[data-saved="${saved}"]`).waitFor()
    const now = await marksHere(page) ?? []
    expect(now.length).toBe(before.size + count)
    made.set(paperIds[number] as string, new Set(now))
  }

  /** What somebody finds who asks the hub with the published y-websocket. */
  async function onTheHub(): Promise<Record<string, string[]>> {
    const found: Record<string, string[]> = {}
    for (const paperId of paperIds) {
      const client = new PlainClient({ url: scene.hub.url, cookie: scene.cookies.binh }, { kind: 'ink', meetingId: scene.meetingId, paperId, version: 1, layer: 'private', ownerId: 'binh' })
      await client.synced()
      found[paperId] = [...client.marks.keys()].map((key) => key.replace(/^binh:/u, '')).sort()
      client.close()
    }
    return found
  }
  const drawn = () => Object.fromEntries(paperIds.map((paperId) => [paperId, [...made.get(paperId) ?? []].sort()]))

  beforeAll(async () => {
    scene = await paperScene({ clientDir: await clientDir() })
    for (let number = 0; number < papers; number++) {
      const answer = await scene.post(await textPdf({ pages: 2, seed: number + 1 }), { name: `${title(number)}.pdf` })
      paperIds.push((await answer.json() as UploadAnswer).paper.paperId)
    }
    line = await Line.to(Number(new URL(scene.hub.url).port))
    profile = await mkdtemp(join(tmpdir(), 'giao-ban-tablet-'))
    tablet = new Tablet(profile, line.url)
    await tablet.start()
    screens.set('tablet', tablet)
  }, 300_000)
  tellInOrder(screens)
  afterAll(async () => {
    await tablet?.stop()
    await line?.close()
    await scene?.hub.stop()
    await rm(profile, { recursive: true, force: true })
  })

  test('eight papers and the notes made so far are on the tablet', async () => {
    await tablet.enterAs('binh', testPassword)
    await openMeeting()
    await openPaper(0)
    await draw(0, byHand, 'saved')
    await tablet.page.getByRole('button', { name: `Tài liệu trên máy: đã có đủ ${papers}` }).waitFor()
    await tablet.shellReady()
    await eventually(async () => (await tablet.stored()).parts).toBe(2)
  })

  test('in a browser that was closed earlier notes are there, new ones are kept, and the page says where', async () => {
    line.cut()
    await tablet.stop()
    await tablet.start()
    await tablet.page.clock.setFixedTime(Date.now() + twoHours)
    await openMeeting()
    for (let number = 0; number < papers / 2; number++) {
      await openPaper(number)
      await draw(number, number === 0 ? 80 : 60, 'onDevice')
    }
    await tablet.page.getByText('Đã lưu trên máy này, chờ mạng để gửi').waitFor()
    // The word holds at once: nothing is waited for before the browser ends.
    await tablet.stop()
    await tablet.start()
    await tablet.page.clock.setFixedTime(Date.now() + twoHours)
    await openMeeting()
    await openPaper(0)
    for (let number = papers / 2; number < papers; number++) {
      await openPaper(number)
      await draw(number, 60, 'onDevice')
    }
    expect(Object.values(drawn()).flat().length).toBe(strokes + byHand)
  })

  test('back in reach every stroke is at the hub once, also of papers that nobody opens again', async () => {
    await tablet.stop()
    line.restore()
    await tablet.start()
    await openMeeting()
    await tablet.page.getByText('Trực tuyến').waitFor()
    await tablet.page.getByText(/^Đã gửi ghi chú làm lúc mất mạng/u).first().waitFor()
    await eventually(onTheHub).toEqual(drawn())
    await openMeeting()
    await openPaper(3)
    await tablet.page.getByRole('button', { name: 'Ghi chú', exact: true }).click()
    await tablet.page.locator('[data-saved="saved"]').waitFor()
    expect(await onTheHub()).toEqual(drawn())
  })

  test('a tablet whose browser has thrown everything away loads it all again', async () => {
    const session = await tablet.context.newCDPSession(tablet.page)
    await session.send('Storage.clearDataForOrigin', { origin: line.url, storageTypes: 'indexeddb,cache_storage,service_workers,local_storage' })
    await openMeeting()
    for (const number of [0, 7]) await openPaper(number)
    await tablet.page.getByRole('button', { name: `Tài liệu trên máy: đã có đủ ${papers}` }).waitFor()
    expect(await onTheHub()).toEqual(drawn())
  })
})
