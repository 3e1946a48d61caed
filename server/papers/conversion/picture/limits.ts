/** What came of a picture. */
export type PictureOutcome = 'done' | 'damaged' | 'tooLarge'

/** Of one page, of all pages, and how many; `side`: pixels of the longer side that are kept (A3 at 300 dpi). */
export const pictureLimits = { pixels: 100_000_000, pixelsInAll: 1_000_000_000, pages: 200, side: 4_961 }

/** Points. */
export const a4 = { width: 595.28, height: 841.89 }
