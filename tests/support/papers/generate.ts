import { fileURLToPath } from 'node:url'
import PDFDocument from 'pdfkit'
import { scanner } from './jpeg.ts'
import { random } from './random.ts'
import { heading, paragraph } from './vietnamese.ts'

/** Liberation Serif 2: has every Vietnamese letter, so words stay whole in the text layer. */
export const serif = fileURLToPath(new URL('../../../server/papers/copying/font/LiberationSerif-Regular.ttf', import.meta.url))

const a4 = { width: 595.28, height: 841.89 }

/** A pdfkit document with fixed dates (so equal input gives equal bytes), written by `draw`. */
export function pdf(draw: (document: PDFKit.PDFDocument) => void, options: PDFKit.PDFDocumentOptions = {}): Promise<Buffer> {
  const { info, ...rest } = options
  const date = new Date('2026-11-16T07:00:00+07:00')
  const document = new PDFDocument({ size: 'A4', margin: 56, bufferPages: false, info: { CreationDate: date, ModDate: date, ...info }, ...rest })
  const parts: Buffer[] = []
  document.on('data', (part: Buffer) => parts.push(part))
  const written = new Promise<Buffer>((resolve, reject) => {
    document.on('end', () => resolve(Buffer.concat(parts)))
    document.on('error', reject)
  })
  draw(document)
  document.end()
  return written
}

/**
 * A scan: `pages` pages, each one grey picture and no text, `bytes` in all (to within 2 %).
 * The same seed gives the same bytes.
 */
export function scanPdf({ pages, bytes, seed }: { pages: number; bytes: number; seed: number }): Promise<Buffer> {
  const { page } = scanner(random(seed))
  const perPage = bytes / pages - 400
  // Resolution follows from the wanted size, as it would at a scanner; what is missing then is padding after the picture's end.
  const sample = page(80, 112, random(seed)).jpeg.length / (80 * 112)
  const columns = Math.max(8, Math.floor(Math.sqrt(perPage * 0.97 / sample / 1.414)))
  return pdf(document => {
    for (let number = 0; number < pages; number++) {
      const { jpeg } = page(columns, Math.round(columns * 1.414), random(seed + number + 1))
      document.addPage({ size: 'A4', margin: 0 })
      document.image(Buffer.concat([jpeg, Buffer.alloc(Math.max(0, Math.floor(perPage - jpeg.length)))]), 0, 0, a4)
    }
  }, { autoFirstPage: false, info: { Title: `Bản quét ${pages} trang` } })
}

/** A report of exactly `pages` pages of Vietnamese print with headings and bookmarks; every page says its number. The same seed gives the same bytes. */
export function textPdf({ pages, seed }: { pages: number; seed: number }): Promise<Buffer> {
  const chance = random(seed)
  return pdf(document => {
    document.registerFont('serif', serif)
    let section = 0
    for (let number = 1; number <= pages; number++) {
      document.addPage()
      document.font('serif')
      if (number === 1) {
        document.fontSize(14).text('UỶ BAN NHÂN DÂN TỈNH TÂN GIANG', { align: 'center' })
        document.fontSize(18).text('BÁO CÁO TỔNG HỢP', { align: 'center' }).moveDown()
      }
      const bottom = a4.height - 56 - 40
      while (document.y < bottom - 120) {
        const title = heading(chance, ++section)
        document.fontSize(15).text(title).moveDown(0.3)
        if (section % 5 === 1) document.outline.addItem(title)
        document.fontSize(13).text(paragraph(chance), { align: 'justify', height: bottom - document.y, ellipsis: true }).moveDown(0.6)
      }
      document.fontSize(11).text(`Trang ${number}`, 56, a4.height - 56 - 16, { align: 'center', lineBreak: false })
    }
  }, { autoFirstPage: false, info: { Title: `Báo cáo tổng hợp ${pages} trang` } })
}

/** A report as offices make them with pictures: on every page print, and a grey picture of its own of about `picture` bytes. The same seed gives the same bytes. */
export function illustratedPdf({ pages, picture, seed }: { pages: number; picture: number; seed: number }): Promise<Buffer> {
  const chance = random(seed)
  const { page } = scanner(random(seed))
  const sample = page(80, 112, random(seed)).jpeg.length / (80 * 112)
  const columns = Math.max(8, Math.floor(Math.sqrt(picture / sample / 1.414)))
  return pdf(document => {
    document.registerFont('serif', serif)
    for (let number = 1; number <= pages; number++) {
      document.addPage()
      document.font('serif').fontSize(15).text(`${number}. ${heading(chance, number)}`).moveDown(0.3)
      document.image(page(columns, Math.round(columns * 1.414), random(seed + number)).jpeg, 180, 120, { width: 240 })
      document.fontSize(13).text(paragraph(chance), 56, 480, { align: 'justify', height: 250, ellipsis: true })
      document.fontSize(11).text(`Trang ${number}`, 56, a4.height - 56 - 16, { align: 'center', lineBreak: false })
    }
  }, { autoFirstPage: false, info: { Title: `Báo cáo có hình ${pages} trang` } })
}
