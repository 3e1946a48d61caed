import { gap, scaleOf, sideRoom, type PageRegion, type PageSize, type Viewport, type Zoom } from './zoom.ts'

/** Room after the last page, so that its last line can be moved out from under the page number. */
const underPill = 64

/** Where a page lies in the column, in CSS pixels. */
export interface PageBox { page: number; left: number; top: number; width: number; height: number; scale: number }

/** `only`: the one page that is on the screen, where pages are turned one by one; the others wait beside it, out of sight. */
export interface Layout { boxes: PageBox[]; width: number; height: number; only?: number }

const outOfSight = -100_000

/** A place in a paper: `top` is how far down page `page` (from 1) the upper edge of the screen stands, 0–1. */
export interface Place { page: number; top: number }

/**
 * The pages one below the other. With a fitting zoom every page is fitted for itself, so a landscape annex needs no
 * sideways scrolling; with a number or a region all share one scale, taken from page `leading` (from 1).
 * `single`: only page `leading` is there to be seen.
 */
export function layOut(sizes: readonly PageSize[], zoom: Zoom, viewport: Viewport, leading = 1, single = false): Layout {
  const side = sideRoom(viewport)
  const shared = typeof zoom === 'string' ? null : scaleOf(zoom, sizes[leading - 1] ?? sizes[0] ?? { width: 595, height: 842 }, viewport)
  const boxes: PageBox[] = []
  let top = gap
  let widest = 0
  sizes.forEach((size, index) => {
    const scale = shared ?? scaleOf(zoom, size, viewport)
    const box = { page: index + 1, left: 0, top, width: Math.floor(size.width * scale), height: Math.floor(size.height * scale), scale }
    widest = Math.max(widest, box.width)
    top += box.height + gap
    boxes.push(box)
  })
  if (single) return onlyPage(boxes, leading, viewport, side)
  const width = Math.max(viewport.width, widest + 2 * side)
  for (const box of boxes) box.left = Math.floor((width - box.width) / 2)
  return { boxes, width, height: top + underPill }
}

function onlyPage(boxes: PageBox[], only: number, viewport: Viewport, side: number): Layout {
  const shown = boxes[only - 1] ?? boxes[0]
  const width = Math.max(viewport.width, (shown?.width ?? 0) + 2 * side)
  const height = (shown?.height ?? 0) + 2 * gap
  for (const box of boxes) {
    box.left = Math.floor((width - box.width) / 2)
    // A page that leaves room stands in the middle of it.
    box.top = box === shown ? gap + Math.max(0, Math.floor((viewport.height - height) / 2)) : outOfSight
  }
  return { boxes, width, height: Math.max(height > viewport.height ? height + underPill : 0, 1), only: shown?.page ?? 1 }
}

/** `layout` with the boxes of `before` where they are the same, so that only pages that have moved are rendered anew. */
export function keepSame(layout: Layout, before: Layout | undefined): Layout {
  if (!before) return layout
  const boxes = layout.boxes.map((box, index) => {
    const old = before.boxes[index]
    return old && old.left === box.left && old.top === box.top && old.width === box.width && old.height === box.height && old.scale === box.scale ? old : box
  })
  return { ...layout, boxes }
}

/** The page that a height in the column belongs to; the gap above a page belongs to that page. */
export function pageAt(layout: Layout, y: number): PageBox | undefined {
  if (layout.only !== undefined) return layout.boxes[layout.only - 1]
  let low = 0
  let high = layout.boxes.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    const box = layout.boxes[middle] as PageBox
    if (y < box.top + box.height) high = middle
    else low = middle + 1
  }
  return layout.boxes[low]
}

export function placeAt(layout: Layout, scrollTop: number): Place {
  const y = scrollTop + gap
  const box = pageAt(layout, y)
  if (!box) return { page: 1, top: 0 }
  return { page: box.page, top: Math.min(1, Math.max(0, (y - box.top) / box.height)) }
}

export function scrollTopOf(layout: Layout, place: Place): number {
  const box = layout.boxes[place.page - 1]
  return box ? Math.max(0, box.top + place.top * box.height - gap) : 0
}

/** The page a reader would say he is on: the one that crosses the line two fifths down the screen. */
export function pageInView(layout: Layout, scrollTop: number, viewport: Viewport): number {
  return pageAt(layout, scrollTop + viewport.height * 0.4)?.page ?? 1
}

/** The part of page `page` that is on the screen. */
export function regionInView(layout: Layout, page: number, scroll: { top: number; left: number }, viewport: Viewport): PageRegion {
  const box = layout.boxes[page - 1]
  if (!box) return { x: 0, y: 0, width: 1, height: 1 }
  const left = Math.max(0, scroll.left - box.left)
  const right = Math.min(box.width, scroll.left + viewport.width - box.left)
  const top = Math.max(0, scroll.top - box.top)
  const bottom = Math.min(box.height, scroll.top + viewport.height - box.top)
  const share = (from: number, to: number, whole: number) => Math.min(1, Math.max(0.01, (to - from) / whole))
  const width = share(left, right, box.width)
  const height = share(top, bottom, box.height)
  return { x: Math.min(1 - width, Math.max(0, left / box.width)), y: Math.min(1 - height, Math.max(0, top / box.height)), width, height }
}

/** The pages on the screen, then those around it, nearest first: the order in which they are worth drawing. */
export function pagesWanted(layout: Layout, scrollTop: number, viewport: Viewport, around = 2): { visible: number[]; near: number[] } {
  const first = pageAt(layout, scrollTop)?.page ?? 1
  const last = pageAt(layout, scrollTop + viewport.height - 1)?.page ?? first
  const visible: number[] = []
  for (let page = first; page <= last; page++) visible.push(page)
  const near: number[] = []
  for (let distance = 1; distance <= around; distance++) {
    if (last + distance <= layout.boxes.length) near.push(last + distance)
    if (first - distance >= 1) near.push(first - distance)
  }
  const centre = pageInView(layout, scrollTop, viewport)
  visible.sort((a, b) => Math.abs(a - centre) - Math.abs(b - centre))
  return { visible, near }
}
