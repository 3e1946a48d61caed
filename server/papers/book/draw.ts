import { PDFName, PDFPageLeaf, type PDFContext, type PDFDict, type PDFRef } from '@cantoo/pdf-lib'
import type { Lettering } from '../copying/lettering.ts'
import { drawAround, short } from '../copying/page.ts'
import type { Watermark } from '../copying/watermark.ts'
import { a4, type Dots, type FrontLine, type FrontPage } from './front.ts'

const font = PDFName.of('GiaoBanFront')

interface Material {
  tree: PDFRef
  lettering: Lettering
  watermark: Watermark | null
  /** The first page of a paper. */
  first(index: number): PDFRef | undefined
}

/** The pages in front of the papers; a tap on a paper's row leads to it. */
export function drawFront(context: PDFContext, pages: readonly FrontPage[], { tree, lettering, watermark, first }: Material): PDFRef[] {
  return pages.map(({ lines, dots }) => {
    const links = lines.flatMap((line) => {
      const target = line.leads === undefined ? undefined : first(line.leads)
      return target ? [context.register(context.obj({ Type: 'Annot', Subtype: 'Link', Rect: [line.x, line.y - 5, a4.width - 64, line.y + line.size], Border: [0, 0, 0], Dest: [target, 'Fit'] } as never))] : []
    })
    const page = PDFPageLeaf.fromMapWithContext((context.obj({
      Type: 'Page', Parent: tree, MediaBox: [0, 0, a4.width, a4.height], Resources: {}, Contents: context.register(context.flateStream(contentOf(lines, dots, lettering))),
      Annots: links.length > 0 ? links : undefined,
    } as never) as unknown as PDFDict).asMap(), context)
    const mark = watermark?.on({ x: 0, y: 0, ...a4 }, 0)
    drawAround(context, page, { before: '', after: mark?.draw ?? '' }, { XObject: new Map(mark ? [[mark.name, mark.drawing]] : []), Font: new Map([[font, lettering.font]]) })
    return context.register(page)
  })
}

function contentOf(lines: readonly FrontLine[], dots: readonly Dots[], lettering: Lettering): string {
  const words = lines.map(({ words, x, y, size, bold }) =>
    `BT ${font.toString()} ${short(size)} Tf ${bold ? `2 Tr ${short(size / 45)} w` : '0 Tr'} 1 0 0 1 ${short(x)} ${short(y)} Tm <${lettering.set(words).hex}> Tj ET`)
  const led = dots.filter(({ from, to }) => to > from).map(({ from, to, y }) => `${short(from)} ${short(y)} m ${short(to)} ${short(y)} l S`)
  return `0.1 g 0.1 G\n${words.join('\n')}\nq 0.55 G 0.7 w 1 J [0 4] 0 d\n${led.join('\n')}\nQ`
}
