/** Pages, small, side by side in rows of equal cells. Pixels. */
export interface PagesGrid { columns: number; rows: number; cell: { width: number; height: number }; height: number }

/** A page is recognised at this width, and a thumb meets it. */
const narrowest = 132
/** Print upright is √2 as high as it is wide; below it stands its number. */
const underPage = 34

export function gridOf(pages: number, width: number): PagesGrid {
  const columns = Math.max(1, Math.floor(width / narrowest))
  const cell = { width: Math.floor(width / columns), height: 0 }
  cell.height = Math.round((cell.width - 24) * Math.SQRT2) + underPage
  const rows = Math.ceil(pages / columns)
  return { columns, rows, cell, height: rows * cell.height }
}

/** The rows on the screen and one before and after, from 0. */
export function rowsInSight({ rows, cell }: PagesGrid, top: number, height: number): { first: number; last: number } {
  return { first: Math.max(0, Math.floor(top / cell.height) - 1), last: Math.min(rows - 1, Math.floor((top + height) / cell.height) + 1) }
}
