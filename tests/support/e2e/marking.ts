import type { Page } from 'playwright-core'
import type { useMarking } from '../../../client/meeting/marks/marking.ts'
import { eventually } from './screens.ts'

/** Ids of this person's private marks on the open paper, as its page has them; null while no paper is open. */
export function ownMarks(page: Page): Promise<string[] | null> {
  return page.evaluate(() => {
    const application = document.querySelector('#app') as unknown as { __vue_app__: { config: { globalProperties: { $pinia: { _s: Map<string, unknown> } } } } }
    const marking = application.__vue_app__.config.globalProperties.$pinia._s.get('marking') as ReturnType<typeof useMarking>
    return marking.layers?.own('private').map(({ id }) => id).sort() ?? null
  })
}

/** Takes the tools out if they are not, and draws `count` strokes on page 1 with the mouse. */
export async function drawStroke(page: Page, count = 1): Promise<void> {
  if (await page.locator('[data-saved]').count() === 0) await page.getByRole('button', { name: 'Ghi chú', exact: true }).click()
  const over = page.locator('[data-page="1"] .marks-over[data-tool="pen"]')
  await over.waitFor()
  const before = (await ownMarks(page))?.length ?? 0
  const box = await over.boundingBox()
  if (!box) throw new Error('the page is not on the screen')
  const top = Math.max(box.y, 250)
  for (let stroke = 0; stroke < count; stroke++) {
    const y = top + 40 + (before + stroke) % 8 * 50
    await page.mouse.move(box.x + 60, y)
    await page.mouse.down()
    await page.mouse.move(box.x + 260, y + 30, { steps: 6 })
    await page.mouse.up()
  }
  await eventually(async () => (await ownMarks(page))?.length).toBe(before + count)
}

/** Puts `count` strokes where the pen puts them: into the page's own store of marks, one change each. */
export function putStrokes(page: Page, count: number): Promise<void> {
  return page.evaluate((more) => {
    const application = document.querySelector('#app') as unknown as { __vue_app__: { config: { globalProperties: { $pinia: { _s: Map<string, unknown> } } } } }
    const marking = application.__vue_app__.config.globalProperties.$pinia._s.get('marking') as ReturnType<typeof useMarking>
    for (let stroke = 0; stroke < more; stroke++) {
      const y = 0.1 + stroke % 80 / 100
      const points = Array.from({ length: 40 }, (_, at) => ({ x: 0.1 + at / 60, y: y + at % 5 / 500, pressure: 0.5 }))
      marking.layers?.put({ id: crypto.randomUUID(), at: Date.now(), colour: 'blue', unplaced: false, kind: 'stroke', tool: 'pen', width: 0.003, anchor: { page: 1, quote: null, boxes: [] }, points }, 'private')
    }
  }, count)
}
