import type { OutlineEntry } from '../../../../shared/papers/contents.ts'
import { textFrom, withPage, type OpenedPdf } from './pdfium.ts'

const [mostEntries, deepest, longestTitle] = [3000, 6, 300]

/** The PDF's own bookmarks, in their order. Those that lead nowhere in this file are left out. */
export function bookmarksOf(pdf: OpenedPdf): OutlineEntry[] {
  const { pdfium, document, pages } = pdf
  const entries: OutlineEntry[] = []
  // A hostile list may lead back to its beginning.
  const seen = new Set<number>()
  const out = pdfium._malloc(32)

  function walk(parent: number, level: number): void {
    for (let mark = pdfium._FPDFBookmark_GetFirstChild(document, parent); mark !== 0; mark = pdfium._FPDFBookmark_GetNextSibling(document, mark)) {
      if (seen.has(mark) || entries.length >= mostEntries) return
      seen.add(mark)
      const title = textFrom(pdfium, longestTitle, (buffer, bytes) => pdfium._FPDFBookmark_GetTitle(mark, buffer, bytes)).normalize('NFC').replace(/\s+/gu, ' ').trim()
      const destination = pdfium._FPDFBookmark_GetDest(document, mark) || pdfium._FPDFAction_GetDest(document, pdfium._FPDFBookmark_GetAction(mark))
      const index = destination === 0 ? -1 : pdfium._FPDFDest_GetDestPageIndex(document, destination)
      if (title !== '' && index >= 0 && index < pages) entries.push({ title, page: index + 1, top: topOf(destination, index), level, blockId: null })
      if (level < deepest) walk(mark, level + 1)
    }
  }

  /** Where on the page it leads, 0 (its upper edge) to 1. */
  function topOf(destination: number, index: number): number {
    const told = pdfium._FPDFDest_GetLocationInPage(destination, out, out + 4, out + 8, out + 12, out + 16, out + 20)
    if (!told || pdfium.HEAP32[(out + 4) >> 2] === 0) return 0
    const [x, y] = [pdfium.HEAPF32[(out + 12) >> 2] as number, pdfium.HEAPF32[(out + 16) >> 2] as number]
    try {
      return withPage(pdf, index, page => Math.min(1, Math.max(0, page.place(x, y)[1] / page.height))) || 0
    } catch {
      return 0
    }
  }

  try {
    walk(0, 1)
    return entries
  } finally {
    pdfium._free(out)
  }
}
