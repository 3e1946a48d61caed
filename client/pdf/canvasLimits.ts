/**
 * Canvases are what kills a reader on a tablet: Safari on an iPad gives a page 256 to 384 MB of them in all and refuses
 * single ones above 16.7 million pixels (4 bytes each). And every pixel is copied to the screen: a page of 6 million
 * looks as sharp at reading size as one of 7, and is there a good deal earlier.
 */
export const largestCanvas = 6_000_000
export const allCanvases = 24_000_000

/**
 * A page that waits beside the screen is drawn coarser: it can be read the moment it is turned to, and is drawn sharp as soon as it is in sight.
 * In the browser a canvas on the screen takes its memory two or three times over; six sharp ones were 400 MB.
 */
export const largestWaiting = 2_000_000

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

/** Pixels from the screen at which a page is put up to be shown: what nobody can see is not copied for the screen. */
export const atHand = 500

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
