import { mostPixels, type Drawing, type Told } from './job.ts'
import { withPage, type OpenedPdf } from './pdfium.ts'

const [greyFormat, fourBytes] = [1, 3]
const [annotations, redFirst] = [0x01, 0x10]
const white = 0xffffffff

/** Draws one page, turned as it is seen, notes and stamps included. */
export function draw(pdf: OpenedPdf, { page, width: wanted, grey }: Drawing): Extract<Told, { kind: 'drawn' }> {
  const { pdfium } = pdf
  return withPage(pdf, page - 1, seen => {
    const shrink = Math.min(1, Math.sqrt(mostPixels / (wanted * wanted * seen.height / seen.width)))
    const width = Math.max(1, Math.round(wanted * shrink))
    const height = Math.max(1, Math.round(width * seen.height / seen.width))
    const channels = grey ? 1 : 4
    const stride = width * channels
    const home = pdfium._malloc(stride * height)
    if (home === 0) throw new Error('no room for the picture')
    try {
      const bitmap = pdfium._FPDFBitmap_CreateEx(width, height, grey ? greyFormat : fourBytes, home, stride)
      pdfium._FPDFBitmap_FillRect(bitmap, 0, 0, width, height, white)
      pdfium._FPDF_RenderPageBitmap(bitmap, seen.page, 0, 0, width, height, 0, annotations | (grey ? 0 : redFirst))
      pdfium._FPDFBitmap_Destroy(bitmap)
      return { kind: 'drawn', page, width, height, channels, pixels: pdfium.HEAPU8.slice(home, home + stride * height) }
    } finally {
      pdfium._free(home)
    }
  })
}
