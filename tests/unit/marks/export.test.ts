import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { degrees, PDFArray, PDFDict, PDFDocument, PDFName, PDFNumber, type Rotation } from '@cantoo/pdf-lib'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { expect, test } from 'vitest'
import { withMarks } from '../../../client/meeting/marks/exportPdf.ts'
import type { Mark } from '../../../client/meeting/marks/mark.ts'

async function paper(turn: number, crop = false): Promise<Uint8Array> {
  const document = await PDFDocument.create()
  const page = document.addPage([600, 800])
  page.setRotation(degrees(turn) as Rotation)
  if (crop) page.setCropBox(50, 100, 500, 600)
  return document.save()
}

const base = { at: 1_795_000_000_000, unplaced: false, anchor: { page: 1, quote: { exact: 'hộ nghèo', prefix: '', suffix: '' }, boxes: [{ x: 0.25, y: 0.25, width: 0.5, height: 0.05 }] } }
const stroke: Mark = { ...base, id: 's', colour: 'red', kind: 'stroke', tool: 'pen', width: 0.02, points: [0.25, 0.4, 0.5, 0.75].map((x) => ({ x, y: 0.75, pressure: 0.5 })) }
const highlight: Mark = { ...base, id: 'h', colour: 'green', kind: 'highlight' }
const note: Mark = { ...base, id: 'n', colour: 'yellow', kind: 'note', text: 'Đề nghị làm rõ số liệu hộ nghèo.' }
const marks = [stroke, highlight, note].map((mark) => ({ mark, author: 'Bùi Thị Thu Hà' }))
const words = (mark: Mark) => (mark.kind === 'note' ? mark.text : '')

async function made(bytes: Uint8Array): Promise<Uint8Array> {
  const file = await withMarks(bytes, marks, words)
  if (typeof file === 'string') throw new Error(file)
  return file
}

test('pdf.js finds real annotations with their author and words in Vietnamese', async () => {
  const task = getDocument({ data: await made(await paper(0)), verbosity: 0 })
  const page = await (await task.promise).getPage(1)
  const found = await page.getAnnotations()
  await task.destroy()
  expect(found.map(({ subtype }: { subtype: string }) => subtype)).toEqual(['Ink', 'Highlight', 'Text'])
  expect(found.every(({ hasAppearance, titleObj }: { hasAppearance: boolean; titleObj: { str: string } }) => hasAppearance && titleObj.str === 'Bùi Thị Thu Hà')).toBe(true)
  expect(found[2].contentsObj.str).toBe('Đề nghị làm rõ số liệu hộ nghèo.')
  expect([...found[1].quadPoints]).toHaveLength(8)
})

/** Poppler is another reader than the one the paper is marked in; without it (Debian: poppler-utils) only CI looks at its picture. */
const poppler = spawnSync('pdftoppm', ['-v']).error === undefined || process.env.CI !== undefined

/** The colour of a place (0–1) of the page as Poppler draws it, which is how a printer would. */
function colourOf(file: Uint8Array, places: [number, number][]): [number, number, number][] {
  const folder = mkdtempSync(join(tmpdir(), 'giao-ban-export-'))
  try {
    writeFileSync(join(folder, 'paper.pdf'), file)
    execFileSync('pdftoppm', ['-r', '40', '-cropbox', '-singlefile', join(folder, 'paper.pdf'), join(folder, 'page')])
    const picture = readFileSync(join(folder, 'page.ppm'))
    const [, width = '0', height = '0'] = /^P6\s+(\d+)\s+(\d+)\s+255\s/u.exec(picture.subarray(0, 40).toString('latin1')) ?? []
    const start = picture.length - Number(width) * Number(height) * 3
    return places.map(([x, y]) => {
      const at = start + (Math.floor(y * Number(height)) * Number(width) + Math.floor(x * Number(width))) * 3
      return [picture[at] ?? 0, picture[at + 1] ?? 0, picture[at + 2] ?? 0]
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test.skipIf(!poppler).each([[0, false], [90, false], [180, false], [270, false], [0, true], [90, true]])('marks lie where they were made on a page turned by %i°, cropped: %s', async (turn, crop) => {
  const [onStroke, onHighlight, elsewhere] = colourOf(await made(await paper(turn as number, crop as boolean)), [[0.5, 0.75], [0.5, 0.275], [0.9, 0.9]]) as unknown as [number[], number[], number[]]
  expect(onStroke[0]).toBeGreaterThan(150)
  expect(onStroke[1]).toBeLessThan(90)
  expect(onHighlight[1]).toBeGreaterThan(onHighlight[0]! + 30)
  expect(elsewhere).toEqual([255, 255, 255])
})

test('on a turned page the highlight names its words as they are read, from their upper left', async () => {
  const [page] = (await PDFDocument.load(await made(await paper(90)))).getPages()
  const quads = page?.node.lookup(PDFName.of('Annots'), PDFArray).lookup(1, PDFDict).lookup(PDFName.of('QuadPoints'), PDFArray)
  const numbers = Array.from({ length: quads?.size() ?? 0 }, (_, index) => quads?.lookup(index, PDFNumber).asNumber())
  // Seen 800 wide and 600 high; x of the page runs down what is seen, y across it.
  expect(numbers).toEqual([150, 200, 150, 600, 180, 200, 180, 600])
})

test('a long note comes out whole, whatever letters it has', async () => {
  const text = 'Đề nghị làm rõ nguồn kinh phí, khuỷu tay, nguệch ngoạc 😀\n'.repeat(60).slice(0, 3500)
  const file = await withMarks(await paper(0), [{ mark: { ...note, text }, author: 'Bùi Thị Thu Hà' }], words)
  if (typeof file === 'string') throw new Error(file)
  const task = getDocument({ data: file, verbosity: 0 })
  const [found] = await (await (await task.promise).getPage(1)).getAnnotations()
  await task.destroy()
  expect(found.contentsObj.str.replaceAll('\r', '\n')).toBe(text)
})

test('a file that is none is said to be unreadable, and nothing is thrown', async () => {
  expect(await withMarks(new TextEncoder().encode('không phải PDF'), marks, words)).toBe('unreadable')
})
