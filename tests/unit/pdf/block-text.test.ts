import { expect, test } from 'vitest'
import { cut, PassageText, placed, type Highlight } from '../../../client/pdf/reading-mode/blockText.ts'
import { hitsIn } from '../../../client/pdf/searching.ts'
import type { Block } from '../../../shared/papers/contents.ts'

const box = { x: 0.1, y: 0.2, width: 0.8, height: 0.05 }
const blocks: Block[] = [
  { id: 1, page: 1, box, kind: 'heading', level: 4, text: 'Điều 1. Phạm vi điều chỉnh' },
  { id: 2, page: 1, box, kind: 'paragraph', text: 'Ngân sách tỉnh bảo đảm chi phí.', align: 'start', bold: false, italic: false },
  { id: 3, page: 1, box, kind: 'table', rows: [['TT', 'Nội dung'], ['1', 'Ngân sách xã']], headRows: 1 },
  { id: 4, page: 2, box, kind: 'paragraph', text: 'Ngân sách tỉnh bảo đảm chi phí khác.', align: 'start', bold: false, italic: false },
]
const text = new PassageText(blocks)

test('the search finds words in paragraphs and cells, without diacritics, page by page', () => {
  const hits = hitsIn(1, text.pageNow(1), 'ngan sach')
  const found = text.found([...hits, ...hitsIn(2, text.pageNow(2), 'NGÂN SÁCH'.normalize('NFD'))])
  expect([...found]).toEqual([
    ['2', [{ start: 0, end: 9, hit: 0 }]],
    ['3:1:1', [{ start: 0, end: 9, hit: 1 }]],
    ['4', [{ start: 0, end: 9, hit: 2 }]],
  ])
})

test('words are not found across the border of two cells as if they were one', () => {
  expect(hitsIn(1, text.pageNow(1), 'TTNội')).toEqual([])
})

test('a highlight goes to the words with its neighbours, and over several blocks', () => {
  const highlight = (id: string, change: Partial<Highlight>): Highlight => ({ id, page: 1, exact: 'bảo đảm chi phí', prefix: 'Ngân sách tỉnh ', suffix: '.', colour: '#f5c400', label: 'Ghi chú', ...change })
  const marks = placed([
    highlight('first', {}),
    highlight('second', { page: 2, suffix: ' khác' }),
    highlight('over', { exact: 'điều chỉnh Ngân sách', prefix: 'Phạm vi ', suffix: ' tỉnh' }),
    highlight('gone', { exact: 'không có ở đây' }),
  ], text.passages)
  expect([...marks.stretches].map(([key, stretches]) => [key, stretches.map(({ id, start, end }) => `${id} ${start}-${end}`)])).toEqual([
    ['2', ['first 15-30', 'over 0-9']],
    ['4', ['second 15-30']],
    ['1', ['over 16-26']],
  ])
  // What is not found stands beside the text that is there on the page.
  expect([...marks.below].map(([id, notes]) => [id, notes.map((note) => note.id)])).toEqual([[1, ['gone']]])
})

test('notes and ink are told below the words they belong to; quotes that run over the markers of lists are found', () => {
  const list: Block[] = [
    { id: 1, page: 1, box: { ...box, y: 0.1 }, kind: 'paragraph', text: 'Nội dung hỗ trợ gồm:', align: 'start', bold: false, italic: false },
    { id: 2, page: 1, box: { ...box, y: 0.2 }, kind: 'listItem', marker: 'a)', text: 'Máy tính bảng;', depth: 1 },
    { id: 3, page: 1, box: { ...box, y: 0.3 }, kind: 'listItem', marker: 'b)', text: 'Đường truyền.', depth: 1 },
  ]
  const one = (id: string, change: Partial<Highlight>): Highlight => ({ id, page: 1, exact: '', prefix: '', suffix: '', colour: '#f5c400', label: '', ...change })
  const { stretches, below } = placed([
    one('over', { exact: 'Máy tính bảng; b) Đường' }), one('note', { exact: 'Đường truyền', look: 'note' }), one('ink', { exact: 'hỗ trợ', look: 'ink' }), one('wordless', { top: 0.25, look: 'ink' }),
  ], new PassageText(list).passages)
  expect([...stretches].map(([key, each]) => [key, each.map(({ id, start, end }) => `${id} ${start}-${end}`)])).toEqual([['2', ['over 0-14']], ['3', ['over 0-5', 'note 0-12']]])
  expect([...below].map(([id, notes]) => [id, notes.map((note) => note.id)])).toEqual([[3, ['note']], [1, ['ink']], [2, ['wordless']]])
})

test('marks and hits that overlap cut a text into pieces that give it back', () => {
  const words = 'Ngân sách tỉnh bảo đảm'
  const pieces = cut(words, [{ start: 5, end: 14, colour: '#f5c400', id: 'a' }, { start: 0, end: 9, hit: 0 }])
  expect(pieces.map(({ text }) => text).join('')).toBe(words)
  expect(pieces.map(({ text, mark, hit }) => [text, mark?.id, hit?.hit])).toEqual([['Ngân ', undefined, 0], ['sách', 'a', 0], [' tỉnh', 'a', undefined], [' bảo đảm', undefined, undefined]])
})
