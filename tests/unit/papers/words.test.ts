import { describe, expect, test } from 'vitest'
import { pageOfTable } from '../../../server/papers/contents/ocr/table.ts'
import { plainText } from '../../../server/papers/contents/plain.ts'
import type { Letter, Look } from '../../../server/papers/contents/reading/letters.ts'
import { isRubbish } from '../../../server/papers/contents/reading/rubbish.ts'
import { joined, runsOf } from '../../../server/papers/contents/reading/runs.ts'
import { withLostHorns } from '../../../shared/vietnamese/lostHorns.ts'

const serif: Look = { font: 'Serif', size: 10, bold: false, italic: false, x: 1, y: 0 }
/** Letters of 5 points each from `x` on. */
const line = (text: string, x: number, y: number, look = serif): Letter[] => [...text].map((letter, at) => ({
  text: letter, look, x: x + 5 * at * look.x, y: y + 5 * at * look.y, left: x + 5 * at * look.x, right: x + 5 * (at * look.x + 1), top: y - 8, bottom: y + 2, supposed: false,
}))
const texts = (letters: Letter[]) => joined(runsOf(letters).runs).map(({ text }) => text)

describe('letters become runs', () => {
  test('of one line and one font; columns stand apart', () =>
    expect(texts([...line('Nơi nhận:', 0, 10), ...line('CHỦ TỊCH', 200, 10), ...line('Như trên', 0, 24)])).toEqual(['Nơi nhận:', 'CHỦ TỊCH', 'Như trên']))

  test('a bold word is a run of its own, and the space stays with the one before', () =>
    expect(texts([...line('Điều ', 0, 10), ...line('khoản', 25, 10, { ...serif, bold: true })])).toEqual(['Điều ', 'khoản']))

  test('letters that a converter fetched from another font and wrote behind the line go where they stand', () => {
    const other = { ...serif, font: 'Sans' }
    const { runs, mended } = runsOf([...line('H', 0, 10), ...line('I Đ', 10, 10), ...line('NG', 30, 10), ...line('Ộ', 5, 10, other), ...line('Ồ', 25, 10, other)])
    expect([joined(runs).map(({ text }) => text), mended]).toEqual([['HỘI ĐỒNG'], true])
  })

  test('marks stay with their letter', () => expect(texts([...line('Ha', 0, 10), { ...line('\u0323', 7, 10)[0] as Letter }, ...line('nh', 10, 10)]).map(text => text.normalize('NFC'))).toEqual(['Hạnh']))

  test('what is written upwards is read along its line', () => {
    const upwards = { ...serif, x: 0, y: -1 }
    expect(texts([...'Lề trái'].map((letter, at) => ({ text: letter, look: upwards, x: 50, y: 300 - 5 * at, left: 42, right: 52, top: 295 - 5 * at, bottom: 300 - 5 * at, supposed: false })))).toEqual(['Lề trái'])
  })
})

test('the text of a page parts lines, but not a word', () => {
  const run = (text: string, x: number, y: number, width: number) => ({ text, x, y, width, height: 0.02, size: 10, bold: false, italic: false })
  expect(plainText({ width: 600, height: 800, source: 'text', runs: [run('H', 0.1, 0.1, 0.01), run('ỘI', 0.11, 0.1, 0.02), run('ĐỒNG ', 0.2, 0.1, 0.1), run('nhân dân', 0.1, 0.2, 0.1)] })).toBe('HỘI ĐỒNG nhân dân')
})

describe('a text layer', () => {
  test.each([
    ['\u0001\u0002\u0003\u0004\u0005\u0006\u0003\u0006\u0007\b\u0006\u0003\t\b\u0006', true],
    ['\ue001\ue002\ue003 \ue004\ue005', true],
    ['+ӝL ÿӗQJ QKkQ GkQ WӍQK 7kQ *LDQJ TX\\Ӄt QJKӏ Yj &KӫW WӏFK Ӫ\\ EDQ QKkQ GkQ WӍQK FKX\\ӇQ ÿәL Vӕ', true],
    ['Hội đồng nhân dân tỉnh Tân Giang quyết nghị và Chủ tịch Uỷ ban nhân dân tỉnh chuyển đổi số', false],
    ['UBND tỉnh; số 11/BB-UBND; QCVN 32:2026/BXD; 1.250,5 triệu đồng; iPhone, McDonald; TTr-UBND của GRDP GDP PCI', false],
    ['Les élèves français étaient déjà à l’école où naît la forêt aujourd’hui même sans eux', false],
    ['Nous 人民代表大会 会议 文件 报告 审议 通过 决定 公布 实施 办法 规定 条例 章程', false],
    ['12', false],
    ['', true],
  ])('"%s" is rubbish: %s', (text, rubbish) => expect(isRubbish(text)).toBe(rubbish))
})

test.each([
  ['phờng, xã; hớng dẫn; trởng phòng; đợc', 'phường, xã; hướng dẫn; trưởng phòng; được'],
  ['Th ký; nh sau; ngời; Công Thơng', 'Thư ký; như sau; người; Công Thương'],
  ['hươu, rượu, thường, ơn, mời, đời', 'hươu, rượu, thường, ơn, mời, đời'],
])('ư that a converter took for a soft hyphen comes back: %s', (text, meant) => expect(withLostHorns(text)).toBe(meant))

test('tesseract’s table becomes lines of words with their places', () => {
  const row = (...cells: (string | number)[]) => cells.join('\t')
  const table = [
    row('level', 'page_num', 'block_num', 'par_num', 'line_num', 'word_num', 'left', 'top', 'width', 'height', 'conf', 'text'),
    row(4, 1, 1, 1, 1, 0, 100, 100, 900, 40, -1, ''),
    row(5, 1, 1, 1, 1, 1, 100, 100, 200, 40, 96.5, 'Uỷ'.normalize('NFD')), row(5, 1, 1, 1, 1, 2, 320, 104, 200, 36, 91, 'ban'), row(5, 1, 1, 1, 1, 3, 900, 100, 100, 40, 90, 'MẬT'),
    row(5, 1, 1, 1, 2, 1, 100, 200, 50, 40, 12, '~~'), row(5, 1, 1, 1, 2, 2, 200, 200, 300, 40, 80, 'nhân dân'),
  ].join('\n')
  const page = pageOfTable(table, { width: 1000, height: 2000 }, { width: 500, height: 1000 })
  expect(page).toMatchObject({ width: 500, height: 1000, source: 'ocr' })
  expect(page.runs.map(({ text, x, y, width }) => [text, x, y, width])).toEqual([['Uỷ ban', 0.1, 0.05, 0.42], ['MẬT', 0.9, 0.05, 0.1], ['nhân dân', 0.2, 0.1, 0.3]])
  expect(pageOfTable('', { width: 10, height: 10 }, { width: 5, height: 5 }).source).toBe('none')
})
