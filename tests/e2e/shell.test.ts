import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { UploadAnswer } from '../../shared/contracts/http/papers.ts'
import { protocolVersion } from '../../shared/contracts/protocol.ts'
import { paperScene, type PaperScene } from '../integration/papers/scene.ts'
import { drawStroke, ownMarks } from '../support/e2e/marking.ts'
import { reading } from '../support/e2e/reading.ts'
import { eventually } from '../support/e2e/screens.ts'
import { clientDir, tellInOrder } from '../support/e2e/story.ts'
import { Tablet } from '../support/e2e/tablet.ts'
import { Versions } from '../support/e2e/versions.ts'
import { testPassword } from '../support/hub.ts'
import { textPdf } from '../support/papers/generate.ts'

describe('the application on a tablet, when the hub has a new version of it', { timeout: 240_000 }, () => {
  let scene: PaperScene
  let versions: Versions
  let tablet: Tablet
  let paper: UploadAnswer['paper']
  const screens = new Map<string, Tablet>()
  const version = () => tablet.page.evaluate(() => document.documentElement.dataset.version ?? null)
  /** All files of this version are here, and it answers from now on. */
  const isWhole = (number: number) => tablet.page.evaluate(async (ending) => {
    const registration = await navigator.serviceWorker.getRegistration()
    const begun = (await caches.keys()).some((name) => name.endsWith(ending))
    return begun && !registration?.installing && !registration?.waiting && registration?.active?.state === 'activated'
  }, `-${number}`)
  const kept = async () => (await tablet.stored()).chunks[paper.sha256] ?? 0

  async function open(): Promise<void> {
    await tablet.page.goto(`/meetings/${scene.meetingId}`)
    await tablet.page.getByRole('heading', { level: 1, name: 'Họp giao ban' }).waitFor()
  }
  async function openPaper(): Promise<void> {
    await tablet.page.getByRole('navigation', { name: 'Chương trình' }).getByRole('button', { name: /^Báo cáo/u }).click()
    await reading(tablet.page, 1)
  }
  async function again({ reach }: { reach: boolean }): Promise<void> {
    await tablet.stop()
    if (reach) tablet.line.restore()
    else tablet.line.cut()
    await tablet.start()
  }

  beforeAll(async () => {
    versions = await Versions.of(await clientDir())
    await versions.become(1)
    scene = await paperScene({ clientDir: versions.dir })
    paper = (await (await scene.post(await textPdf({ pages: 2, seed: 5 }), { name: 'Báo cáo.pdf' })).json() as UploadAnswer).paper
    tablet = await Tablet.of(scene.hub.url)
    screens.set('tablet', tablet)
  }, 300_000)
  tellInOrder(screens)
  afterAll(async () => {
    await tablet?.remove()
    await scene?.hub.stop()
    await versions?.remove()
  })

  test('can be installed', async () => {
    await tablet.enterAs('binh', testPassword)
    await open()
    await tablet.shellReady()
    const session = await tablet.context.newCDPSession(tablet.page)
    const { url, errors, data } = await session.send('Page.getAppManifest')
    expect([new URL(url).pathname, errors]).toEqual(['/manifest.webmanifest', []])
    const { icons } = JSON.parse(data ?? '{}') as { icons: { src: string; sizes: string }[] }
    for (const { src, sizes } of icons) {
      expect(await tablet.page.evaluate(async (address) => {
        const picture = await createImageBitmap(await (await fetch(address)).blob())
        return `${picture.width}x${picture.height}`
      }, src), src).toBe(sizes)
    }
    expect((await session.send('Page.getInstallabilityErrors')).installabilityErrors).toEqual([])
  })

  test('the new one is taken at the next start, is whole without a network, and has what the one before had kept', async () => {
    await openPaper()
    await drawStroke(tablet.page)
    await tablet.page.locator('[data-saved="saved"]').waitFor()
    await tablet.page.getByRole('button', { name: 'Tài liệu trên máy: đã có đủ 1' }).waitFor()
    await eventually(async () => (await tablet.stored()).parts).toBe(2)
    const before = await kept()
    expect([before > 0, await version()]).toEqual([true, '1'])
    await versions.become(2)
    await tablet.page.reload()
    await eventually(version).toBe('2')
    await eventually(() => isWhole(2)).toBe(true)
    await tablet.page.getByRole('button', { name: 'Tài liệu trên máy: đã có đủ 1' }).waitFor()
    await again({ reach: false })
    await open()
    expect([await version(), await kept()]).toEqual(['2', before])
    await openPaper()
    await eventually(() => ownMarks(tablet.page)).toHaveLength(1)
  })

  test('half a version is never opened: what was whole stays until another is', async () => {
    await again({ reach: true })
    await versions.become(3, { whole: false })
    await open()
    await tablet.page.getByText('Trực tuyến').waitFor()
    await tablet.page.evaluate(async () => { await (await navigator.serviceWorker.ready).update().catch(() => undefined) })
    await again({ reach: false })
    await open()
    expect(await version()).toBe('2')
  })

  test('a tablet that comes back with a page too old for the hub says so, keeps what was written, and goes on with the new one', async () => {
    let older = true
    await tablet.page.routeWebSocket(/\/live\//u, (socket) => {
      const hub = socket.connectToServer()
      socket.onMessage((message) => hub.send(older ? String(message).replace(`"protocol":${protocolVersion}`, `"protocol":${protocolVersion - 1}`) : message))
    })
    await open()
    await openPaper()
    await drawStroke(tablet.page)
    await tablet.page.locator('[data-saved="onDevice"]').waitFor()
    await versions.become(4)
    tablet.line.restore()
    await tablet.page.getByText('Ứng dụng đã có phiên bản mới. Xin tải lại trang.').waitFor()
    expect([await version(), (await ownMarks(tablet.page))?.length]).toEqual(['2', 2])
    // What now speaks is the new page.
    older = false
    await tablet.page.getByRole('button', { name: 'Tải lại trang' }).click()
    await tablet.page.getByText('Trực tuyến').waitFor()
    expect(await version()).toBe('4')
    await openPaper()
    await eventually(() => ownMarks(tablet.page)).toHaveLength(2)
  })
})
