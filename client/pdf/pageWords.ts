import type { PageWords } from '../../shared/papers/quotes.ts'
import type { PDFDocumentProxy } from './engine.ts'

/** The words of one page (from 1) with their places, as pdf.js reads them. */
export async function pageWordsOf(document: PDFDocumentProxy, number: number): Promise<PageWords> {
  const page = await document.getPage(number)
  const viewport = page.getViewport({ scale: 1 })
  const { items } = await page.getTextContent()
  const runs = items.flatMap((item) => {
    if (!('str' in item) || item.str === '') return []
    const [a = 1, b = 0, , , e = 0, f = 0] = item.transform as number[]
    // Corners of the words' box, along the direction in which they are written.
    const length = Math.hypot(a, b) || 1
    const [alongX, alongY] = [a / length * item.width, b / length * item.width]
    const [upX, upY] = [-b / length * item.height, a / length * item.height]
    const corners = [[e, f], [e + alongX, f + alongY], [e + upX, f + upY], [e + alongX + upX, f + alongY + upY]].map(([x, y]) => viewport.convertToViewportPoint(x as number, y as number) as [number, number])
    const [left, right] = [Math.min(...corners.map(([x]) => x)), Math.max(...corners.map(([x]) => x))]
    const [top, bottom] = [Math.min(...corners.map(([, y]) => y)), Math.max(...corners.map(([, y]) => y))]
    // Below the line as far as letters reach.
    const below = (bottom - top) * 0.2
    return [{ text: item.str, x: inside(left / viewport.width), y: inside(top / viewport.height), width: inside((right - left) / viewport.width), height: inside((bottom - top + below) / viewport.height) }]
  })
  return { runs }
}

const inside = (value: number) => Math.min(1, Math.max(0, value))
