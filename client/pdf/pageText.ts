import type { Box, PageText as HubWords } from '../../shared/papers/contents.ts'
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
export interface Piece { start: number; end: number; item: number; x: number; y: number; /** Where it lies, if that is told and not measured on the text layer. */ box?: Box }

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

/** The hub's words of a page as they are searched. */
function pageTextOfWords({ runs }: HubWords): PageText {
  let text = ''
  const pieces: Piece[] = []
  runs.forEach(({ text: words, x, y, width, height }, item) => {
    const before = runs[item - 1]
    const sameLine = before !== undefined && Math.abs(before.y - y) < height / 2 && x - before.x - before.width < height * 0.15
    if (text !== '' && !/\s$/u.test(text) && !sameLine) text += ' '
    pieces.push({ start: text.length, end: text.length + words.length, item, x, y, box: { x, y, width, height } })
    text += words
  })
  return { text, folded: foldForSearch(text), pieces }
}

/** A paper some of whose pages say something else in their text layer than one reads, or nothing: there the hub's words are searched. */
export class MendedText {
  private readonly own: PaperText
  private readonly mended: ReadonlySet<number>
  private readonly words: (page: number) => Promise<HubWords | null>
  private readonly pages = new Map<number, Promise<PageText>>()

  constructor(own: PaperText, mended: readonly number[], words: (page: number) => Promise<HubWords | null>) {
    this.own = own
    this.mended = new Set(mended)
    this.words = words
  }

  page(number: number): Promise<PageText> {
    if (!this.mended.has(number)) return this.own.page(number)
    const reading = this.pages.get(number) ?? this.words(number).then(words => (words ? pageTextOfWords(words) : this.own.page(number)))
    this.pages.set(number, reading)
    return reading
  }
}
