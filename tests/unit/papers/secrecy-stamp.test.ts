import { describe, expect, test } from 'vitest'
import { stampedLevel, type TextRun } from '../../../server/papers/secrecy/stamp.ts'

const page = { height: 842 }

/** A line of print 14 points high; letters half as wide as high. */
const run = (text: string, x: number, y: number, height = 14): TextRun => ({ text, x, y, width: text.length * height * 0.5, height })

const letterhead = [
  run('UỶ BAN NHÂN DÂN', 90, 70), run('CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM', 290, 70),
  run('TỈNH TÂN GIANG', 95, 86), run('Độc lập - Tự do - Hạnh phúc', 320, 86),
  run('Số: 12/BC-UBND', 95, 110), run('Tân Giang, ngày 05 tháng 02 năm 2026', 300, 110),
]

const stamped = (...runs: TextRun[]) => stampedLevel([...letterhead, ...runs], page)

describe('a stamp on the first page', () => {
  test.each([
    ['under the number', [run('MẬT', 110, 150)], 'MẬT'],
    ['beside the date', [run('TỐI MẬT', 100, 128), run('Kính gửi: Hội đồng nhân dân tỉnh', 250, 128)], 'TỐI MẬT'],
    ['in the largest letters', [run('TUYỆT MẬT', 380, 40, 24)], 'TUYỆT MẬT'],
    ['decomposed', [run('TỐI MẬT'.normalize('NFD'), 100, 150)], 'TỐI MẬT'],
    ['letter by letter', [run('M', 100, 150), run('Ậ', 108, 150), run('T', 116, 150)], 'MẬT'],
    ['set wide', [run('T U Y Ệ T  M Ậ T', 100, 150)], 'TUYỆT MẬT'],
    ['on two lines of a frame', [run('TUYỆT', 100, 150), run('MẬT', 106, 166)], 'TUYỆT MẬT'],
    ['framed', [run('[ MẬT ]', 100, 150)], 'MẬT'],
    ['with stars', [run('★ TỐI MẬT ★', 100, 150)], 'TỐI MẬT'],
    ['with its label', [run('Độ mật: Mật', 100, 150)], 'MẬT'],
    ['with its label in small letters', [run('độ mật: tối mật', 100, 150)], 'TỐI MẬT'],
    ['beside a mark of urgency', [run('MẬT - HOẢ TỐC', 100, 150)], 'MẬT'],
    ['above another kind of mark', [run('MẬT', 100, 150), run('KHẨN', 100, 180)], 'MẬT'],
    ['in mixed case', [run('Tuyệt mật', 100, 150)], 'TUYỆT MẬT'],
    ['twice', [run('MẬT', 100, 40), run('MẬT', 450, 40)], 'MẬT'],
  ] as const)('%s is seen', (_where, runs, level) => expect(stamped(...runs)).toBe(level))

  test.each([
    ['no stamp at all', []],
    ['a sentence', [run('Báo cáo về công tác bảo vệ bí mật nhà nước năm 2026', 90, 220)]],
    ['the last word of a sentence', [run('các thiết bị, phần mềm và đường truyền cần được bảo', 90, 220), run('mật', 90, 238)]],
    ['the end of a line of capitals', [run('QUY CHẾ VỀ AN TOÀN THÔNG TIN VÀ BẢO', 150, 220), run('MẬT', 280, 238)]],
    ['a heading broken after BÍ', [run('DANH MỤC TÀI LIỆU THUỘC BÍ', 150, 220), run('MẬT NHÀ NƯỚC', 190, 238)]],
    ['a table cell "BẢO / MẬT"', [run('BẢO', 300, 250), run('MẬT', 300, 266), run('Đạt', 400, 258)]],
    ['a heading in capitals', [run('QUY CHẾ BẢO MẬT', 180, 200)]],
    ['population density', [run('MẬT ĐỘ', 200, 250), run('DÂN SỐ', 200, 266)]],
    ['a password field', [run('Mật khẩu:', 90, 250)]],
    ['honey', [run('Mật ong rừng', 90, 250)]],
    ['a form that offers all levels', [run('□ Mật', 90, 200), run('□ Tối mật', 190, 200), run('□ Tuyệt mật', 310, 200)]],
    ['a table of levels', [run('TUYỆT MẬT', 90, 200), run('TỐI MẬT', 90, 230), run('MẬT', 90, 260)]],
    ['the label without a level', [run('Độ mật:', 90, 150)]],
    ['the label with none', [run('Độ mật: Không', 90, 150)]],
    ['the word in the lower half', [run('MẬT', 110, 600)]],
    ['no letters but marks', [run('MẠT', 110, 150), run('MẶT', 110, 180), run('MẤT', 110, 200)]],
    ['except secret papers', [run('không phát tài liệu giấy tại phiên họp, trừ tài liệu mật.', 90, 200)]],
  ] as const)('%s is no stamp', (_what, runs) => expect(stamped(...runs)).toBeNull())
})
