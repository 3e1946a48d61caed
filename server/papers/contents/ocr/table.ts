import type { PageText, TextRun } from '../../../../shared/papers/contents.ts'

/** Below this (0–100) tesseract is guessing at specks. */
const leastSure = 30

/**
 * Tesseract's table of words (TSV, one line a word: level, page, block, paragraph, line, word, left, top, width, height, sureness, text) as a
 * page's words: one run a line, parted where columns stand apart. `drawn`: pixels of the picture; `page`: points.
 */
export function pageOfTable(table: string, drawn: { width: number; height: number }, page: { width: number; height: number }): PageText {
  const runs: TextRun[] = []
  let line = ''
  for (const row of table.split('\n').slice(1)) {
    const cells = row.split('\t')
    const [level, , block, paragraph, lineNumber] = cells
    if (level !== '5' || cells.length < 12) continue
    const [left, top, width, height, sureness] = cells.slice(6, 11).map(Number) as [number, number, number, number, number]
    const text = (cells[11] ?? '').trim().normalize('NFC')
    if (text === '' || sureness < leastSure || ![left, top, width, height].every(Number.isFinite)) continue
    const here = `${block} ${paragraph} ${lineNumber}`
    const [x, y, w, h] = [left / drawn.width, top / drawn.height, width / drawn.width, height / drawn.height]
    const last = runs.at(-1)
    // Heights differ with the letters of a word (a stroke below, a mark above), so the gap is measured by the taller.
    if (last && here === line && (x - last.x - last.width) * drawn.width < 1.5 * Math.max(height, last.height * drawn.height)) {
      last.text += ` ${text}`
      const [right, bottom] = [Math.max(last.x + last.width, x + w), Math.max(last.y + last.height, y + h)]
      last.x = Math.min(last.x, x)
      last.y = Math.min(last.y, y)
      last.width = right - last.x
      last.height = bottom - last.y
    } else {
      runs.push({ text, x, y, width: w, height: h, size: 0, bold: false, italic: false })
    }
    line = here
  }
  for (const run of runs) {
    // From the top of a capital's mark to the foot of a "g" is a little more than the letters' size.
    run.size = Math.round(run.height * page.height * 0.85 * 10) / 10
    for (const key of ['x', 'y', 'width', 'height'] as const) run[key] = Math.round(Math.min(1, Math.max(0, run[key])) * 10_000) / 10_000
  }
  return { ...page, source: runs.length > 0 ? 'ocr' : 'none', runs }
}
