import { PDFHexString, PDFName, type PDFContext, type PDFRef } from '@cantoo/pdf-lib'
import type { Typeface } from './typeface.ts'

/** A line of words, ready to be written into one PDF. */
export interface Written {
  font: PDFRef
  /** For `Tj`: glyphs, two bytes each, as hexadecimal. */
  hex: string
  /** In parts of the type size. */
  width: number
}

/** Puts so much of the typeface into the file as the line needs; what it has no letter for becomes a question mark. The words can be searched. */
export function write(context: PDFContext, typeface: Typeface, line: string): Written {
  const letters = [...line.normalize('NFC')].map((letter) => {
    const glyph = typeface.glyphOf(letter.codePointAt(0) as number)
    return glyph === 0 ? { letter: '?', glyph: typeface.glyphOf(0x3f) } : { letter, glyph }
  })
  const used = new Map(letters.map(({ letter, glyph }) => [glyph, letter]))
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
  const font = context.register(context.obj({
    Type: 'Font', Subtype: 'Type0', BaseFont: name, Encoding: 'Identity-H', DescendantFonts: [descendant], ToUnicode: context.register(context.flateStream(meanings(used))),
  }))
  return { font, hex: letters.map(({ glyph }) => hexOf(glyph)).join(''), width: letters.reduce((sum, { glyph }) => sum + typeface.widthOf(glyph), 0) / 1000 }
}

/** A page's own resources with one more drawing: those of others, which may be the same object, are left alone. */
export const nameOfStamp = (mark: string): PDFName => PDFName.of(`GiaoBan${mark}`)

function meanings(used: ReadonlyMap<number, string>): string {
  const lines = [...used].map(([glyph, letter]) => `<${hexOf(glyph)}> <${Buffer.from(letter, 'utf16le').swap16().toString('hex')}>`)
  const blocks = Array.from({ length: Math.ceil(lines.length / 100) }, (_, at) => lines.slice(at * 100, at * 100 + 100))
  return ['/CIDInit /ProcSet findresource begin', '12 dict begin', 'begincmap', '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
    '/CMapName /Adobe-Identity-UCS def', '/CMapType 2 def', '1 begincodespacerange', '<0000> <ffff>', 'endcodespacerange',
    ...blocks.flatMap((block) => [`${block.length} beginbfchar`, ...block, 'endbfchar']),
    'endcmap', 'CMapName currentdict /CMap defineresource pop', 'end', 'end'].join('\n')
}

const hexOf = (glyph: number): string => glyph.toString(16).padStart(4, '0')
