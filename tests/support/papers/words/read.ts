import { readFileSync } from 'node:fs'
import type { Box, PageText } from '../../../../shared/papers/contents.ts'

/** Left, top, width and height in tenths of a point. */
type Place = [x: number, y: number, width: number, height: number]

interface KeptPage {
  width: number
  height: number
  source: PageText['source']
  /** The last: 1 bold, 2 italic, 3 both. */
  runs: [text: string, ...place: Place, size: number, style: number][]
  rules: Place[]
}

/**
 * The words of a paper of the corpus (made here), as they were read out of its PDF once: `name` is a file beside this one.
 * Their spaces are left out, as some readers leave them out.
 */
export function wordsOf(name: string): PageText[] {
  const pages = JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), 'utf8')) as KeptPage[]
  return pages.map(({ width, height, source, runs, rules }) => {
    const box = (x: number, y: number, wide: number, high: number): Box => ({ x: x / 10 / width, y: y / 10 / height, width: wide / 10 / width, height: high / 10 / height })
    return {
      width, height, source,
      runs: runs.map(([text, x, y, wide, high, size, style]) => ({ text, ...box(x, y, wide, high), size: size / 10, bold: (style & 1) !== 0, italic: (style & 2) !== 0 })),
      rules: rules.map(rule => box(...rule)),
    }
  })
}
