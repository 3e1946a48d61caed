import type { Page } from 'playwright-core'
import { eventually } from './screens.ts'

/** The page number that the reader of this screen names. */
export const pageNumber = (page: Page) => page.getByLabel('Đến trang số').inputValue()

/** Whether page `number` of a paper is in sight, at least a third of the screen high, and has ink on it. */
export function isPainted(page: Page, number: number): Promise<boolean> {
  return page.getByRole('region', { name: `Trang ${number}`, exact: true }).evaluateAll(sections => sections.some(section => {
    const { top, bottom } = section.getBoundingClientRect()
    if (Math.min(bottom, innerHeight) - Math.max(top, 0) < innerHeight / 3) return false
    const canvas = section.querySelector('canvas')
    const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data
    if (!pixels) return false
    let ink = 0
    for (let at = 0; at < pixels.length; at += 16) if ((pixels[at + 3] ?? 0) > 200 && (pixels[at] ?? 255) < 128) ink += 1
    return ink > 100
  }))
}

/** Waits until this screen shows page `number`, painted. */
export async function reading(page: Page, number: number): Promise<void> {
  await eventually(() => pageNumber(page)).toBe(String(number))
  await eventually(() => isPainted(page, number)).toBe(true)
}

/** Turns to a page by its number, as a finger and a keyboard would. */
export async function turnTo(page: Page, number: number): Promise<void> {
  const field = page.getByLabel('Đến trang số')
  await field.fill(String(number))
  await field.press('Enter')
}
