/** Files that must be refused, or look as if they should be; made here, byte by byte where no library would. */
import { deflateRawSync, constants } from 'node:zlib'
import { pdf, serif } from './generate.ts'

/** A PDF from numbered objects, with a cross-reference table that is right. */
export function pdfOfObjects(objects: (string | Buffer)[], trailer = ''): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')]
  let length = (parts[0] as Buffer).length
  const offsets = objects.map((object, index) => {
    const part = Buffer.concat([Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object as string), Buffer.from('\nendobj\n')])
    const offset = length
    parts.push(part)
    length += part.length
    return offset
  })
  const table = offsets.map(offset => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  parts.push(Buffer.from(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<</Size ${objects.length + 1}/Root 1 0 R${trailer}>>\nstartxref\n${length}\n%%EOF\n`))
  return Buffer.concat(parts)
}

const page = (more = '') => `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>${more}>>`

export const noPages = (): Buffer => pdfOfObjects(['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[]/Count 0>>'])

/** One page; opening it would run JavaScript in a reader that allows it. */
export const withJavaScript = (): Buffer => pdfOfObjects([
  '<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(while \\(true\\) {})>>/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(app.alert\\(1\\))>>]>>>>>>',
  '<</Type/Pages/Kids[3 0 R]/Count 1>>', page(),
])

/** Says it has ten million pages and has one. */
export const hugeCount = (): Buffer => pdfOfObjects(['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[3 0 R]/Count 10000000>>', page()])

/** A page tree that is its own child. */
export const circularPages = (): Buffer => pdfOfObjects(['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>'])

/** A few hundred kilobytes whose first page's drawing unpacks to `gigabytes`. */
export function bomb(gigabytes: number): Buffer {
  const block = deflateRawSync(Buffer.alloc(64 * 2 ** 20, ' '), { level: 9, finishFlush: constants.Z_FULL_FLUSH })
  const stream = Buffer.concat([Buffer.from([0x78, 0xda]), ...Array<Buffer>(gigabytes * 16).fill(block), Buffer.from([0x03, 0x00])])
  return pdfOfObjects([
    '<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[3 0 R]/Count 1>>', page('/Contents 4 0 R'),
    Buffer.concat([Buffer.from(`<</Length ${stream.length}/Filter/FlateDecode>>stream\n`), stream, Buffer.from('\nendstream')]),
  ])
}

/** One page of text; `options` may hold pdfkit's passwords. */
export function onePage(text: string | string[], options: PDFKit.PDFDocumentOptions = {}): Promise<Buffer> {
  return pdf(document => {
    document.font(serif).fontSize(14)
    for (const line of [text].flat()) document.text(line)
  }, options)
}

/** A letter with its letterhead and, when given, a stamp where Nghị định 30 puts it. */
export function letter(stamp: string | null, body: string): Promise<Buffer> {
  return pdf(document => {
    document.font(serif).fontSize(13)
    document.text('UỶ BAN NHÂN DÂN', 70, 60).text('CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM', 270, 60)
    document.text('TỈNH TÂN GIANG', 75, 76).text('Độc lập - Tự do - Hạnh phúc', 320, 76)
    document.text('Số: 12/BC-UBND', 75, 100).text('Tân Giang, ngày 05 tháng 02 năm 2026', 290, 100)
    if (stamp) document.fontSize(14).rect(72, 120, 14 + stamp.length * 11, 24).stroke().text(stamp, 80, 124)
    document.fontSize(13).text(body, 70, 200, { width: 450 })
  })
}
