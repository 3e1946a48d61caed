import type { CDPSession, Page } from 'playwright-core'
import { pdf, serif } from '../papers/generate.ts'
import { eventually } from './screens.ts'

/** Sentences that the tests mark; each stands on one line of its page. */
export const sentences = {
  households: 'Hội đồng nhân dân tỉnh xem xét số liệu hộ nghèo trước kỳ họp.',
  budget: 'Ngân sách tỉnh bảo đảm kinh phí thực hiện từ năm 2027.',
  tablets: 'Mỗi xã được trang bị mười máy tính bảng dùng cho phòng họp.',
  archive: 'Hồ sơ kỳ họp được lưu trữ điện tử trong thời hạn hai mươi năm.',
} as const

const filler = (page: number) => Array.from({ length: 4 }, (_, index) => `Quy định ${page}.${index + 1} về trách nhiệm của các cơ quan có liên quan.`)

function pageOf(document: PDFKit.PDFDocument, title: string, lines: readonly string[]): void {
  document.addPage()
  document.font(serif).fontSize(16).text(title, { align: 'center' }).moveDown()
  for (const [index, line] of lines.entries()) document.fontSize(14).text(`${index + 1}. ${line}`).moveDown()
}

/** A draft of three pages. */
export function draft(): Promise<Buffer> {
  return pdf((document) => {
    pageOf(document, 'Điều 1. Phạm vi điều chỉnh', [sentences.households, sentences.budget, ...filler(1)])
    pageOf(document, 'Điều 2. Trang thiết bị', [sentences.tablets, ...filler(2)])
    pageOf(document, 'Điều 3. Lưu trữ', [sentences.archive, ...filler(3)])
  }, { autoFirstPage: false })
}

/** Its next version: a page put in before all others, and the article on equipment taken out. */
export function nextDraft(): Promise<Buffer> {
  return pdf((document) => {
    pageOf(document, 'Giải trình tiếp thu', filler(9))
    pageOf(document, 'Điều 1. Phạm vi điều chỉnh', [...filler(8).slice(0, 2), sentences.households, sentences.budget])
    pageOf(document, 'Điều 2. Lưu trữ', [sentences.archive, ...filler(3)])
  }, { autoFirstPage: false })
}

type Place = readonly [x: number, y: number]

/** A person's hands on a tablet: a pen with pressure, and fingers, as the browser gets them from the system. */
export class Hand {
  readonly #page: Page
  readonly #line: CDPSession

  private constructor(page: Page, line: CDPSession) {
    this.#page = page
    this.#line = line
  }

  static async of(page: Page): Promise<Hand> {
    return new Hand(page, await page.context().newCDPSession(page))
  }

  /** A place of a printed page (parts of it) on the screen. */
  async at(number: number, [x, y]: Place): Promise<Place> {
    const box = await this.#page.locator(`[data-page="${number}"]`).boundingBox()
    if (!box) throw new Error(`page ${number} is not on the screen`)
    return [box.x + x * box.width, box.y + y * box.height]
  }

  /** One stroke of the pen over a printed page, from place to place. */
  async pen(number: number, places: readonly Place[]): Promise<void> {
    const points = await Promise.all(places.map((place) => this.at(number, place)))
    const send = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', [x, y]: Place, force: number) =>
      this.#line.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', buttons: type === 'mouseReleased' ? 0 : 1, clickCount: 1, pointerType: 'pen', force })
    const [first, last] = [points[0], points.at(-1)]
    if (!first || !last) return
    await send('mousePressed', first, 0.2)
    for (const [index, to] of points.slice(1).entries()) {
      const from = points[index] as Place
      for (let step = 1; step <= 6; step++) await send('mouseMoved', [from[0] + (to[0] - from[0]) * step / 6, from[1] + (to[1] - from[1]) * step / 6], 0.2 + step / 10)
    }
    await send('mouseReleased', last, 0)
  }

  /** A finger drawn over the screen from a place of a page, so many pixels up. */
  async finger(number: number, from: Place, up: number): Promise<void> {
    const [x, y] = await this.at(number, from)
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at: number) => this.#line.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y: at }] })
    await touch('touchStart', y)
    for (let step = 1; step <= 8; step++) await touch('touchMove', y - up * step / 8)
    await touch('touchEnd', y - up)
  }

  /** Where words stand on a printed page, as parts of it. */
  async words(number: number, words: string): Promise<{ left: number; right: number; top: number; bottom: number }> {
    const found = () => this.#page.evaluate(([number, words]) => {
      const page = document.querySelector(`[data-page="${number}"]`)
      const walker = document.createTreeWalker(page?.querySelector('.paper-text') ?? document.createElement('p'), NodeFilter.SHOW_TEXT)
      for (let node = walker.nextNode(); page && node; node = walker.nextNode()) {
        const at = node.textContent?.indexOf(words as string) ?? -1
        if (at < 0) continue
        const range = document.createRange()
        range.setStart(node, at)
        range.setEnd(node, at + (words as string).length)
        const [box, whole] = [range.getBoundingClientRect(), page.getBoundingClientRect()]
        return { left: (box.left - whole.left) / whole.width, right: (box.right - whole.left) / whole.width, top: (box.top - whole.top) / whole.height, bottom: (box.bottom - whole.top) / whole.height }
      }
      return null
    }, [number, words] as const)
    await eventually(found).not.toBeNull()
    return (await found())!
  }

  /** Draws the highlighter over words with the pen. */
  async highlight(number: number, words: string): Promise<void> {
    const { left, right, top, bottom } = await this.words(number, words)
    const middle = (top + bottom) / 2
    await this.pen(number, [[left + 0.001, middle], [(left + right) / 2, middle], [right - 0.001, middle]])
  }
}

/** What is drawn on the printed pages that are on the screen: how many marks. */
export const marksOn = (page: Page) => page.locator('[data-page] [data-mark]').count()

/** How much of these words (0–1, across) a mark on the page covers, and how much of the mark lies beside them. */
export async function covers(page: Page, hand: Hand, number: number, words: string): Promise<{ covered: number; beside: number }> {
  const { left, right, top, bottom } = await hand.words(number, words)
  const boxes = await page.locator(`[data-page="${number}"]`).evaluate((sheet) => {
    const whole = sheet.getBoundingClientRect()
    return [...sheet.querySelectorAll('g[data-mark] rect')].map((each) => each.getBoundingClientRect()).map((box) => ({ left: (box.left - whole.left) / whole.width, right: (box.right - whole.left) / whole.width, middle: (box.top + box.height / 2 - whole.top) / whole.height }))
  })
  const here = boxes.filter(({ middle }) => middle > top - 0.005 && middle < bottom + 0.005)
  const covered = Math.max(0, ...here.map((box) => (Math.min(right, box.right) - Math.max(left, box.left)) / (right - left)))
  return { covered, beside: here.reduce((sum, box) => sum + Math.max(0, left - box.left) + Math.max(0, box.right - right), 0) / (right - left) }
}
