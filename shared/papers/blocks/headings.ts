import { articleOf, numberingOf } from './markers.ts'
import type { TextPart } from './paragraphs.ts'

export type Level = 1 | 2 | 3 | 4 | 5 | 6

export interface Heading {
  level: Level
  /** How many characters of the part are the heading; the rest is text. */
  length: number
  /** The lines below it in the same look belong to it (Chương I / QUY ĐỊNH CHUNG). */
  takesNext: boolean
  /** The paper's own title, which is not part of its outline. */
  title: boolean
}

const kinds = 'nghị quyết|quyết định|chỉ thị|quy chế|quy định|thông cáo|thông báo|hướng dẫn|chương trình|kế hoạch|phương án|đề án|dự án|báo cáo|biên bản|tờ trình|hợp đồng|công điện|bản ghi nhớ|bản thỏa thuận|bản thoả thuận|giấy ủy quyền|giấy uỷ quyền|giấy mời|giấy giới thiệu|giấy nghỉ phép|phiếu gửi|phiếu chuyển|phiếu báo|phiếu lấy ý kiến|nghị định|thông tư|luật|pháp lệnh|đơn'
const typeName = new RegExp(`^(?:${kinds})(?:$|\\s)`, 'iu')
const capitals = (text: string): boolean => /\p{Lu}{2}/u.test(text) && !/\p{Ll}/u.test(text)
const open = (text: string): boolean => !/[.;:,!?]$/u.test(text)

/** The size in which most letters are set, and those larger than it, the largest first. `titled`: the paper's own title is behind. */
export interface Sizes { body: number; larger: readonly number[]; titled: boolean }

/** What kind of heading a paragraph is by its words and its look; null: none. `next`: the part that follows it. */
export function headingOf(part: TextPart, next: TextPart | undefined, { body, larger: sizes, titled }: Sizes): Heading | null {
  const { text } = part
  const whole = { length: text.length, takesNext: false, title: false }
  if (part.side || /\.{5}|…{2}/u.test(text)) return null
  const article = articleOf(text)
  if (article && article.level < 4) {
    if (text.length > 260 || (article.rest !== '' && !part.bold && !capitals(article.rest) && part.align !== 'centre' && !open(text))) return null
    return { ...whole, level: article.level, takesNext: article.rest === '' }
  }
  if (article) {
    if (text.length < 240 && (part.bold || open(text))) return { ...whole, level: 4 }
    const bold = part.boldTo > article.name.length && part.boldTo < Math.min(text.length, 240) ? part.boldTo : article.name.length
    return { level: 4, length: bold, takesNext: false, title: false }
  }
  if (!titled && part.align === 'centre' && capitals(text.split('\n')[0] ?? '') && typeName.test(text) && text.length < 200) return { ...whole, level: 1, takesNext: true, title: true }
  if (text.length > 220) return null
  const numbering = numberingOf(text)
  const allBold = part.bold || part.boldTo >= text.length * 0.9
  if (numbering && numbering.level === 2) return allBold || capitals(text) ? { ...whole, level: 2 } : null
  if (numbering && (allBold ? open(text) || part.lines === 1 : part.lines < 3 && numbering.level > 3 && open(text) && text.length < 110 && /^[\d.]+\s+\p{Lu}/u.test(text))) return { ...whole, level: numbering.level }
  if (numbering || !/\p{L}{2}/u.test(text)) return null
  const larger = sizes.findIndex(size => Math.abs(size - part.size) < 0.6)
  if (part.size > body * 1.12 && larger >= 0 && part.lines < 4 && (allBold || part.size > body * 1.25)) return { ...whole, level: Math.min(larger + 1, 4) as Level }
  if (!allBold || !open(text) || part.lines > 2 || part.align === 'end' || text.length > 120) return null
  return next && !next.bold && !next.side ? { ...whole, level: capitals(text) && part.align === 'centre' ? 3 : 5 } : null
}
