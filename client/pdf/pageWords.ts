import type { PageWords } from '../../shared/papers/quotes.ts'
import type { PDFDocumentProxy } from './engine.ts'

/** The words of one page (from 1) with their places, as pdf.js reads them: one run for each word, so that its place does not depend on how wide others are. */
export async function pageWordsOf(document: PDFDocumentProxy, number: number): Promise<PageWords> {
  const page = await document.getPage(number)
  const viewport = page.getViewport({ scale: 1 })
  const { items, styles } = await page.getTextContent()
  const runs = items.flatMap((item) => {
    if (!('str' in item) || item.str === '') return []
    const [a = 1, b = 0, , , e = 0, f = 0] = item.transform as number[]
    // Corners of a word's box, along the direction in which it is written.
    const length = Math.hypot(a, b) || 1
    const [alongX, alongY] = [a / length * item.width, b / length * item.width]
    const [upX, upY] = [-b / length * item.height, a / length * item.height]
    return wordsOf(item.str, (styles[item.fontName] as { fontFamily?: string } | undefined)?.fontFamily ?? 'serif').map(({ text, from, to }) => {
      const [startX, startY, endX, endY] = [e + alongX * from, f + alongY * from, e + alongX * to, f + alongY * to]
      const corners = [[startX, startY], [endX, endY], [startX + upX, startY + upY], [endX + upX, endY + upY]].map(([x, y]) => viewport.convertToViewportPoint(x as number, y as number) as [number, number])
      const [left, right] = [Math.min(...corners.map(([x]) => x)), Math.max(...corners.map(([x]) => x))]
      const [top, bottom] = [Math.min(...corners.map(([, y]) => y)), Math.max(...corners.map(([, y]) => y))]
      // Below the line as far as letters reach.
      const below = (bottom - top) * 0.2
      return { text, x: inside(left / viewport.width), y: inside(top / viewport.height), width: inside((right - left) / viewport.width), height: inside((bottom - top + below) / viewport.height) }
    })
  })
  return { runs }
}

let measure: CanvasRenderingContext2D | null = null

/** A stretch cut into words, each with the space behind it, and where it begins and ends in the stretch (0–1), by the widths of letters of such a font. */
function wordsOf(text: string, family: string): { text: string; from: number; to: number }[] {
  const words = text.match(/\s*\S+\s*|\s+/gu) ?? [text]
  if (words.length === 1) return [{ text, from: 0, to: 1 }]
  measure ??= globalThis.document?.createElement('canvas').getContext('2d') ?? null
  if (measure) measure.font = `20px ${family}`
  const widthOf = (part: string) => measure?.measureText(part).width ?? part.length
  const whole = widthOf(text) || 1
  let said = ''
  let from = 0
  return words.map((word) => {
    said += word
    const to = Math.min(1, widthOf(said) / whole)
    const run = { text: word, from, to }
    from = to
    return run
  })
}

const inside = (value: number) => Math.min(1, Math.max(0, value))
