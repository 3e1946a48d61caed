import { around, joined, segmentsOf, type Piece, type Row } from './rows.ts'

/** Two columns beside each other over some rows. */
export interface Sides { left: Piece[]; right: Piece[]; used: number }

/** Under these words whatever begins at the same edge belongs to the list. */
const list = /^(nơi nhận|kính gửi)\s*:?/iu

const middle = (piece: { x: number; right: number }): number => (piece.x + piece.right) / 2

/** Whether a line that stands alone belongs under the lines of its side: below them, and in line with them. */
function belongs(line: Piece, side: readonly Piece[], distance: number): boolean {
  const last = side.at(-1)
  if (!last) return false
  const centred = Math.abs(middle(line) - middle(around(side))) < 12
  const lined = Math.abs(line.x - last.x) < 3 && (list.test(side[0]?.text ?? '') || line.right - line.x < (around(side).right - around(side).x) * 1.35)
  return distance < 2.6 * line.size ? centred || lined : distance < 170 && centred && line.text.length < 40
}

/**
 * The issuing body beside the motto of the state, the recipients beside the signature, or a text in two columns: rows from `rows[from]` on
 * that one gap runs through from top to bottom. Null when it is but a wide gap in a line.
 */
export function sidesOf(rows: readonly Row[], from: number): Sides | null {
  const first = rows[from] as Row
  const stretches = segmentsOf(first, 1.6)
  if (stretches.length < 2) return null
  let gap = { x: 0, right: 0 }
  for (let index = 1; index < stretches.length; index++) {
    const [before, after] = [stretches[index - 1] as Piece, stretches[index] as Piece]
    if (after.x - before.right > gap.right - gap.x) gap = { x: before.right, right: after.x }
  }
  const left: Piece[] = []
  const right: Piece[] = []
  let parted = 0
  let bottom = first.y
  let used = 0
  for (const row of rows.slice(from)) {
    const cut = middle(gap)
    const before = row.pieces.filter(piece => middle(piece) < cut)
    const after = row.pieces.filter(piece => middle(piece) >= cut)
    const narrowed = { x: Math.max(gap.x, ...before.map(piece => piece.right)), right: Math.min(gap.right, ...after.map(piece => piece.x)) }
    if (narrowed.right - narrowed.x < 9) break
    const size = row.pieces[0]?.size ?? 12
    if (before.length > 0 && after.length > 0) {
      // Names stand a signature's height below the offices.
      const under = [[before, left], [after, right]] as const
      const signed = under.every(([pieces, side]) => side.length === 0 || (Math.abs(middle(around(pieces)) - middle(around(side))) < 20 && joined(pieces).text.length < 40))
      if (used > 0 && row.y - bottom > (signed ? 12 : 4) * size) break
      parted++
    } else {
      const alone = joined(row.pieces)
      const side = before.length > 0 ? left : right
      if (!belongs(alone, side, row.y - (side.at(-1)?.bottom ?? bottom))) break
    }
    gap = narrowed
    if (before.length > 0) left.push(joined(before))
    if (after.length > 0) right.push(joined(after))
    bottom = Math.max(bottom, row.bottom)
    used++
  }
  return used >= 2 && parted >= 1 && left.length > 0 && right.length > 0 ? { left, right, used } : null
}

/** Many long lines on both sides: a text set in two columns, not a letterhead. */
export function isText({ left, right }: Sides): boolean {
  const long = (lines: Piece[]): boolean => lines.length >= 8 && lines.reduce((sum, { text }) => sum + text.length, 0) / lines.length > 30
  return long(left) && long(right)
}
