import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { place, quoteOf, samePages, versionText, type Anchor } from '../../../shared/papers/anchor.ts'
import { findNearly, foldPages, foldQuote, type PageWords } from '../../../shared/papers/quotes.ts'

/** A page of lines, one below the other, each over the whole width. */
function page(...lines: string[]): PageWords {
  return { runs: lines.map((text, index) => ({ text, x: 0.1, y: 0.1 + index * 0.03, width: 0.8, height: 0.02 })) }
}
const nowhere = { samePage: () => null }
const everywhere = { samePage: (number: number) => number }

function anchorAt(pages: PageWords[], number: number, exact: string, context = 30): Anchor {
  const text = pages[number - 1]!.runs.map((run) => run.text).join(' ')
  const at = text.indexOf(exact)
  return { page: number, quote: quoteOf(exact, text.slice(Math.max(0, at - context), at), text.slice(at + exact.length, at + exact.length + context)), boxes: [{ x: 0.1, y: 0.1, width: 0.3, height: 0.02 }] }
}

const first = [
  page('Điều 1. Phạm vi điều chỉnh', 'Nghị quyết này quy định mức hỗ trợ cho hộ nghèo', 'trên địa bàn tỉnh trong năm 2026.'),
  page('Điều 2. Mức hỗ trợ', 'Mỗi hộ được hỗ trợ 1.500.000 đồng một tháng.', 'Thời gian hỗ trợ không quá mười hai tháng.'),
]

describe('a note finds its words', () => {
  test('on another page, after pages were put in before it', () => {
    const next = [page('Căn cứ Luật Tổ chức chính quyền địa phương'), first[0]!, page('Biểu phụ lục'), first[1]!]
    expect(place(anchorAt(first, 2, 'hỗ trợ 1.500.000 đồng'), versionText(next), nowhere)).toMatchObject({ page: 4, certainty: 'words' })
  })

  test('whether they are set composed or decomposed, and wherever the lines break', () => {
    const next = [page('Điều 2. Mức hỗ trợ'.normalize('NFD'), 'Mỗi hộ được hỗ'.normalize('NFD'), 'trợ 1.500.000 đồng một tháng.'.normalize('NFD'))]
    const placed = place(anchorAt(first, 2, 'được hỗ trợ 1.500.000'), versionText(next), nowhere)
    expect(placed).toMatchObject({ page: 1, certainty: 'words' })
    expect(placed?.boxes).toHaveLength(2)
    expect(placed?.boxes[0]).toMatchObject({ y: 0.13 })
  })

  test('when a figure in them was changed', () => {
    const next = [first[0]!, page('Điều 2. Mức hỗ trợ', 'Mỗi hộ được hỗ trợ 1.800.000 đồng mỗi tháng.')]
    expect(place(anchorAt(first, 2, 'Mỗi hộ được hỗ trợ 1.500.000 đồng một tháng.'), versionText(next), nowhere)).toMatchObject({ page: 2, certainty: 'similar' })
  })

  test('by their neighbours where they stand twice, and by the nearest place where those are alike', () => {
    const twice = [page('Chương I. Kết quả', 'Đề nghị làm rõ số liệu này.'), page('Chương II. Phương hướng', 'Đề nghị làm rõ số liệu này.')]
    expect(place(anchorAt(twice, 2, 'làm rõ số liệu'), versionText([twice[1]!, page('x'), page('y'), twice[0]!]), nowhere)?.page).toBe(1)
    const alike = [page('Đề nghị làm rõ số liệu này.'), page('Đề nghị làm rõ số liệu này.'), page('Đề nghị làm rõ số liệu này.')]
    expect(place(anchorAt(alike, 2, 'Đề nghị làm rõ số liệu này.'), versionText(alike), nowhere)?.page).toBe(2)
  })
})

describe('a note that nobody can place waits', () => {
  test('when its words are gone, also from the same page', () => {
    const next = [first[0]!, page('Điều 2. Bãi bỏ', 'Nội dung này được chuyển sang nghị quyết khác.')]
    expect(place(anchorAt(first, 2, 'Mỗi hộ được hỗ trợ 1.500.000 đồng'), versionText(next), nowhere)).toBeNull()
  })

  test('when a short word of it stands elsewhere by chance', () => {
    const next = [page('Mức chi khác')]
    expect(place(anchorAt(first, 2, 'Mức'), versionText(next), nowhere)).toBeNull()
  })

  test('when it was drawn on a page that is not there any more', () => {
    const ink: Anchor = { page: 2, quote: null, boxes: [{ x: 0.2, y: 0.2, width: 0.1, height: 0.1 }] }
    expect(place(ink, versionText(first), nowhere)).toBeNull()
    expect(place(ink, versionText(first), everywhere)).toEqual({ page: 2, boxes: ink.boxes, certainty: 'page' })
  })
})

test('pages that read the same are found again, each once, in order', () => {
  const hints = samePages([...first, page('Ký tên')], [page('Tờ trình'), ...first, page('ký tên khác')])
  expect([1, 2, 3].map((number) => hints.samePage(number))).toEqual([2, 3, null])
})

const word = fc.stringMatching(/^[a-zàáảãạăâđèéêìíòóôơùúưỳý]{2,7}$/)
const line = fc.array(word, { minLength: 3, maxLength: 9 }).map((words) => words.join(' '))
const paper = fc.array(fc.array(line, { minLength: 1, maxLength: 8 }).map((lines) => page(...lines)), { minLength: 1, maxLength: 6 })

test('in the version it was made on every quote is found at its own place, whichever way the letters are composed', () => {
  fc.assert(fc.property(paper, fc.nat(), fc.nat(), fc.boolean(), (pages, a, b, decomposed) => {
    const number = 1 + (a % pages.length)
    const lines = pages[number - 1]!.runs
    const exact = lines[b % lines.length]!.text
    fc.pre(foldQuote(exact).length >= 12)
    const next = decomposed ? pages.map(({ runs }) => ({ runs: runs.map((run) => ({ ...run, text: run.text.normalize('NFD') })) })) : pages
    const placed = place(anchorAt(pages, number, exact), versionText(next), everywhere)
    expect(placed?.certainty).toBe('words')
    expect(foldPages([pages[placed!.page - 1]!]).text).toContain(foldQuote(exact))
  }))
})

test('boxes lie on the page, whatever the quote', () => {
  fc.assert(fc.property(paper, fc.nat(), fc.nat(40), (pages, a, length) => {
    const text = pages.flatMap(({ runs }) => runs.map((run) => run.text)).join(' ')
    const at = a % text.length
    const anchor: Anchor = { page: 1, quote: quoteOf(text.slice(at, at + length + 1), '', ''), boxes: [] }
    const placed = place(anchor, versionText(pages), everywhere)
    for (const box of placed?.boxes ?? []) {
      expect(box.x).toBeGreaterThanOrEqual(0)
      expect(box.x + box.width).toBeLessThanOrEqual(1.000001)
      expect(box.width).toBeGreaterThan(0)
    }
  }))
})

test('what is found nearly differs by no more than a quarter', () => {
  fc.assert(fc.property(line, line, fc.nat(), (before, after, dice) => {
    const quote = foldQuote(`${before}${after}`)
    fc.pre(quote.length >= 24)
    const at = dice % (quote.length - 1)
    const changed = `${quote.slice(0, at)}Ω${quote.slice(at + 1)}`
    const found = findNearly(`ΨΨΨΨΨ${changed}ΨΨΨΨ`, quote)[0]
    expect(found?.errors).toBeLessThanOrEqual(1)
  }))
})

test('a paper of five hundred pages is looked through in good time', { timeout: 20_000 }, () => {
  const pages = Array.from({ length: 500 }, (_, index) => page(...Array.from({ length: 40 }, (__, row) => `Dòng ${row} của trang ${index}: nội dung báo cáo tình hình kinh tế xã hội`)))
  const version = versionText(pages)
  const began = performance.now()
  const placed = place(anchorAt(pages, 321, 'Dòng 17 của trang 320: nội dung'), version, nowhere)
  expect(placed?.page).toBe(321)
  expect(place({ page: 3, quote: quoteOf('Những chữ hoàn toàn không có ở đâu trong văn bản này cả'.repeat(20), '', ''), boxes: [] }, version, nowhere)).toBeNull()
  expect(performance.now() - began).toBeLessThan(4000)
})
