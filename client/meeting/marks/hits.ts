import { boundsOf, type Mark } from './mark.ts'

/** Whether an eraser at this point of the page (0–1) touches a mark. `reach` as a part of the page's width, `ratio`: height by width. */
export function touches(mark: Mark, x: number, y: number, reach: number, ratio: number): boolean {
  if (mark.kind === 'note' || mark.kind === 'tombstone') return false
  if (mark.kind === 'highlight') return mark.anchor.boxes.some((box) => x > box.x - reach / 2 && x < box.x + box.width + reach / 2 && y > box.y && y < box.y + box.height)
  const bounds = boundsOf(mark)
  const far = reach + mark.width / 2
  if (!bounds || x < bounds.x - far || x > bounds.x + bounds.width + far || y < bounds.y - far / ratio || y > bounds.y + bounds.height + far / ratio) return false
  return mark.points.some((point, index) => {
    const next = mark.points[index + 1] ?? point
    return distance(x, y * ratio, point.x, point.y * ratio, next.x, next.y * ratio) < far
  })
}

function distance(x: number, y: number, fromX: number, fromY: number, toX: number, toY: number): number {
  const length = (toX - fromX) ** 2 + (toY - fromY) ** 2
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - fromX) * (toX - fromX) + (y - fromY) * (toY - fromY)) / length))
  return Math.hypot(x - fromX - along * (toX - fromX), y - fromY - along * (toY - fromY))
}
