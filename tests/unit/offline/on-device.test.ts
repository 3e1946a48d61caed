import { afterEach, expect, test } from 'vitest'
import { searchOnDevice } from '../../../client/meeting/search/onDevice.ts'
import { blockWords } from '../../../client/pdf/blockWords.ts'
import { keepPapersIn, keptContents } from '../../../client/pdf/keptPapers.ts'
import type { MeetingView } from '../../../shared/meeting/view.ts'
import type { Block, PaperContents } from '../../../shared/papers/contents.ts'

afterEach(() => keepPapersIn(() => null))

const box = { x: 0.1, y: 0.2, width: 0.8, height: 0.05 }
const paragraph = (id: number, page: number, text: string): Block => ({ id, page, box, kind: 'paragraph', text, align: 'start', bold: false, italic: false })
const contents = (...blocks: Block[]): PaperContents => ({ blocks, outline: [], recognised: [], rewritten: [], wordless: [] })
const view = {
  items: { i1: { itemId: 'i1', title: 'Kinh tế - xã hội' } },
  papers: Object.fromEntries(['a', 'b', 'c'].map((id) => [id, { paperId: id, itemId: 'i1', title: `Tài liệu ${id}`, sha256: `sha-${id}` }])),
} as unknown as MeetingView
const kept: Record<string, PaperContents> = {
  'sha-a': contents(paragraph(1, 1, 'Mở đầu'), paragraph(2, 3, 'Thu ngân sách đạt dự toán'), { id: 3, page: 3, box, kind: 'table', rows: [['Huyện', 'Lúa hè thu']], headRows: 0 }),
  'sha-b': contents(),
}
const keep = (papers: Record<string, PaperContents>) => keepPapersIn(() => null, { contents: async (sha256) => papers[sha256] ?? null, picture: async () => null })

test('what is kept is searched as the hub does: without diacritics, in paragraphs and tables, with the page', async () => {
  keep(kept)
  const found = await searchOnDevice('ngan sach dat', view)
  expect(found?.papers).toMatchObject([{ paperId: 'a', pages: 1, hits: [{ page: 3, phrase: true }] }])
  expect((await searchOnDevice('lua he thu', view))?.papers).toMatchObject([{ paperId: 'a', hits: [{ page: 3 }] }])
  expect((await searchOnDevice('kinh te', view))?.items).toMatchObject([{ itemId: 'i1' }])
  expect(found).toMatchObject({ notHere: 1, unsearchable: ['b'], making: [] })
})

test('what was deleted is not found any more', async () => {
  keep(kept)
  expect((await searchOnDevice('ngân sách', view))?.papers).toHaveLength(1)
  keep({ 'sha-b': contents() })
  expect((await searchOnDevice('ngân sách', view))?.papers).toEqual([])
  keepPapersIn(() => null)
  expect([await searchOnDevice('ngân sách', view), await keptContents('sha-a')]).toEqual([null, null])
})

test('a page whose own words are of no use is searched by its paragraphs', () => {
  expect(blockWords(kept['sha-a'] as PaperContents, 3)?.runs.map(({ text, y }) => [text, y])).toEqual([['Thu ngân sách đạt dự toán', 0.2], ['Huyện', 0.2], ['Lúa hè thu', 0.2]])
  expect(blockWords(kept['sha-a'] as PaperContents, 2)).toBeNull()
})
