import { PDFDocument } from '@cantoo/pdf-lib'
import { openLettering } from '../copying/lettering.ts'
import { drawAround, seenOf } from '../copying/page.ts'
import { readTypeface } from '../copying/typeface.ts'
import { openWatermark } from '../copying/watermark.ts'

/**
 * The PDF with a line across every page: faint and repeated, and small and plain at the foot. It is written anew, so signatures in it no longer
 * hold. @throws when the file cannot be taken apart and put together again, or has not this many pages.
 */
export async function stamp(bytes: Uint8Array, { line, pages: expected }: { line: string; pages: number }, font: Uint8Array): Promise<Uint8Array> {
  // A file that opens without a password may be encrypted all the same.
  const document = await PDFDocument.load(bytes, { updateMetadata: false, password: '' })
  const pages = document.getPages()
  if (pages.length !== expected) throw new Error('not the pages that were counted')
  const { context } = document
  const lettering = openLettering(context, readTypeface(font))
  const watermark = openWatermark(context, lettering.font, lettering.set(line))
  lettering.embed()
  for (const { node } of pages) {
    const { box, turn } = seenOf(node)
    const { name, drawing, draw } = watermark.on(box, turn)
    drawAround(context, node, { before: '', after: draw }, { XObject: new Map([[name, drawing]]), Font: new Map() })
  }
  return document.save({ useObjectStreams: true, updateFieldAppearances: false, addDefaultPage: false })
}
