import { readFile } from 'node:fs/promises'
import { PDFDocument, degrees } from '@cantoo/pdf-lib'
import { describe, expect, test } from 'vitest'
import { openStates } from '../../../server/papers/copying/depth.ts'
import { stamp } from '../../../server/papers/stamping/stamp.ts'
import { readTypeface } from '../../../server/papers/copying/typeface.ts'
import { pdfOfObjects, withJavaScript } from '../../support/papers/broken.ts'
import { serif, textPdf } from '../../support/papers/generate.ts'
import { linesOf, type LinedPage } from '../../support/papers/lines.ts'

const font = await readFile(serif)
const line = 'Nguyễn Thị Ỷ Lan · Uỷ ban nhân dân tỉnh · 14:05 22/11/2026'

/** The small line at the foot of a page: level, whole, and on it. */
const footOf = ({ lines, width, height }: LinedPage) => lines.find(({ text, x, y, turn }) => text === line && turn === 0 && x > 0 && x < width / 2 && y > height * 0.9 && y < height)
const acrossOf = ({ lines }: LinedPage) => lines.filter(({ text, turn }) => text === line && turn === 24)

async function stamped(bytes: Uint8Array, pages = 1): Promise<LinedPage[]> {
  return linesOf(await stamp(bytes, { line, pages }, font))
}

test('every page bears the name, whole and in Vietnamese, beside its own words', async () => {
  const plain = await textPdf({ pages: 3, seed: 4 })
  const [before, after] = [await linesOf(plain), await stamped(plain, 3)]
  expect(after).toHaveLength(3)
  for (const [index, page] of after.entries()) {
    expect(footOf(page)).toBeDefined()
    expect(acrossOf(page).length).toBeGreaterThan(4)
    expect(page.lines.slice(0, before[index]!.lines.length)).toEqual(before[index]!.lines)
  }
})

test.each([0, 90, 180, 270])('it stands upright at the foot of a page turned by %i degrees, also in a crop box of its own', async (turn) => {
  const document = await PDFDocument.create()
  const page = document.addPage([600, 400])
  page.setRotation(degrees(turn))
  page.setCropBox(50, 20, 500, 300)
  const [seen] = await stamped(await document.save())
  expect([seen!.width, seen!.height]).toEqual(turn % 180 === 0 ? [500, 300] : [300, 500])
  expect(footOf(seen!)).toBeDefined()
  expect(acrossOf(seen!).length).toBeGreaterThan(4)
})

test.each(['0 0 0 0 re W n', 'q 1 0 0 1 5000 5000 cm', 'q q q 0.001 0 0 0.001 0 0 cm (\\( q) Tj', 'Q Q Q', '/q gs % q\n BT (a(b)q) Tj ET'])('what the page leaves behind does not move it: %s', async (content) => {
  const pdf = pdfOfObjects(['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[3 0 R]/Count 1>>', '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>/Contents 4 0 R>>',
    `<</Length ${content.length}>>stream\n${content}\nendstream`])
  const [seen] = await stamped(pdf)
  expect(footOf(seen!)).toBeDefined()
})

test('states are counted, not their letters in words, names, comments and pictures', () => {
  const count = (content: string) => openStates(Buffer.from(content, 'latin1'))
  expect([count(''), count('q q Q'), count('Q Q q'), count('q(q q\\) q)Tj'), count('q %q\nq'), count('/q Do[q'), count('q BI /W 1 ID q q\nEI q'), count('q<71>q')]).toEqual([0, 1, 1, 1, 2, 1, 2, 2])
})

test('a page without content, and pages that share what they draw with, are stamped each for itself', async () => {
  const pages = pdfOfObjects(['<</Type/Catalog/Pages 2 0 R>>', '<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2/Resources 5 0 R>>', '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>', '<</Type/Page/Parent 2 0 R/MediaBox[0 0 842 595]>>', '<</ProcSet[/PDF]>>'])
  const read = await stamped(pages, 2)
  expect(read.map((page) => [page.width, footOf(page) !== undefined])).toEqual([[595, true], [842, true]])
  expect((await stamped(withJavaScript())).map(footOf)).not.toContain(undefined)
})

describe('a file is refused', () => {
  test('when it is none, asks for a password, or has other pages than were counted', async () => {
    await expect(stamp(Buffer.from('not a pdf'), { line, pages: 1 }, font)).rejects.toThrow()
    await expect(stamp(await textPdf({ pages: 2, seed: 1 }), { line, pages: 3 }, font)).rejects.toThrow('not the pages')
  })
})

test('the typeface has every letter of Vietnamese; what it has not is asked for as a question mark', async () => {
  const typeface = readTypeface(font)
  for (let letter = 0x1ea0; letter <= 0x1ef9; letter += 1) expect(typeface.glyphOf(letter)).toBeGreaterThan(0)
  const [seen] = await linesOf(await stamp(await textPdf({ pages: 1, seed: 1 }), { line: '王 Lan', pages: 1 }, font))
  expect(seen!.lines.some(({ text }) => text === '? Lan')).toBe(true)
  expect(typeface.only(new Set([36])).length).toBeLessThan(font.length / 5)
})
