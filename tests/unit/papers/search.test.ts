import { describe, expect, test } from 'vitest'
import { searchPapers, type SearchedPaper } from '../../../shared/papers/search.ts'
import { foldForSearch } from '../../../shared/vietnamese/search.ts'
import { random } from '../../support/papers/random.ts'
import { paragraph } from '../../support/papers/vietnamese.ts'

const paper = (paperId: string, title: string, ...pages: string[]): SearchedPaper => ({ paperId, itemId: 'i', title, pages: pages.map(text => ({ text, folded: foldForSearch(text) })) })
const marked = ({ snippet, marks }: { snippet: string; marks: { start: number; end: number }[] }) => marks.map(({ start, end }) => snippet.slice(start, end))

describe('searching papers', () => {
  test('the phrase comes before the title, the title before scattered words', () => {
    const { papers } = searchPapers('giải ngân vốn', [], [
      paper('scattered', 'A', 'Vốn được giải trình; ngân sách tỉnh.'), paper('title', 'Về giải ngân vốn đầu tư', 'Trang trắng'), paper('phrase', 'B', '', 'Tiến độ GIẢI NGÂN VỐN năm 2026'),
    ])
    expect(papers.map(({ paperId }) => paperId)).toEqual(['phrase', 'title', 'scattered'])
    expect(papers.map(({ hits }) => hits.map(({ page, phrase }) => [page, phrase]))).toEqual([[[2, true]], [], [[1, false]]])
    expect(papers.map(({ hits }) => hits.flatMap(marked))).toEqual([['GIẢI NGÂN VỐN'], [], ['Vốn', 'giải', 'ngân']])
  })

  test('a snippet begins and ends at words, and its marks stand where the words do', () => {
    const text = `${'đoạn đầu '.repeat(40)}quyết nghị thông qua ${'đoạn sau '.repeat(40)}`
    const hit = searchPapers('QUYET NGHI', [], [paper('p', '', text)]).papers[0]?.hits[0]
    expect(hit?.snippet).toMatch(/^… (?:đoạn|đầu) .* (?:đoạn|sau) …$/u)
    expect(hit && marked(hit)).toEqual(['quyết nghị'])
    expect(hit?.snippet.length).toBeLessThan(240)
  })

  test('titles of items are found too', () =>
    expect(searchPapers('nhan su', [{ itemId: 'a', title: 'Công tác nhân sự' }, { itemId: 'b', title: 'Kinh tế' }], []).items).toEqual([{ itemId: 'a', title: 'Công tác nhân sự', marks: [{ start: 9, end: 16 }] }]))

  test.each(['', '   ', '\u0301'])('"%s" is found nowhere', q => expect(searchPapers(q, [{ itemId: 'a', title: 'A' }], [paper('p', 'A', 'a')])).toEqual({ items: [], papers: [] }))

  test('answers stay small, however much is found', () => {
    const papers = searchPapers('a', [], Array.from({ length: 40 }, (_, at) => paper(String(at), '', ...Array.from({ length: 50 }, () => 'a '.repeat(3000))))).papers
    expect(papers.every(({ hits, pages }) => hits.length <= 20 && pages === 50)).toBe(true)
    expect(papers.flatMap(({ hits }) => hits)).toHaveLength(200)
    expect(JSON.stringify(papers).length).toBeLessThan(400_000)
  })

  test('40 papers of 30 pages take less than a tenth of a second', () => {
    const chance = random(7)
    const papers = Array.from({ length: 40 }, (_, at) => paper(String(at), `Báo cáo ${at}`, ...Array.from({ length: 30 }, () => Array.from({ length: 8 }, () => paragraph(chance)).join(' '))))
    expect(papers[0]?.pages[0]?.text.length).toBeGreaterThan(1500)
    const times = ['giải ngân', 'uy ban nhan dan tinh', 'không đâu có', 'a', 'von dau tu cong nam'].map(q => {
      const began = performance.now()
      searchPapers(q, [], papers)
      return performance.now() - began
    }).sort((a, b) => a - b)
    expect(times[2]).toBeLessThan(100)
  })
})
