import type { PageText, TextRun } from '../../../shared/papers/contents.ts'

/** A page's words as one line of text, as it is searched; runs are parted by a space unless one word goes on. */
export function plainText({ runs, width }: PageText): string {
  let text = ''
  let last: TextRun | null = null
  for (const run of runs) {
    if (last && !goesOn(last, run, width) && !text.endsWith(' ')) text += ' '
    text += run.text
    last = run
  }
  return text.replace(/\s+/gu, ' ').trim()
}

function goesOn(last: TextRun, run: TextRun, width: number): boolean {
  const level = Math.min(last.y + last.height, run.y + run.height) - Math.max(last.y, run.y) > 0.5 * Math.min(last.height, run.height)
  const gap = (run.x - last.x - last.width) * width
  return level && gap > -0.3 * run.size && gap < 0.18 * run.size
}
