import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** A piece of text as the file writes it: where it begins on the page as it is seen (points from the upper left), and by how much it is turned (degrees). */
export interface Line { text: string; x: number; y: number; turn: number }
export interface LinedPage { width: number; height: number; lines: Line[] }

/** What is written on each page of a PDF, also across others. */
export async function linesOf(bytes: Uint8Array): Promise<LinedPage[]> {
  const task = getDocument({ data: new Uint8Array(bytes), verbosity: 0, useSystemFonts: false })
  const document = await task.promise
  const pages: LinedPage[] = []
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number)
    const viewport = page.getViewport({ scale: 1 })
    const { items } = await page.getTextContent()
    const lines = items.flatMap((item) => {
      if (!('str' in item) || item.str.trim() === '') return []
      const [a, b, , , e, f] = item.transform as [number, number, number, number, number, number]
      const [x, y] = viewport.convertToViewportPoint(e, f) as [number, number]
      const [ahead, up] = viewport.convertToViewportPoint(e + a, f + b) as [number, number]
      return [{ text: item.str, x, y, turn: Math.round(Math.atan2(y - up, ahead - x) * 180 / Math.PI) }]
    })
    pages.push({ width: viewport.width, height: viewport.height, lines })
  }
  await task.destroy()
  return pages
}
