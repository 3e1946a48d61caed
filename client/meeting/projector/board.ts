/** How many columns the names stand in, how large, and how many of them on one page. */
export interface BoardFit {
  columns: number
  rows: number
  /** Pixels. */
  fontSize: number
  pages: number
}

/** Of the type's size: a line, the mark in front of a name, the space between columns. */
const line = 1.34
const mark = 1.75
const between = 1
const mostColumns = 7

/**
 * The largest type in which all names stand on the wall at once, in columns; when that would be smaller than `smallest`, on pages.
 * @param widths of the names, as parts of the type's size
 */
export function boardFit(widths: readonly number[], board: { width: number; height: number }, { largest, smallest }: { largest: number; smallest: number }): BoardFit {
  // A Vietnamese name ends with the part that a person is called by: none may be cut off.
  const name = Math.max(1, ...widths)
  const fitting = (count: number) => Array.from({ length: mostColumns }, (_, index) => {
    const [columns, rows] = [index + 1, Math.ceil(count / (index + 1))]
    const fontSize = Math.min(largest, board.width / (columns * (name + mark) + (columns - 1) * between), board.height / (rows * line))
    return { columns, rows, fontSize }
  }).reduce((best, one) => (one.fontSize > best.fontSize + 0.01 ? one : best))
  for (let pages = 1; ; pages += 1) {
    const fit = fitting(Math.ceil(widths.length / pages))
    if (fit.fontSize >= smallest || pages >= widths.length) return { ...fit, fontSize: Math.max(smallest, fit.fontSize), pages }
  }
}
