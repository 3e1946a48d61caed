import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { UploadAnswer } from '../../shared/contracts/http/papers.ts'
import { paperScene, type PaperScene } from '../integration/papers/scene.ts'
import { PlainClient } from '../support/collab/client.ts'
import { drawStroke, ownMarks, putStrokes } from '../support/e2e/marking.ts'
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
  let tablet: Tablet
  const screens = new Map<string, Tablet>()
  const paperIds: string[] = []
  /** Of each paper the marks that were made on it. */
  const made = new Map<string, Set<string>>()
  const title = (number: number) => `Tài liệu số ${number + 1}`

  async function openMeeting(): Promise<void> {
    await tablet.page.goto(`/meetings/${scene.meetingId}`)
    await tablet.page.getByRole('heading', { level: 1, name: 'Họp giao ban' }).waitFor()
  }

  async function openPaper(number: number): Promise<void> {
    await tablet.page.getByRole('navigation', { name: 'Chương trình' }).getByRole('button', { name: new RegExp(`^${title(number)}`, 'u') }).click()
    await reading(tablet.page, 1)
    const expected = [...made.get(paperIds[number] as string) ?? []].sort()
    await eventually(() => ownMarks(tablet.page)).toEqual(expected)
  }

  /** Draws on the paper that is open, `count` strokes, the first few by the mouse; answers when the page says `saved`. */
  async function draw(number: number, count: number, saved: 'saved' | 'onDevice'): Promise<void> {
    const { page } = tablet
    const before = (await ownMarks(page) ?? []).length
    await drawStroke(page, byHand)
    await putStrokes(page, count - byHand)
    await page.locator(`[data-saved="${saved}"]`).waitFor()
    const now = await ownMarks(page) ?? []
    expect(now.length).toBe(before + count)
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
    tablet = await Tablet.of(scene.hub.url)
    screens.set('tablet', tablet)
  }, 300_000)
  tellInOrder(screens)
  afterAll(async () => {
    await tablet?.remove()
    await scene?.hub.stop()
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
    tablet.line.cut()
    await tablet.stop()
    await tablet.start()
    await tablet.page.clock.setFixedTime(Date.now() + twoHours)
    await openMeeting()
    for (let number = 0; number < papers / 2; number++) {
      await openPaper(number)
      await draw(number, number === 0 ? 80 : 60, 'onDevice')
    }
    await tablet.page.getByText('Đã lưu trên máy này, chờ mạng để gửi').first().waitFor()
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
    tablet.line.restore()
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
    await session.send('Storage.clearDataForOrigin', { origin: tablet.line.url, storageTypes: 'indexeddb,cache_storage,service_workers,local_storage' })
    await openMeeting()
    for (const number of [0, 7]) await openPaper(number)
    await tablet.page.getByRole('button', { name: `Tài liệu trên máy: đã có đủ ${papers}` }).waitFor()
    expect(await onTheHub()).toEqual(drawn())
  })
})
