import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoPassword } from '../../server/demo/province.ts'
import { launchBrowser } from '../support/browser.ts'
import { HubProcess } from '../support/e2e/hub-process.ts'
import { Line } from '../support/e2e/line.ts'
import { reading, turnTo } from '../support/e2e/reading.ts'
import { eventually, Screen, type Device } from '../support/e2e/screens.ts'
import { tellInOrder } from '../support/e2e/story.ts'
import { ballotIs, carryOver, castBallot, chooseAndSend, startItem, strip, turnout } from '../support/e2e/taking-part.ts'

const item = 'Thảo luận, biểu quyết về chính sách hỗ trợ chuyển đổi số cấp xã'
const question = 'Thông qua Tờ trình và dự thảo Nghị quyết quy định một số chính sách hỗ trợ chuyển đổi số ở cấp xã giai đoạn 2027 - 2030'
const cutBanner = /^Mất kết nối — đang hiển thị nội dung lúc/u

describe('a network that goes and a hub that dies', { timeout: 240_000 }, () => {
  const screens = new Map<string, Screen>()
  const lines = new Map<string, Line>()
  let browser: Browser
  let dataDir: string
  let hub: HubProcess
  let meetingId = ''
  let entitled = 0

  async function open(name: string, username: string, device: Device): Promise<void> {
    const line = await Line.to(hub.port)
    lines.set(name, line)
    const screen = await Screen.open(browser, line.url, device)
    screens.set(name, screen)
    await screen.enterAs(username, demoPassword)
    if (meetingId === '') {
      const { meetings } = await (await screen.context.request.get('/api/meetings')).json() as { meetings: { meetingId: string; status: string }[] }
      meetingId = meetings.find(({ status }) => status === 'inSession')?.meetingId ?? ''
    }
    await screen.page.goto(`/meetings/${meetingId}${name === 'wall' ? '/projector' : ''}`)
  }
  const page = (name: string): Page => screens.get(name)?.page as Page
  const line = (name: string): Line => lines.get(name) as Line
  /** Set once in each page: gone if the page was loaded anew. */
  const mark = (name: string) => page(name).evaluate(() => { document.documentElement.dataset.sinceTheBeginning = 'yes' })
  const isMarked = (name: string) => page(name).evaluate(() => document.documentElement.dataset.sinceTheBeginning === 'yes')
  /** How long it takes until this screen says that it is cut off. */
  async function noticed(name: string): Promise<number> {
    const began = performance.now()
    await page(name).getByText(cutBanner).waitFor()
    return Math.round(performance.now() - began)
  }
  const isLive = (name: string) => eventually(() => page(name).getByText(cutBanner).count()).toBe(0)

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'giao-ban-network-'))
    hub = await HubProcess.start({ dataDir, demo: true })
    browser = await launchBrowser()
    await open('chair', 'chutoa', 'desk')
    await open('tablet', 'daibieu2', 'tablet')
    await open('phone', 'daibieu3', 'phone')
    await open('wall', 'phongchieu', 'wall')
  }, 420_000)
  afterAll(async () => {
    await browser?.close()
    for (const line of lines.values()) await line.close()
    await hub?.kill()
    if (dataDir) await Promise.all([dataDir, `${dataDir}-keys`].map(folder => rm(folder, { recursive: true, force: true })))
  })
  tellInOrder(screens)

  test('cut off in the middle of a paper, a delegate sees it at once, reads on, and is caught up without loading the page anew', async () => {
    const tablet = page('tablet')
    await reading(tablet, 1)
    await tablet.getByRole('button', { name: 'Có mặt tại hội trường' }).click()
    await tablet.getByRole('button', { name: 'Điểm danh của bạn: Có mặt tại hội trường' }).waitFor()
    await page('phone').getByRole('button', { name: /^Có mặt tại/u }).click()
    await turnTo(tablet, 3)
    await reading(tablet, 3)
    // The rest of the paper comes by itself, in the background.
    await eventually(() => tablet.getByRole('progressbar', { name: /^Đã tải/u }).count()).toBe(0)
    for (const name of screens.keys()) await mark(name)

    line('tablet').cut()
    await screens.get('tablet')?.context.setOffline(true)
    const after = await noticed('tablet')
    console.log(`the tablet said that it was cut off ${after} ms after its network went`)
    expect(after).toBeLessThan(2000)
    expect(await tablet.getByText('Vẫn đọc và ghi chú được; biểu quyết, đăng ký phát biểu phải chờ có mạng. Đang tự kết nối lại.').isVisible()).toBe(true)
    for (const number of [4, 33]) {
      await turnTo(tablet, number)
      await reading(tablet, number)
    }

    // Meanwhile the meeting goes on.
    const chair = page('chair')
    await startItem(chair, '8')
    await carryOver(chair)
    await strip(chair).getByRole('button', { name: '1 biểu quyết chờ mở' }).click()
    await chair.getByRole('complementary', { name: 'Điều hành' }).getByRole('button', { name: 'Mở biểu quyết' }).click()
    await page('wall').getByRole('heading', { name: question }).waitFor()
    entitled = Number(/Đã biểu quyết 0\/(\d+)/u.exec(await page('wall').getByText(/^Đã biểu quyết/u).first().textContent() ?? '')?.[1])
    expect(entitled).toBeGreaterThan(10)
    expect(await tablet.getByRole('heading', { name: question }).count()).toBe(0)

    line('tablet').restore()
    await screens.get('tablet')?.context.setOffline(false)
    await tablet.getByText('Đã kết nối lại và cập nhật.').waitFor()
    await tablet.getByRole('heading', { name: question }).waitFor()
    await tablet.getByRole('radio', { name: 'Tán thành', exact: true }).waitFor()
    // His place in the paper is where he left it.
    await reading(tablet, 33)
    expect(await isMarked('tablet')).toBe(true)
  })

  test('a ballot sent while cut off waits, says so, and is cast exactly once on return', async () => {
    const tablet = page('tablet')
    line('tablet').cut()
    await screens.get('tablet')?.context.setOffline(true)
    await noticed('tablet')
    await chooseAndSend(tablet, 'Tán thành')
    await tablet.getByText('Phiếu đang chờ kết nối để gửi. Xin giữ trang này mở.').waitFor()
    await tablet.getByText('1 thao tác đang chờ gửi, sẽ tự gửi khi có kết nối.').waitFor()
    expect(await page('wall').getByText(turnout(0, entitled)).count()).toBeGreaterThan(0)

    line('tablet').restore()
    await screens.get('tablet')?.context.setOffline(false)
    await ballotIs(tablet, 'Tán thành')
    await page('wall').getByText(turnout(1, entitled)).waitFor()
    await tablet.getByText('Đã kết nối lại và cập nhật.').waitFor()
    expect(await isMarked('tablet')).toBe(true)
  })

  test('a hub that falls silent without a word is noticed when its pings stay away', async () => {
    line('phone').cut()
    const after = await noticed('phone')
    console.log(`the phone noticed ${after} ms after its hub had fallen silent (a ping every 4 s, and 4 s of patience)`)
    expect(after).toBeLessThan(10_000)
    line('phone').restore()
    await isLive('phone')
    await page('phone').getByRole('radio', { name: 'Tán thành', exact: true }).waitFor()
    expect(await isMarked('phone')).toBe(true)
  })

  test('the hub is killed in the middle of a vote and started again: every screen comes back by itself, no ballot is lost or counted twice', async () => {
    const [chair, phone] = [page('chair'), page('phone')]
    await phone.getByRole('radio', { name: 'Không tán thành', exact: true }).click()
    // The ballot is on its way when the power goes.
    await Promise.all([phone.getByRole('button', { name: 'Gửi phiếu: Không tán thành' }).click(), hub.kill()])
    await noticed('phone')
    await noticed('chair')
    await page('wall').getByText(/^Mất kết nối từ/u).waitFor()

    hub = await HubProcess.start({ dataDir, demo: true, port: hub.port })
    for (const name of ['chair', 'tablet', 'phone']) await isLive(name)
    await eventually(() => page('wall').getByText(/^Mất kết nối từ/u).count()).toBe(0)
    await ballotIs(page('tablet'), 'Tán thành')
    await ballotIs(phone, 'Không tán thành')
    await page('wall').getByText(turnout(2, entitled)).waitFor()
    await castBallot(chair, 'Tán thành')
    await page('wall').getByText(turnout(3, entitled)).waitFor()

    await chair.getByRole('button', { name: 'Kết thúc biểu quyết' }).first().click()
    await chair.getByRole('alertdialog').getByText(`Đã có 3/${entitled} người gửi phiếu`).waitFor()
    await chair.getByRole('alertdialog').getByRole('button', { name: 'Kết thúc biểu quyết' }).click()
    const sentence = new RegExp(`^Không thông qua: 2/${entitled} tán thành, chưa đạt quá nửa tổng số thành viên`, 'u')
    for (const name of ['chair', 'tablet', 'phone', 'wall']) await page(name).getByText(sentence).first().waitFor()
    await screens.get('tablet')?.page.reload()
    await page('tablet').getByText(sentence).first().waitFor()
    for (const name of ['chair', 'phone', 'wall']) expect(await isMarked(name)).toBe(true)
    for (const [name, { complaints }] of screens) expect({ name, uncaught: complaints.filter(text => text.startsWith('uncaught')) }).toEqual({ name, uncaught: [] })
    await chair.getByRole('heading', { name: item }).first().waitFor()
  })
})
