import { blocksOf } from '../../shared/papers/blocks/blocksOf.ts'
import type { OutlineEntry, PageText, PaperContents, TextRun } from '../../shared/papers/contents.ts'
import type { PDFDocumentProxy, PDFPageProxy } from './engine.ts'

/**
 * The text of a paper made on this device, out of the PDF's own text layer: where the hub has not read the paper yet, or cannot be asked.
 * Old fonts stay as they are, nothing is recognised, and tables are found by their columns only.
 */
export async function ownContents(document: PDFDocumentProxy, goOn: () => boolean): Promise<PaperContents | null> {
  const pages: PageText[] = []
  for (let number = 1; number <= document.numPages; number++) {
    if (!goOn()) return null
    try {
      pages.push(await wordsOf(await document.getPage(number)))
    } catch {
      // A damaged page has no words; the others may.
      pages.push({ width: 595, height: 842, source: 'none', runs: [] })
    }
  }
  const { blocks, outline } = blocksOf(pages)
  return { blocks, outline: outline.length > 0 ? outline : await bookmarksOf(document), recognised: [], rewritten: [], wordless: pages.flatMap(({ runs }, index) => (runs.length === 0 ? [index + 1] : [])) }
}

type Bookmark = Awaited<ReturnType<PDFDocumentProxy['getOutline']>>[number]

/** The PDF's own bookmarks; those that lead nowhere are left out. */
async function bookmarksOf(document: PDFDocumentProxy): Promise<OutlineEntry[]> {
  const entries: OutlineEntry[] = []
  async function walk(marks: readonly Bookmark[], level: number): Promise<void> {
    for (const { title, dest, items } of marks) {
      const target = typeof dest === 'string' ? await document.getDestination(dest) : dest
      const page = target ? await document.getPageIndex(target[0]).catch(() => -1) : -1
      if (page >= 0) entries.push({ title: title.normalize('NFC'), page: page + 1, top: 0, level, blockId: null })
      if (level < 6) await walk(items as Bookmark[], level + 1)
    }
  }
  try {
    await walk(await document.getOutline() ?? [], 1)
  } catch { /* A broken list has the entries that came before. */ }
  return entries
}

async function wordsOf(page: PDFPageProxy): Promise<PageText> {
  const { width, height, convertToViewportPoint } = page.getViewport({ scale: 1 })
  const viewport = page.getViewport({ scale: 1 })
  const { items, styles } = await page.getTextContent()
  const runs: TextRun[] = []
  for (const item of items) {
    if (!('str' in item) || item.str === '') continue
    const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = item.transform as number[]
    const size = Math.hypot(c, d)
    const [along, across] = [a / (Math.hypot(a, b) || 1), b / (Math.hypot(a, b) || 1)]
    const style = styles[item.fontName]
    const corner = (far: number, high: number): [number, number] =>
      convertToViewportPoint.call(viewport, e + along * far - across * high, f + across * far + along * high) as [number, number]
    const [one, other] = [corner(0, (style?.descent || -0.2) * size), corner(item.width, (style?.ascent || 0.9) * size)]
    const [left, top] = [Math.min(one[0], other[0]), Math.min(one[1], other[1])]
    runs.push({
      text: item.str.normalize('NFC'), x: left / width, y: top / height, width: Math.abs(one[0] - other[0]) / width, height: Math.abs(one[1] - other[1]) / height,
      size, bold: false, italic: false,
    })
  }
  return { width, height, source: runs.length > 0 ? 'text' : 'none', runs }
}
