import { describe, expect, test } from 'vitest'
import { blocksOf } from '../../../../shared/papers/blocks/blocksOf.ts'
import type { Block } from '../../../../shared/papers/contents.ts'
import { wordsOf } from '../../../support/papers/words/read.ts'

const textOf = (block: Block): string => (block.kind === 'table' ? block.rows.flat().join(' ') : block.kind === 'listItem' ? `${block.marker} ${block.text}` : block.text)

describe('a draft resolution of a council', () => {
  const { blocks, outline } = blocksOf(wordsOf('05-du-thao-nghi-quyet'))

  test('its outline is its chapters and articles', () => {
    expect(outline.map(({ title, level, page }) => `${page} ${'  '.repeat(level - 2)}${title}`)).toEqual([
      '1 Chương I. QUY ĐỊNH CHUNG',
      '1     Điều 1. Phạm vi điều chỉnh',
      '1     Điều 2. Đối tượng áp dụng',
      '1     Điều 3. Nguyên tắc hỗ trợ',
      '2 Chương II. NỘI DUNG VÀ MỨC HỖ TRỢ',
      '2     Điều 4. Hỗ trợ thiết bị phục vụ họp không giấy tờ',
      '2     Điều 5. Hỗ trợ đường truyền số liệu chuyên dùng',
      '2     Điều 6. Hỗ trợ công chức phụ trách chuyển đổi số',
      '2     Điều 7. Hỗ trợ tổ công nghệ số cộng đồng',
      '2     Điều 8. Hỗ trợ số hóa tài liệu lưu trữ',
      '2     Điều 9. Hỗ trợ đào tạo, tập huấn',
      '3 Chương III. TỔ CHỨC THỰC HIỆN',
      '3     Điều 10. Nguồn kinh phí',
      '3     Điều 11. Tổ chức thực hiện',
      '3     Điều 12. Hiệu lực thi hành',
    ])
    for (const { blockId, title } of outline) {
      const block = blocks.find(({ id }) => id === blockId)
      expect(block?.kind).toBe('heading')
      expect(textOf(block as Block).split('\n').every(line => title.includes(line))).toBe(true)
    }
  })

  test('the issuing body is read before the motto beside it, then number and date', () => {
    expect(blocks.slice(0, 4).map(block => [block.kind === 'paragraph' ? block.side : block.kind, textOf(block)])).toEqual([
      ['left', 'HỘI ĐỒNG NHÂN DÂN\nTỈNH TÂN GIANG'],
      ['left', 'Số: /2026/NQ-HĐND\nDỰ THẢO'],
      ['right', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc'],
      ['right', 'Tân Giang, ngày tháng 12 năm 2026'],
    ])
    expect(blocks[4]).toMatchObject({ kind: 'heading', level: 1 })
    expect(textOf(blocks[4] as Block)).toBe('NGHỊ QUYẾT\nQuy định một số chính sách hỗ trợ chuyển đổi số ở cấp xã trên địa bàn tỉnh Tân Giang giai đoạn 2027 - 2030')
  })

  test('lines become paragraphs, khoản and điểm items of a list', () => {
    const texts = blocks.map(textOf)
    expect(texts).toContain('Xét Tờ trình số 219/TTr-UBND ngày 22 tháng 11 năm 2026 của Ủy ban nhân dân tỉnh; Báo cáo thẩm tra của Ban Kinh tế - Ngân sách Hội đồng nhân dân tỉnh; ý kiến thảo luận của đại biểu Hội đồng nhân dân tỉnh tại kỳ họp;')
    expect(texts).toContain('Nghị quyết này quy định một số chính sách hỗ trợ chuyển đổi số ở cấp xã trên địa bàn tỉnh Tân Giang giai đoạn 2027 - 2030.')
    expect(blocks.filter(({ page }) => page === 2).slice(4, 8)).toMatchObject([
      { kind: 'listItem', marker: '1.', depth: 0, text: 'Nội dung hỗ trợ:' },
      { kind: 'listItem', marker: 'a)', depth: 1 },
      { kind: 'listItem', marker: 'b)', depth: 1 },
      { kind: 'listItem', marker: 'c)', depth: 1, text: 'Thiết bị bảo mật, cân bằng tải, lưu điện.' },
    ])
  })

  test('the recipients are read before the signature beside them', () => {
    const [recipients, office, name] = blocks.slice(-3)
    expect(recipients).toMatchObject({ side: 'left' })
    expect(textOf(recipients as Block)).toBe('Nơi nhận:\n- Ủy ban Thường vụ Quốc hội; Chính phủ;\n- Bộ Tài chính, Bộ KH&CN;\n- Cục Kiểm tra VBQPPL (Bộ Tư pháp);\n- Đoàn ĐBQH, UBND, UBMTTQVN tỉnh;\n- HĐND, UBND xã, phường;\n- Công báo tỉnh;\n- Lưu: VT, HĐ.')
    expect([textOf(office as Block), textOf(name as Block)]).toEqual(['CHỦ TỊCH', 'Lê Thị Ví Dụ'])
  })
})

describe('a report of 34 pages', () => {
  const { blocks, outline, leftOut } = blocksOf(wordsOf('03-bao-cao'))
  const tables = blocks.filter(block => block.kind === 'table')

  test('has its 19 tables, those over several pages whole, with their head once', () => {
    expect(tables).toHaveLength(19)
    expect(tables.every(table => table.headRows === 1)).toBe(true)
    expect(tables[0]?.rows.slice(0, 2)).toEqual([['TT', 'Nội dung', 'ĐVT', 'Kế hoạch', 'Thực hiện', 'So cùng kỳ (%)'], ['1', 'Chỉ tiêu kế hoạch năm', '%', '100,0', '84,7', '4,9']])
    const tasks = tables.at(-1)
    expect(tasks).toMatchObject({ page: 29, endPage: 34 })
    expect(tasks?.rows.slice(1).map(row => Number(row[0]))).toEqual(Array.from({ length: 72 }, (_, index) => index + 1))
    expect(tasks?.rows[1]).toEqual(['1', 'Thanh tra tỉnh', 'Số 1670/UBND- KGVX', 'Tổ chức tổng kết năm 2026 tiết kiệm, ưu tiên hình thức trực tuyến, sử dụng tài liệu điện tử', '23/12/2026', 'Hoàn thành đúng hạn'])
  })

  test('its outline goes from parts over Roman numbers to numbers, annexes at its end', () => {
    expect(outline.filter(({ level }) => level <= 2).map(({ title }) => title)).toEqual([
      'Phần thứ nhất. TÌNH HÌNH KINH TẾ - XÃ HỘI, QUỐC PHÒNG - AN NINH THÁNG 11 VÀ 11 THÁNG NĂM 2026',
      'I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH', 'II. KẾT QUẢ TRÊN CÁC LĨNH VỰC', 'III. TÌNH HÌNH TẠI CÁC XÃ, PHƯỜNG', 'IV. ĐÁNH GIÁ CHUNG',
      'Phần thứ hai. NHIỆM VỤ, GIẢI PHÁP TRỌNG TÂM THÁNG 12 NĂM 2026',
      'I. MỤC TIÊU', 'II. NHIỆM VỤ CỤ THỂ', 'III. TỔ CHỨC THỰC HIỆN',
      'Phụ lục I. CÁC CHỈ TIÊU KINH TẾ - XÃ HỘI CHỦ YẾU 11 THÁNG NĂM 2026',
      'Phụ lục II. TIẾN ĐỘ GIẢI NGÂN CÁC DỰ ÁN TRỌNG ĐIỂM ĐẾN NGÀY 20/11/2026',
      'Phụ lục III. TÌNH HÌNH THỰC HIỆN NHIỆM VỤ UBND, CHỦ TỊCH UBND TỈNH GIAO',
    ])
    expect(outline).toContainEqual({ title: '1.1. Kết quả chung', page: 2, top: expect.closeTo(0.17, 1) as number, level: 4, blockId: expect.any(Number) as number })
  })

  test('page numbers are left out, and sentences run over page breaks', () => {
    expect(leftOut.filter(text => /^\d+$/u.test(text))).toEqual(Array.from({ length: 33 }, (_, index) => String(index + 2)))
    const over = blocks.find(block => block.kind === 'paragraph' && block.page === 1 && block.endPage === 2)
    expect(textOf(over as Block)).toMatch(/^Tổng sản phẩm trên địa bàn \(GRDP\).*[.]$/u)
    expect(blocks.filter(block => block.kind === 'paragraph' && /^\p{Ll}/u.test(block.text))).toEqual([])
  })
})

test('names under the offices of secretary and chair stay with them', () => {
  const { blocks } = blocksOf(wordsOf('08-bien-ban'))
  expect(blocks.slice(-4).map(block => (block.kind === 'paragraph' ? `${block.side}: ${block.text}` : ''))).toEqual(['left: THƯ KÝ', 'left: Phạm Đức Thử Nghiệm', 'right: CHỦ TỌA', 'right: Trần Hoàng Giả Định'])
})

test('a programme is one table with a head, its name above it', () => {
  const { blocks } = blocksOf(wordsOf('02-chuong-trinh'))
  expect(blocks[4]).toMatchObject({ kind: 'heading', level: 1, text: 'CHƯƠNG TRÌNH\nPhiên họp giao ban UBND tỉnh tháng 11 năm 2026' })
  const table = blocks.find(block => block.kind === 'table')
  expect(table).toMatchObject({ headRows: 1 })
  expect(table?.rows.map(row => row[1])).toEqual(['Thời gian', '07:30 - 07:45', '07:45 - 08:00', '08:00 - 08:30', '08:30 - 08:45', '08:45 - 09:45', '09:45 - 10:00', '10:00 - 10:20', '10:20 - 11:15', '11:15 - 11:30', '13:30 - 14:00', '14:00 - 15:30', '15:30 - 16:15', '16:15 - 16:45'])
})

test('without ruling the same table is found by its columns', () => {
  const pages = wordsOf('04-to-trinh').map(page => ({ ...page, rules: [] }))
  const table = blocksOf(pages).blocks.find(block => block.kind === 'table')
  expect(table?.rows[0]).toEqual(['TT', 'Nội dung chi', '2027', '2028', '2029', '2030', 'Tổng'])
  expect(table?.rows[1]).toEqual(['1', 'Thiết bị họp không giấy tờ', '4.200', '4.200', '0', '0', '8.400'])
  expect(table?.rows).toHaveLength(7)
})

test('recognised words of a scan read on like printed ones', () => {
  const { blocks } = blocksOf(wordsOf('vi-scan-ocr-textlayer'))
  expect(blocks.slice(0, 5).map(textOf)).toEqual(['ỦY BAN NHÂN DÂN\nTỈNH TÂN GIANG', 'Số: 412/GM-UBND', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc', 'Tân Giang, ngày 18 tháng 11 năm 2026', 'GIẤY MỜI'])
  expect(blocks.filter(block => block.kind === 'listItem' && block.depth === 1).length).toBeGreaterThan(8)
})

test('what is printed sideways or upside down is shown as a picture, its words kept', () => {
  const { blocks } = blocksOf(wordsOf('vi-mixed-rotated'))
  expect(blocks.map(({ kind, page }) => `${page} ${kind}`)).toEqual(['1 picture', '2 table', '3 picture'])
  expect(textOf(blocks[0] as Block)).toContain('TIẾN ĐỘ GIẢI NGÂN CÁC DỰ ÁN TRỌNG ĐIỂM')
  expect(textOf(blocks[2] as Block)).toContain('TÌNH HÌNH THỰC HIỆN NHIỆM VỤ')
})
