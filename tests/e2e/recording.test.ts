import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseJournal } from '../../media/recording/journal.ts'
import { launchBrowser } from '../support/browser.ts'
import { axeFindings, inWords, isSerious } from '../support/e2e/axe.ts'
import { mediaFlags } from '../support/e2e/media.ts'
import { eventually, Screen, type Device } from '../support/e2e/screens.ts'
import { clientDir, tellInOrder } from '../support/e2e/story.ts'
import { testPassword } from '../support/hub.ts'
import { dataOf, type Hall, type HallMeeting } from '../support/live/hall.ts'
import { colours, faultsOf, filmOf, sounds } from '../support/media/film.ts'
import { videoHall } from '../support/media/screen.ts'
import { presentWorker } from '../support/media/worker.ts'

const present = await presentWorker()

describe.skipIf('missing' in present)('a meeting that is recorded, with a room’s real camera of Chromium', { timeout: 240_000 }, () => {
  const screens = new Map<string, Screen>()
  let browser: Browser
  let hall: Hall
  let meeting: HallMeeting
  let second = ''

  async function open(who: string, personId: string, device: Device, path: string): Promise<Page> {
    const screen = await Screen.open(browser, hall.url, device)
    screens.set(who, screen)
    await screen.enterAs(personId, testPassword)
    await screen.page.goto(`/meetings/${meeting.meetingId}${path}`)
    return screen.page
  }
  const page = (who: string): Page => {
    const screen = screens.get(who)
    if (!screen) throw new Error(`no screen ${who}`)
    return screen.page
  }
  const everybody = ['chair', 'an', 'phone', 'room', 'wall']
  const allRead = (words: string) => Promise.all(everybody.map((who) => page(who).locator('header').getByText(words, { exact: true }).waitFor()))
  const choose = async (choice: string) => {
    await page('chair').getByRole('button', { name: 'Thao tác khác' }).click()
    await page('chair').getByRole('menuitem', { name: choice }).click()
  }
  const pictures = async (name: string) => {
    if (process.env['PICTURES_TO']) for (const [who, { page: shown }] of screens) await shown.screenshot({ path: `${process.env['PICTURES_TO']}/${name}-${who}.png` })
  }
  /** So many seconds of the meeting that are to be in the file. */
  const goesOn = (seconds: number) => page('room').waitForTimeout(seconds * 1000)

  beforeAll(async () => {
    hall = await videoHall({ clientDir: await clientDir() })
    meeting = await hall.draft()
    second = await meeting.addItem('Đầu tư công')
    browser = await launchBrowser(mediaFlags)
  })
  afterAll(async () => {
    await browser?.close()
    await hall?.close()
  })
  tellInOrder(screens)

  test('in preparation the chair allows it; until then the console says why it cannot be started', async () => {
    const chair = await open('chair', 'chair', 'desk', '/prepare')
    await chair.getByRole('tab', { name: /Thông tin/u }).click()
    const allowed = chair.getByRole('switch', { name: /Cho phép ghi âm, ghi hình/u })
    await allowed.click()
    await eventually(() => allowed.getAttribute('data-state')).toBe('checked')
    expect((await axeFindings(chair)).filter(isSerious).map(inWords)).toEqual([])
    await pictures('prepare')
    await meeting.do('secretary', 'meeting:publish', {})
    await meeting.do('chair', 'meeting:open', {})
    await meeting.do('binh', 'attendance:declare', { presence: 'atSite', siteId: 'site-1' })
  })

  test('it is started by the chair, and everybody is told: tablet, room and wall', async () => {
    await chair()
    await open('an', 'an', 'tablet', '')
    const room = await open('room', 'technician', 'desk', '/room')
    const { codes } = await codesOf()
    await room.getByLabel('Mã phòng').fill(codes)
    await room.getByRole('button', { name: 'Nối vào cầu truyền hình' }).click()
    await room.getByText('Đang nghe').waitFor()
    await open('wall', 'secretary', 'wall', '/projector')
    await open('phone', 'chi', 'phone', '')
    await meeting.do('chair', 'agenda:startItem', { itemId: meeting.item })
    const { entryId } = dataOf(await meeting.do('binh', 'floor:request', { kind: 'speech' }), 'floor.requested')
    await meeting.do('chair', 'floor:give', { entryId })
    await room.getByText('Micrô đang mở').waitFor()
    await choose('Bắt đầu ghi âm, ghi hình')
    await page('chair').getByRole('alertdialog').getByRole('button', { name: 'Bắt đầu ghi âm, ghi hình' }).click()
    await allRead('Đang ghi âm, ghi hình')
    await page('an').getByText('Cuộc họp đang được ghi âm, ghi hình.').first().waitFor()
    for (const who of ['an', 'room']) expect((await axeFindings(page(who))).filter(isSerious).map(inWords), who).toEqual([])
    await pictures('recording')
    await goesOn(5)
  })

  test('a confidential item is left out, and everybody reads that; it goes on by itself after it', async () => {
    await meeting.do('chair', 'agenda:startItem', { itemId: meeting.secret })
    await allRead('Không ghi phần này')
    await goesOn(2)
    await meeting.do('chair', 'agenda:startItem', { itemId: second })
    await allRead('Đang ghi âm, ghi hình')
    await meeting.do('an', 'attendance:declare', { presence: 'inRoom' })
    const voteId = await meeting.openVote(second, { method: 'secret' })
    await allRead('Không ghi phần này')
    const { recordingId } = (await hall.test.hub.hosts.find(meeting.meetingId))!.state.recording
    const written = async () => parseJournal(await readFile(join(hall.test.hub.config.recordingsDir, recordingId ?? '', 'journal.jsonl'), 'utf8')).flatMap((line) => (line.kind === 'running' ? [line.on] : []))
    await eventually(written).toEqual([true, false, true, false])
    await meeting.do('chair', 'votes:cancel', { voteId, reason: 'Nhầm' })
    await allRead('Đang ghi âm, ghi hình')
    const { entryId } = dataOf(await meeting.do('binh', 'floor:request', { kind: 'speech' }), 'floor.requested')
    await meeting.do('chair', 'floor:give', { entryId })
    await goesOn(5)
  })

  test('after the end the file is on the meeting’s page: it plays from start to end, with both items and nothing of the third', async () => {
    await choose('Ngừng ghi âm, ghi hình')
    await eventually(() => page('room').locator('header').getByText('Đang ghi âm, ghi hình', { exact: true }).count()).toBe(0)
    await meeting.do('chair', 'meeting:end', {})
    const link = page('an').getByRole('link', { name: 'Tải về (MP4)' })
    await link.waitFor()
    expect((await axeFindings(page('an'))).filter(isSerious).map(inWords)).toEqual([])
    await pictures('ended')
    const [download] = await Promise.all([page('an').waitForEvent('download'), link.click()])
    const path = join(hall.test.dataDir, 'saved.mp4')
    await download.saveAs(path)
    const film = await filmOf(path)
    expect(film.streams).toEqual(expect.arrayContaining(['aac', 'h264']))
    expect(film.chapters.map(({ title }) => title)).toEqual(['Tình hình kinh tế - xã hội', 'Đầu tư công'])
    expect(film.seconds).toBeGreaterThan(9)
    expect(film.seconds).toBeLessThan(30)
    expect(await faultsOf(path)).toBe('')
    // Chromium's camera is a green picture with a pie that turns; its microphone beeps.
    expect((await colours(path)).filter(({ green }) => green > 100).length).toBeGreaterThan(60)
    expect((await sounds(path)).filter(({ loudness }) => loudness > 300).length).toBeGreaterThan(4)
    await page('an').getByRole('button', { name: 'Xem', exact: true }).click()
    await eventually(() => page('an').locator('video').first().evaluate((video: HTMLVideoElement) => video.currentTime).catch(() => 0)).toBeGreaterThan(0.5)
    for (const [who, { complaints }] of screens) expect(complaints.filter((one) => one.startsWith('uncaught')), who).toEqual([])
  })

  async function chair(): Promise<void> {
    await page('chair').goto(`/meetings/${meeting.meetingId}`)
    await page('chair').getByRole('button', { name: 'Thao tác khác' }).waitFor()
  }

  /** The technicians' page shows it; here it is taken from where it comes from. */
  async function codesOf(): Promise<{ codes: string }> {
    const screen = await meeting.screen('technician')
    const answer = await screen.ask('media:codes', {}) as unknown as { codes: { siteId: string | null; code: string }[] }
    return { codes: answer.codes.find(({ siteId }) => siteId === 'site-1')?.code ?? '' }
  }
})
