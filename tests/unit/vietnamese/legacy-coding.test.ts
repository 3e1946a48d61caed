import { describe, expect, test } from 'vitest'
import { codingByLook, codingOfFont, fromLegacy } from '../../../shared/vietnamese/legacyCoding.ts'
import { isSyllable } from '../../../shared/vietnamese/syllable.ts'
import { fromTcvn3, tcvn3Letters } from '../../../shared/vietnamese/tcvn3.ts'
import { fromVni, vniLetters } from '../../../shared/vietnamese/vni.ts'

/** The 67 letters that Vietnamese has beyond a–z. */
const small = [...'àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ']
const sorted = (letters: Iterable<string>) => [...new Set(letters)].sort()

describe('TCVN3', () => {
  test('has every small letter once, and the seven capitals that have no tone', () =>
    expect(sorted(tcvn3Letters.values())).toEqual(sorted([...small, ...'ĂÂÊÔƠƯĐ'])))
  test('has each sign for one letter', () => expect(tcvn3Letters.size).toBe(67 + 7))

  test.each([
    ['Céng hßa x· héi chñ nghÜa ViÖt Nam', 'Cộng hòa xã hội chủ nghĩa Việt Nam'],
    ['§éc lËp - Tù do - H¹nh phóc', 'Độc lập - Tự do - Hạnh phúc'],
    ['®Ò nghÞ bæ sung ®¸nh gi¸ vÒ t×nh h×nh thiÕu gi¸o viªn', 'đề nghị bổ sung đánh giá về tình hình thiếu giáo viên'],
    ['ph\u00adêng, h\u00adíng dÉn, Tr\u00adëng', 'phường, hướng dẫn, Trưởng'],
    ['ng¾n, b»ng, chÆt, th¼ng, nghÐo, kü, quü, thñy, mÏ', 'ngắn, bằng, chặt, thẳng, nghéo, kỹ, quỹ, thủy, mẽ'],
  ])('%s', (written, meant) => expect(fromTcvn3(written)).toBe(meant))

  test('fonts that look like capitals give capitals', () => expect(fromTcvn3('ñy ban nh©n d©n tØnh', { capitals: true })).toBe('ỦY BAN NHÂN DÂN TỈNH'))
})

describe('VNI', () => {
  test('has every letter, small and capital', () => expect(sorted(vniLetters.values())).toEqual(sorted([...small, ...small.map(letter => letter.toUpperCase())])))

  test.each([
    ['Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam', 'Cộng hòa xã hội chủ nghĩa Việt Nam'],
    ['Ñoäc laäp - Töï do - Haïnh phuùc', 'Độc lập - Tự do - Hạnh phúc'],
    ['UÛY BAN NHAÂN DAÂN TÆNH', 'ỦY BAN NHÂN DÂN TỈNH'],
    ['thöôøng tröïc, höôùng daãn, nöôùc, phöôïng', 'thường trực, hướng dẫn, nước, phượng'],
    ['baèng, chaët, thaúng, kyõ, lyù, ngaøy, naêm, hoïp, yù kieán', 'bằng, chặt, thẳng, kỹ, lý, ngày, năm, họp, ý kiến'],
    ['Aùp duïng, Ôû ñaây', 'Áp dụng, Ở đây'],
  ])('%s', (written, meant) => expect(fromVni(written)).toBe(meant))
})

test.each([
  ['.VnTime', 'tcvn3'], ['ABCDEF+.VnTimeH', 'tcvn3Capitals'], ['.VnArial Narrow', 'tcvn3'], ['VnTime-Bold', 'tcvn3'], ['.VnAvantH', 'tcvn3Capitals'],
  ['VNI-Times', 'vni'], ['QWERTY+VNI-Helve-Bold', 'vni'], ['#20.VnTime', 'tcvn3'],
  ['TimesNewRomanPSMT', null], ['LiberationSerif', null], ['Vnderground', null], ['VinhHien', null],
] as const)('the font %s promises %s', (name, coding) => expect(codingOfFont(name)).toBe(coding))

test.each([
  ['Thµnh phÇn: Chñ tr× - Chñ tÞch UBND tØnh; thµnh viªn; ®¹i biÓu mêi', 'tcvn3'],
  ['Thaønh phaàn: Chuû trì - Chuû tòch UBND tænh; ñaïi bieåu môøi', 'vni'],
  ['Thành phần: Chủ trì - Chủ tịch UBND tỉnh; thành viên; đại biểu mời', null],
  ['Les élèves français étaient déjà à l’école où naît la forêt', null],
  ['Über größere Mühen schöner Häuser fällt die Tür zu', null],
  ['The delegates agreed on every item of the agenda', null],
  ['', null],
] as const)('by its look, "%s" is %s', (text, coding) => expect(codingByLook(text)).toBe(coding))

test('what is Unicode already stays, whatever the font is called', () => expect(fromLegacy('Độc lập', 'tcvn3')).toBe('Độc lập'))
test('letters that a symbol font has moved are found again', () => expect(fromLegacy('\uf043\uf0e9ng h\uf0dfa', 'tcvn3')).toBe('Cộng hòa'))

test.each(['nghiêng', 'Khuỷu', 'quyền', 'giường', 'THUYỀN', 'ý', 'yêu', 'oanh', 'xoong', 'đường', 'quốc', 'gì', 'giữ', 'huệ', 'rượu'])('%s may be a syllable', word => expect(isSyllable(word)).toBe(true))
test.each(['nghÜa', 'street', 'Coäng', 'viÖt', 'français', 'größer', 'được̃', 'x·', ''])('%s may not', word => expect(isSyllable(word)).toBe(false))
