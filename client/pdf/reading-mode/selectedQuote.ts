import { contextLength, longestQuote, type Quote } from '../../../shared/papers/anchor.ts'
import type { Block, Box } from '../../../shared/papers/contents.ts'

/** Words that the reader has selected, and where: the page and block (its id) in which they begin. `box`: of that block on the page. `rectangle`: on the screen. */
export interface SelectedQuote extends Quote { page: number; block: number; box: Box; rectangle: DOMRect }

/** What is selected in the text, with what stands before and after it; null when it is nothing, or elsewhere. */
export function selectedQuote(selection: Selection | null, article: HTMLElement, blocks: readonly Block[]): SelectedQuote | null {
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null
  const range = selection.getRangeAt(0)
  if (!article.contains(range.commonAncestorContainer)) return null
  const first = (range.startContainer instanceof Element ? range.startContainer : range.startContainer.parentElement)?.closest<HTMLElement>('[data-block]')
  const block = blocks[Number(first?.dataset['block'] ?? 0) - 1]
  const exact = selection.toString().normalize('NFC').trim().slice(0, longestQuote)
  if (!first || !block || exact === '') return null
  const before = document.createRange()
  before.setStart(first, 0)
  before.setEnd(range.startContainer, range.startOffset)
  const last = (range.endContainer instanceof Element ? range.endContainer : range.endContainer.parentElement)?.closest<HTMLElement>('[data-block]') ?? first
  const after = document.createRange()
  after.setStart(range.endContainer, range.endOffset)
  after.setEnd(last, last.childNodes.length)
  return {
    exact, prefix: before.toString().normalize('NFC').slice(-contextLength), suffix: after.toString().normalize('NFC').slice(0, contextLength),
    page: block.page, block: block.id, box: block.box, rectangle: range.getBoundingClientRect(),
  }
}

/** A whole block as if it were selected; null when it has no words. */
export function quoteOfBlock(element: HTMLElement, blocks: readonly Block[]): SelectedQuote | null {
  const block = blocks[Number(element.dataset['block'] ?? 0) - 1]
  const exact = element.innerText.normalize('NFC').trim().slice(0, longestQuote)
  if (!block || block.kind === 'picture' || exact === '') return null
  return { exact, prefix: '', suffix: '', page: block.page, block: block.id, box: block.box, rectangle: element.getBoundingClientRect() }
}
