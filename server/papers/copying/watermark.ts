import { PDFName, type PDFContext, type PDFRef } from '@cantoo/pdf-lib'
import type { SetLine } from './lettering.ts'
import { short, upright, type Box } from './page.ts'

/** Degrees. */
const slope = 24

/** A line across pages: faint and repeated, and small and plain at the foot. */
export interface Watermark {
  /** For a page of which `box` is seen, turned by `turn`: what draws it, and by which name it is drawn. */
  on(box: Box, turn: number): { name: PDFName; drawing: PDFRef; draw: string }
  /** Whether this is a drawing of it. */
  made(ref: PDFRef): boolean
}

/** Pages of one size share one drawing. */
export function openWatermark(context: PDFContext, font: PDFRef, line: SetLine): Watermark {
  const drawings = new Map<string, { name: PDFName; drawing: PDFRef }>()
  return {
    on(box, turn) {
      const { width, height, matrix } = upright(box, turn)
      const size = `${width}x${height}`
      let known = drawings.get(size)
      if (!known) drawings.set(size, (known = { name: PDFName.of(`GiaoBan${drawings.size}`), drawing: drawn(context, font, line, width, height) }))
      return { ...known, draw: `q ${matrix} cm ${known.name.toString()} Do Q` }
    },
    made: (ref) => [...drawings.values()].some(({ drawing }) => drawing === ref),
  }
}

function drawn(context: PDFContext, font: PDFRef, { hex, width: line }: SetLine, width: number, height: number): PDFRef {
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
