import { expect, test } from 'vitest'
import { blocksOf } from '../../../../shared/papers/blocks/blocksOf.ts'
import type { Block, Box, PageText, TextRun } from '../../../../shared/papers/contents.ts'
import { random as seeded } from '../../../support/papers/random.ts'
import { wordsOf } from '../../../support/papers/words/read.ts'

const textsOf = (block: Block): string[] => (block.kind === 'table' ? block.rows.flat() : block.kind === 'listItem' ? [block.marker, block.text] : [block.text])
/** Hyphens at a line's end may go: the word is whole again. */
const letters = (texts: readonly string[]): string => [...texts.join('').normalize('NFC').replace(/[\s-]+/gu, '')].sort().join('')
const told = (pages: PageText[]): string => {
  const { blocks, leftOut } = blocksOf(pages)
  return letters([...blocks.flatMap(textsOf), ...leftOut])
}
const given = (pages: PageText[]): string => letters(pages.flatMap(page => page.runs.map(({ text }) => text)))

test.each(['05-du-thao-nghi-quyet', '04-to-trinh', '08-bien-ban', '02-chuong-trinh', '03-bao-cao', 'vi-scan-ocr-textlayer', 'vi-mixed-rotated'])('every word of %s is told once, with and without ruling', (name) => {
  const pages = wordsOf(name)
  expect(told(pages)).toBe(given(pages))
  const bare = pages.map(page => ({ ...page, rules: [] }))
  expect(told(bare)).toBe(given(bare))
})

const words = ['Điều', '1.', 'a)', '-', 'Chương', 'II', 'ngân', 'sách', 'TỈNH', '(1)', '12,5%', 'Phụ lục', 'được', 'infor-', 'مرحبا', '…', '________', 'Nơi nhận:', 'I.', '2.1.', '\u0000', '💧', 'x', '  ', '']

function randomPages(random: () => number): PageText[] {
  const upTo = (most: number): number => Math.floor(random() * most)
  const box = (): Box => ({ x: random() * 1.1 - 0.05, y: random() * 1.1 - 0.05, width: random() * 0.5, height: random() < 0.1 ? 0 : random() * 0.05 })
  const lines = random() < 0.5
  return Array.from({ length: 1 + upTo(4) }, () => {
    const runs: TextRun[] = Array.from({ length: upTo(120) }, () => ({
      ...box(), ...(lines ? { y: upTo(40) / 40, height: 0.018 } : {}), ...(random() < 0.05 ? { width: 0.01, height: 0.3 } : {}),
      text: Array.from({ length: 1 + upTo(5) }, () => words[upTo(words.length)]).join(' '), size: random() < 0.05 ? 0 : 8 + upTo(12), bold: random() < 0.3, italic: random() < 0.2,
    }))
    const rules = Array.from({ length: upTo(60) }, () => (random() < 0.5 ? { ...box(), height: 0 } : { ...box(), width: 0 }))
    return { width: random() < 0.05 ? 0 : 300 + upTo(900), height: 300 + upTo(900), source: runs.length === 0 ? 'none' : 'text', runs, rules, pictures: Array.from({ length: upTo(3) }, box) }
  })
}

test('any words in any places: nothing falls over, no word is lost or told twice, the same pages give the same blocks', () => {
  const seed = Number(process.env['SEED'] ?? Date.now() % 1e9)
  const random = seeded(seed).next
  for (let run = 0; run < 150; run++) {
    const pages = randomPages(random)
    const { blocks, outline } = blocksOf(pages)
    const where = `seed ${seed}, run ${run}`
    expect(told(pages), where).toBe(given(pages))
    expect(blocks.map(({ id }) => id), where).toEqual(blocks.map((_, index) => index + 1))
    expect(blocks.every(({ page }, index) => page >= (blocks[index - 1]?.page ?? 1)), where).toBe(true)
    for (const { box } of blocks) for (const share of [box.x, box.y, box.width, box.height]) expect(share >= 0 && share <= 1, where).toBe(true)
    for (const entry of outline) expect(blocks[(entry.blockId as number) - 1]?.kind, where).toBe('heading')
    expect(blocksOf(structuredClone(pages)).blocks, where).toEqual(blocks)
  }
})

test('a page full of lines and words is read within a few seconds', () => {
  const random = seeded(7).next
  const runs = Array.from({ length: 8_000 }, (): TextRun => ({ text: 'chữ', x: random(), y: random(), width: 0.02, height: 0.01, size: 9, bold: false, italic: false }))
  const rules = Array.from({ length: 5_000 }, (_, index): Box => (index % 2 ? { x: random(), y: random(), width: 0.3, height: 0 } : { x: random(), y: random(), width: 0, height: 0.3 }))
  const began = process.cpuUsage()
  blocksOf([{ width: 600, height: 800, source: 'text', runs, rules }])
  expect(process.cpuUsage(began).user / 1e6).toBeLessThan(8)
})
