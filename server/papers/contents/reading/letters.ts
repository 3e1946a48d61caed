import { type OpenedPdf, type Pdfium, type SeenPage } from './pdfium.ts'

/** How letters of one piece of text look. `x`, `y`: the direction in which it is written, on the page as seen (level text: 1, 0). */
export interface Look { font: string; size: number; bold: boolean; italic: boolean; x: number; y: number }

/** One letter as the page shows it; `left` … `bottom` and its foot (`x`, `y`) in points from the page's upper left corner. */
export interface Letter { text: string; look: Look; x: number; y: number; left: number; top: number; right: number; bottom: number; /** A space or line's end that PDFium supposes. */ supposed: boolean }

const mostLetters = 200_000
const boldName = /bold|black|heavy|semib|demi/iu
const italicName = /ital|obliq/iu
const [italicFlag, forceBoldFlag] = [1 << 6, 1 << 18]

/** The letters of one page, in the order in which the file has them. */
export function lettersOf({ pdfium }: OpenedPdf, seen: SeenPage): Letter[] {
  const text = pdfium._FPDFText_LoadPage(seen.page)
  if (text === 0) return []
  const out = pdfium._malloc(512)
  try {
    const letters: Letter[] = []
    const looks = new Map<number, Look>()
    const count = Math.min(pdfium._FPDFText_CountChars(text), mostLetters)
    const plain: Look = { font: '', size: 0, bold: false, italic: false, x: 1, y: 0 }
    for (let at = 0; at < count; at++) {
      const code = pdfium._FPDFText_GetUnicode(text, at)
      const supposed = pdfium._FPDFText_IsGenerated(text, at) === 1
      const written = letterOf(code)
      if (supposed) { letters.push({ text: written, look: letters.at(-1)?.look ?? plain, x: 0, y: 0, left: 0, top: 0, right: 0, bottom: 0, supposed }); continue }
      const object = pdfium._FPDFText_GetTextObject(text, at)
      let look = looks.get(object)
      if (!look) looks.set(object, look = lookOf(pdfium, text, at, seen, out))
      if (!pdfium._FPDFText_GetLooseCharBox(text, at, out)) continue
      const [left, top, right, bottom] = pdfium.HEAPF32.subarray(out >> 2, (out >> 2) + 4) as unknown as [number, number, number, number]
      pdfium._FPDFText_GetCharOrigin(text, at, out + 16, out + 24)
      const [x, y] = seen.place(pdfium.HEAPF64[(out >> 3) + 2] as number, pdfium.HEAPF64[(out >> 3) + 3] as number)
      const [x1, y1] = seen.place(left, top)
      const [x2, y2] = seen.place(right, bottom)
      const box = { left: Math.min(x1, x2), right: Math.max(x1, x2), top: Math.min(y1, y2), bottom: Math.max(y1, y2) }
      // What lies beside the page is not there for whoever reads it.
      if (![box.left, box.top, box.right, box.bottom, x, y].every(Number.isFinite)) continue
      if (box.right < 0 || box.left > seen.width || box.bottom < 0 || box.top > seen.height) continue
      letters.push({ text: written, look, x, y, ...box, supposed })
    }
    return letters
  } finally {
    pdfium._free(out)
    pdfium._FPDFText_ClosePage(text)
  }
}

/** PDFium marks a hyphen at a line's end with U+FFFE. */
function letterOf(code: number): string {
  if (code === 0xfffe || code === 2) return '-'
  if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return '\ufffd'
  return String.fromCodePoint(code)
}

function lookOf(pdfium: Pdfium, text: number, at: number, seen: SeenPage, out: number): Look {
  const length = pdfium._FPDFText_GetFontInfo(text, at, out, 256, out + 256)
  const font = length > 1 && length <= 256 ? Buffer.from(pdfium.HEAPU8.subarray(out, out + length - 1)).toString('utf8') : ''
  const flags = length > 0 ? pdfium.HEAP32[(out + 256) >> 2] as number : 0
  const weight = pdfium._FPDFText_GetFontWeight(text, at)
  let [a, b, c, d] = [1, 0, 0, 1]
  if (pdfium._FPDFText_GetMatrix(text, at, out)) [a, b, c, d] = pdfium.HEAPF32.subarray(out >> 2, (out >> 2) + 4) as unknown as [number, number, number, number]
  const [x0, y0] = seen.place(0, 0)
  const [x1, y1] = seen.place(a, b)
  const long = Math.hypot(x1 - x0, y1 - y0) || 1
  return {
    font, size: pdfium._FPDFText_GetFontSize(text, at) * (Math.hypot(c, d) || 1),
    bold: boldName.test(font) || (flags & forceBoldFlag) !== 0 || weight >= 600,
    italic: italicName.test(font) || (flags & italicFlag) !== 0,
    x: (x1 - x0) / long, y: (y1 - y0) / long,
  }
}
