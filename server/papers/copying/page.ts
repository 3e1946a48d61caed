import { constants, inflateSync } from 'node:zlib'
import { PDFArray, PDFDict, PDFName, PDFNumber, PDFRawStream, PDFRef, decodePDFRawStream, type PDFContext, type PDFPageLeaf } from '@cantoo/pdf-lib'
import { openStates } from './depth.ts'

/** What one page's content may unpack to before nobody counts in it any more. */
const mostCounted = 64 * 2 ** 20

/** A rectangle on a page, in the page's own units. */
export interface Box { x: number; y: number; width: number; height: number }

/** What of a page is seen, and by how much it is turned clockwise to be read (0, 90, 180, 270). @throws when nothing of it can be seen. */
export function seenOf(page: PDFPageLeaf): { box: Box; turn: number } {
  const paper = page.MediaBox().asRectangle()
  const crop = page.CropBox()?.asRectangle() ?? paper
  const angle = page.Rotate()
  const turn = angle instanceof PDFNumber ? ((Math.round(angle.asNumber() / 90) * 90 % 360) + 360) % 360 : 0
  const [x, y] = [Math.max(paper.x, crop.x), Math.max(paper.y, crop.y)]
  const both = { x, y, width: Math.min(paper.x + paper.width, crop.x + crop.width) - x, height: Math.min(paper.y + paper.height, crop.y + crop.height) - y }
  // A crop box beside the paper is not heeded.
  const box = both.width > 0 && both.height > 0 ? both : paper
  if (!(box.width > 0 && box.height > 0)) throw new Error('a page without a size')
  return { box, turn }
}

/** The same place as one reads it, upright and from its lower left corner; `matrix` leads from there to the page's own units, for `cm`. */
export function upright({ x, y, width, height }: Box, turn: number): { width: number; height: number; matrix: string } {
  const [a, b, c, d] = ({ 90: [0, 1, -1, 0], 180: [-1, 0, 0, -1], 270: [0, -1, 1, 0] } as Record<number, number[]>)[turn] ?? [1, 0, 0, 1]
  const [left, low] = [x + (turn === 90 || turn === 180 ? width : 0), y + (turn === 180 || turn === 270 ? height : 0)]
  return { width: turn % 180 === 0 ? width : height, height: turn % 180 === 0 ? height : width, matrix: [a, b, c, d, left, low].join(' ') }
}

/**
 * Draws on a page: `before` beneath all that it draws itself, in the state that holds for that, and `after` above it, whatever state that leaves
 * behind; then the streams `last`, each for itself. `resources`: what is drawn with, by kind and name.
 */
export function drawAround(context: PDFContext, page: PDFPageLeaf, { before, after, last = [] }: { before: string; after: string; last?: PDFRef[] }, resources: Record<'XObject' | 'Font', Map<PDFName, PDFRef>>): void {
  const contents = page.get(PDFName.of('Contents'))
  const found = context.lookup(contents)
  const streams = found instanceof PDFArray ? found.asArray() : contents instanceof PDFRef && found ? [contents] : []
  const over = `\n${'Q '.repeat(openOf(context, streams) + 1)}${after}\n`
  page.set(PDFName.of('Contents'), context.obj([context.register(context.flateStream(`q ${before}\n`)), ...streams, context.register(context.flateStream(over)), ...last]))
  // Several pages may share what they draw with: each gets its own list of it.
  const own = copyOf(context, page.Resources())
  for (const [kind, named] of Object.entries(resources)) {
    const list = copyOf(context, own.lookup(PDFName.of(kind)))
    for (const [name, ref] of named) list.set(name, ref)
    if (named.size > 0) own.set(PDFName.of(kind), list)
  }
  page.set(PDFName.of('Resources'), own)
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

/** A number as content streams have it. */
export const short = (value: number): string => String(Math.round(value * 1000) / 1000)
