import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { axeFindings, inWords, isSerious } from '../support/e2e/axe.ts'
import { eventually, Screen, type Device } from '../support/e2e/screens.ts'
import { clientDir, tellInOrder } from '../support/e2e/story.ts'
import { startItem } from '../support/e2e/taking-part.ts'
import { testPassword } from '../support/hub.ts'
import { Hall, type HallMeeting } from '../support/live/hall.ts'

const name = (personId: string) => `Nguyễn Văn ${personId}`

describe('a floor session with an interposed question and a point of order', { timeout: 240_000 }, () => {
  const screens = new Map<string, Screen>()
  let browser: Browser
  let hall: Hall
  let meeting: HallMeeting

  const open = async (personId: string, device: Device, wall = false): Promise<void> => {
    const screen = await Screen.open(browser, hall.url, device)
    screens.set(wall ? 'wall' : personId, screen)
    await screen.enterAs(personId, testPassword)
    await screen.page.goto(`/meetings/${meeting.meetingId}${wall ? '/projector' : ''}`)
    await screen.page.getByRole('heading', { level: 1 }).first().waitFor()
  }
  const page = (who: string): Page => {
    const screen = screens.get(who)
    if (!screen) throw new Error(`no screen ${who}`)
    return screen.page
  }
  const floor = (who: string) => page(who).getByRole('region', { name: 'Phát biểu', exact: true }).first()
  const other = async (who: string, kind: string) => {
    await floor(who).getByRole('button', { name: 'Hình thức khác' }).click()
    await page(who).getByRole('menuitem', { name: kind }).click()
  }
  const console_ = () => page('chair').getByRole('complementary', { name: 'Điều hành' })
  const namedIn = (words: string) => /Nguyễn Văn ([a-z]+)/u.exec(words)?.[1]
  const line = async () => (await console_().getByRole('list', { name: 'Danh sách phát biểu' }).getByRole('listitem').allTextContents()).map(namedIn)

  beforeAll(async () => {
    hall = await Hall.open({ clientDir: await clientDir() })
    meeting = await hall.inSession()
    await meeting.addItem('Dự toán ngân sách năm 2027')
    await meeting.do('chair', 'agenda:startItem', { itemId: meeting.item })
    await meeting.do('secretary', 'floor:configure', { interposedQuestions: true })
    browser = await launchBrowser()
    await open('chair', 'desk')
    await open('an', 'tablet')
    await open('binh', 'phone')
    await open('chi', 'portrait')
    await open('technician', 'wall', true)
  }, 300_000)
  afterAll(async () => {
    await browser?.close()
    await hall?.close()
  })
  tellInOrder(screens)

  test('a delegate asks with one button and reads his place in line', async () => {
    for (const personId of ['an', 'binh']) await floor(personId).getByRole('button', { name: 'Đăng ký phát biểu' }).click()
    await floor('an').getByText('Bạn là người tiếp theo').waitFor()
    await floor('binh').getByText('Bạn ở vị trí thứ 2').waitFor()
    await page('wall').getByRole('listitem').filter({ hasText: name('binh') }).waitFor()
  })

  test('the chair gives the floor by one tap; the speaker sees his time, the wall who speaks', async () => {
    await page('chair').getByRole('group').getByRole('button', { name: /Phát biểu$/u }).click()
    await console_().getByRole('button', { name: `Tiếp theo Mời ${name('an')}` }).click()
    await floor('an').getByText('Mời bạn phát biểu').waitFor()
    await floor('an').getByRole('timer', { name: /^Thời gian phát biểu: Còn [67]:\d\d$/u }).waitFor()
    await floor('binh').getByText('Bạn là người tiếp theo').waitFor()
    await page('wall').getByRole('region', { name: 'Phát biểu' }).getByText(name('an')).waitFor()
    await page('wall').getByRole('timer').waitFor()
  })

  test('an interposed question pauses the speech, and one tap leads back to it', async () => {
    await other('chi', 'Hỏi xen')
    await floor('chi').getByText('Bạn là người tiếp theo').waitFor()
    await console_().getByRole('button', { name: `Hỏi xen Mời ${name('chi')}` }).click()
    await floor('chi').getByText('Mời bạn phát biểu').waitFor()
    await floor('an').getByText('Phần phát biểu của bạn đang tạm dừng').waitFor()
    const stands = await floor('an').getByRole('timer').last().textContent()
    await page('wall').getByRole('region', { name: 'Phát biểu' }).getByText(name('chi')).waitFor()
    await console_().getByRole('button', { name: `Tiếp tục: ${name('an')}` }).click()
    await floor('an').getByText('Mời bạn phát biểu').waitFor()
    expect(stands, 'the clock stood').toMatch(/^\s*Còn \d:\d\d\s*$/u)
    await floor('chi').getByRole('button', { name: 'Đăng ký phát biểu' }).waitFor()
  })

  test('a point of order goes before who waits, also when the list is closed', async () => {
    await console_().getByRole('button', { name: 'Đóng đăng ký' }).click()
    await console_().getByRole('button', { name: 'Mở đăng ký' }).waitFor()
    await floor('chi').getByRole('button', { name: 'Đăng ký phát biểu' }).click({ force: true })
    await page('chi').getByText('Danh sách đăng ký phát biểu đang đóng.').last().waitFor()
    await other('chi', 'Vấn đề quy trình')
    await eventually(line).toEqual(['chi', 'binh'])
    await floor('binh').getByText('Bạn ở vị trí thứ 2').waitFor()
  })

  test('the order is changed by hand, with a reason that everybody can read', async () => {
    await console_().getByRole('button', { name: `Thao tác với đăng ký của ${name('binh')}` }).click()
    await page('chair').getByRole('menuitem', { name: 'Chuyển lên một bậc…' }).click()
    await page('chair').getByRole('dialog', { name: `Lý do đổi thứ tự: ${name('binh')}` }).getByRole('button', { name: 'Theo điều hành của chủ tọa' }).click()
    await eventually(line).toEqual(['binh', 'chi'])
    await floor('an').getByRole('button', { name: /^Danh sách phát biểu/u }).click()
    await page('an').getByRole('dialog', { name: 'Danh sách phát biểu' }).getByRole('button', { name: new RegExp(`${name('chair')} đổi thứ tự lúc .*: Theo điều hành của chủ tọa$`, 'u') }).waitFor()
    expect((await axeFindings(page('an'))).filter(isSerious).map(inWords)).toEqual([])
    await page('an').keyboard.press('Escape')
  })

  test('who is dragged comes to the new place with the reason, not before', async () => {
    const rows = console_().getByRole('list', { name: 'Danh sách phát biểu' }).getByRole('listitem')
    const [from, to] = [await rows.nth(1).locator('[data-drag]').boundingBox(), await rows.nth(0).boundingBox()]
    if (!from || !to) throw new Error('the line is not on the screen')
    const x = from.x + from.width / 2
    await page('chair').mouse.move(x, from.y + from.height / 2)
    await page('chair').mouse.down()
    for (let y = from.y + from.height / 2; y > to.y + 4; y -= 8) await page('chair').mouse.move(x, y)
    await page('chair').mouse.up()
    const dialog = page('chair').getByRole('dialog', { name: `Lý do đổi thứ tự: ${name('chi')}` })
    await dialog.waitFor()
    // Behind the dialog, where roles are hidden.
    const behind = page('chair').getByRole('list', { name: 'Danh sách phát biểu', includeHidden: true }).getByRole('listitem', { includeHidden: true })
    expect((await behind.allTextContents()).map(namedIn)).toEqual(['binh', 'chi'])
    await dialog.getByLabel('Lý do khác').fill('Vấn đề quy trình phải xử lý trước')
    await dialog.getByRole('button', { name: 'Đổi thứ tự' }).click()
    await eventually(line).toEqual(['chi', 'binh'])
  })

  test('the next call ends the speech; a reload finds everything as it is', async () => {
    await console_().getByRole('button', { name: `Vấn đề quy trình Mời ${name('chi')}` }).click()
    await floor('chi').getByText('Mời bạn phát biểu').waitFor()
    await page('chi').reload()
    await floor('chi').getByText('Mời bạn phát biểu').waitFor()
    await floor('an').getByRole('button', { name: 'Đăng ký phát biểu' }).waitFor()
    expect((await axeFindings(page('chair'))).filter(isSerious).map(inWords)).toEqual([])
  })

  test('an item ends while somebody waits: asked once, carried over', async () => {
    await startItem(page('chair'), '2')
    const dialog = page('chair').getByRole('dialog', { name: 'Còn 1 người chờ phát biểu' })
    await dialog.getByRole('button', { name: 'Chuyển sang nội dung tiếp theo' }).click()
    await dialog.waitFor({ state: 'detached' })
    await eventually(line).toEqual(['binh'])
    await floor('binh').getByText('Bạn là người tiếp theo').waitFor()
    await floor('chi').getByRole('button', { name: 'Đăng ký phát biểu' }).waitFor()
    for (const [who, { complaints, strangers }] of screens) expect([who, complaints, strangers]).toEqual([who, [], []])
  })
})
