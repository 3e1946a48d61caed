import type { Page } from 'playwright-core'
import { eventually } from './screens.ts'

/** What people do in a meeting, by the words that stand on the screen. */

/** From the home page into the meeting that is on top of it. */
export async function enterMeeting(page: Page, title: string): Promise<void> {
  const first = page.getByRole('main').getByRole('article').first()
  await first.getByRole('heading', { name: title }).waitFor()
  await first.getByRole('link', { name: 'Vào họp' }).click()
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
}

export async function declareInRoom(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Có mặt tại hội trường' }).click()
  await page.getByRole('button', { name: 'Điểm danh của bạn: Có mặt tại hội trường' }).waitFor()
}

export async function declareAtSite(page: Page, site: string): Promise<void> {
  await page.getByRole('button', { name: 'Dự tại nơi khác' }).click()
  await page.getByRole('menuitem', { name: `Có mặt tại ${site}` }).click()
  await page.getByRole('button', { name: `Điểm danh của bạn: Có mặt tại ${site}` }).waitFor()
}

export type ChoiceWords = 'Tán thành' | 'Không tán thành' | 'Không biểu quyết'

/** Choose, then send: two steps. */
export async function chooseAndSend(page: Page, choice: ChoiceWords): Promise<void> {
  await page.getByRole('radio', { name: choice, exact: true }).click()
  await page.getByRole('button', { name: `Gửi phiếu: ${choice}` }).click()
}

export async function castBallot(page: Page, choice: ChoiceWords): Promise<void> {
  await chooseAndSend(page, choice)
  await ballotIs(page, choice)
}

/** Waits until this screen says that the ballot is recorded, and which. */
export async function ballotIs(page: Page, choice: ChoiceWords): Promise<void> {
  await eventually(async () => (await page.getByRole('status').filter({ hasText: 'Phiếu của bạn:' }).first().textContent())?.replace(/\s+/gu, ' ')).toContain(`Phiếu của bạn: ${choice}`)
}

/** What the wall says of a running vote. */
export const turnout = (cast: number, entitled: number) => `Đã biểu quyết ${cast}/${entitled}`

/** The chair's line of controls at the bottom of a wide screen. */
export const strip = (page: Page) => page.getByRole('region', { name: 'Điều hành' })

/** Starts an item out of its turn, through its own menu. */
export async function startItem(page: Page, number: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Chương trình' }).getByRole('button', { name: `Thao tác với nội dung ${number}`, exact: true }).click()
  await page.getByRole('menuitem', { name: 'Bắt đầu nội dung này' }).click()
}

/** In the demo people wait for the floor; when the item goes on it is asked once where they go. */
export async function carryOver(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Chuyển sang nội dung tiếp theo' }).click()
}
