import { randomUUID } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { theHub } from '../../server/directory/actor.ts'
import type { Command } from '../../shared/meeting/command.ts'
import { hour } from '../../shared/vietnamese/dates.ts'
import { launchBrowser } from '../support/browser.ts'
import { axeFindings, inWords, isSerious } from '../support/e2e/axe.ts'
import { Line } from '../support/e2e/line.ts'
import { eventually, Screen, type Device } from '../support/e2e/screens.ts'
import { clientDir, tellInOrder } from '../support/e2e/story.ts'
import { startHub, testPassword, type TestHub } from '../support/hub.ts'

const title = 'Phiên họp giao ban tháng 11'
const sites = [['site-1', 'Điểm cầu xã Giồng Ông'], ['site-2', 'Điểm cầu phường Phú Lộc'], ['site-3', 'Điểm cầu xã Hòa Khê']] as const
const names = { chair: 'Trần Văn Chủ', secretary: 'Phạm Thị Thư', an: 'Lê Hoài An', binh: 'Đỗ Thanh Bình', chi: 'Vũ Lan Chi', em: 'Hồ Ngọc Em', giang: 'Bùi Hà Giang', technician: 'Cao Kỹ Thuật' }
type Name = keyof typeof names

describe('roll call of three sites, one of which drops', { timeout: 180_000 }, () => {
  const screens = new Map<string, Screen>()
  const lines = new Map<string, Line>()
  let browser: Browser
  let hub: TestHub
  let meetingId = ''

  const send = async (personId: Name, command: Command) => {
    const outcome = await hub.hub.hosts.execute(meetingId, personId, { ...command, commandId: randomUUID() })
    if (!outcome.ok) throw new Error(`${command.type}: ${outcome.refusal.code}`)
  }
  const page = (name: Name): Page => screens.get(name)?.page as Page

  async function open(name: Name, device: Device, path: string): Promise<void> {
    const line = await Line.to(Number(new URL(hub.url).port))
    lines.set(name, line)
    const screen = await Screen.open(browser, line.url, device)
    screens.set(name, screen)
    await screen.enterAs(name, testPassword)
    await screen.page.goto(path)
  }
  /** The card of one place at the left of the roll call. */
  const place = (name: Name, site: string) => page(name).getByRole('navigation', { name: 'Nơi dự họp' }).getByRole('listitem').filter({ hasText: site })

  beforeAll(async () => {
    hub = await startHub({ clientDir: await clientDir() })
    for (const [id, name] of Object.entries(names)) await hub.addAccount({ id, name, roles: id === 'secretary' ? ['office'] : [] })
    for (const [order, [id, name]] of sites.entries()) await hub.hub.directory.sites.add({ id, name, shortName: '', order }, theHub)
    const startsAt = Date.now() + 5 * hour
    const member = (personId: Name, siteId: string | null) => ({ personId, role: 'delegate' as const, votes: true, siteId })
    const created = await hub.hub.hosts.create('secretary', randomUUID(), {
      title, kind: 'session', type: 'briefing', body: 'committee', startsAt, endsAt: startsAt + 3 * hour, place: 'Phòng họp số 1', siteIds: sites.map(([id]) => id),
      participants: [
        { personId: 'chair', role: 'chair', votes: true, siteId: null }, { personId: 'secretary', role: 'secretary', votes: false, siteId: null },
        member('an', null), member('binh', 'site-1'), member('chi', 'site-2'), member('em', 'site-2'), member('giang', 'site-3'),
        { personId: 'technician', role: 'technician', votes: false, siteId: 'site-1' },
      ],
    })
    meetingId = created.meetingId
    await send('secretary', { type: 'agenda:addItem', data: { title: 'Tình hình kinh tế - xã hội', durationMinutes: 30, unitId: null, presenterId: null, confidential: false, access: [], parentId: null } })
    await send('secretary', { type: 'meeting:publish', data: {} })
    // The grace time is the meeting's rule; here nobody waits long.
    await send('secretary', { type: 'attendance:setRules', data: { graceSeconds: 1 } })
    browser = await launchBrowser()
    await open('secretary', 'desk', `/meetings/${meetingId}/attendance`)
    await open('chair', 'desk', `/meetings/${meetingId}`)
    await open('binh', 'phone', '/')
    await open('chi', 'tablet', `/meetings/${meetingId}`)
    await open('technician', 'tablet', `/meetings/${meetingId}/attendance`)
  }, 420_000)
  afterAll(async () => {
    await browser?.close()
    for (const line of lines.values()) await line.close()
    await hub?.stop()
  })
  tellInOrder(screens)

  test('invitations are answered: one accepts at home, one asks to be excused and the chair’s word comes back', async () => {
    await page('binh').getByRole('button', { name: 'Xác nhận dự họp' }).first().click()
    await page('binh').getByText('Đã xác nhận dự họp').first().waitFor()
    await page('chi').getByRole('button', { name: 'Xin vắng' }).click()
    await page('chi').getByLabel('Lý do').fill('Đi công tác tại xã đảo')
    await page('chi').getByRole('button', { name: 'Gửi', exact: true }).click()
    await page('chi').getByText('Đã xin vắng, chờ chủ tọa đồng ý').waitFor()
    await page('secretary').getByRole('button', { name: '1 đề nghị chờ quyết định' }).click()
    await page('secretary').getByText('Xin vắng: Đi công tác tại xã đảo').waitFor()
    await page('secretary').getByRole('button', { name: `Đồng ý đề nghị của ${names.chi}`, exact: true }).click()
    await page('chi').getByText('Vắng có phép').first().waitFor()
    await page('secretary').getByText('Không có đề nghị nào chờ quyết định.').waitFor()
    await page('secretary').keyboard.press('Escape')
    expect(screens.get('binh')?.heard.join(''), 'a reason is for chair and secretary').not.toContain('xã đảo')
  })

  test('sites are called one after another; the technician answers with his people, the secretary takes the others’ answers', async () => {
    await place('secretary', 'Xã Giồng Ông').getByRole('button', { name: /^Gọi/u }).click()
    await place('technician', 'Xã Giồng Ông').getByRole('button', { name: 'Có mặt', exact: true }).click()
    await page('technician').getByRole('checkbox', { name: names.binh }).waitFor()
    await page('technician').getByRole('button', { name: 'Ghi điểm cầu có mặt, 2 người' }).click()
    await place('secretary', 'Xã Giồng Ông').getByText(/^Có mặt lúc \d\d:\d\d, 2 người$/u).waitFor()

    await place('secretary', 'Phường Phú Lộc').getByRole('button', { name: /^Gọi/u }).click()
    await place('secretary', 'Phường Phú Lộc').getByRole('button', { name: 'Có mặt', exact: true }).click()
    expect(await page('secretary').getByRole('checkbox', { name: names.chi }).isChecked(), 'who is excused is not expected').toBe(false)
    await page('secretary').getByRole('button', { name: 'Ghi điểm cầu có mặt, 1 người' }).click()

    await place('secretary', 'Xã Hòa Khê').getByRole('button', { name: /^Gọi/u }).click()
    await place('secretary', 'Xã Hòa Khê').getByRole('button', { name: 'Vắng', exact: true }).click()
    await place('secretary', 'Xã Hòa Khê').getByText(/^Vắng lúc \d\d:\d\d$/u).waitFor()
    await page('secretary').getByText('Đang gọi điểm cầu: 3/3 đã trả lời').waitFor()
  })

  test('people are called by number and by keyboard, and what the roll call came to is told to everybody', async () => {
    const number = (await hub.hub.hosts.view(meetingId, 'an'))?.numbers.an as string
    const field = page('secretary').getByRole('textbox', { name: 'Số điểm danh' })
    await field.fill(number)
    await page('secretary').getByText(`Số ${number}: ${names.an}`).waitFor()
    await field.press('Enter')
    await page('secretary').getByRole('option', { name: new RegExp(`^${names.an}, Có mặt trực tiếp`, 'u') }).waitFor()

    await page('secretary').getByRole('button', { name: /^Hội trường/u }).click()
    await page('secretary').getByRole('option').first().focus()
    await page('secretary').keyboard.press('Control+a')
    await page('secretary').keyboard.press('Enter')
    await page('secretary').getByRole('option', { name: new RegExp(`^${names.chair}, Có mặt trực tiếp`, 'u') }).waitFor()

    await page('binh').goto(`/meetings/${meetingId}`)
    await page('binh').getByRole('heading', { level: 1, name: title }).waitFor()
    await page('secretary').getByRole('button', { name: 'Kết thúc gọi điểm cầu' }).click()
    await page('secretary').getByRole('alertdialog').getByRole('button', { name: 'Kết thúc gọi điểm cầu' }).click()
    // chair, an, binh, em of six members; four are needed.
    for (const name of ['binh', 'chair'] as const) await page(name).getByText('Có mặt 4/6 thành viên; đủ túc số (cần ít nhất 4).').first().waitFor()
    await page('secretary').getByText(/^Đã gọi điểm cầu lúc \d\d:\d\d: 2\/3 có mặt$/u).waitFor()
  })

  test('a site drops: chair and secretary are told, the people stay declared present, and the quorum stands', async () => {
    await page('chair').getByRole('region', { name: 'Điều hành' }).getByRole('button', { name: 'Khai mạc' }).click()
    await page('chair').getByRole('alertdialog').getByRole('button', { name: 'Khai mạc' }).click()
    await page('binh').getByText('Đang chờ nội dung tiếp theo').first().waitFor()
    for (const name of ['binh', 'technician'] as const) lines.get(name)?.cut()
    const notice = /^Mất kết nối với Điểm cầu xã Giồng Ông từ \d\d:\d\d: 2 đại biểu có mặt/u
    for (const name of ['chair', 'secretary'] as const) await page(name).getByText(notice).waitFor()
    await place('secretary', 'Xã Giồng Ông').getByText(/^Mất kết nối từ \d\d:\d\d$/u).waitFor()
    expect(await page('chi').getByText(notice).count(), 'measured presence is for those who lead').toBe(0)
    const view = await hub.hub.hosts.view(meetingId, 'chair')
    expect(view?.attendance.binh?.intervals.at(-1)).toMatchObject({ presence: 'atSite', siteId: 'site-1', to: null })
    await page('secretary').getByRole('button', { name: 'Kiểm tra túc số' }).click()
    await page('chair').getByText('Có mặt 4/6 thành viên; đủ túc số (cần ít nhất 4).').first().waitFor()

    for (const name of ['binh', 'technician'] as const) lines.get(name)?.restore()
    for (const name of ['chair', 'secretary'] as const) await eventually(() => page(name).getByText(notice).count()).toBe(0)
    await place('secretary', 'Xã Giồng Ông').getByText('2 máy kết nối').waitFor()
  })

  test('one’s own number and code are at hand, and no page complained', async () => {
    await page('binh').getByRole('button', { name: /^Điểm danh của bạn/u }).click()
    const number = (await hub.hub.hosts.view(meetingId, 'binh'))?.numbers.binh as string
    await page('binh').getByRole('img', { name: `Mã QR điểm danh, số ${number}` }).waitFor()
    for (const name of ['secretary', 'technician', 'binh', 'chi'] as const) {
      expect((await axeFindings(page(name))).filter(isSerious).map(inWords), name).toEqual([])
    }
    for (const [name, { complaints, strangers }] of screens) {
      // A line that was cut complains of it.
      expect(complaints.filter((text) => !/ERR_|WebSocket/u.test(text)), name).toEqual([])
      expect(strangers, name).toEqual([])
    }
  })
})
