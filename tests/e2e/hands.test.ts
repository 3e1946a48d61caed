import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SentCommand } from '../../server/meetings/host.ts'
import { theHub } from '../../server/directory/actor.ts'
import type { Commands, CommandType } from '../../shared/meeting/command.ts'
import { launchBrowser } from '../support/browser.ts'
import { clientDir, tellInOrder } from '../support/e2e/story.ts'
import { atRest, devices, eventually, Screen, type Device } from '../support/e2e/screens.ts'
import { startHub, type TestHub } from '../support/hub.ts'
import { LiveClient } from '../support/live/client.ts'
import { sessionFor } from '../support/live/session.ts'

/** A chair, a secretary, three delegates in the hall and three at a site whose line breaks while they vote. */
const people = [
  ['chair', 'Nguyễn Văn Bảo'], ['secretary', 'Trần Thị Ngọc Hà'],
  ['an', 'Lê Hoàng An'], ['binh', 'Phạm Thị Bình'], ['chi', 'Vũ Minh Chi'],
  ['dung', 'Đặng Quốc Dũng'], ['giang', 'Bùi Thị Thu Giang'], ['khanh', 'Huỳnh Hữu Khánh'],
] as const
const site = ['dung', 'giang', 'khanh']
const pictures = process.env.PICTURES ?? join(mkdtempSync(join(tmpdir(), 'giao-ban-hands-')))

let hub: TestHub
let browser: Browser
let meetingId = ''
let voteId = ''
const screens = new Map<string, Screen>()
const tablets: LiveClient[] = []
tellInOrder(screens)

async function send<T extends CommandType>(personId: string, type: T, data: Commands[T]): Promise<void> {
  const outcome = await hub.hub.hosts.execute(meetingId, personId, { commandId: randomUUID(), type, data } as SentCommand)
  if (!outcome.ok) throw new Error(`${type} of ${personId}: ${outcome.refusal.code}`)
}
async function state() {
  return (await hub.hub.hosts.find(meetingId))!.state
}
const page = (personId: string) => screens.get(personId)!.page

/** The secretary sits before a tablet held upright. */
const deviceOf = (personId: string): Device => (personId === 'secretary' ? 'portrait' : 'desk')
const [flat, upright] = [['desk', 'tablet'], ['portrait', 'phone']] as const

/** What devices of this kind show at this moment, into PICTURES. */
async function pictureAll(personId: string, name: string, shown: readonly Device[]): Promise<void> {
  if (!process.env.PICTURES) return
  for (const device of shown) {
    await page(personId).setViewportSize(devices[device].viewport)
    await atRest(page(personId))
    await page(personId).screenshot({ path: join(pictures, `${name}-${device}.png`) })
  }
  await page(personId).setViewportSize(devices[deviceOf(personId)].viewport)
}

beforeAll(async () => {
  browser = await launchBrowser()
  hub = await startHub({ clientDir: await clientDir() })
  for (const [id, name] of people) await hub.addAccount({ id, name, roles: id === 'secretary' ? ['office'] : [] })
  await hub.hub.directory.sites.add({ id: 'site-1', name: 'Điểm cầu xã Giồng Ông', shortName: 'Giồng Ông', order: 0 }, theHub)
  const startsAt = Date.now() - 600_000
  const participants = people.map(([personId]) => ({
    personId, role: personId === 'chair' || personId === 'secretary' ? personId : 'delegate', votes: personId !== 'secretary', siteId: site.includes(personId) ? 'site-1' : null,
  } as const))
  const made = await hub.hub.hosts.create('secretary', randomUUID(), {
    title: 'Phiên họp tháng 11', kind: 'meeting', type: 'briefing', body: 'plain', startsAt, endsAt: startsAt + 7_200_000, place: 'Phòng họp số 1', siteIds: ['site-1'], participants: [...participants],
  })
  meetingId = made.meetingId
  await send('secretary', 'agenda:addItem', { title: 'Kế hoạch đầu tư công năm 2027', durationMinutes: 30, unitId: null, presenterId: null, confidential: false, access: [], parentId: null })
  await send('secretary', 'attendance:setRules', { graceSeconds: 5 })
  await send('secretary', 'meeting:publish', {})
  await send('chair', 'meeting:open', {})
  await send('secretary', 'attendance:declareMany', { personIds: ['chair', 'an', 'binh', 'chi'], presence: 'inRoom' })
  await send('secretary', 'attendance:declareMany', { personIds: site, presence: 'atSite', siteId: 'site-1' })
  const [itemId = ''] = Object.keys((await state()).items)
  await send('chair', 'agenda:startItem', { itemId })
  await send('secretary', 'votes:draft', { itemId, title: 'Thông qua Kế hoạch đầu tư công năm 2027', method: 'named', matter: { kind: 'question' }, preset: 'presentMajority' })
  ;[voteId = ''] = Object.keys((await state()).votes)
  for (const personId of site) tablets.push(await LiveClient.open(hub, (await sessionFor(hub, personId)).cookie, meetingId))
  for (const personId of ['chair', 'secretary', 'khanh']) {
    const screen = await Screen.open(browser, hub.url, deviceOf(personId))
    const [name = '', value = ''] = (await sessionFor(hub, personId)).cookie.split('=')
    await screen.context.addCookies([{ name, value, url: hub.url, httpOnly: true, sameSite: 'Strict' }])
    screens.set(personId, screen)
    if (personId !== 'khanh') await screen.page.goto(`/meetings/${meetingId}`)
  }
}, 300_000)
afterAll(async () => {
  for (const tablet of tablets) tablet.close()
  await browser.close()
  await hub.stop()
})

test('a site drops in the middle of a vote: the chair reads how many votes cannot be reached', async () => {
  await send('chair', 'votes:open', { voteId })
  await send('dung', 'votes:cast', { voteId, choice: 'approve' })
  for (const personId of ['an', 'binh']) await send(personId, 'votes:cast', { voteId, choice: 'approve' })
  await send('chi', 'votes:cast', { voteId, choice: 'reject' })
  for (const tablet of tablets) tablet.close()
  await page('chair').getByText('2 phiếu ở Điểm cầu xã Giồng Ông không liên lạc được').waitFor()
  await pictureAll('chair', '1-unreached', flat)
})

test('the chair chooses to take them by telephone, and the tablets of the site are locked', async () => {
  await page('chair').getByRole('button', { name: 'Xử lý' }).click()
  await page('chair').getByRole('dialog').getByRole('button', { name: 'Chờ kết nối lại' }).waitFor()
  await pictureAll('chair', '2-choices', flat)
  await page('chair').getByRole('button', { name: 'Ghi phiếu qua điện thoại: Điểm cầu xã Giồng Ông' }).click()
  await page('chair').getByRole('dialog').getByText('Còn 2/2 người chưa đếm').waitFor()
  await page('khanh').goto(`/meetings/${meetingId}`)
  await page('khanh').getByText('Nơi bạn dự họp đang đếm biểu quyết').waitFor()
})

test('the secretary writes them down by name, checked while he does; he cannot confirm his own count', async () => {
  await page('secretary').getByRole('button', { name: /^Giơ tay, điện thoại/u }).click()
  const dialog = page('secretary').getByRole('dialog')
  await dialog.getByLabel('Tán thành', { exact: true }).fill('3')
  await dialog.getByLabel('Tán thành', { exact: true }).press('Tab')
  await dialog.getByText('Tổng số vượt quá 2 người có mặt và chưa biểu quyết.').first().waitFor()
  await pictureAll('secretary', '3-too-many', upright)
  await dialog.getByRole('radio', { name: 'Từng người' }).click()
  await dialog.getByRole('radiogroup', { name: 'Bùi Thị Thu Giang' }).getByRole('radio', { name: 'Tán thành', exact: true }).click()
  await dialog.getByRole('radiogroup', { name: 'Huỳnh Hữu Khánh' }).getByRole('radio', { name: 'Không tán thành' }).click()
  await pictureAll('secretary', '4-by-name', upright)
  await dialog.getByRole('button', { name: 'Lưu kết quả đếm' }).click()
  await dialog.getByText('chờ người thứ hai xác nhận').waitFor()
  expect(await dialog.getByRole('button', { name: 'Xác nhận' }).getAttribute('aria-disabled')).toBe('true')
})

test('the chair confirms, closes, and everybody reads one result whose record says how each vote came in', async () => {
  const dialog = page('chair').getByRole('dialog')
  await dialog.getByText('chờ người thứ hai xác nhận').waitFor()
  await pictureAll('chair', '5-confirm', flat)
  await dialog.getByRole('button', { name: 'Xác nhận' }).click()
  await dialog.getByText('đã xác nhận lúc').waitFor()
  await dialog.getByRole('button', { name: 'Đóng' }).last().click()
  await send('chair', 'votes:close', { voteId })
  await page('khanh').getByText('Thông qua: 4/7 tán thành').first().waitFor()
  const { result, roll } = (await state()).votes[voteId]!
  expect(result).toMatchObject({ sources: { tablet: { approve: 3, reject: 1 }, telephone: { approve: 1, reject: 1 } } })
  expect(roll?.find(({ personId }) => personId === 'khanh')).toMatchObject({ channel: 'telephone', choice: 'reject' })
  await pictureAll('chair', '6-result', flat)
  await eventually(() => [...screens.values()].flatMap(({ complaints }) => complaints)).toEqual([])
})
