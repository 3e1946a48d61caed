import { articleOf, markerOf } from './markers.ts'
import type { PagePart } from './page.ts'
import { withLine } from './paragraphs.ts'

export type PaperPart = PagePart & { page: number; endPage?: number }

const sameRow = (one: readonly string[], other: readonly string[]): boolean => one.join('|') === other.join('|')

/**
 * The pages one after the other, with what the page breaks parted put together again: sentences, and tables, whose repeated head is told
 * once. `leftOut` gets the words of heads left out.
 */
export function overPageBreaks(pages: readonly PagePart[][], leftOut: (text: string) => void): PaperPart[] {
  const parts: PaperPart[] = []
  pages.forEach((page, index) => {
    const number = index + 1
    page.forEach((part, at) => {
      const before = parts.at(-1)
      if (at === 0 && before && (before.endPage ?? before.page) === number - 1) {
        if (before.kind === 'text' && part.kind === 'text' && isOneSentence(before, part)) {
          before.boldTo = before.boldTo === before.text.length ? before.text.length + 1 + part.boldTo : before.boldTo
          before.text = withLine(before.text, part.text)
          Object.assign(before, { lines: before.lines + part.lines, full: part.full, endPage: number, bold: before.bold && part.bold, italic: before.italic && part.italic })
          return
        }
        if (before.kind === 'table' && part.kind === 'table' && before.sides.length === part.sides.length && before.sides.every((side, column) => Math.abs(side - (part.sides[column] as number)) < 6)) {
          let repeated = 0
          while (repeated < Math.min(before.headRows, part.rows.length - 1) && sameRow(before.rows[repeated] as string[], part.rows[repeated] as string[])) repeated++
          leftOut(part.rows.slice(0, repeated).flat().join(' '))
          const moved = before.rows.length - repeated
          before.spans.push(...part.spans.filter(span => span.row >= repeated).map(span => ({ ...span, row: span.row + moved })))
          before.rows.push(...part.rows.slice(repeated))
          before.endPage = number
          return
        }
      }
      parts.push({ ...part, page: number })
    })
  })
  return parts
}

function isOneSentence(before: PagePart & { kind: 'text' }, part: PagePart & { kind: 'text' }): boolean {
  if (before.side || part.side || before.align !== 'start' || part.align !== 'start' || !before.full) return false
  if (Math.abs(before.size - part.size) > 1 || before.bold !== part.bold || articleOf(part.text)) return false
  if (markerOf(part.text) && part.indented) return false
  if (/[.;:!?]$/u.test(before.text)) return !part.indented && before.lines > 1 && /^\p{Ll}/u.test(part.text)
  return !part.indented || /^\p{Ll}/u.test(part.text)
}
