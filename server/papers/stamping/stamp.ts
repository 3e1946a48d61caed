import { inflateSync, constants } from 'node:zlib'
import { PDFArray, PDFDict, PDFDocument, PDFName, PDFRawStream, PDFRef, decodePDFRawStream, type PDFContext, type PDFPage } from '@cantoo/pdf-lib'
import { openStates } from './depth.ts'
import { readTypeface } from './typeface.ts'
import { nameOfStamp, write, type Written } from './written.ts'

/** Degrees. */
const slope = 24
/** What one page's content may unpack to before nobody counts in it any more. */
const mostCounted = 64 * 2 ** 20

/**
 * The PDF with a line across every page: faint and repeated, and small and plain at the foot. It is written anew, so signatures in it no longer
 * hold. @throws when the file cannot be taken apart and put together again, or has not this many pages.
 */
export async function stamp(bytes: Uint8Array, { line, pages: expected }: { line: string; pages: number }, font: Uint8Array): Promise<Uint8Array> {
  // A file that opens without a password may be encrypted all the same.
  const document = await PDFDocument.load(bytes, { updateMetadata: false, password: '' })
  const pages = document.getPages()
  if (pages.length !== expected) throw new Error('not the pages that were counted')
  const written = write(document.context, readTypeface(font), line)
  const drawings = new Map<string, { name: PDFName; drawing: PDFRef }>()
  for (const page of pages) {
    const box = page.getCropBox()
    const turn = ((page.getRotation().angle % 360) + 360) % 360
    const [width, height] = turn % 180 === 0 ? [box.width, box.height] : [box.height, box.width]
    if (!(width > 0 && height > 0)) throw new Error('a page without a size')
    const size = `${width}x${height}`
    let known = drawings.get(size)
    if (!known) drawings.set(size, (known = { name: nameOfStamp(`${drawings.size}`), drawing: drawn(document.context, written, width, height) }))
    const [a, b, c, d] = ({ 90: [0, 1, -1, 0], 180: [-1, 0, 0, -1], 270: [0, -1, 1, 0] } as Record<number, number[]>)[turn] ?? [1, 0, 0, 1]
    const x = box.x + (turn === 90 || turn === 180 ? box.width : 0)
    const y = box.y + (turn === 180 || turn === 270 ? box.height : 0)
    put(document.context, page, known.name, known.drawing, [a, b, c, d, x, y].join(' '))
  }
  return document.save({ useObjectStreams: true, updateFieldAppearances: false, addDefaultPage: false })
}

/** Drawn after all that the page draws, whatever state that leaves behind. */
function put(context: PDFContext, page: PDFPage, name: PDFName, drawing: PDFRef, matrix: string): void {
  const { node } = page
  const contents = node.get(PDFName.of('Contents'))
  const found = context.lookup(contents)
  const streams = found instanceof PDFArray ? found.asArray() : contents instanceof PDFRef && found ? [contents] : []
  const left = openOf(context, streams)
  const after = `\n${'Q '.repeat(left + 1)}q ${matrix} cm ${name.toString()} Do Q\n`
  node.set(PDFName.of('Contents'), context.obj([context.register(context.flateStream('q\n')), ...streams, context.register(context.flateStream(after))]))
  // Several pages may share what they draw with: each gets its own list of it.
  const own = copyOf(context, node.Resources())
  const drawings = copyOf(context, own.lookup(PDFName.of('XObject')))
  drawings.set(name, drawing)
  own.set(PDFName.of('XObject'), drawings)
  node.set(PDFName.of('Resources'), own)
}

function copyOf(context: PDFContext, dictionary: unknown): PDFDict {
  return dictionary instanceof PDFDict ? dictionary.clone(context) : (context.obj({}) as PDFDict)
}

function openOf(context: PDFContext, streams: readonly unknown[]): number {
  const parts: Uint8Array[] = []
  let left = mostCounted
  for (const one of streams) {
    const stream = context.lookup(one as PDFRef)
    if (!(stream instanceof PDFRawStream)) continue
    try {
      const part = unpacked(stream, left)
      left -= part.length
      parts.push(part, new Uint8Array([10]))
    } catch {
      // What nobody can unpack draws nothing.
    }
  }
  return openStates(Buffer.concat(parts))
}

function unpacked(stream: PDFRawStream, most: number): Uint8Array {
  const filter = stream.dict.lookup(PDFName.of('Filter'))
  const only = filter instanceof PDFArray && filter.size() === 1 ? filter.lookup(0) : filter
  if (only === PDFName.of('FlateDecode') && !stream.dict.has(PDFName.of('DecodeParms'))) {
    return inflateSync(stream.getContents(), { maxOutputLength: Math.max(1, most), finishFlush: constants.Z_SYNC_FLUSH })
  }
  return decodePDFRawStream(stream).decode()
}

function drawn(context: PDFContext, { font, hex, width: line }: Written, width: number, height: number): PDFRef {
  const [shorter, longer] = [Math.min(width, height), Math.max(width, height)]
  // As large as one reads on the page, and never so many that a page out of all proportion would be full of them.
  const size = Math.max(shorter / 44, longer / 300)
  const small = size * 0.6
  const [across, up] = [Math.cos(slope * Math.PI / 180), Math.sin(slope * Math.PI / 180)]
  const [stepX, stepY] = [(line + 3) * size * across, 8 * size]
  const words: string[] = []
  // Above the foot's line, so that the words of both can be told apart.
  for (let row = 0, y = 2.5 * size; y < height; row += 1, y += stepY) {
    for (let x = (row % 2) * stepX / 2 - stepX; x < width; x += stepX) words.push(`${[across, up, -up, across, x, y].map(short).join(' ')} Tm <${hex}> Tj`)
  }
  const foot = `${short(Math.max(size, (width - line * small) / 2))} ${short(size * 0.7)}`
  // No part of the text for those who have it read to them.
  const content = `/Artifact <</Type /Pagination /Subtype /Watermark>> BDC\n/Faint gs 0.35 0.1 0.1 rg BT /F ${short(size)} Tf\n${words.join('\n')}\nET\n/Plain gs BT /F ${short(small)} Tf 1 0 0 1 ${foot} Tm <${hex}> Tj ET\nEMC`
  return context.register(context.flateStream(content, {
    Type: 'XObject', Subtype: 'Form', BBox: [0, 0, width, height],
    Resources: { Font: { F: font }, ExtGState: { Faint: { Type: 'ExtGState', ca: 0.16, BM: 'Normal', SMask: 'None' }, Plain: { Type: 'ExtGState', ca: 0.7, BM: 'Normal', SMask: 'None' } } },
  } as never))
}

const short = (value: number): string => String(Math.round(value * 1000) / 1000)
