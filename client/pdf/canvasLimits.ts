/**
 * Canvases are what kills a reader on a tablet: Safari on an iPad gives a page 256 to 384 MB of them in all, and in the browser a canvas on the
 * screen takes its four bytes a pixel two or three times over. So a whole page is drawn on one of this many pixels at most, which can be
 * read the moment the page is turned to, and what of it is on the screen is drawn once more, sharp, where the screen can show it.
 */
export const largestCanvas = 1_750_000
export const allCanvases = 7_000_000
/** A wall has one reader, who never turns back, and a computer behind it. */
export const wallCanvas = 9_000_000

/** Beyond two device pixels per CSS pixel print looks no sharper, but costs four ninths of the memory more. */
export const largestPixelRatio = 2

/** Device pixels per CSS pixel for a canvas of this CSS size. */
export function pixelRatioFor(width: number, height: number, deviceRatio: number, limit = largestCanvas): number {
  const wanted = Math.min(deviceRatio, largestPixelRatio)
  const pixels = width * height
  return pixels * wanted * wanted <= limit ? wanted : Math.sqrt(limit / pixels)
}

/** Whether what is on the screen should be drawn once more, finer than the whole page may be: below this a reader sees the difference. */
export function needsDetail(ratio: number, deviceRatio: number): boolean {
  return ratio < Math.min(deviceRatio, largestPixelRatio) * 0.8
}

/** Screens from this one within which a page's picture is put up; further away it is hidden. */
export const atHand = 0.5

export interface Weighed { page: number; pixels: number }

/** As many of `near`, in order, as fit beside what is visible. What is visible is always kept. */
export function withinMemory(visible: readonly Weighed[], near: readonly Weighed[], limit = allCanvases): number[] {
  let used = visible.reduce((sum, { pixels }) => sum + pixels, 0)
  const kept = visible.map(({ page }) => page)
  for (const { page, pixels } of near) {
    if (used + pixels > limit) break
    used += pixels
    kept.push(page)
  }
  return kept
}
