import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bookProcessLimits, openBooks, type Books } from '../../../server/papers/book/books.ts'
import type { Paper } from '../../../shared/meeting/papers/state.ts'
import { bomb } from '../../support/papers/broken.ts'
import { textPdf } from '../../support/papers/generate.ts'

let folder: string
let good: Buffer
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'giao-ban-books-'))
  good = await textPdf({ pages: 1, seed: 1 })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const told = { language: 'vi' as const, cover: { body: null, title: 'Họp', when: '', place: '', made: '' }, line: null }
const never = new AbortController().signal
async function bind(books: Books, files: Buffer[], signal = never) {
  const papers = files.map((file, index) => ({ paperId: `${index}`, title: `Tài liệu ${index}`, size: file.length, pages: 1 }) as Paper)
  const book = await books.bind('chi', [{ number: '1', title: 'Nội dung', depth: 0, papers }], told, ({ paperId }) => Readable.from([files[Number(paperId)]]), signal)
  if ('code' in book) return book.code
  book.content.destroy()
  return book.papers.map(({ title }) => title)
}

test('a paper that would fill the memory costs itself its place, and no other', { timeout: 120_000 }, async () => {
  // Objects are unpacked to take the file apart; of pages only so much is looked at.
  const packed = Buffer.from(bomb(2).toString('latin1').replace('<</Length', '<</Type/ObjStm/N 1/First 4/Length'), 'latin1')
  const books = await openBooks(join(folder, 'bomb'), { ...bookProcessLimits, memory: 300 * 2 ** 20 })
  expect(await bind(books, [good, packed, good])).toEqual(['Tài liệu 0', 'Tài liệu 2'])
  expect(await readdir(join(folder, 'bomb'))).toEqual([])
})

test('what nobody can bind, may not take longer, or no longer waits for is refused, and nothing is left lying about', { timeout: 120_000 }, async () => {
  const books = await openBooks(join(folder, 'refused'))
  expect(await bind(books, [Buffer.from('not a pdf')])).toBe('papers.cannotBind')
  expect(await bind(await openBooks(join(folder, 'refused'), { ...bookProcessLimits, time: 20 }), [good])).toBe('papers.cannotBind')
  expect(await bind(books, [good], AbortSignal.abort())).toBe('papers.cannotBind')
  expect(await bind(books, [good, Buffer.from('')])).toEqual(['Tài liệu 0'])
  expect(await readdir(join(folder, 'refused'))).toEqual([])
})
