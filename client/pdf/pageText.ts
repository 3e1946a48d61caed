import { foldForSearch } from '../../shared/vietnamese/search.ts'
import type { PDFDocumentProxy, PDFPageProxy } from './engine.ts'

export type TextContent = Awaited<ReturnType<PDFPageProxy['getTextContent']>>
type TextItem = Extract<TextContent['items'][number], { str: string }>

/** The text of a page as it is searched, and where each piece of it lies. */
export interface PageText {
  text: string
  /** `text` as search compares it, kept because folding is the dear part. */
  folded: string
  pieces: Piece[]
}

/** `item`: index among the page's text items, which is also the index of its element in the text layer. `x`, `y`: its upper left corner, 0–1. */
export interface Piece { start: number; end: number; item: number; x: number; y: number }

export function pageTextOf(content: TextContent, page: PDFPageProxy): PageText {
  const viewport = page.getViewport({ scale: 1 })
  let text = ''
  const pieces: Piece[] = []
  let item = 0
  for (const part of content.items) {
    if (!('str' in part)) continue
    const { str, transform, height, hasEOL } = part as TextItem
    if (str !== '') {
      const [x, y] = viewport.convertToViewportPoint(transform[4] as number, (transform[5] as number) + height) as [number, number]
      pieces.push({ start: text.length, end: text.length + str.length, item, x: x / viewport.width, y: y / viewport.height })
      text += str
    }
    // A line's end parts words, unless the text already did.
    if (hasEOL && text !== '' && !/\s$/u.test(text)) text += ' '
    item++
  }
  return { text, folded: foldForSearch(text), pieces }
}

/** Texts of one paper's pages, each asked for once. */
export class PaperText {
  private readonly document: PDFDocumentProxy
  private readonly pages = new Map<number, Promise<PageText>>()

  constructor(document: PDFDocumentProxy) { this.document = document }

  page(number: number): Promise<PageText> {
    const known = this.pages.get(number)
    if (known) return known
    const reading = this.read(number)
    this.pages.set(number, reading)
    reading.catch(() => this.pages.delete(number))
    return reading
  }

  private async read(number: number): Promise<PageText> {
    const page = await this.document.getPage(number)
    return pageTextOf(await page.getTextContent(), page)
  }
}
