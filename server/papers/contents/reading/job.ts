import type { OutlineEntry, PageText } from '../../../../shared/papers/contents.ts'

/** A page to draw: `width` in pixels, as far as `mostPixels` allow. `grey`: one byte a pixel, for recognising letters. */
export interface Drawing { page: number; width: number; grey: boolean }

/** What a reading process is to do with one PDF, in this order. */
export interface Job { first: Drawing[]; words: boolean; then: Drawing[]; /** Also these, as thumbnails, all pages up to `most`. */ thumbnails: { width: number; most: number } | null }

/** What it tells the hub. Pictures wait until the hub has answered: it has no more than one in hand. */
export type Told =
  | { kind: 'opened'; pages: number }
  | { kind: 'drawn'; page: number; width: number; height: number; channels: 1 | 4; pixels: Uint8Array }
  | { kind: 'undrawn'; page: number }
  | { kind: 'words'; page: number; text: PageText; rewritten: boolean }
  | { kind: 'outline'; entries: OutlineEntry[] }
  | { kind: 'done' }

export const mostPixels = 9_000_000
/** More pages than any paper has are not looked through for words. */
export const mostPages = 5_000
