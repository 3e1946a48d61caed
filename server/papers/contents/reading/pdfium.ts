/** PDFium (WebAssembly) as this folder uses it: the package's own classes stop at plain text, so its functions are called by name. */
import { PDFiumLibrary } from '@hyzyla/pdfium'

type Pointer = number

export interface Pdfium {
  _malloc(bytes: number): Pointer
  _free(pointer: Pointer): void
  HEAPU8: Uint8Array
  HEAP32: Int32Array
  HEAPF32: Float32Array
  HEAPF64: Float64Array
  _FPDF_LoadMemDocument(bytes: Pointer, size: number, password: Pointer): Pointer
  _FPDF_GetPageCount(document: Pointer): number
  _FPDF_LoadPage(document: Pointer, index: number): Pointer
  _FPDF_ClosePage(page: Pointer): void
  _FPDF_GetPageWidthF(page: Pointer): number
  _FPDF_GetPageHeightF(page: Pointer): number
  _FPDF_PageToDevice(page: Pointer, left: number, top: number, width: number, height: number, turn: number, x: number, y: number, outX: Pointer, outY: Pointer): number
  _FPDFText_LoadPage(page: Pointer): Pointer
  _FPDFText_ClosePage(text: Pointer): void
  _FPDFText_CountChars(text: Pointer): number
  _FPDFText_GetUnicode(text: Pointer, at: number): number
  _FPDFText_IsGenerated(text: Pointer, at: number): number
  _FPDFText_GetTextObject(text: Pointer, at: number): Pointer
  _FPDFText_GetLooseCharBox(text: Pointer, at: number, out: Pointer): number
  _FPDFText_GetCharOrigin(text: Pointer, at: number, outX: Pointer, outY: Pointer): number
  _FPDFText_GetMatrix(text: Pointer, at: number, out: Pointer): number
  _FPDFText_GetFontSize(text: Pointer, at: number): number
  _FPDFText_GetFontWeight(text: Pointer, at: number): number
  _FPDFText_GetFontInfo(text: Pointer, at: number, out: Pointer, length: number, outFlags: Pointer): number
  _FPDFPage_CountObjects(page: Pointer): number
  _FPDFPage_GetObject(page: Pointer, at: number): Pointer
  _FPDFPageObj_GetType(object: Pointer): number
  _FPDFPageObj_GetBounds(object: Pointer, left: Pointer, bottom: Pointer, right: Pointer, top: Pointer): number
  _FPDFPageObj_GetMatrix(object: Pointer, out: Pointer): number
  _FPDFPath_CountSegments(path: Pointer): number
  _FPDFPath_GetPathSegment(path: Pointer, at: number): Pointer
  _FPDFPathSegment_GetPoint(segment: Pointer, x: Pointer, y: Pointer): number
  _FPDFPathSegment_GetType(segment: Pointer): number
  _FPDFPathSegment_GetClose(segment: Pointer): number
  _FPDFBookmark_GetFirstChild(document: Pointer, bookmark: Pointer): Pointer
  _FPDFBookmark_GetNextSibling(document: Pointer, bookmark: Pointer): Pointer
  _FPDFBookmark_GetTitle(bookmark: Pointer, out: Pointer, length: number): number
  _FPDFBookmark_GetDest(document: Pointer, bookmark: Pointer): Pointer
  _FPDFBookmark_GetAction(bookmark: Pointer): Pointer
  _FPDFAction_GetDest(document: Pointer, action: Pointer): Pointer
  _FPDFDest_GetDestPageIndex(document: Pointer, destination: Pointer): number
  _FPDFDest_GetLocationInPage(destination: Pointer, hasX: Pointer, hasY: Pointer, hasZoom: Pointer, x: Pointer, y: Pointer, zoom: Pointer): number
  _FPDFBitmap_CreateEx(width: number, height: number, format: number, buffer: Pointer, stride: number): Pointer
  _FPDFBitmap_FillRect(bitmap: Pointer, left: number, top: number, width: number, height: number, colour: number): number
  _FPDF_RenderPageBitmap(bitmap: Pointer, page: Pointer, left: number, top: number, width: number, height: number, turn: number, flags: number): void
  _FPDFBitmap_Destroy(bitmap: Pointer): void
}

export interface OpenedPdf { pdfium: Pdfium; document: Pointer; pages: number }

/** @throws Error when PDFium cannot open it */
export async function openPdf(bytes: Uint8Array): Promise<OpenedPdf> {
  const library = await PDFiumLibrary.init()
  const pdfium = (library as unknown as { module: Pdfium }).module
  const home = pdfium._malloc(bytes.length)
  if (home === 0) throw new Error('no room for the file')
  pdfium.HEAPU8.set(bytes, home)
  const document = pdfium._FPDF_LoadMemDocument(home, bytes.length, 0)
  if (document === 0) throw new Error('PDFium cannot open this file')
  return { pdfium, document, pages: pdfium._FPDF_GetPageCount(document) }
}

/** Places of a page as it is seen: turned the right way round, left and top from its upper left corner, points. */
export interface SeenPage { page: Pointer; width: number; height: number; place(x: number, y: number): [x: number, y: number] }

/** Whole device units a page is mapped on, to get fractions out of a function that gives whole numbers. */
const fine = 1_000_000

/** Calls `look` with page `index` (from 0) open. @throws Error when there is no such page */
export function withPage<T>({ pdfium, document }: OpenedPdf, index: number, look: (seen: SeenPage) => T): T {
  const page = pdfium._FPDF_LoadPage(document, index)
  if (page === 0) throw new Error(`page ${index + 1} cannot be read`)
  const out = pdfium._malloc(8)
  try {
    const [width, height] = [pdfium._FPDF_GetPageWidthF(page), pdfium._FPDF_GetPageHeightF(page)]
    if (!(width > 0 && height > 0)) throw new Error(`page ${index + 1} has no size`)
    const onDevice = (x: number, y: number): [number, number] => {
      pdfium._FPDF_PageToDevice(page, 0, 0, fine, fine, 0, x, y, out, out + 4)
      return [(pdfium.HEAP32[out >> 2] as number) / fine * width, (pdfium.HEAP32[(out >> 2) + 1] as number) / fine * height]
    }
    const [originX, originY] = onDevice(0, 0)
    const [rightX, rightY] = onDevice(100, 0)
    const [upX, upY] = onDevice(0, 100)
    const [a, b, c, d] = [(rightX - originX) / 100, (rightY - originY) / 100, (upX - originX) / 100, (upY - originY) / 100]
    return look({ page, width, height, place: (x, y) => [originX + a * x + c * y, originY + b * x + d * y] })
  } finally {
    pdfium._free(out)
    pdfium._FPDF_ClosePage(page)
  }
}

/** UTF-16 text that `write` puts into a buffer; it answers how many bytes that takes. At most `longest` letters. */
export function textFrom(pdfium: Pdfium, longest: number, write: (out: Pointer, bytes: number) => number): string {
  const bytes = (longest + 1) * 2
  const out = pdfium._malloc(bytes)
  try {
    const length = write(out, bytes)
    // A longer text is not written at all.
    if (length < 2 || length > bytes) return ''
    return Buffer.from(pdfium.HEAPU8.subarray(out, out + length - 2)).toString('utf16le').toWellFormed()
  } finally {
    pdfium._free(out)
  }
}
