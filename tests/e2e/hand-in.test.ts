import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { UploadAnswer } from '../../shared/contracts/http/papers.ts'
import { paperScene, type PaperScene } from '../integration/papers/scene.ts'
import { launchBrowser } from '../support/browser.ts'
import { lookAt } from '../support/e2e/looks.ts'
import { eventually, Screen } from '../support/e2e/screens.ts'
import { clientDir, tellInOrder } from '../support/e2e/story.ts'
import { testPassword } from '../support/hub.ts'
import { onePage } from '../support/papers/broken.ts'

describe('papers that are handed in while another is presented', { timeout: 240_000 }, () => {
  const screens = new Map<string, Screen>()
  let scene: PaperScene
  let browser: Browser
  const page = (name: string): Page => screens.get(name)?.page as Page

  beforeAll(async () => {
    scene = await paperScene({ clientDir: await clientDir() })
    await scene.send('lan', 'agenda:changeItem', { itemId: scene.confidentialItem, ownerIds: ['binh'] })
    const { paper } = await (await scene.post(await onePage('Báo cáo đang trình chiếu'), { name: 'Báo cáo chung.pdf' })).json() as UploadAnswer
    await scene.send('an', 'meeting:open', {})
    await scene.send('binh', 'attendance:declare', { presence: 'inRoom' })
    await scene.send('an', 'presentation:start', { paperId: paper.paperId })
    browser = await launchBrowser()
    for (const [name, device, size] of [['binh', 'phone', 'largest'], ['an', 'desk', 'normal']] as const) {
      const screen = await Screen.open(browser, scene.hub.url, device, { size })
      screens.set(name, screen)
      await screen.enterAs(name, testPassword)
    }
  }, 300_000)
  tellInOrder(screens)
  afterAll(async () => {
    await browser?.close()
    await scene?.hub.stop()
  })

  test('the list at home leads behind the presented paper, to the item it speaks of', async () => {
    await page('binh').goto('/')
    await page('binh').locator('[data-duty]').getByRole('link', { name: 'Gửi tài liệu' }).click()
    const item = page('binh').locator(`#hand-in-${scene.confidentialItem}`)
    await eventually(async () => (await item.boundingBox())?.y ?? Infinity).toBeLessThan(400)
    expect(new URL(page('binh').url()).hash).toBe('')
    expect(await lookAt(page('binh'))).toEqual({ sideways: [], clipped: [], small: [], narrow: [] })
  })

  test('what he submits is told to the chair, who reads something else, and is approved in two taps', async () => {
    const choosing = page('binh').waitForEvent('filechooser')
    await page('binh').getByRole('button', { name: 'Thêm tài liệu' }).click()
    await (await choosing).setFiles({ name: 'Bảng tổng hợp.pdf', mimeType: 'application/pdf', buffer: await onePage('Bảng tổng hợp') })
    await page('binh').getByRole('button', { name: 'Trình duyệt', exact: true }).click()
    await page('an').goto(`/meetings/${scene.meetingId}`)
    await page('an').locator('[data-page="1"][data-state="drawn"]').waitFor()
    await page('an').getByRole('link', { name: 'Tài liệu chờ duyệt (1)' }).click()
    await page('an').getByRole('button', { name: 'Duyệt', exact: true }).click()
    await eventually(async () => Object.values((await scene.hub.hub.hosts.view(scene.meetingId, 'binh'))?.papers ?? {}).find(({ title }) => title === 'Bảng tổng hợp')?.status).toBe('approved')
    await page('an').getByRole('link', { name: /^Tài liệu chờ duyệt/u }).waitFor({ state: 'detached' })
  })
})
