import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inspectPdf, type InspectOptions } from '../../../server/papers/inspect.ts'
import { bomb, circularPages, hugeCount, letter, noPages, onePage, withJavaScript } from '../../support/papers/broken.ts'
import { scanPdf, textPdf } from '../../support/papers/generate.ts'

let folder: string
let count = 0
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'giao-ban-inspect-')) })
afterAll(() => rm(folder, { recursive: true }))

async function inspect(bytes: Buffer | string, options: Partial<InspectOptions> = {}) {
  const path = join(folder, `${++count}`)
  await writeFile(path, bytes)
  return inspectPdf(path, { limit: 50_000_000, name: 'Tài liệu.pdf', ...options })
}

describe('an honest PDF is accepted', () => {
  test('a report with text', async () => {
    const bytes = await textPdf({ pages: 5, seed: 1 })
    expect(await inspect(bytes)).toEqual({ size: bytes.length, pages: 5, title: 'Báo cáo tổng hợp 5 trang', hasText: true, encrypted: false })
  })

  test('a scan, which has no text', async () => {
    expect(await inspect(await scanPdf({ pages: 3, bytes: 300_000, seed: 2 }))).toMatchObject({ pages: 3, hasText: false })
  })

  test('one that is locked against printing but opens without a password', async () => {
    const bytes = await onePage('Chỉ được xem, không được in. Chỉ được xem.', { ownerPassword: 'chu-so-huu', permissions: { printing: 'lowResolution' } })
    expect(await inspect(bytes)).toMatchObject({ pages: 1, encrypted: true, hasText: true })
  })

  test('one with JavaScript in it, which does not run', async () => {
    expect(await inspect(withJavaScript())).toMatchObject({ pages: 1 })
  })

  test('one that claims ten million pages, with the one it has', async () => {
    expect(await inspect(hugeCount())).toMatchObject({ pages: 1 })
  })

  test('one with a little rubbish before its header and after its end', async () => {
    const bytes = await onePage('Văn bản')
    expect(await inspect(Buffer.concat([bytes, Buffer.alloc(600)]))).toMatchObject({ pages: 1 })
  })

  test('one whose sentences speak of secrets', async () => {
    const body = 'Thực hiện Luật Bảo vệ bí mật nhà nước, các cơ quan rà soát quy chế bảo mật, đổi mật khẩu định kỳ; mật độ dân số tăng; trừ tài liệu mật.'
    expect(await inspect(await letter(null, body))).toMatchObject({ pages: 1, hasText: true })
  })
})

describe('what cannot be a paper is refused with the reason', () => {
  test('an empty file', async () => expect(await inspect('')).toEqual({ code: 'papers.empty' }))

  test.each([
    ['a web page', '<!doctype html><html><body>Không tìm thấy</body></html>'],
    ['a Word document', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(4000, 'word/document.xml')])],
    ['a picture', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(4000)])],
    ['a few letters', 'báo cáo'],
    ['the word PDF far inside', `${' '.repeat(2000)}%PDF-1.7`],
  ])('%s called .pdf', async (_what, bytes) => expect(await inspect(bytes)).toEqual({ code: 'papers.notPdf' }))

  test('half a PDF, whatever pdf.js could rebuild of it', async () => {
    const bytes = await textPdf({ pages: 10, seed: 3 })
    for (const part of [0.02, 0.5, 0.9, 0.999]) expect(await inspect(bytes.subarray(0, bytes.length * part)), `${part} of it`).toEqual({ code: 'papers.truncated' })
  })

  test('a PDF whose last byte of the end mark is missing', async () => {
    const bytes = await onePage('Văn bản')
    expect(await inspect(bytes.subarray(0, bytes.lastIndexOf('%%EOF') + 4))).toEqual({ code: 'papers.truncated' })
  })

  test('a PDF with a hole in the middle', async () => {
    const bytes = await textPdf({ pages: 10, seed: 4 })
    const holed = Buffer.concat([bytes.subarray(0, bytes.length * 0.4), bytes.subarray(bytes.length * 0.6)])
    expect(await inspect(holed)).toEqual({ code: 'papers.truncated' })
    // Long enough for its cross-reference table again: pdf.js would rebuild what is left without a word.
    const filled = Buffer.concat([holed.subarray(0, 1000), Buffer.alloc(bytes.length, ' '), holed.subarray(1000)])
    expect(await inspect(filled)).toEqual({ code: 'papers.unreadable' })
  })

  test('a linearised PDF that lost its second half but kept an end mark', async () => {
    const bytes = await onePage('Văn bản')
    const claimed = `%PDF-1.7\n1 0 obj\n<</Linearized 1/L ${bytes.length + 5000}/O 3>>\nendobj\n`
    expect(await inspect(Buffer.concat([Buffer.from(claimed), bytes]))).toEqual({ code: 'papers.truncated' })
  })

  test('a PDF that asks for a password', async () => {
    expect(await inspect(await onePage('Văn bản', { userPassword: 'matkhau123', pdfVersion: '1.7' }))).toEqual({ code: 'papers.encrypted' })
  })

  test('rubbish between a good head and a good tail', async () => {
    expect(await inspect(`%PDF-1.7\n${'rác '.repeat(3000)}\nstartxref\n9\n%%EOF`)).toEqual({ code: 'papers.unreadable' })
  })

  test('no pages', async () => expect(await inspect(noPages())).toEqual({ code: 'papers.noPages' }))
  test('a page tree that bites its tail', async () => expect(await inspect(circularPages())).toEqual({ code: 'papers.unreadable' }))

  test('one byte more than the limit', async () => {
    const bytes = await onePage('Văn bản')
    expect(await inspect(bytes, { limit: bytes.length })).toMatchObject({ pages: 1 })
    expect(await inspect(bytes, { limit: bytes.length - 1 })).toMatchObject({ code: 'papers.tooLarge' })
  })

  test('a bomb, stopped by its memory', async () => {
    expect(await inspect(bomb(3), { reading: { computing: 60_000, time: 100_000, memory: 400 * 2 ** 20 } })).toEqual({ code: 'papers.tooComplex' })
  })

  test.each([{ computing: 1_000, time: 100_000 }, { computing: 100_000, time: 1_000 }])('a file that takes too long, stopped by %j', async limits => {
    expect(await inspect(bomb(3), { reading: { ...limits, memory: 4 * 2 ** 30 } })).toEqual({ code: 'papers.tooComplex' })
  })
})

describe('a paper marked as a state secret is refused', () => {
  test.each(['MẬT', 'TỐI MẬT', 'TUYỆT MẬT'])('%s on the first page', async level => {
    expect(await inspect(await letter(level, 'Kế hoạch phòng thủ khu vực.'))).toEqual({ code: 'papers.secret', params: { level } })
    expect(await inspect(await letter(level.normalize('NFD'), 'Kế hoạch phòng thủ khu vực.'))).toEqual({ code: 'papers.secret', params: { level } })
  })

  test('by its name, before its content is even looked at', async () => {
    expect(await inspect('', { name: 'TỐI MẬT - Kế hoạch.pdf' })).toEqual({ code: 'papers.secret', params: { level: 'TỐI MẬT' } })
  })

  test('by its own title', async () => {
    expect(await inspect(await onePage('Kế hoạch', { info: { Title: 'Kế hoạch A2 (Tuyệt mật)' } }))).toEqual({ code: 'papers.secret', params: { level: 'TUYỆT MẬT' } })
  })
})

test('many papers at once are read in turn and none is lost', async () => {
  const papers = await Promise.all(Array.from({ length: 6 }, (_, index) => textPdf({ pages: index + 1, seed: index })))
  const found = await Promise.all(papers.map(bytes => inspect(bytes)))
  expect(found.map(one => 'pages' in one && one.pages)).toEqual([1, 2, 3, 4, 5, 6])
})
