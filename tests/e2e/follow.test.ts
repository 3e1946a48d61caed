import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loadDemo } from '../../server/demo/load.ts'
import { demoPassword } from '../../server/demo/province.ts'
import type { MeetingHost } from '../../server/meetings/host.ts'
import { launchBrowser } from '../support/browser.ts'
import { pageNumber, reading, turnTo } from '../support/e2e/reading.ts'
import { eventually, Screen, type Device } from '../support/e2e/screens.ts'
import { clientDir, tellInOrder } from '../support/e2e/story.ts'
import { startHub, type TestHub } from '../support/hub.ts'

const backTo = (page: number) => `Về trang đang trình chiếu (tr. ${page})`

describe('following the presenter: page, region, laser and ink; free, held, handed over and taken back', { timeout: 240_000 }, () => {
  const screens = new Map<string, Screen>()
  let browser: Browser
  let hub: TestHub
  let host: MeetingHost
  let commands = 0
  const page = (name: string): Page => screens.get(name)?.page as Page
  /** What somebody else does meanwhile, on a screen that is not looked at here. */
  async function does(personId: string, type: string, data: object): Promise<void> {
    const command = { type, commandId: `follow-${(commands += 1)}-0000`, data } as Parameters<typeof hub.hub.hosts.execute>[2]
    expect(await hub.hub.hosts.execute(host.state.meetingId, personId, command)).toMatchObject({ ok: true })
  }

  async function open(name: string, username: string, device: Device, path = ''): Promise<Page> {
    const screen = await Screen.open(browser, hub.url, device)
    screens.set(name, screen)
    await screen.enterAs(username, demoPassword)
    await screen.page.goto(`/meetings/${host.state.meetingId}${path}`)
    return screen.page
  }

  beforeAll(async () => {
    hub = await startHub({ clientDir: await clientDir() })
    browser = await launchBrowser()
    await loadDemo(hub.hub)
    const office = await Screen.open(browser, hub.url, 'desk')
    await office.enterAs('thuky', demoPassword)
    const { meetings } = await (await office.context.request.get('/api/meetings')).json() as { meetings: { meetingId: string; status: string }[] }
    await office.close()
    const found = await hub.hub.hosts.find(meetings.find(({ status }) => status === 'inSession')?.meetingId ?? '')
    if (!found) throw new Error('the demo has no meeting in session')
    host = found
    // Nothing asks these two for anything while they follow.
    await does('gd-khoa-hoc', 'attendance:declare', { presence: 'inRoom' })
    await does('gd-nong-nghiep', 'attendance:declare', { presence: 'inRoom' })
    // The demo's presenter, two who follow, the wall.
    await Promise.all([open('presenter', 'daibieu1', 'desk'), open('follower', 'daibieu2', 'tablet'), open('phone', 'daibieu3', 'phone'), open('wall', 'thuky', 'wall', '/projector')])
  }, 420_000)
  afterAll(async () => {
    await browser?.close()
    await hub?.stop()
  })
  tellInOrder(screens)

  const followers = ['follower', 'phone', 'wall']
  const sheet = (name: string, number: number) => page(name).locator(`[data-page="${number}"]`)
  const tool = (words: string) => page('presenter').getByRole('region', { name: 'Công cụ trình chiếu' }).getByRole('button', { name: words })

  /** The middle of an element as parts of a page's width and height. */
  async function placeOn(name: string, number: number, what: string): Promise<{ x: number; y: number } | null> {
    return page(name).evaluate(([onPage, selector]) => {
      const sheet = document.querySelector(`[data-page="${onPage}"]`)?.getBoundingClientRect()
      const box = document.querySelector(`[data-page="${onPage}"] ${selector}`)?.getBoundingClientRect()
      return sheet && box ? { x: (box.left + box.width / 2 - sheet.left) / sheet.width, y: (box.top + box.height / 2 - sheet.top) / sheet.height } : null
    }, [number, what] as const)
  }

  /** A point of the presenter's page, on his screen. */
  async function onScreen(number: number, x: number, y: number): Promise<[number, number]> {
    const box = await sheet('presenter', number).boundingBox()
    if (!box) throw new Error('the page is not in sight')
    return [box.x + x * box.width, box.y + y * box.height]
  }

  test('a page the presenter turns to is turned to everywhere, the wall too', async () => {
    for (const name of ['presenter', 'follower', 'phone']) await reading(page(name), 1)
    await turnTo(page('presenter'), 3)
    for (const name of ['follower', 'phone']) await reading(page(name), 3)
    await eventually(() => sheet('wall', 3).isVisible()).toBe(true)
    for (const name of ['follower', 'phone']) await eventually(() => page(name).getByText('Đang theo trình chiếu').count()).toBe(1)
  })

  test('his laser is seen at the same place of the page to one part in a hundred, and is gone two seconds after', async () => {
    await page('presenter').getByRole('button', { name: 'Công cụ trình chiếu' }).click()
    await tool('Con trỏ').click()
    const [x, y] = await onScreen(3, 0.4, 0.2)
    await page('presenter').mouse.move(x - 30, y)
    const last = Date.now()
    await page('presenter').mouse.move(x, y, { steps: 4 })
    for (const name of ['presenter', ...followers]) {
      await eventually(async () => {
        const at = await placeOn(name, 3, '[data-laser]')
        return at !== null && Math.abs(at.x - 0.4) < 0.01 && Math.abs(at.y - 0.2) < 0.01
      }).toBe(true)
    }
    for (const name of followers) await eventually(() => page(name).locator('[data-laser]').count()).toBe(0)
    expect(Date.now() - last).toBeGreaterThan(1_500)
  })

  test('what he draws is seen while he draws it, stays on the paper when the pen is lifted, and his undo takes it from everybody', async () => {
    await tool('Vẽ cho mọi người').click()
    const mouse = page('presenter').mouse
    await mouse.move(...await onScreen(3, 0.3, 0.15))
    await mouse.down()
    await mouse.move(...await onScreen(3, 0.5, 0.25), { steps: 20 })
    // The pen has not been lifted: the line is there all the same.
    for (const name of followers) {
      await eventually(async () => {
        const middle = await placeOn(name, 3, '[data-stroke]')
        return middle !== null && Math.abs(middle.x - 0.4) < 0.01 && Math.abs(middle.y - 0.2) < 0.01
      }).toBe(true)
    }
    // From here on each screen counts, with every change of the page, how often the line is drawn.
    for (const name of ['presenter', ...followers]) {
      await page(name).evaluate(() => {
        const seen = new Set<number>()
        const count = () => seen.add(document.querySelectorAll('[data-page="3"] [data-stroke], [data-page="3"] path[data-mark]').length)
        new MutationObserver(count).observe(document.body, { subtree: true, childList: true, attributes: true })
        ;(globalThis as unknown as { seen: Set<number> }).seen = seen
      })
    }
    await mouse.up()
    for (const name of ['presenter', ...followers]) {
      await eventually(() => page(name).locator('[data-page="3"] path[data-mark]').count()).toBe(1)
      const seen = await page(name).evaluate(() => [...(globalThis as unknown as { seen: Set<number> }).seen])
      expect(seen, `${name}: neither a gap nor the line twice`).toEqual([1])
    }
    await page('follower').reload()
    await eventually(() => page('follower').locator('[data-page="3"] path[data-mark]').count()).toBe(1)
    await tool('Hoàn tác').click()
    for (const name of ['presenter', ...followers]) await eventually(() => page(name).locator('path[data-mark]').count()).toBe(0)
  })

  test('a part of the page he frames fills every screen, and the whole page comes back', async () => {
    await tool('Phóng vùng').click()
    const mouse = page('presenter').mouse
    const before = new Map(await Promise.all(followers.map(async (name) => [name, (await sheet(name, 3).boundingBox())?.width ?? 0] as const)))
    await mouse.move(...await onScreen(3, 0.2, 0.1))
    await mouse.down()
    await mouse.move(...await onScreen(3, 0.6, 0.3), { steps: 8 })
    await mouse.up()
    for (const name of followers) {
      await eventually(async () => (await sheet(name, 3).boundingBox())?.width ?? 0, ).toBeGreaterThan((before.get(name) ?? 0) * 1.3)
      // The frame's upper left corner is at the screen's, its right edge on it: all of the region is in sight.
      await eventually(async () => {
        const [box, frame] = await Promise.all([sheet(name, 3).boundingBox(), page(name).viewportSize()])
        return box !== null && frame !== null && box.x + 0.2 * box.width > -12 && box.x + 0.6 * box.width < frame.width + 12
      }).toBe(true)
    }
    await tool('Cả trang').click()
    for (const name of followers) {
      await eventually(async () => {
        const [box, frame] = await Promise.all([sheet(name, 3).boundingBox(), page(name).viewportSize()])
        return box !== null && frame !== null && box.width <= frame.width && box.height <= frame.height
      }).toBe(true)
    }
    await page('presenter').getByRole('button', { name: 'Cất công cụ trình chiếu' }).click()
    await page('presenter').getByRole('button', { name: 'Vừa bề ngang' }).click()
  })

  test('whoever turns away reads on alone, is told so, and comes back by the pill', async () => {
    await turnTo(page('follower'), 1)
    await page('follower').getByRole('button', { name: backTo(3) }).waitFor()
    expect(await page('follower').getByText('Bạn đang xem riêng', { exact: true }).isVisible()).toBe(true)
    await turnTo(page('presenter'), 4)
    await reading(page('phone'), 4)
    await page('follower').getByRole('button', { name: backTo(4) }).waitFor()
    expect(await pageNumber(page('follower'))).toBe('1')
    await page('follower').getByRole('button', { name: backTo(4) }).click()
    await reading(page('follower'), 4)
  })

  test('the chair holds the screens: announced, then everybody is at the presenter’s page, whatever his hand does', async () => {
    await turnTo(page('follower'), 1)
    await open('chair', 'chutoa', 'desk')
    await page('chair').getByRole('region', { name: 'Điều hành' }).getByRole('button', { name: /đang trình chiếu/u }).click()
    await page('chair').getByRole('menuitem', { name: 'Giữ màn hình mọi người 5 phút' }).click()
    await page('follower').getByText(/^Chủ trì sắp giữ màn hình/u).first().waitFor()
    expect(await pageNumber(page('follower'))).toBe('1')
    await reading(page('follower'), 4)
    for (const name of ['follower', 'phone']) await page(name).getByText(/^Chủ trì đang giữ màn hình đến \d\d:\d\d\.$/u).first().waitFor()
    await turnTo(page('follower'), 2)
    await reading(page('follower'), 4)
    // Who leads the meeting and who presents are not held.
    for (const name of ['chair', 'presenter']) expect(await page(name).getByText(/^Chủ trì đang giữ/u).count()).toBe(0)
    await turnTo(page('chair'), 2)
    await reading(page('chair'), 2)
    await turnTo(page('presenter'), 5)
    await reading(page('follower'), 5)
    await does('chu-tich', 'presentation:release', {})
    await eventually(() => page('follower').getByText(/^Chủ trì đang giữ/u).count()).toBe(0)
    await turnTo(page('follower'), 2)
    await reading(page('follower'), 2)
  })

  test('who writes is not interrupted: he is told, and goes along when he has finished', async () => {
    const follower = page('follower')
    await follower.getByRole('button', { name: 'Tìm trong tài liệu' }).click()
    const field = follower.getByRole('searchbox')
    await field.pressSequentially('ngân sách')
    await does('chu-tich', 'presentation:hold', { minutes: 1 })
    await follower.getByText(/Bạn viết xong sẽ về trang đang trình chiếu\.$/u).first().waitFor()
    await reading(page('phone'), 5)
    expect(await field.inputValue()).toBe('ngân sách')
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true)
    await follower.keyboard.press('Escape')
    await reading(follower, 5)
    await does('chu-tich', 'presentation:release', {})
  })

  test('an open ballot is not interrupted either', async () => {
    const voteId = Object.values(host.state.votes).find(({ status }) => status === 'draft')?.voteId ?? ''
    const presented = host.state.presentation
    await turnTo(page('follower'), 1)
    await page('follower').getByRole('button', { name: backTo(5) }).waitFor()
    // The vote belongs to another item; what is presented stays on the screens of those who can see it.
    await does('chu-tich', 'agenda:startItem', { itemId: host.state.votes[voteId]?.itemId ?? '' })
    await does('chu-tich', 'presentation:start', { paperId: presented?.paperId ?? '', presenterId: 'gd-tai-chinh' })
    await does('chu-tich', 'votes:open', { voteId })
    await page('follower').getByRole('radio', { name: 'Tán thành', exact: true }).waitFor()
    await does('chu-tich', 'presentation:hold', { minutes: 1 })
    await page('follower').getByText(/Bạn biểu quyết xong sẽ về trang đang trình chiếu\.$/u).first().waitFor()
    await page('follower').getByRole('radio', { name: 'Tán thành', exact: true }).click()
    await page('follower').getByRole('button', { name: 'Gửi phiếu: Tán thành' }).click()
    await page('follower').getByText(/^Chủ trì đang giữ màn hình đến \d\d:\d\d\.$/u).first().waitFor()
    await does('chu-tich', 'presentation:release', {})
    await does('chu-tich', 'votes:close', { voteId })
  })

  test('the presentation is handed over and taken back, and who joins late gets the last state', async () => {
    await turnTo(page('presenter'), 6)
    await reading(page('phone'), 6)
    await does('chu-tich', 'presentation:handOver', { presenterId: 'gd-khoa-hoc' })
    await page('follower').getByRole('button', { name: 'Công cụ trình chiếu' }).waitFor()
    await reading(page('follower'), 6)
    await eventually(() => page('presenter').getByRole('button', { name: 'Công cụ trình chiếu' }).count()).toBe(0)
    await turnTo(page('follower'), 7)
    for (const name of ['presenter', 'phone']) await reading(page(name), 7)
    await page('chair').getByRole('region', { name: 'Điều hành' }).getByRole('button', { name: /đang trình chiếu/u }).click()
    await page('chair').getByRole('menuitem', { name: 'Lấy lại quyền trình chiếu' }).click()
    await page('chair').getByRole('button', { name: 'Công cụ trình chiếu' }).waitFor()
    await turnTo(page('chair'), 8)
    for (const name of ['presenter', 'follower', 'phone']) await reading(page(name), 8)
    const late = await open('late', 'daibieu2', 'portrait')
    await reading(late, 8)
  })
})
