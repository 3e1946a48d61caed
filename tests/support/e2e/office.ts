import type { Locator, Page } from 'playwright-core'
import { wallTime } from '../../../shared/vietnamese/dates.ts'

/** What the office does on its pages, by the words that stand there. */

const two = (value: number) => String(value).padStart(2, '0')

/** One of a list that is found by typing. */
export async function pick(scope: Page | Locator, label: string | RegExp, typed: string, option: string): Promise<void> {
  const page = 'page' in scope ? scope.page() : scope
  await scope.getByRole('combobox', { name: label }).fill(typed)
  await page.getByRole('option', { name: option }).click()
}

/** One of a few, from a list that opens. */
export async function select(scope: Page | Locator, label: string, option: string): Promise<void> {
  const page = 'page' in scope ? scope.page() : scope
  await scope.getByLabel(label, { exact: true }).click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

/** Types the parts of a day or a time one after the other, as from a keyboard. */
async function typeParts(field: Locator, digits: string): Promise<void> {
  await field.getByRole('spinbutton').first().click()
  for (const digit of digits) await field.page().keyboard.press(digit)
}

/** A meeting of this day that is about to begin and lasts three hours. */
export async function fillTimes(page: Page, startsAt: number): Promise<void> {
  const from = wallTime(startsAt)
  const to = wallTime(startsAt + 3 * 3_600_000)
  await typeParts(page.getByRole('group', { name: 'Ngày họp' }), `${two(from.day)}${two(from.month)}${from.year}`)
  await typeParts(page.getByRole('group', { name: 'Bắt đầu' }), `${two(from.hour)}${two(from.minute)}`)
  await typeParts(page.getByRole('group', { name: 'Kết thúc' }), `${two(to.hour)}${two(to.minute)}`)
}

export interface WrittenItem { title: string; minutes?: number; presenter?: string; confidentialFor?: string[] }

/** Fills the open dialog of an agenda item. */
export async function fillItem(page: Page, { title, minutes, presenter, confidentialFor }: WrittenItem): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Nội dung', { exact: true }).fill(title)
  if (minutes) await dialog.getByLabel(/^Thời lượng/u).fill(String(minutes))
  if (presenter) await pick(dialog, /^Người trình bày/u, presenter, presenter)
  if (!confidentialFor) return
  await dialog.getByRole('switch', { name: 'Nội dung kín' }).click()
  for (const name of confidentialFor) await dialog.getByRole('checkbox', { name }).click()
}

/** The titles of the agenda as it is being prepared, from top to bottom. */
export const agendaTitles = (page: Page) => page.getByRole('tabpanel', { name: /^Chương trình/u }).getByRole('heading', { level: 2 }).allTextContents()

/** The card of one item on the preparing page. */
export const itemCard = (page: Page, title: string) => page.getByRole('article').filter({ has: page.getByRole('heading', { name: title, exact: true }) })

export async function chooseFiles(page: Page, title: string, files: { name: string; buffer: Buffer }[]): Promise<void> {
  const choosing = page.waitForEvent('filechooser')
  await itemCard(page, title).getByRole('button', { name: 'Thêm tài liệu' }).click()
  await (await choosing).setFiles(files.map(file => ({ ...file, mimeType: 'application/pdf' })))
}

/** Drags an item by its handle until it lies above another, watching as a person does where it would fall. */
export async function dragAbove(page: Page, dragged: string, other: string): Promise<void> {
  const handle = itemCard(page, dragged).getByRole('button', { name: /^Kéo để di chuyển/u })
  await handle.scrollIntoViewIfNeeded()
  const [from, to] = [await handle.boundingBox(), await itemCard(page, other).boundingBox()]
  if (!from || !to) throw new Error(`${dragged} and ${other} are not both on the screen`)
  const x = from.x + from.width / 2
  let y = from.y + from.height / 2
  await page.mouse.move(x, y)
  await page.mouse.down()
  for (const lies = async () => (await agendaTitles(page)).indexOf(dragged) < (await agendaTitles(page)).indexOf(other); !(await lies()) && y > to.y - 60; y -= 10) await page.mouse.move(x, y - 10)
  await page.mouse.up()
}
