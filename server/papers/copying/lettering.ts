import { PDFHexString, type PDFContext, type PDFRef } from '@cantoo/pdf-lib'
import type { Typeface } from './typeface.ts'

/** A line of words, ready to be shown by `Tj`. */
export interface SetLine {
  /** Glyphs, two bytes each, as hexadecimal. */
  hex: string
  /** In parts of the type size. */
  width: number
}

/** Words written into one PDF with so much of a typeface as they need. They can be searched. */
export interface Lettering {
  /** There once `embed` was called. */
  font: PDFRef
  /** What the typeface has no letter for becomes a question mark. */
  set(line: string): SetLine
  embed(): void
}

export function openLettering(context: PDFContext, typeface: Typeface): Lettering {
  const used = new Map<number, string>()
  const font = context.nextRef()
  return {
    font,
    set(line) {
      let [hex, width] = ['', 0]
      for (const sign of line.normalize('NFC')) {
        const known = typeface.glyphOf(sign.codePointAt(0) as number)
        const [letter, glyph] = known === 0 ? ['?', typeface.glyphOf(0x3f)] : [sign, known]
        used.set(glyph, letter)
        hex += hexOf(glyph)
        width += typeface.widthOf(glyph)
      }
      return { hex, width: width / 1000 }
    },
    embed: () => embed(context, typeface, font, used),
  }
}

function embed(context: PDFContext, typeface: Typeface, font: PDFRef, used: ReadonlyMap<number, string>): void {
  const name = 'GBMARK+LiberationSerif'
  const descriptor = context.register(context.obj({
    Type: 'FontDescriptor', FontName: name, Flags: 4, FontBBox: typeface.box, ItalicAngle: 0, Ascent: typeface.ascent, Descent: typeface.descent, CapHeight: typeface.ascent, StemV: 80,
    FontFile2: context.register(context.flateStream(typeface.only(new Set(used.keys())))),
  }))
  const descendant = context.register(context.obj({
    Type: 'Font', Subtype: 'CIDFontType2', BaseFont: name, CIDToGIDMap: 'Identity', FontDescriptor: descriptor,
    CIDSystemInfo: { Registry: PDFHexString.fromText('Adobe'), Ordering: PDFHexString.fromText('Identity'), Supplement: 0 },
    DW: 1000, W: [...used.keys()].sort((a, b) => a - b).flatMap((glyph) => [glyph, [typeface.widthOf(glyph)]]),
  } as never))
  context.assign(font, context.obj({
    Type: 'Font', Subtype: 'Type0', BaseFont: name, Encoding: 'Identity-H', DescendantFonts: [descendant], ToUnicode: context.register(context.flateStream(meanings(used))),
  }))
}

function meanings(used: ReadonlyMap<number, string>): string {
  const lines = [...used].map(([glyph, letter]) => `<${hexOf(glyph)}> <${Buffer.from(letter, 'utf16le').swap16().toString('hex')}>`)
  const blocks = Array.from({ length: Math.ceil(lines.length / 100) }, (_, at) => lines.slice(at * 100, at * 100 + 100))
  return ['/CIDInit /ProcSet findresource begin', '12 dict begin', 'begincmap', '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
    '/CMapName /Adobe-Identity-UCS def', '/CMapType 2 def', '1 begincodespacerange', '<0000> <ffff>', 'endcodespacerange',
    ...blocks.flatMap((block) => [`${block.length} beginbfchar`, ...block, 'endbfchar']),
    'endcmap', 'CMapName currentdict /CMap defineresource pop', 'end', 'end'].join('\n')
}

const hexOf = (glyph: number): string => glyph.toString(16).padStart(4, '0')
