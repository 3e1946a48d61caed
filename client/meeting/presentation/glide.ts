import { nextTick } from 'vue'

const duration = 320

/**
 * Changes what stands on the screen and lets it come to its new place gently, when the same page is in sight before and after. Only the
 * pages' pictures move, never the scroller: a scroll position is the reader's own doing (reading.ts).
 */
export async function glide(scroller: HTMLElement | null, page: number, change: () => void): Promise<void> {
  const find = () => scroller?.querySelector<HTMLElement>(`[data-page="${page}"]`)
  const before = find()?.getBoundingClientRect()
  change()
  if (!scroller || !before || matchMedia('(prefers-reduced-motion: reduce)').matches) return
  await nextTick()
  await nextTick()
  const after = find()?.getBoundingClientRect()
  const frame = scroller.getBoundingClientRect()
  if (!after || after.width === 0 || !inSight(before, frame) || !inSight(after, frame)) return
  const scale = before.width / after.width
  if (Math.abs(scale - 1) < 0.01 && Math.hypot(before.left - after.left, before.top - after.top) < 24) return
  for (const each of scroller.querySelectorAll<HTMLElement>('[data-page]')) {
    const { left, top } = each.getBoundingClientRect()
    const x = before.left + scale * (left - after.left) - left
    const y = before.top + scale * (top - after.top) - top
    each.animate([{ transformOrigin: '0 0', transform: `translate(${x}px, ${y}px) scale(${scale})` }, { transformOrigin: '0 0', transform: 'none' }], { duration, easing: 'ease-in-out' })
  }
}

function inSight(rect: DOMRect, frame: DOMRect): boolean {
  return rect.bottom > frame.top && rect.top < frame.bottom && rect.right > frame.left && rect.left < frame.right
}
