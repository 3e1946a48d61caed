import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { axeFindings, inWords, isSerious } from '../support/e2e/axe.ts'
import { iceNames, mediaFlags, received, until, watchMedia } from '../support/e2e/media.ts'
import { eventually, Screen, type Device } from '../support/e2e/screens.ts'
import { clientDir, tellInOrder } from '../support/e2e/story.ts'
import { testPassword } from '../support/hub.ts'
import { dataOf, type Hall, type HallMeeting } from '../support/live/hall.ts'
import { videoHall, workerPids } from '../support/media/screen.ts'
import { presentWorker } from '../support/media/worker.ts'

const present = await presentWorker()

describe.skipIf('missing' in present)('a meeting over two sites and a delegate’s tablet, with real cameras of Chromium', { timeout: 240_000 }, () => {
  const screens = new Map<string, Screen>()
  let browser: Browser
  let hall: Hall
  let meeting: HallMeeting
  let code = ''
  let entryId = ''

  async function open(who: string, personId: string, device: Device, path: string): Promise<Page> {
    const screen = await Screen.open(browser, hall.url, device)
    screens.set(who, screen)
    await watchMedia(screen.page)
    await screen.enterAs(personId, testPassword)
    await screen.page.goto(`/meetings/${meeting.meetingId}${path}`)
    return screen.page
  }
  const page = (who: string): Page => {
    const screen = screens.get(who)
    if (!screen) throw new Error(`no screen ${who}`)
    return screen.page
  }
  const row = (site: string) => page('console').getByRole('row', { name: new RegExp(`Điểm cầu ${site}`, 'u') })
  const tile = (who: string, peerId: string) => page(who).locator(`figure[data-peer="${peerId}"] video`).first()
  const plays = (who: string, peerId: string) => eventually(() => tile(who, peerId).evaluate((video: HTMLVideoElement) => video.videoWidth).catch(() => 0)).toBeGreaterThan(0)
  /** Some two seconds of pictures more. */
  const comesMore = async (who: string) => {
    const { framesDecoded } = await received(page(who))
    await until(page(who), (now) => now.framesDecoded > framesDecoded + 40)
  }

  beforeAll(async () => {
    hall = await videoHall({ clientDir: await clientDir(), config: { cameraNetworks: ['127.0.0.1'] } })
    meeting = await hall.draft()
    await meeting.do('secretary', 'meeting:publish', {})
    browser = await launchBrowser(mediaFlags)
  })
  afterAll(async () => {
    await browser?.close()
    await hall?.close()
  })
  tellInOrder(screens)

  test('the technicians’ page names every site with the code of its room', async () => {
    await open('console', 'technician', 'desk', '/bridge')
    await row('site-1').getByText(/\d{4} \d{4}/u).waitFor()
    code = (await row('site-1').locator('b').first().textContent() ?? '').replace(' ', '')
    expect(code).toMatch(/^\d{8}$/u)
    expect((await axeFindings(page('console'))).filter(isSerious).map(inWords)).toEqual([])
  })

  test('a room is connected by its code, typed once, and tested: heard, hearing, seen, picture back, line measured', async () => {
    const room = await open('room1', 'technician', 'desk', '/room')
    await room.getByLabel('Mã phòng').fill('11111111')
    await room.getByRole('button', { name: 'Nối vào cầu truyền hình' }).click()
    await room.getByText('Mã điểm cầu không đúng.').first().waitFor()
    await room.getByLabel('Mã phòng').fill(code)
    await room.getByRole('button', { name: 'Nối vào cầu truyền hình' }).click()
    await room.getByRole('button', { name: 'Kiểm tra phòng' }).click()
    await room.getByRole('button', { name: 'Phát chuông' }).click()
    await room.getByRole('button', { name: 'Nghe rõ' }).click()
    for (const part of ['microphone', 'camera', 'pictureBack']) await room.locator(`li[data-part="${part}"][data-state="true"]`).waitFor()
    expect((await axeFindings(room)).filter(isSerious).map(inWords)).toEqual([])
    await room.getByRole('button', { name: 'Ghi kết quả kiểm tra' }).click()
    await row('site-1').getByText('Đạt: micrô, loa, camera, hình trả về').waitFor()
    await room.getByRole('button', { name: 'Báo sẵn sàng' }).click()
    await row('site-1').getByText('Sẵn sàng').waitFor()
    await row('site-1').getByText(/Gửi [\d,]+\s[kM]bit\/s, nhận [\d,]+\s[kM]bit\/s/u).waitFor()
  })

  test('when the meeting is opened the site takes part by itself; another one comes by a link', async () => {
    await meeting.do('chair', 'meeting:open', {})
    await meeting.do('binh', 'attendance:declare', { presence: 'atSite', siteId: 'site-1' })
    await meeting.do('chi', 'attendance:declare', { presence: 'atSite', siteId: 'site-2' })
    await meeting.do('an', 'attendance:declare', { presence: 'inRoom' })
    await row('site-1').getByText('Đang họp').waitFor()
    const link = await row('site-2').locator('b').first().textContent()
    await open('room2', 'secretary', 'desk', `/room#code=${(link ?? '').replace(' ', '')}`)
    await plays('room2', 'room-site-1')
    await plays('room1', 'room-site-2')
  })

  test('a delegate joins from his tablet; the floor brings the speaker’s picture and voice to all', async () => {
    const tablet = await open('an', 'an', 'tablet', '')
    await tablet.getByRole('button', { name: 'Vào cầu truyền hình' }).click()
    await tablet.getByRole('dialog').getByRole('button', { name: 'Vào cầu truyền hình' }).click()
    await tablet.getByRole('complementary', { name: 'Cầu truyền hình' }).waitFor()
    expect((await received(tablet)).audioEnergy).toBe(0)
    entryId = dataOf(await meeting.do('binh', 'floor:request', { kind: 'speech' }), 'floor.requested').entryId
    // Connected in advance, and heard by nobody.
    await page('room1').getByText('Sắp đến lượt, micrô đã sẵn sàng').waitFor()
    expect((await received(page('room2'))).audioEnergy).toBe(0)
    const began = performance.now()
    await meeting.do('chair', 'floor:give', { entryId })
    await until(page('room2'), ({ audioEnergy }) => audioEnergy > 0)
    console.log(`“floor given” to sound heard at the far site: ${Math.round(performance.now() - began)} ms, the microphone’s beeps come once a second`)
    await until(tablet, ({ audioEnergy }) => audioEnergy > 0)
    await plays('an', 'room-site-1')
    await page('room1').getByText('Micrô đang mở').waitFor()
    await eventually(() => page('room2').getByText(/Nguyễn Văn binh/u).count()).toBeGreaterThan(0)
  })

  test('the chair’s mute silences the room, and only it', async () => {
    await meeting.do('chair', 'stage:order', { kind: 'mute', place: { siteId: 'site-1' }, on: true })
    await page('room1').getByText('Đang nghe').waitFor()
    const { audioEnergy } = await received(page('room2'))
    await comesMore('room2')
    expect((await received(page('room2'))).audioEnergy).toBeLessThanOrEqual(audioEnergy + 0.001)
    await meeting.do('chair', 'stage:order', { kind: 'mute', place: { siteId: 'site-1' }, on: false })
    await page('room1').getByText('Micrô đang mở').waitFor()
  })

  test('a network that changes is answered by an ICE restart: the picture goes on', async () => {
    const before = await iceNames(page('room2'))
    await page('room2').evaluate(() => dispatchEvent(new Event('online')))
    await eventually(async () => (await iceNames(page('room2'))).some((name) => !before.includes(name))).toBe(true)
    await comesMore('room2')
  })

  test('a page that is loaded anew is back in its room, without its code being typed', async () => {
    await page('room1').reload()
    await page('room1').getByText('Micrô đang mở').waitFor()
    await plays('room2', 'room-site-1')
    await comesMore('room2')
  })

  test('the floor taken back closes the microphone', async () => {
    await meeting.do('chair', 'floor:end', { entryId })
    await page('room1').getByText('Đang nghe').waitFor()
  })

  test('who has the floor shares his screen: it stands large on every screen until he ends it', async () => {
    await meeting.do('chair', 'floor:invite', { personId: 'an' })
    await page('an').getByText('Micrô đang mở').waitFor()
    await page('an').getByRole('button', { name: 'Chia sẻ màn hình' }).click()
    const shared = page('room2').locator('figure[data-source="screen"]')
    await eventually(() => shared.locator('video').evaluate((video: HTMLVideoElement) => video.videoWidth).catch(() => 0)).toBeGreaterThan(0)
    await page('an').getByRole('button', { name: 'Dừng chia sẻ màn hình' }).click()
    await shared.waitFor({ state: 'detached' })
  })

  test('a technician asks a room for sound only, and writes to it', async () => {
    const menu = async (choice: string) => {
      await row('site-1').getByRole('button', { name: /^Điều khiển/u }).click()
      await page('console').getByRole('menuitem', { name: choice }).click()
    }
    await menu('Chỉ dùng tiếng')
    await page('room1').getByText('Chỉ nghe tiếng', { exact: true }).waitFor()
    await page('room2').locator('figure[data-peer="room-site-1"]').waitFor({ state: 'detached' })
    await menu('Dùng lại cả hình')
    await page('room2').locator('figure[data-peer="room-site-1"]').waitFor()
    await menu('Nhắn kỹ thuật viên…')
    await page('console').getByLabel('Lời nhắn').fill('Xin chỉnh lại camera.')
    await page('console').getByRole('button', { name: 'Gửi', exact: true }).click()
    await page('room1').getByText(/Xin chỉnh lại camera\./u).first().waitFor()
  })

  test('a technician makes a token for other equipment, which is shown once, and takes it back; a camera is added by its address and stopped', async () => {
    await row('site-1').getByRole('button', { name: /^Điều khiển/u }).click()
    await page('console').getByRole('menuitem', { name: /^Thiết bị khác/u }).click()
    const dialog = page('console').getByRole('dialog')
    await dialog.getByText('Chưa có mã kết nối nào.').waitFor()
    await dialog.getByRole('button', { name: 'Tạo mã kết nối' }).click()
    await dialog.getByText(`${hall.url}/whip/${meeting.meetingId}/site-1`).waitFor()
    expect(await dialog.locator('code').last().textContent()).toMatch(/^[A-Za-z0-9_-]{43}$/u)
    expect((await axeFindings(page('console'))).filter(isSerious).map(inWords)).toEqual([])
    if (process.env['PICTURES_TO']) await page('console').screenshot({ path: `${process.env['PICTURES_TO']}/doors.png` })
    await dialog.getByRole('button', { name: 'Thu hồi mã' }).click()
    await dialog.getByText('Chưa có mã kết nối nào.').waitFor()
    await dialog.getByLabel('Địa chỉ camera').fill('rtsp://admin:bimat@127.0.0.1:9/live')
    await dialog.getByRole('button', { name: 'Thêm camera' }).click()
    await dialog.getByText('127.0.0.1:9/live').waitFor()
    await dialog.getByText('Không kết nối được với camera. Hãy kiểm tra địa chỉ, cổng và mạng.').waitFor()
    expect(await dialog.textContent()).not.toContain('bimat')
    expect((await axeFindings(page('console'))).filter(isSerious).map(inWords)).toEqual([])
    if (process.env['PICTURES_TO']) await page('console').screenshot({ path: `${process.env['PICTURES_TO']}/camera.png` })
    await dialog.getByRole('button', { name: 'Ngừng lấy hình camera 127.0.0.1:9/live' }).click()
    await dialog.getByText('127.0.0.1:9/live').waitFor({ state: 'detached' })
    await dialog.getByRole('button', { name: 'Đóng' }).first().click()
  })

  test('the bridge over the middle of the page: stage, gallery, all alike', async () => {
    await page('an').getByRole('button', { name: 'Phóng to cầu truyền hình' }).click()
    const whole = page('an').getByRole('region', { name: 'Cầu truyền hình' })
    await whole.getByRole('radio', { name: 'Đều nhau' }).click()
    await eventually(() => whole.locator('figure').count()).toBe(3)
    expect((await axeFindings(page('an'))).filter(isSerious).map(inWords)).toEqual([])
    if (process.env['PICTURES_TO']) for (const [who, { page: shown }] of screens) await shown.screenshot({ path: `${process.env['PICTURES_TO']}/${who}.png` })
    await whole.getByRole('button', { name: 'Thu nhỏ vào góc' }).click()
  })

  test('a room with one screen has what the meeting is at beside the speaker', async () => {
    const room = page('room1')
    await meeting.do('chair', 'agenda:startItem', { itemId: meeting.item })
    await room.getByRole('radio', { name: 'Kèm tài liệu' }).click()
    await room.locator('[data-board]').getByText('Tình hình kinh tế - xã hội').first().waitFor()
    const { entryId: asked } = dataOf(await meeting.do('chi', 'floor:request', { kind: 'speech' }), 'floor.requested')
    await meeting.do('chair', 'floor:give', { entryId: asked })
    await plays('room1', 'room-site-2')
    await comesMore('room1')
    const voteId = await meeting.openVote()
    await room.locator('[data-board]').getByText('Đang biểu quyết').first().waitFor()
    expect((await axeFindings(room)).filter(isSerious).map(inWords)).toEqual([])
    if (process.env['PICTURES_TO']) await room.screenshot({ path: `${process.env['PICTURES_TO']}/board.png` })
    await meeting.do('chair', 'votes:cancel', { voteId, reason: 'Nhầm' })
    await room.getByRole('radio', { name: 'Kèm các điểm' }).click()
  })

  test('a worker that dies costs a moment of picture and nothing else', async () => {
    const before = (await meeting.log()).length
    const old = await iceNames(page('room2'))
    for (const pid of workerPids()) process.kill(pid, 'SIGKILL')
    const began = performance.now()
    await eventually(async () => (await iceNames(page('room2'))).filter((name) => !old.includes(name)).length).toBe(2)
    await until(page('room2'), ({ framesDecoded }) => framesDecoded > 0)
    console.log(`picture back at a site after all workers were killed: ${Math.round(performance.now() - began)} ms`)
    await comesMore('room2')
    expect((await meeting.log()).length - before).toBeLessThanOrEqual(1)
    for (const [who, { complaints }] of screens) expect(complaints.filter((one) => one.startsWith('uncaught')), who).toEqual([])
  })
})
