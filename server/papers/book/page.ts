import { PDFName, PDFNumber, type PDFContext, type PDFRef } from '@cantoo/pdf-lib'
import type { Lettering } from '../copying/lettering.ts'
import { drawAround, seenOf, short, upright, type Box } from '../copying/page.ts'
import type { Watermark } from '../copying/watermark.ts'
import { shortened } from './setting.ts'
import type { CopiedPage } from './source.ts'

/** A page that is bound in, and where its footer goes when its number is known. */
export interface BoundPage { ref: PDFRef; footer: PDFRef; box: Box; turn: number; size: number }

const font = PDFName.of('GiaoBanFooter')
/** The strip below a page, in type sizes. */
const strip = 2.2

/**
 * Makes a page of a paper one of the book: a strip is added to it where its foot is when one reads it, so that the footer covers nothing, and what
 * it draws stays within what was seen of it. @throws when it has no size.
 */
export function bindPage(context: PDFContext, { ref, page, appearances }: CopiedPage, tree: PDFRef, lettering: Lettering, watermark: Watermark | null): BoundPage {
  const { box, turn } = seenOf(page)
  const footer = context.nextRef()
  const size = Math.min(box.width, box.height) / 60
  const longer = extended(box, turn, size * strip)
  const clip = `${[box.x, box.y, box.width, box.height].map(short).join(' ')} re W n`
  const fields = appearances.map(({ drawing, matrix }, index) => ({ name: PDFName.of(`GiaoBanField${index}`), drawing, draw: `q ${clip} ${matrix} cm /GiaoBanField${index} Do Q` }))
  const over = [...fields, ...(watermark ? [watermark.on(box, turn)] : [])]
  drawAround(context, page, { before: clip, after: over.map(({ draw }) => draw).join('\n'), last: [footer] }, {
    XObject: new Map(over.map(({ name, drawing }) => [name, drawing])), Font: new Map([[font, lettering.font]]),
  })
  page.set(PDFName.of('MediaBox'), context.obj([longer.x, longer.y, longer.x + longer.width, longer.y + longer.height]))
  page.delete(PDFName.of('CropBox'))
  page.set(PDFName.of('Rotate'), PDFNumber.of(turn))
  page.set(PDFName.of('Parent'), tree)
  return { ref, footer, box: longer, turn, size }
}

/** Names at the left, cut where they would meet the number at the right. */
export function writeFooter(context: PDFContext, { footer, box, turn, size }: BoundPage, lettering: Lettering, names: string, number: string): void {
  const { width, matrix } = upright(box, turn)
  const margin = 2 * size
  const right = lettering.set(`— ${number}`)
  const left = lettering.set(shortened(names, (width - 2 * margin) / size - right.width - 1, (words) => lettering.set(words).width))
  const low = size * 0.7
  const line = `0.6 G ${short(size / 20)} w ${short(margin)} ${short(size * (strip - 0.3))} m ${short(width - margin)} ${short(size * (strip - 0.3))} l S`
  const words = `BT ${font.toString()} ${short(size)} Tf 1 0 0 1 ${short(margin)} ${short(low)} Tm <${left.hex}> Tj 1 0 0 1 ${short(width - margin - right.width * size)} ${short(low)} Tm <${right.hex}> Tj ET`
  context.assign(footer, context.flateStream(`\nq ${matrix} cm\n/Artifact <</Type /Pagination /Subtype /Footer>> BDC\n${line}\n0.25 g ${words}\nEMC Q\n`))
}

function extended({ x, y, width, height }: Box, turn: number, by: number): Box {
  if (turn === 90) return { x, y, width: width + by, height }
  if (turn === 180) return { x, y, width, height: height + by }
  if (turn === 270) return { x: x - by, y, width: width + by, height }
  return { x, y: y - by, width, height: height + by }
}
