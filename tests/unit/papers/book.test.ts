import { readFile } from 'node:fs/promises'
import { PDFDocument, PDFName, PDFString, degrees } from '@cantoo/pdf-lib'
import { expect, test } from 'vitest'
import { composeBook } from '../../../server/papers/book/compose.ts'
import type { BookJob, BoundBook } from '../../../server/papers/book/job.ts'
import { shortened, wrapped } from '../../../server/papers/book/setting.ts'
import { bookName } from '../../../shared/papers/bookName.ts'
import { pdfOfObjects, withJavaScript } from '../../support/papers/broken.ts'
import { bookmarksOf } from '../../support/papers/bookmarks.ts'
import { serif, textPdf } from '../../support/papers/generate.ts'
import { linesOf, type LinedPage } from '../../support/papers/lines.ts'

const font = await readFile(serif)
const cover = { body: 'Uỷ ban nhân dân', title: 'Họp giao ban', when: '08:00 – 11:30 · Thứ Hai, 23/11/2026', place: 'Phòng A', made: '14:05, 22/11/2026' }

interface Given { title: string; bytes: Uint8Array; pages: number }
async function bound(papers: Given[], more: Partial<BookJob> = {}): Promise<BoundBook & { bytes: Buffer; read: LinedPage[] }> {
  const parts: Uint8Array[] = []
  const items = [{ number: '1', title: 'Kinh tế - xã hội', depth: 0, papers: papers.map(({ title, bytes, pages }) => ({ title, pages, size: bytes.length })) }]
  const job: BookJob = { language: 'vi', cover, items, leftOut: [], line: null, ...more }
  const made = await composeBook(job, { next: async (index) => papers[index]!.bytes.slice(), put: (part) => parts.push(part.slice()), font })
  const bytes = Buffer.concat(parts)
  return { ...made, bytes, read: await linesOf(bytes) }
}
const footOf = ({ lines, height }: LinedPage) => lines.filter(({ turn, y }) => turn === 0 && y > height * 0.95).map(({ text }) => text)

test.each([0, 90, 180, 270])('the footer stands below a page turned by %i degrees, also in a crop box of its own, and the page is not made smaller', async (turn) => {
  const document = await PDFDocument.create()
  const page = document.addPage([600, 400])
  page.setRotation(degrees(turn))
  page.setCropBox(50, 20, 500, 300)
  page.drawText('x', { x: 55, y: 25 })
  const { read, pages } = await bound([{ title: 'Tờ trình', bytes: await document.save(), pages: 1 }])
  expect(pages).toBe(1)
  const seen = read.at(-1)!
  const [width, height] = turn % 180 === 0 ? [500, 300] : [300, 500]
  expect([seen.width, seen.height]).toEqual([width, height + 11])
  const words = seen.lines.filter(({ turn: turned }) => turned === 0).filter(({ text }) => text !== 'x')
  expect(words.map(({ text }) => text)).toEqual(['Mục 1 Kinh tế - xã hội · Tờ trình', '— Trang 1/1'])
  for (const { x, y } of words) expect([x > 0, x < width, y > height, y < height + 11]).toEqual([true, true, true, true])
})

test.each([[595, 842], [842, 595], [2384, 3370], [200, 90], [120, 4000]])('its names are cut to fit and its number is whole on a page of %i by %i', async (width, height) => {
  const document = await PDFDocument.create()
  document.addPage([width, height])
  const { read } = await bound([{ title: 'Báo cáo tình hình thực hiện nhiệm vụ phát triển kinh tế - xã hội năm 2026 và phương hướng, nhiệm vụ năm 2027 của Uỷ ban nhân dân tỉnh, kèm theo các phụ lục số liệu '.repeat(2), bytes: await document.save(), pages: 1 }])
  const seen = read.at(-1)!
  const [names, number] = seen.lines
  expect([names?.text.startsWith('Mục 1 Kinh tế'), names?.text.endsWith('…'), number?.text]).toEqual([true, true, '— Trang 1/1'])
  expect(number?.x).toBeGreaterThan(width / 2)
})

test('what a page draws beyond its crop box, or leaves open behind it, neither covers its footer nor moves it', async () => {
  const content = 'q q q 0.001 0 0 0.001 0 0 cm'
  const bytes = pdfOfObjects(['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[3 0 R]/Count 1/Resources<<>>>>', '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/CropBox[0 100 595 842]/Contents 4 0 R>>',
    `<</Length ${content.length}>>stream\n${content}\nendstream`])
  const { read, bytes: book } = await bound([{ title: 'Phụ lục', bytes, pages: 1 }])
  expect(footOf(read.at(-1)!)).toEqual(['Mục 1 Kinh tế - xã hội · Phụ lục', '— Trang 1/1'])
  const page = (await PDFDocument.load(book)).getPages().at(-1)!
  const [first] = (page.node.Contents() as unknown as { asArray(): never[] }).asArray()
  const { decodePDFRawStream } = await import('@cantoo/pdf-lib')
  expect(Buffer.from(decodePDFRawStream(page.node.context.lookup(first) as never).decode()).toString()).toContain('0 100 595 742 re W n')
})

test('papers that cannot be taken apart are told in front, by name; the others are numbered through without them', async () => {
  const [good, other] = [await textPdf({ pages: 2, seed: 1 }), await textPdf({ pages: 1, seed: 2 })]
  const { leftOut, pages, read } = await bound([
    { title: 'Báo cáo', bytes: good, pages: 2 }, { title: 'Tệp hỏng', bytes: Buffer.from('not a pdf'), pages: 3 }, { title: 'Thiếu trang', bytes: other, pages: 4 }, { title: 'Dự thảo', bytes: other, pages: 1 },
  ])
  expect([leftOut, pages, read.length]).toEqual([[1, 2], 3, 5])
  const agenda = read[1]!.lines.map(({ text }) => text).join(' ')
  expect(agenda).toContain('Không có trong tập này, xin đọc trong cuộc họp: “Tệp hỏng”; “Thiếu trang”.')
  expect(footOf(read[4]!)).toEqual(['Mục 1 Kinh tế - xã hội · Dự thảo', '— Trang 3/3'])
})

test('bookmarks, links of the agenda and labels of pages lead to each paper; scripts of papers stay behind', async () => {
  const papers = [{ title: 'Báo cáo', bytes: await textPdf({ pages: 2, seed: 1 }), pages: 2 }, { title: 'Có mã lệnh', bytes: withJavaScript(), pages: 1 }]
  const { bytes } = await bound(papers)
  const { bookmarks, labels, links } = await bookmarksOf(bytes)
  expect(bookmarks).toEqual([
    { title: 'Chương trình', page: 2, below: [] },
    { title: '1. Kinh tế - xã hội', page: 3, below: [{ title: 'Báo cáo', page: 3, below: [] }, { title: 'Có mã lệnh', page: 5, below: [] }] },
  ])
  expect(labels).toEqual(['i', 'ii', '1', '2', '3'])
  expect(links[1]).toEqual([3, 5])
  expect(bytes.toString('latin1')).not.toContain('JavaScript')
})

test('links within a paper go on, what fields show is drawn on the page, and fields, files and links to nowhere go', async () => {
  const document = await PDFDocument.create()
  const pages = [document.addPage([400, 400]), document.addPage([400, 400])]
  const { context } = document
  const shown = context.register(context.flateStream('BT /F 20 Tf (Ky so) Tj ET', { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 100, 40], Resources: { Font: { F: { Type: 'Font', Subtype: 'Type1', BaseFont: 'Helvetica' } } } } as never))
  const note = (more: object) => context.register(context.obj({ Type: 'Annot', Rect: [200, 100, 300, 140], ...more } as never))
  pages[0]!.node.set(PDFName.of('Annots'), context.obj([
    note({ Subtype: 'Link', Dest: [pages[1]!.ref, 'Fit'] }), note({ Subtype: 'Link', Dest: PDFString.of('nowhere') }), note({ Subtype: 'Link', A: { S: 'Launch', F: PDFString.of('calc.exe') } }),
    note({ Subtype: 'FileAttachment' }), note({ Subtype: 'Widget', FT: 'Sig', AP: { N: shown } }), note({ Subtype: 'Widget', F: 2, AP: { N: shown } }),
  ] as never))
  const { bytes, read } = await bound([{ title: 'Có chữ ký', bytes: await document.save({ useObjectStreams: false }), pages: 2 }])
  expect((await bookmarksOf(bytes)).links).toEqual([[], [3], [4], []])
  expect(read[2]!.lines.filter(({ text }) => text === 'Ky so').map(({ x, y }) => [Math.round(x), Math.round(y)])).toEqual([[200, 300]])
  for (const word of ['Launch', 'FileAttachment', 'Widget', 'calc']) expect(bytes.toString('latin1')).not.toContain(word)
})

test('with a name across them, all pages bear it, and the cover says whose book it is', async () => {
  const line = 'Nguyễn Thị Ỷ Lan · 14:05, 22/11/2026'
  const { read } = await bound([{ title: 'Báo cáo', bytes: await textPdf({ pages: 2, seed: 1 }), pages: 2 }], { line })
  expect(read).toHaveLength(4)
  for (const page of read) expect(page.lines.some(({ text, turn }) => text === line && turn === 24)).toBe(true)
  expect(read[0]!.lines.map(({ text }) => text)).toEqual(expect.arrayContaining(['UỶ BAN NHÂN DÂN', 'Tập tài liệu phiên họp', 'Họp giao ban', cover.when, 'Phòng A', `Bản của: ${line}`, '1 tài liệu, 2 trang']))
})

test('an agenda that is longer than a page goes on on the next, and nothing runs beyond its edges', async () => {
  const bytes = await textPdf({ pages: 1, seed: 1 })
  const papers = Array.from({ length: 60 }, (_, index) => ({ title: `Tài liệu số ${index + 1} về việc ${'rất dài '.repeat(12)}`, bytes, pages: 1 }))
  const { read } = await bound(papers, { cover: { ...cover, title: 'Kỳ họp '.repeat(60), place: 'Hội trường '.repeat(30) } })
  const front = read.slice(0, read.length - 60)
  expect(front.length).toBeGreaterThan(3)
  const wide = new Map<number, boolean>()
  for (const { lines, width, height } of front) for (const { x, y } of lines) wide.set(y, x > 40 && x < width - 40 && y > 40 && y < height - 40)
  expect([...wide.values()]).not.toContain(false)
  expect(footOf(read.at(-1)!).at(-1)).toBe('— Trang 60/60')
})

test('words are cut and wrapped by their width, and a name for saving fits what file systems hold', () => {
  const measure = (words: string) => words.length
  expect([shortened('abc', 3, measure), shortened('abcd', 3, measure), shortened('abc', 0, measure)]).toEqual(['abc', 'ab…', ''])
  expect(wrapped('một hai ba bốn', 7, measure)).toEqual(['một hai', 'ba bốn'])
  expect(wrapped('một hai ba bốn năm', 7, measure, 2)).toEqual(['một hai', 'ba bốn…'])
  expect(bookName('Tập', 'Họp 1/2: "kín"')).toBe('Tập - Họp 1 2 kín.pdf')
  expect(Buffer.byteLength(bookName('Tập', 'ệ'.repeat(300)))).toBeLessThanOrEqual(255)
})
