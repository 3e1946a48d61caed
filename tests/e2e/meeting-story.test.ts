import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoPapers, type DemoPaperName } from '../../server/demo/papers.ts'
import { launchBrowser } from '../support/browser.ts'
import { startHub, testPassword, type TestHub } from '../support/hub.ts'
import { agendaTitles, chooseFiles, dragAbove, fillItem, fillTimes, itemCard, pick, select } from '../support/e2e/office.ts'
import { pageNumber, reading, isPainted, turnTo } from '../support/e2e/reading.ts'
import { eventually, Screen, type Device } from '../support/e2e/screens.ts'
import { clientDir, tellInOrder } from '../support/e2e/story.ts'
import { ballotIs, castBallot, declareAtSite, declareInRoom, enterMeeting, startItem, strip, turnout } from '../support/e2e/taking-part.ts'

const title = 'Phiên họp giao ban UBND tỉnh tháng 11'
const site = { name: 'Điểm cầu xã Giồng Ông', inWords: 'điểm cầu xã Giồng Ông' }
const opening = 'Phát biểu khai mạc'
const report = 'Báo cáo tình hình kinh tế - xã hội'
const policy = 'Chính sách hỗ trợ chuyển đổi số cấp xã'
const remarks = 'Ý kiến từ các điểm cầu'
const staff = 'Quy hoạch nhân sự chủ chốt'
const question = 'Thông qua dự thảo Nghị quyết về chính sách hỗ trợ chuyển đổi số cấp xã'
const resultSentence = 'Thông qua: 3/4 tán thành, quá nửa tổng số thành viên.'
const secretaryPassword = 'Mùa nước nổi lên đồng 7'

const people = {
  chair: 'Trần Hoàng Giả Định', ha: 'Bùi Thị Thu Hà', tue: 'Ngô Quang Tuệ', dong: 'Trương Văn Đồng', wall: 'Vương Nhật Quang', secretary: 'Phạm Đức Thử Nghiệm',
}
const paper = (name: DemoPaperName) => ({ name: demoPapers[name].name, buffer: readFileSync(new URL(`../../server/demo/papers/${demoPapers[name].file}`, import.meta.url)) })
const titleOf = (name: DemoPaperName) => demoPapers[name].name.replace(/\.pdf$/u, '')

describe('a meeting from the first administrator to its end', { timeout: 240_000 }, () => {
  const screens = new Map<string, Screen>()
  let browser: Browser
  let hub: TestHub
  let meetingId = ''

  const open = async (name: string, device: Device): Promise<Screen> => {
    const screen = await Screen.open(browser, hub.url, device)
    screens.set(name, screen)
    return screen
  }
  const page = (name: string) => {
    const screen = screens.get(name)
    if (!screen) throw new Error(`no screen ${name}`)
    return screen.page
  }
  const heard = (name: string) => screens.get(name)?.heard.join('\n') ?? ''

  beforeAll(async () => {
    hub = await startHub({ clientDir: await clientDir() })
    browser = await launchBrowser()
  }, 300_000)
  afterAll(async () => {
    await browser?.close()
    await hub?.stop()
  })
  tellInOrder(screens)

  test('on an empty hub the first page makes the first administrator', async () => {
    const { page } = await open('administrator', 'desk')
    await page.goto('/')
    await page.getByRole('heading', { name: 'Tạo quản trị viên đầu tiên' }).waitFor()
    await page.getByLabel('Họ và tên').fill('Tăng Thị Như Ý')
    await page.getByLabel('Chức vụ').fill('Quản trị hệ thống')
    await page.getByLabel('Tên đăng nhập').fill('quantri')
    await page.getByLabel('Mật khẩu', { exact: true }).fill(testPassword)
    await page.getByLabel('Nhập lại mật khẩu').fill(testPassword)
    await page.getByRole('button', { name: 'Tạo tài khoản và bắt đầu' }).click()
    await page.getByRole('heading', { name: 'Xin chào, Tăng Thị Như Ý' }).waitFor()
  })

  test('the administrator adds a site and the secretary, who gets a password for one use', async () => {
    const admin = page('administrator')
    await admin.goto('/administration/sites')
    await admin.getByRole('button', { name: 'Thêm điểm cầu' }).first().click()
    await admin.getByRole('dialog').getByLabel('Tên điểm cầu').fill(site.name)
    await admin.getByRole('dialog').getByRole('button', { name: 'Lưu' }).click()
    await admin.getByText(site.name).first().waitFor()

    await admin.getByRole('link', { name: 'Tài khoản' }).click()
    await admin.getByRole('button', { name: 'Thêm tài khoản' }).click()
    const dialog = admin.getByRole('dialog')
    await dialog.getByLabel('Họ và tên').fill(people.secretary)
    await dialog.getByLabel(/^Chức vụ/u).fill('Trưởng phòng Tổng hợp')
    await dialog.getByLabel('Tên đăng nhập').fill('thuky')
    await dialog.getByRole('checkbox', { name: /^Văn phòng: tạo và chuẩn bị cuộc họp/u }).click()
    await dialog.getByRole('button', { name: 'Lưu' }).click()
    const handedOut = admin.getByRole('dialog', { name: 'Mật khẩu dùng một lần' })
    const oneTime = (await handedOut.getByRole('code').textContent())?.trim() ?? ''
    expect(oneTime.length).toBeGreaterThan(8)
    await handedOut.getByRole('button', { name: 'Tôi đã trao mật khẩu' }).click()
    await admin.getByRole('button', { name: `Thao tác với ${people.secretary}` }).waitFor()

    for (const id of ['chair', 'ha', 'tue', 'dong', 'wall'] as const) await hub.addAccount({ id, name: people[id], position: 'Thành viên UBND tỉnh' })

    const { page: secretary } = await open('secretary', 'tablet')
    await secretary.goto('/')
    await screens.get('secretary')?.signIn('thuky', oneTime)
    await secretary.getByRole('heading', { name: 'Đặt mật khẩu của riêng bạn' }).waitFor()
    await secretary.getByLabel('Mật khẩu hiện tại').fill(oneTime)
    await secretary.getByLabel('Mật khẩu mới', { exact: true }).fill(secretaryPassword)
    await secretary.getByLabel('Nhập lại mật khẩu mới').fill(secretaryPassword)
    await secretary.getByRole('button', { name: 'Đổi mật khẩu' }).click()
    await secretary.getByRole('heading', { name: `Xin chào, ${people.secretary}` }).waitFor()
  })

  test('the secretary creates a meeting and invites its people', async () => {
    const secretary = page('secretary')
    await secretary.getByRole('link', { name: 'Tạo cuộc họp' }).first().click()
    await secretary.getByLabel('Tên cuộc họp').fill(title)
    await select(secretary, 'Hình thức', 'Phiên họp')
    await select(secretary, 'Theo quy chế của', 'Ủy ban nhân dân')
    await fillTimes(secretary, Date.now())
    await secretary.getByLabel(/^Địa điểm/u).fill('Phòng họp số 1')
    await pick(secretary, /^Chủ trì/u, 'gia dinh', people.chair)
    await secretary.getByRole('checkbox', { name: site.name }).click()
    await secretary.getByRole('button', { name: 'Tạo cuộc họp' }).click()
    await secretary.getByRole('heading', { level: 1, name: title }).waitFor()
    meetingId = /meetings\/([^/]+)\/prepare/u.exec(secretary.url())?.[1] ?? ''
    expect(meetingId).not.toBe('')

    await secretary.getByRole('tab', { name: /^Thành phần/u }).click()
    await secretary.getByRole('button', { name: 'Mời người dự' }).click()
    const dialog = secretary.getByRole('dialog', { name: 'Mời người dự họp' })
    for (const name of [people.ha, people.tue, people.dong]) await dialog.getByRole('checkbox', { name }).click()
    await dialog.getByRole('button', { name: 'Mời 3 người' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await secretary.getByRole('button', { name: 'Mời người dự' }).click()
    await dialog.getByRole('checkbox', { name: people.wall }).click()
    await select(dialog, 'Vai trò của những người được chọn', 'Cán bộ kỹ thuật')
    await dialog.getByRole('button', { name: 'Mời 1 người' }).click()
    await secretary.getByText('6 người · 4 người có quyền biểu quyết').waitFor()
  })

  test('the agenda has a sub-item and a confidential item, and is put in order by mouse and by keyboard', async () => {
    const secretary = page('secretary')
    await secretary.getByRole('tab', { name: /^Chương trình và tài liệu/u }).click()
    await secretary.getByRole('button', { name: 'Thêm nội dung đầu tiên' }).click()
    await fillItem(secretary, { title: report, minutes: 30, presenter: people.ha })
    await secretary.getByRole('button', { name: 'Lưu và thêm tiếp' }).click()
    await eventually(() => secretary.getByRole('dialog').getByLabel('Nội dung', { exact: true }).inputValue()).toBe('')
    await fillItem(secretary, { title: policy, minutes: 45 })
    await secretary.getByRole('button', { name: 'Lưu và thêm tiếp' }).click()
    await eventually(() => secretary.getByRole('dialog').getByLabel('Nội dung', { exact: true }).inputValue()).toBe('')
    await fillItem(secretary, { title: opening, minutes: 10 })
    await secretary.getByRole('button', { name: 'Lưu', exact: true }).click()
    await secretary.getByRole('dialog').waitFor({ state: 'hidden' })
    // By mouse: the opening to the top.
    await dragAbove(secretary, opening, report)
    await eventually(() => agendaTitles(secretary)).toEqual([opening, report, policy])

    await secretary.getByRole('button', { name: 'Thêm nội dung', exact: true }).click()
    await fillItem(secretary, { title: staff, minutes: 15, confidentialFor: [people.ha] })
    await secretary.getByRole('button', { name: 'Lưu', exact: true }).click()
    await secretary.getByRole('dialog').waitFor({ state: 'hidden' })
    await itemCard(secretary, staff).getByText('Được xem: 1 người').waitFor()

    await itemCard(secretary, policy).getByRole('button', { name: /^Thao tác với nội dung/u }).click()
    await secretary.getByRole('menuitem', { name: 'Thêm nội dung con' }).click()
    await secretary.getByRole('dialog', { name: `Nội dung con của “${policy}”` }).waitFor()
    await fillItem(secretary, { title: remarks })
    await secretary.getByRole('button', { name: 'Lưu', exact: true }).click()
    await eventually(() => agendaTitles(secretary)).toEqual([opening, report, policy, remarks, staff])

    // By keyboard: the policy with what is below it before the report, and back; the focus goes along.
    await itemCard(secretary, policy).getByRole('button', { name: /^Kéo để di chuyển/u }).focus()
    await secretary.keyboard.press('Alt+ArrowUp')
    await eventually(() => agendaTitles(secretary)).toEqual([opening, policy, remarks, report, staff])
    await secretary.getByRole('status').filter({ hasText: `“${policy}” nay là nội dung 2.` }).waitFor()
    await secretary.keyboard.press('Alt+ArrowDown')
    await eventually(() => agendaTitles(secretary)).toEqual([opening, report, policy, remarks, staff])
  })

  test('papers go up several at once with their progress; what is no paper, or a secret, is refused with the reason', async () => {
    const secretary = page('secretary')
    const held = Promise.withResolvers<void>()
    await secretary.route('**/uploads/**', async route => {
      await held.promise
      await route.continue()
    })
    await chooseFiles(secretary, report, [
      paper('report'), paper('slides'),
      { name: 'Tờ trình.pdf', buffer: Buffer.from('<!doctype html><title>Tờ trình</title>') },
      { name: 'Kế hoạch (MẬT).pdf', buffer: paper('opinionForm').buffer },
    ])
    const card = itemCard(secretary, report)
    await card.getByRole('progressbar', { name: new RegExp(`^${demoPapers.report.name.replaceAll('.', '\\.')}`, 'u') }).waitFor()
    expect(await card.getByRole('progressbar').count()).toBeGreaterThanOrEqual(2)
    held.resolve()
    await card.getByRole('alert').filter({ hasText: 'Nội dung tệp không phải loại tài liệu nhận được.' }).waitFor()
    await card.getByRole('alert').filter({ hasText: 'Tài liệu có dấu độ mật MẬT.' }).waitFor()
    await card.getByRole('button', { name: `Thao tác với tài liệu “${titleOf('report')}”` }).waitFor()
    await card.getByRole('button', { name: `Thao tác với tài liệu “${titleOf('slides')}”` }).waitFor()
    await card.getByRole('button', { name: 'Bỏ tệp này' }).first().click()
    await card.getByRole('button', { name: 'Bỏ tệp này' }).click()
    await eventually(() => card.getByRole('alert').count()).toBe(0)

    await chooseFiles(secretary, policy, [paper('submission'), paper('draftResolution')])
    await chooseFiles(secretary, staff, [paper('opinionForm')])
    await itemCard(secretary, policy).getByRole('button', { name: `Thao tác với tài liệu “${titleOf('draftResolution')}”` }).waitFor()
    await itemCard(secretary, staff).getByRole('button', { name: `Thao tác với tài liệu “${titleOf('opinionForm')}”` }).waitFor()
    expect(await secretary.getByRole('button', { name: /^Thao tác với tài liệu/u }).count()).toBe(5)
  })

  test('it is published, and serves as the model of the next', async () => {
    const secretary = page('secretary')
    await secretary.getByRole('button', { name: 'Phát hành' }).click()
    const asked = secretary.getByRole('alertdialog', { name: 'Phát hành cuộc họp?' })
    await asked.getByText('Tất cả 6 người').waitFor()
    await asked.getByRole('button', { name: 'Phát hành' }).click()
    await secretary.getByText('Đã lên lịch', { exact: true }).waitFor()

    await secretary.getByRole('link', { name: 'Lịch họp' }).click()
    await secretary.getByRole('button', { name: `Thao tác với “${title}”` }).click()
    await secretary.getByRole('menuitem', { name: 'Sao chép làm mẫu' }).click()
    const dialog = secretary.getByRole('dialog', { name: 'Sao chép làm mẫu' })
    await dialog.getByLabel('Tên cuộc họp').fill('Phiên họp giao ban UBND tỉnh tháng 12')
    await dialog.getByRole('button', { name: 'Tạo bản sao' }).click()
    await secretary.getByRole('heading', { level: 1, name: 'Phiên họp giao ban UBND tỉnh tháng 12' }).waitFor()
    await eventually(() => agendaTitles(secretary)).toEqual([opening, report, policy, remarks, staff])
    expect(await secretary.getByRole('button', { name: /^Thao tác với tài liệu/u }).count()).toBe(0)
    expect(await secretary.getByText('Đang soạn', { exact: true }).count()).toBe(1)
  })

  test('everyone signs in, finds the meeting on top, enters and is counted present, in the room or from a site', async () => {
    const tue = await open('tue', 'portrait')
    await tue.page.goto('/')
    await tue.signIn('tue', 'không phải mật khẩu này')
    await tue.page.getByRole('alert').filter({ hasText: 'mật khẩu' }).waitFor()
    await tue.signIn('tue', testPassword)
    await enterMeeting(tue.page, title)
    await tue.page.getByRole('heading', { name: 'Cuộc họp chưa khai mạc' }).waitFor()
    await declareInRoom(tue.page)

    for (const [name, device] of [['ha', 'tablet'], ['dong', 'phone'], ['chair', 'desk']] as const) {
      const screen = await open(name, device)
      await screen.page.goto('/')
      await screen.signIn(name, testPassword)
      await enterMeeting(screen.page, title)
      if (name === 'dong') await declareAtSite(screen.page, site.inWords)
      else await declareInRoom(screen.page)
    }
    const wall = await open('wall', 'wall')
    await wall.page.goto(`/meetings/${meetingId}/projector`)
    await wall.signIn('wall', testPassword)
    await wall.page.getByRole('heading', { name: 'Kính chào quý đại biểu' }).waitFor()
  })

  test('the chair opens the meeting and presents; all three delegates and the wall are on the page the chair turns to', async () => {
    const chair = page('chair')
    await strip(chair).getByRole('button', { name: 'Khai mạc' }).click()
    const asked = chair.getByRole('alertdialog', { name: 'Khai mạc cuộc họp?' })
    await asked.getByText('Có mặt 4/4. Đủ túc số (cần 3).').waitFor()
    await asked.getByRole('button', { name: 'Khai mạc' }).click()
    await startItem(chair, '2')
    for (const name of ['ha', 'tue', 'dong']) await page(name).getByRole('heading', { name: report }).first().waitFor()
    await page('wall').getByRole('heading', { name: report }).waitFor()

    await chair.getByRole('button', { name: `Trình chiếu “${titleOf('report')}”` }).first().click()
    await reading(chair, 1)
    for (const number of [1, 5]) {
      if (number > 1) await turnTo(chair, number)
      for (const name of ['ha', 'tue', 'dong']) await reading(page(name), number)
      await eventually(() => isPainted(page('wall'), number)).toBe(true)
    }
  })

  test('who turns a page by hand reads on alone and comes back with one tap; a late tablet is told the truth at once', async () => {
    const [chair, tue] = [page('chair'), page('tue')]
    await turnTo(tue, 2)
    await reading(tue, 2)
    await turnTo(chair, 7)
    await reading(page('ha'), 7)
    await eventually(() => tue.getByRole('button', { name: 'Về trang đang trình chiếu (tr. 7)' }).isVisible()).toBe(true)
    expect(await pageNumber(tue)).toBe('2')
    await tue.getByRole('button', { name: 'Về trang đang trình chiếu (tr. 7)' }).click()
    await reading(tue, 7)
    await turnTo(chair, 8)
    await reading(tue, 8)

    const late = await open('ha, second tablet', 'tablet')
    await late.enterAs('ha', testPassword)
    await late.page.goto(`/meetings/${meetingId}`)
    await reading(late.page, 8)
    await late.page.getByRole('article').filter({ hasText: 'Đang tiến hành' }).getByRole('heading', { name: report }).waitFor()
  })

  test('a confidential item is a pause for those without access, and its title never reaches their screens', async () => {
    await startItem(page('chair'), 'K1')
    await page('ha').getByRole('heading', { name: staff }).first().waitFor()
    for (const name of ['tue', 'dong', 'wall']) await page(name).getByRole('heading', { name: 'Tạm dừng' }).waitFor()
    const papers = Object.values((await hub.hub.hosts.find(meetingId))?.state.papers ?? {})
    const file = `/api/meetings/${meetingId}/papers/${papers.find(({ name }) => name === demoPapers.opinionForm.name)?.paperId}/file`
    expect((await screens.get('ha')?.context.request.get(file))?.status()).toBe(200)
    expect((await screens.get('tue')?.context.request.get(file))?.status()).toBe(404)
    expect(heard('ha')).toContain(staff)
    for (const name of ['tue', 'dong', 'wall']) {
      expect(await page(name).content()).not.toContain(staff)
      expect(heard(name)).not.toContain(staff)
      expect(heard(name)).not.toContain(titleOf('opinionForm'))
    }
    await startItem(page('chair'), '3')
    for (const name of ['ha', 'tue', 'dong', 'wall']) await page(name).getByRole('heading', { name: policy }).first().waitFor()
  })

  test('a named vote: drafted, opened with its quorum, cast in two steps, closed; one sentence on every screen', async () => {
    const chair = page('chair')
    await strip(chair).getByRole('button', { name: 'Biểu quyết' }).click()
    const panel = chair.getByRole('complementary', { name: 'Điều hành' })
    await panel.getByRole('button', { name: 'Soạn biểu quyết mới' }).click()
    await panel.getByLabel('Nội dung biểu quyết').fill(question)
    expect(await panel.getByRole('radio', { name: /^Quá nửa tổng số thành viên Ủy ban nhân dân/u }).getAttribute('aria-checked')).toBe('true')
    await panel.getByRole('button', { name: 'Lưu' }).click()
    await panel.getByText('Có mặt 4/4 · đủ túc số (cần 3)').waitFor()
    await panel.getByRole('button', { name: 'Mở biểu quyết' }).click()

    await page('wall').getByRole('heading', { name: question }).waitFor()
    await page('wall').getByText(turnout(0, 4)).waitFor()
    await castBallot(page('ha'), 'Tán thành')
    // Her other tablet knows that she has voted, and offers no second ballot.
    await ballotIs(page('ha, second tablet'), 'Tán thành')
    expect(await page('ha, second tablet').getByRole('radio', { name: 'Tán thành', exact: true }).count()).toBe(0)
    await castBallot(page('tue'), 'Không tán thành')
    await castBallot(page('dong'), 'Tán thành')
    await page('wall').getByText(turnout(3, 4)).waitFor()
    // Who voted how is nobody's business before the end.
    expect(heard('wall')).not.toMatch(/"choice"/u)
    await castBallot(chair, 'Tán thành')
    await chair.getByText(turnout(4, 4)).first().waitFor()

    await chair.getByRole('button', { name: 'Kết thúc biểu quyết' }).first().click()
    const asked = chair.getByRole('alertdialog', { name: 'Kết thúc biểu quyết?' })
    await asked.getByText('Đã có 4/4 người gửi phiếu').waitFor()
    await asked.getByRole('button', { name: 'Kết thúc biểu quyết' }).click()
    for (const name of ['chair', 'ha', 'ha, second tablet', 'tue', 'dong', 'wall']) await page(name).getByText(resultSentence).first().waitFor()
    // Everyone's vote by name, in the order of given names.
    await eventually(async () => (await page('wall').getByRole('listitem').allTextContents()).filter(text => Object.values(people).includes(text.trim())))
      .toEqual([people.chair, people.dong, people.ha, people.tue])
    expect(await page('wall').getByRole('img', { name: 'Không tán thành' }).count()).toBe(1)
    await chair.getByRole('button', { name: 'Thu gọn biểu quyết' }).click()
  })

  test('recess and resuming are seen everywhere', async () => {
    const chair = page('chair')
    await strip(chair).getByRole('button', { name: 'Giải lao' }).click()
    for (const name of ['ha', 'wall']) await page(name).getByRole('heading', { name: 'Đang giải lao' }).waitFor()
    await strip(chair).getByRole('button', { name: 'Họp tiếp' }).click()
    for (const name of ['ha', 'dong']) await page(name).getByRole('heading', { name: policy }).first().waitFor()
  })

  test('who is taken off the list is shown out with the reason; who signs out is cut off within a second', async () => {
    const secretary = page('secretary')
    await secretary.goto(`/meetings/${meetingId}/prepare`)
    await secretary.getByRole('tab', { name: /^Thành phần/u }).click()
    await secretary.getByRole('button', { name: `Thao tác với ${people.tue}` }).click()
    await secretary.getByRole('menuitem', { name: 'Đưa ra khỏi thành phần' }).click()
    await secretary.getByRole('alertdialog').getByRole('button', { name: 'Đưa ra khỏi thành phần' }).click()
    await page('tue').getByRole('heading', { name: 'Không vào được cuộc họp' }).waitFor()
    await page('tue').getByText('Bạn không còn trong thành phần tham dự cuộc họp này.').waitFor()
    await eventually(() => screens.get('tue')?.lines.open).toBe(0)

    const second = screens.get('ha, second tablet')
    if (!second) throw new Error('no second tablet')
    const home = await second.context.newPage()
    await home.goto('/')
    await home.getByRole('button', { name: people.ha }).click()
    expect(second.lines.open).toBe(1)
    const answered = home.waitForResponse(response => response.request().method() === 'DELETE' && response.url().endsWith('/api/session')).then(() => performance.now())
    await home.getByRole('menuitem', { name: 'Đăng xuất' }).click()
    const at = await answered
    await eventually(() => second.lines.open).toBe(0)
    console.log(`the signed-out tablet's line was closed ${Math.round(second.lines.closedAt - at)} ms after the answer to the sign-out`)
    expect(second.lines.closedAt - at).toBeLessThan(1000)
    await second.page.getByRole('button', { name: 'Đăng nhập' }).waitFor()
    // Her first tablet is a session of its own.
    expect(screens.get('ha')?.lines.open).toBe(1)
  })

  test('the last item is finished and the meeting ends; its papers and result stay', async () => {
    const chair = page('chair')
    await chair.getByRole('navigation', { name: 'Chương trình' }).getByRole('button', { name: 'Thao tác với nội dung 3', exact: true }).click()
    await chair.getByRole('menuitem', { name: 'Kết thúc nội dung này' }).click()
    await page('ha').getByRole('heading', { name: 'Đang chờ nội dung tiếp theo' }).waitFor()
    await strip(chair).getByRole('button', { name: 'Thao tác khác' }).click()
    await chair.getByRole('menuitem', { name: 'Kết thúc cuộc họp' }).click()
    await chair.getByRole('alertdialog', { name: 'Kết thúc cuộc họp?' }).getByRole('button', { name: 'Kết thúc cuộc họp' }).click()
    for (const name of ['ha', 'dong', 'wall']) await page(name).getByRole('heading', { name: 'Cuộc họp đã kết thúc' }).waitFor()
    for (const name of ['tue', 'dong', 'wall']) expect(heard(name)).not.toContain(staff)
    for (const [name, { complaints, strangers }] of screens) {
      // A browser writes down every refusal: the wrong password, the files that were no papers.
      const uncalledFor = complaints.filter(text => !/the server responded with a status of (?:401|422)/u.test(text))
      expect({ name, uncalledFor, strangers }).toEqual({ name, uncalledFor: [], strangers: [] })
    }
  })
})
