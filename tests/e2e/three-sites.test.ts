import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { theHub } from '../../server/directory/actor.ts'
import type { TechnicianAct } from '../../shared/contracts/media.ts'
import { launchBrowser } from '../support/browser.ts'
import { iceNames, mediaFlags, received, until, watchMedia } from '../support/e2e/media.ts'
import { eventually, Screen, type Device } from '../support/e2e/screens.ts'
import { clientDir, tellInOrder } from '../support/e2e/story.ts'
import { testPassword } from '../support/hub.ts'
import type { Hall, HallMeeting } from '../support/live/hall.ts'
import { MediaScreen, videoHall, workerPids } from '../support/media/screen.ts'
import { presentWorker } from '../support/media/worker.ts'

const present = await presentWorker()
const rooms = ['site-1', 'site-2', 'site-3'] as const
const accounts = { 'site-1': 'technician', 'site-2': 'secretary', 'site-3': 'observer' } as const
/** Three cameras on each machine; Chromium's second one measures depths, in 16 bits, and cannot be sent. */
const flags = mediaFlags.map((flag) => flag.replace('media-stream=', 'media-stream=device-count=3,'))

describe.skipIf('missing' in present)('three sites and a delegate, each in a browser of its own', { timeout: 180_000 }, () => {
  const screens = new Map<string, Screen>()
  /** What each page has asked of the hub, by name. */
  const asked: { who: string; text: string }[] = []
  let browser: Browser
  let hall: Hall
  let meeting: HallMeeting
  let technician: MediaScreen

  async function open(who: string, personId: string, device: Device, path: string): Promise<Page> {
    const screen = await Screen.open(browser, hall.url, device)
    screens.set(who, screen)
    await watchMedia(screen.page)
    screen.page.on('websocket', (socket) => socket.on('framesent', ({ payload }) => asked.push({ who, text: payload.toString() })))
    await screen.enterAs(personId, testPassword)
    await screen.page.goto(`/meetings/${meeting.meetingId}${path}`)
    return screen.page
  }
  const page = (who: string): Page => {
    const screen = screens.get(who)
    if (!screen) throw new Error(`no screen ${who}`)
    return screen.page
  }
  const picture = (who: string, peerId: string, source = 'camera') => page(who).locator(`figure[data-peer="${peerId}"]${source === 'camera' ? '' : `[data-source="${source}"]`} video`).first()
  const width = (who: string, peerId: string, source?: string) => picture(who, peerId, source).evaluate((video: HTMLVideoElement) => video.videoWidth).catch(() => 0)
  const plays = async (who: string, peerId: string, source?: string) => {
    await eventually(() => width(who, peerId, source)).toBeGreaterThan(0)
    const now = () => picture(who, peerId, source).evaluate((video: HTMLVideoElement) => video.currentTime).catch(() => 0)
    const before = await now()
    await eventually(now).not.toBe(before)
  }
  const sounds = async (who: string) => {
    const { audioEnergy } = await received(page(who))
    await until(page(who), (now) => now.audioEnergy > audioEnergy + 0.001)
  }
  /** Two beeps' time. */
  const silent = async (who: string) => {
    const { audioEnergy, framesDecoded } = await received(page(who))
    await until(page(who), (now) => now.framesDecoded > framesDecoded + 30)
    expect((await received(page(who))).audioEnergy).toBeLessThanOrEqual(audioEnergy + 0.001)
  }
  const others = (of: string) => [...rooms, 'an'].filter((one) => one !== of)
  const ask = (siteId: string, act: TechnicianAct) => technician.do('media:act', { peerId: `room-${siteId}`, act })
  const calm = () => { for (const [who, { complaints }] of screens) expect(complaints.filter((one) => one.startsWith('uncaught')), who).toEqual([]) }

  beforeAll(async () => {
    hall = await videoHall({ clientDir: await clientDir() })
    await hall.test.hub.directory.sites.add({ id: 'site-3', name: 'Điểm cầu site-3', shortName: '', order: 3 }, theHub)
    meeting = await hall.draft({ siteIds: rooms })
    await meeting.do('secretary', 'meeting:publish', {})
    await meeting.do('chair', 'meeting:open', {})
    await meeting.do('binh', 'attendance:declare', { presence: 'atSite', siteId: 'site-1' })
    await meeting.do('chi', 'attendance:declare', { presence: 'atSite', siteId: 'site-2' })
    await meeting.do('an', 'attendance:declare', { presence: 'inRoom' })
    technician = new MediaScreen(await hall.screen('technician', meeting.meetingId))
    browser = await launchBrowser(flags)
  })
  afterAll(async () => {
    await browser?.close()
    await hall?.close()
  })
  tellInOrder(screens)

  test('a room that is being tested comes back from workers that are killed one after the other, and complains of nothing', async () => {
    const { codes } = await technician.do('media:codes', {})
    await Promise.all(rooms.map((siteId) => open(siteId, accounts[siteId], 'desk', `/room#code=${codes.find((one) => one.siteId === siteId)?.code}`)))
    await plays('site-2', 'room-site-1')
    await page('site-3').getByRole('button', { name: 'Kiểm tra phòng' }).click()
    await page('site-3').locator('li[data-part="pictureBack"][data-state="true"]').waitFor()
    for (let kill = 0; kill < 4; kill += 1) {
      const old = await Promise.all(rooms.map((siteId) => iceNames(page(siteId))))
      for (const pid of workerPids()) process.kill(pid, 'SIGKILL')
      for (const [at, siteId] of rooms.entries()) await eventually(async () => (await iceNames(page(siteId))).filter((name) => !old[at]?.includes(name)).length).toBeGreaterThan(1)
    }
    await plays('site-2', 'room-site-1')
    await page('site-3').getByRole('button', { name: 'Về cầu truyền hình' }).click()
    calm()
  })

  test('three rooms and a delegate see each other in the gallery', async () => {
    const tablet = await open('an', 'an', 'tablet', '')
    await tablet.getByRole('button', { name: 'Vào cầu truyền hình' }).click()
    await tablet.getByRole('dialog').getByRole('button', { name: 'Vào cầu truyền hình' }).click()
    await tablet.getByRole('button', { name: 'Phóng to cầu truyền hình' }).click()
    await tablet.getByRole('radio', { name: 'Kèm các điểm' }).click()
    for (const siteId of rooms) await plays('an', `room-${siteId}`)
    for (const who of rooms) for (const siteId of rooms) if (siteId !== who) await plays(who, `room-${siteId}`)
  })

  test('the floor given: everybody hears, and sees the speaker large and the others small', async () => {
    await meeting.do('chair', 'floor:invite', { personId: 'binh' })
    await page('site-1').getByText('Micrô đang mở').waitFor()
    for (const who of others('site-1')) await sounds(who)
    for (const who of others('site-1')) await eventually(() => width(who, 'room-site-1')).toBeGreaterThanOrEqual(640)
    await eventually(() => width('site-3', 'room-site-2')).toBeLessThanOrEqual(320)
  })

  test('the chair’s mute silences the site for all, and its end lets it speak again', async () => {
    await meeting.do('chair', 'stage:order', { kind: 'mute', place: { siteId: 'site-1' }, on: true })
    await page('site-1').getByText('Đang nghe').waitFor()
    await Promise.all(others('site-1').map(silent))
    await meeting.do('chair', 'stage:order', { kind: 'mute', place: { siteId: 'site-1' }, on: false })
    await page('site-1').getByText('Micrô đang mở').waitFor()
    await sounds('site-3')
  })

  test('a second source, such as the machine with the slides, stands beside the camera of the room that speaks', async () => {
    await page('site-1').getByRole('button', { name: 'Camera, micrô và đường truyền' }).click()
    await page('site-1').getByRole('combobox', { name: 'Nguồn hình thứ hai' }).click()
    await page('site-1').getByRole('option').nth(3).click()
    await page('site-1').keyboard.press('Escape')
    for (const who of others('site-1')) await plays(who, 'room-site-1', 'second')
    expect(await width('site-2', 'room-site-1')).toBeGreaterThan(0)
  })

  test('what a technician asks of a room from afar is done: another camera, sound only, all again, media restarted, the page sent again, a message', async () => {
    const device = () => picture('site-2', 'room-site-2').evaluate((video: HTMLVideoElement) => (video.srcObject as MediaStream).getVideoTracks()[0]?.getSettings().deviceId).catch(() => undefined)
    const seen = [await device()]
    for (const _next of ['depths', 'a picture']) {
      await ask('site-2', 'changeCamera')
      await eventually(device).toSatisfy((now) => now !== undefined && !seen.includes(now))
      seen.push(await device())
    }
    await plays('site-3', 'room-site-2')

    await ask('site-2', 'audioOnly')
    await page('site-3').locator('figure[data-peer="room-site-2"]').waitFor({ state: 'detached' })
    await ask('site-2', 'allMedia')
    await plays('site-3', 'room-site-2')

    const old = await iceNames(page('site-2'))
    await ask('site-2', 'restartMedia')
    await eventually(async () => (await iceNames(page('site-2'))).filter((name) => !old.includes(name)).length).toBeGreaterThan(1)
    await plays('site-3', 'room-site-2')

    const joined = () => asked.filter(({ who, text }) => who === 'site-2' && text.includes('"meeting:join"')).length
    const joins = joined()
    await ask('site-2', 'resendPage')
    await eventually(joined).toBeGreaterThan(joins)

    await technician.do('media:tellTechnician', { siteId: 'site-2', text: 'Xin kiểm tra lại loa.' })
    await page('site-2').getByText(/Xin kiểm tra lại loa\./u).first().waitFor()
    expect(await page('site-3').getByText(/Xin kiểm tra lại loa\./u).count()).toBe(0)
  })

  test('the floor taken and given to the delegate: he is heard, and shares his screen', async () => {
    await meeting.do('chair', 'floor:invite', { personId: 'an' })
    await page('an').getByText('Micrô đang mở').first().waitFor()
    await page('site-1').getByText('Đang nghe').waitFor()
    for (const who of rooms) await sounds(who)
    await page('an').getByRole('button', { name: 'Chia sẻ màn hình' }).click()
    const shared = (who: string) => page(who).locator('figure[data-source="screen"] video').first().evaluate((video: HTMLVideoElement) => video.videoWidth).catch(() => 0)
    for (const who of rooms) await eventually(() => shared(who)).toBeGreaterThan(0)
    await page('an').getByRole('button', { name: 'Dừng chia sẻ màn hình' }).click()
    await page('site-3').locator('figure[data-source="screen"]').waitFor({ state: 'detached' })
  })

  test('a room loaded anew and a network that changes: both are back by themselves', async () => {
    await page('site-2').reload()
    const before = await iceNames(page('site-3'))
    await page('site-3').evaluate(() => dispatchEvent(new Event('online')))
    await eventually(async () => (await iceNames(page('site-3'))).some((name) => !before.includes(name))).toBe(true)
    await plays('site-3', 'room-site-2')
    await plays('site-2', 'room-site-3')
    await sounds('site-2')
    calm()
  })
})
