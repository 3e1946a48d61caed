import type { Box } from '../../shared/papers/contents.ts'
import type { PageText } from './pageText.ts'

/** A marked stretch, in shares of the page. `hit` is its index among the page's hits: one hit may run over several pieces of text. */
export interface Mark { hit: number; x: number; y: number; width: number; height: number }

/** Where the hits lie on the drawn page, measured on the elements of the text layer. */
export function marksOf(hits: readonly { start: number; end: number; boxes?: Box[] }[], text: PageText | null, elements: readonly HTMLElement[], page: HTMLElement): Mark[] {
  const whole = page.getBoundingClientRect()
  if (whole.width === 0) return []
  const marks: Mark[] = []
  hits.forEach((hit, index) => {
    if (hit.boxes) return void marks.push(...hit.boxes.map(box => ({ hit: index, ...box })))
    for (const piece of text?.pieces ?? []) {
      if (piece.end <= hit.start || piece.start >= hit.end) continue
      const node = elements[piece.item]?.firstChild
      if (!(node instanceof Text)) continue
      const range = document.createRange()
      range.setStart(node, Math.min(node.length, Math.max(0, hit.start - piece.start)))
      range.setEnd(node, Math.min(node.length, hit.end - piece.start))
      for (const box of range.getClientRects()) {
        marks.push({
          hit: index,
          x: (box.left - whole.left) / whole.width,
          y: (box.top - whole.top) / whole.height,
          width: box.width / whole.width,
          height: box.height / whole.height,
        })
      }
    }
  })
  return marks
}
