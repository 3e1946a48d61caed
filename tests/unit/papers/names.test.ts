import { describe, expect, test } from 'vitest'
import { contentDisposition, displayName, titleOfName } from '../../../server/papers/names.ts'

describe('the name of an uploaded file', () => {
  test.each([
    ['03-Báo cáo KT-XH tháng 11.pdf', '03-Báo cáo KT-XH tháng 11.pdf'],
    ['Tờ trình 📄 bản 2.pdf', 'Tờ trình 📄 bản 2.pdf'],
    ['👨‍👩‍👧 gia đình.pdf', '👨‍👩‍👧 gia đình.pdf'],
    ['Nghị quyết.pdf'.normalize('NFD'), 'Nghị quyết.pdf'.normalize('NFC')],
    ['  nhiều   khoảng  trắng .pdf ', 'nhiều khoảng trắng .pdf'],
  ])('%j is shown as %j', (sent, shown) => expect(displayName(sent)).toBe(shown))

  test.each([
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\Windows\\System32\\báo cáo.pdf', 'báo cáo.pdf'],
    ['/tmp/x/../y.pdf', 'y.pdf'],
    ['C:\\fakepath\\Tờ trình.pdf', 'Tờ trình.pdf'],
    ['a\u0000b\u0007c\r\n.pdf', 'abc.pdf'],
    ['bao-cao-\u202efdp.exe', 'bao-cao-fdp.exe'],
    ['\u2066ẩn\u2069\u200b\ufeff.pdf', 'ẩn.pdf'],
    ['nửa\ud83d.pdf', 'nửa\ufffd.pdf'],
  ])('of %j only %j is left', (sent, shown) => expect(displayName(sent)).toBe(shown))

  test.each(['', '   ', '.', '..', '../', 'a/', '\u202e\u0000', 'thư mục\\'])('%j is no name at all', sent => expect(displayName(sent)).toBeNull())

  test('255 bytes of UTF-8 are kept to the letter, 256 are refused', () => {
    const fits = 'ậ'.repeat(83) + 'ab.pdf'
    expect(Buffer.byteLength(fits)).toBe(255)
    expect(displayName(fits)).toBe(fits)
    expect(displayName(`c${fits}`)).toBeNull()
  })

  test('the bytes are counted after composing, as the name is kept', () => {
    const composed = 'ệ'.repeat(83) + '.pdf'
    expect(displayName(composed.normalize('NFD'))).toBe(composed)
  })

  test.each([
    ['04-Tờ trình.pdf', '04-Tờ trình'], ['BAO_CAO_THANG_11.PDF', 'BAO CAO THANG 11'], ['không đuôi', 'không đuôi'], ['.pdf', '.pdf'],
  ])('%j gives the title %j', (name, title) => expect(titleOfName(name)).toBe(title))
})

describe('Content-Disposition', () => {
  test('carries the true name beside one that old readers understand', () => {
    expect(contentDisposition('inline', 'Tờ trình số 5.pdf'))
      .toBe('inline; filename="To trinh so 5.pdf"; filename*=UTF-8\'\'T%E1%BB%9D%20tr%C3%ACnh%20s%E1%BB%91%205.pdf')
  })

  test('cannot be broken out of', () => {
    const header = contentDisposition('attachment', 'a"; filename=x.exe; "b\\Đường (1)\'*.pdf')
    expect(header).toBe('attachment; filename="a__ filename=x.exe_ _b_Duong (1)\'*.pdf"; filename*=UTF-8\'\'a%22%3B%20filename%3Dx.exe%3B%20%22b%5C%C4%90%C6%B0%E1%BB%9Dng%20%281%29%27%2A.pdf')
    expect(header).toMatch(/^[\x20-\x7e]+$/)
  })
})
