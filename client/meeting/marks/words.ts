import { quoteOf, mostBoxes, contextLength, type Anchor } from '../../../shared/papers/anchor.ts'
import type { Box } from '../../../shared/papers/contents.ts'
import { joinLine } from '../../../shared/papers/quotes.ts'

/** The words of a drawn page as they lie in its text layer. */
interface PageText { text: string; nodes: { node: Text; start: number }[] }

function pageTextOf(page: HTMLElement): PageText {
  const home = page.querySelector('.paper-text')
  const nodes: PageText['nodes'] = []
  let text = ''
  if (!home) return { text, nodes }
  const walker = document.createTreeWalker(home, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node instanceof Text) {
      nodes.push({ node, start: text.length })
      text += node.data
    } else if (node instanceof HTMLBRElement && !/\s$/u.test(text)) text += ' '
  }
  return { text, nodes }
}

/** A place between two letters. */
export interface Caret { node: Text; offset: number }

/** The letter under a point of the screen, with `over` out of the way; null where there are no words. */
export function caretAt(page: HTMLElement, over: HTMLElement, x: number, y: number): Caret | null {
  over.style.pointerEvents = 'none'
  const range = document.caretRangeFromPoint?.(x, y) ?? null
  over.style.pointerEvents = ''
  const node = range?.startContainer
  if (!range || !(node instanceof Text) || !page.querySelector('.paper-text')?.contains(node)) return null
  // The browser answers with the nearest words, however far away they are.
  const around = document.createRange()
  around.selectNodeContents(node)
  const near = [...around.getClientRects()].some((box) => x > box.left - 12 && x < box.right + 12 && y > box.top - box.height * 0.6 && y < box.bottom + box.height * 0.6)
  return near ? { node, offset: range.startOffset } : null
}

/** What stands between two places of one page, in whichever order. */
export function anchorBetween(page: HTMLElement, one: Caret, other: Caret): Anchor | null {
  const text = pageTextOf(page)
  const place = ({ node, offset }: Caret) => (text.nodes.find((each) => each.node === node)?.start ?? 0) + offset
  const [start, end] = [place(one), place(other)].sort((a, b) => a - b) as [number, number]
  return end > start ? anchorOf(page, text, start, end) : null
}

/** The selected words, page by page. */
export function anchorsOfSelection(selection: Selection | null): Anchor[] {
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return []
  const range = selection.getRangeAt(0)
  return [...document.querySelectorAll<HTMLElement>('[data-page]')].filter((page) => range.intersectsNode(page)).flatMap((page) => {
    const text = pageTextOf(page)
    const touched = text.nodes.filter(({ node }) => range.intersectsNode(node))
    const [first, last] = [touched[0], touched.at(-1)]
    if (!first || !last) return []
    const start = first.start + (first.node === range.startContainer ? range.startOffset : 0)
    const end = last.start + (last.node === range.endContainer ? range.endOffset : last.node.length)
    const anchor = end > start ? anchorOf(page, text, start, end) : null
    return anchor ? [anchor] : []
  })
}

/** The few words at a place, for a note that is set there by a tap. */
export function anchorAround(page: HTMLElement, caret: Caret): Anchor | null {
  const text = pageTextOf(page)
  const at = (text.nodes.find((each) => each.node === caret.node)?.start ?? 0) + caret.offset
  const start = text.text.lastIndexOf(' ', Math.max(0, at - 24)) + 1
  const end = text.text.indexOf(' ', at + 24)
  return anchorOf(page, text, start, end === -1 ? text.text.length : end)
}

/** The words that were drawn over, so that ink goes where they go; null when there are none near enough. `area` in parts of the page. */
export function anchorUnder(page: HTMLElement, area: Box): Anchor | null {
  const text = pageTextOf(page)
  const whole = page.getBoundingClientRect()
  const [left, right] = [whole.left + (area.x - 0.005) * whole.width, whole.left + (area.x + area.width + 0.005) * whole.width]
  const [top, bottom] = [whole.top + (area.y - 0.012) * whole.height, whole.top + (area.y + area.height + 0.004) * whole.height]
  const hits = text.nodes.filter(({ node }) => boxesOfNode(node).some((box) => box.right > left && box.left < right && box.bottom > top && box.top < bottom && box.width > 1)).slice(0, 6)
  const [first, last] = [hits[0], hits.at(-1)]
  return first && last ? anchorOf(page, text, first.start, last.start + last.node.length) : null
}

function boxesOfNode(node: Text): DOMRect[] {
  const range = document.createRange()
  range.selectNodeContents(node)
  return [...range.getClientRects()]
}

function anchorOf(page: HTMLElement, { text, nodes }: PageText, start: number, end: number): Anchor | null {
  const quote = quoteOf(text.slice(start, end), text.slice(Math.max(0, start - contextLength * 2), start), text.slice(end, end + contextLength * 2))
  if (!quote) return null
  const whole = page.getBoundingClientRect()
  const boxes: Box[] = []
  for (const { node, start: from } of nodes) {
    if (from + node.length <= start || from >= end) continue
    const range = document.createRange()
    range.setStart(node, Math.max(0, start - from))
    range.setEnd(node, Math.min(node.length, end - from))
    for (const box of range.getClientRects()) {
      if (box.width < 0.5) continue
      joinLine(boxes, { x: part(box.left - whole.left, whole.width), y: part(box.top - whole.top, whole.height), width: box.width / whole.width, height: box.height / whole.height })
    }
  }
  return { page: Number(page.dataset.page), quote, boxes: boxes.slice(0, mostBoxes) }
}

const part = (length: number, whole: number) => Math.min(1, Math.max(0, length / whole))
