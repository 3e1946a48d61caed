import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusalSentence } from '../../shared/contracts/sentences.ts'
import { launchBrowser } from '../support/browser.ts'
import { axeFindings, inWords, isSerious } from '../support/e2e/axe.ts'
import { lookAt } from '../support/e2e/looks.ts'
import { atRest, eventually, type Screen } from '../support/e2e/screens.ts'
import { Sixty } from '../support/e2e/sixty.ts'

let browser: Browser
let sixty: Sixty
beforeAll(async () => {
  sixty = await Sixty.begin()
  browser = await launchBrowser()
}, 420_000)
afterAll(async () => {
  await browser?.close()
  await sixty?.end()
})

const consoleOf = (page: Page) => page.getByRole('complementary', { name: 'Điều hành' })

async function enter(personId: string, device: 'desk' | 'tablet', path = sixty.path): Promise<Screen> {
  const screen = await sixty.screen(browser, personId, device)
  await screen.page.goto(path)
  await screen.page.getByRole('main').waitFor()
  return screen
}

/** All of it is on the screen, not behind a scrolled edge of anything it lies in. */
async function wholly(thing: Locator): Promise<void> {
  await thing.waitFor()
  const hidden = await thing.evaluate((element) => {
    const { top, bottom, left, right, height } = element.getBoundingClientRect()
    const within = (edge: DOMRect) => top >= edge.top - 1 && bottom <= edge.bottom + 1 && left >= edge.left - 1 && right <= edge.right + 1
    if (height === 0 || !within(new DOMRect(0, 0, innerWidth, innerHeight))) return 'the window'
    for (let around = element.parentElement; around; around = around.parentElement) {
      if (getComputedStyle(around).overflowY !== 'visible' && !within(around.getBoundingClientRect())) return around.className
    }
    return null
  })
  expect(hidden, `cut off by`).toBeNull()
}

const noScrolling = (page: Page) => page.evaluate(() => {
  const { scrollHeight, clientHeight, scrollWidth, clientWidth } = document.documentElement
  return scrollHeight <= clientHeight && scrollWidth <= clientWidth
})

async function noSeriousFinding(page: Page): Promise<void> {
  expect((await axeFindings(page)).filter(isSerious).map(inWords)).toEqual([])
}

describe('the seat plan of sixty', { timeout: 240_000 }, () => {
  test('is drawn, filled and changed by keyboard alone', async () => {
    const { page, ...screen } = await enter('p2', 'desk', `${sixty.path}/prepare`)
    await page.getByRole('tab', { name: 'Chỗ ngồi' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Vẽ sơ đồ', exact: true }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Xếp tự động' }).focus()
    await page.keyboard.press('Enter')
    await page.getByText('Mọi người đều đã có chỗ.').waitFor()
    const seats = page.getByRole('group', { name: /^Sơ đồ chỗ ngồi/u }).getByRole('button')
    expect(await seats.count()).toBeGreaterThanOrEqual(60)
    const chairSeat = page.getByRole('button', { name: /Hoàng An$/u }).first()
    await seats.first().focus()
    const [first, here] = [await page.evaluate(() => document.activeElement?.getAttribute('aria-label')), await chairSeat.getAttribute('aria-label')]
    expect(first, 'the chair has the first seat').toBe(here)
    await page.keyboard.press('ArrowDown')
    const reached = page.locator('[data-seat]:focus')
    expect(await reached.getAttribute('aria-label')).not.toBe(first)
    const seatId = await reached.getAttribute('data-seat')
    const before = await sixty.test.hub.hosts.view(sixty.meetingId, 'p2')
    const placeOf = (view: typeof before) => view?.seatPlans['-']?.seats.find((seat) => seat.seatId === seatId)
    for (let step = 0; step < 5; step += 1) await page.keyboard.press('Alt+ArrowLeft')
    await eventually(async () => placeOf(await sixty.test.hub.hosts.view(sixty.meetingId, 'p2'))?.x).toBeCloseTo(Math.max(0, placeOf(before)!.x - 0.1), 2)
    await noSeriousFinding(page)
    await screen.context.close()
  })

  test('shows everybody at once on the console, by word and shape, and each seat can be tapped', async () => {
    const { page, context } = await enter('p1', 'desk')
    await page.getByRole('region', { name: 'Điều hành' }).getByRole('button', { name: 'Chỗ ngồi' }).click()
    const plan = page.getByRole('region', { name: 'Sơ đồ chỗ ngồi' })
    const seats = plan.getByRole('group', { name: /^Sơ đồ chỗ ngồi/u }).getByRole('button')
    await eventually(() => seats.count()).toBeGreaterThanOrEqual(60)
    await plan.getByRole('button', { name: /, Có mặt$/u }).first().waitFor()
    await plan.getByRole('listitem').filter({ hasText: /^Chưa điểm danh\s*5$/u }).waitFor()
    expect(await plan.getByRole('button', { name: /, Chưa điểm danh$/u }).count()).toBe(5)
    expect(await noScrolling(page)).toBe(true)
    for (const seat of [seats.first(), seats.nth(30), seats.nth(59)]) await wholly(seat)
    await atRest(page)
    expect((await lookAt(page)).small).toEqual([])
    await noSeriousFinding(page)
    await context.close()
  })
})

describe('the console of a meeting of sixty', { timeout: 240_000 }, () => {
  test.each(['desk', 'tablet'] as const)('shows all that matters without scrolling (%s)', async (device) => {
    for (const personId of ['p1', 'p2']) {
      const { page, context, complaints } = await enter(personId, device)
      const panel = consoleOf(page)
      await wholly(panel.getByRole('region', { name: 'Đang tiến hành' }).getByText(/Tờ trình về dự thảo Nghị quyết/u))
      await wholly(panel.getByRole('region', { name: 'Biểu quyết' }))
      await wholly(panel.getByRole('region', { name: 'Có mặt và túc số' }).getByText(/đủ túc số/u))
      await wholly(page.getByRole('region', { name: 'Điều hành' }).getByRole('button', { name: /^Nội dung tiếp theo/u }))
      expect(await noScrolling(page)).toBe(true)
      await atRest(page)
      const look = await lookAt(page)
      expect([look.sideways, look.small, look.narrow]).toEqual([[], [], []])
      await noSeriousFinding(page)
      expect(complaints).toEqual([])
      await context.close()
    }
  })
})

describe('the wall of a meeting of sixty', { timeout: 240_000 }, () => {
  test('shows everybody’s named vote on one page, by given name, no name cut off', async () => {
    const view = async () => (await sixty.test.hub.hosts.view(sixty.meetingId, 'p1'))!
    await sixty.do('p2', 'votes:draft', { itemId: sixty.open, title: 'Thông qua Nghị quyết về chính sách hỗ trợ chuyển đổi số ở cấp xã', method: 'named', matter: { kind: 'question' }, preset: 'councilMajority', closesAfterSeconds: 600 })
    const { voteId, entitled } = Object.values((await view()).votes)[0]!
    await sixty.do('p1', 'votes:open', { voteId })
    const { page, context, complaints } = await enter('p2', 'desk', `${sixty.path}/projector`)
    await page.getByRole('timer').waitFor()
    expect(await page.getByRole('timer').textContent()).toMatch(/(?:10:00|9:\d\d)/u)
    for (const [index, personId] of (await view()).votes[voteId]!.entitled.entries()) {
      if (index > 1) await sixty.do(personId, 'votes:cast', { voteId, choice: index % 9 === 0 ? 'reject' : index % 11 === 0 ? 'abstain' : 'approve' })
    }
    await page.getByText('Đã biểu quyết 49/51').waitFor()
    await noSeriousFinding(page)
    await sixty.do('p1', 'votes:close', { voteId })
    await page.getByText(/^Thông qua: 40\/51 tán thành/u).waitFor()
    const names = page.getByRole('listitem').filter({ has: page.getByRole('img') })
    await eventually(() => names.count()).toBe(51)
    expect(entitled).toEqual([])
    for (const name of [names.first(), names.nth(25), names.last()]) await wholly(name)
    const cut = await names.evaluateAll((items) => items.flatMap((item) => [...item.querySelectorAll('span')].filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1).map(({ textContent }) => textContent)))
    expect(cut).toEqual([])
    const given = (await names.allTextContents()).map((name) => name.trim().split(' ').at(-1)!)
    expect(given).toEqual([...given].sort(new Intl.Collator('vi').compare))
    expect(Number.parseFloat(await names.first().evaluate((item) => getComputedStyle(item).fontSize))).toBeGreaterThan(20)
    expect(await noScrolling(page)).toBe(true)
    await noSeriousFinding(page)
    expect(complaints).toEqual([])
    await context.close()
  })

  test('and by seat on the plan of whoever leads, in words too', async () => {
    const { page, context } = await enter('p1', 'desk')
    await page.getByRole('region', { name: 'Điều hành' }).getByRole('button', { name: 'Chỗ ngồi' }).click()
    const plan = page.getByRole('region', { name: 'Sơ đồ chỗ ngồi' })
    await plan.getByRole('radio', { name: 'Biểu quyết' }).waitFor()
    await eventually(() => plan.getByRole('button', { name: /, Không tán thành$/u }).count()).toBe(5)
    expect(await plan.getByRole('button', { name: /, Tán thành$/u }).count()).toBe(40)
    await noSeriousFinding(page)
    await context.close()
  })
})

describe('the meeting as a participant sees it', { timeout: 240_000 }, () => {
  test('shows the chair no confidential item, takes no act, and leads back', async () => {
    const { page, context, complaints } = await enter('p1', 'desk')
    const agenda = page.getByRole('navigation', { name: 'Chương trình' })
    await agenda.getByText('Công tác nhân sự (họp hẹp)').waitFor()
    await page.getByRole('button', { name: 'Thao tác khác' }).first().click()
    await page.getByRole('menuitem', { name: /^Xem như một người dự/u }).click()
    const dialog = page.getByRole('dialog')
    const name = (await sixty.test.hub.directory.accounts.cards()).find(({ id }) => id === 'p4')!.name
    await dialog.getByRole('combobox').fill(name)
    await page.getByRole('option', { name: new RegExp(`^${name}`, 'u') }).first().click()
    await dialog.getByRole('button', { name: 'Xem', exact: true }).click()
    await page.getByText(`Đang xem như ${name}`).waitFor()
    await agenda.getByText('Báo cáo thẩm tra của Ban Kinh tế - Ngân sách').waitFor()
    expect(await page.getByText('Công tác nhân sự').count()).toBe(0)
    expect(await consoleOf(page).count(), 'a delegate has no console').toBe(0)

    await sixty.do('p1', 'agenda:startItem', { itemId: sixty.secret })
    await page.getByRole('heading', { name: 'Tạm dừng' }).waitFor()
    await page.getByRole('button', { name: /^Điểm danh của bạn/u }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Nơi dự họp', exact: true }).click()
    // The sentences come a moment after the meeting.
    await page.getByRole('menuitem').first().getByText(refusalSentence({ code: 'preview.readOnly' }, 'vi')).waitFor()
    await page.keyboard.press('Escape')
    // On a busy machine the menu takes a moment to go, and a second Escape would be meant for it.
    await page.getByRole('menuitem').first().waitFor({ state: 'hidden' })
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await sixty.do('p1', 'agenda:startItem', { itemId: sixty.open })
    await page.getByRole('heading', { name: /Tờ trình về dự thảo Nghị quyết/u }).first().waitFor()
    await noSeriousFinding(page)

    const looks = (await sixty.test.hub.audit.page(50)).entries.filter(({ type }) => type === 'meeting.previewed')
    expect(looks).toMatchObject([{ by: 'p1', data: { about: 'p4' } }])
    await page.getByRole('link', { name: 'Về bàn điều hành' }).click()
    await agenda.getByText('Công tác nhân sự (họp hẹp)').waitFor()
    expect(complaints).toEqual([])
    await context.close()
  })
})
