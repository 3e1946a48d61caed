/** What begins an item of a list, as printed, with the depth it has by itself (NĐ 30/2020, annex I: khoản 1., điểm a), then dashes). */
export interface Marker { marker: string; rest: string; sort: 'clause' | 'number' | 'letter' | 'dash' | 'plus' }

const sorts: [Marker['sort'], RegExp][] = [
  ['number', /^(\d{1,2}(?:\.\d{1,3}){1,4}\.?)\s+(?=\S)/u],
  ['clause', /^(\d{1,3}[.)]|\(\d{1,2}\))\s*(?=[^\d\s.,)])/u],
  ['letter', /^([a-zđ]\d?\)|\([a-zđ]\)|[a-z]\.(?=\s))\s*(?=\S)/u],
  ['dash', /^([-–—•●■▪◦‣*·])\s+(?=\S)/u],
  ['dash', /^([-–—•●■▪])(?=[^\s\d\-–—•])/u],
  ['plus', /^(\+)\s*(?=\p{L})/u],
]

export function markerOf(line: string): Marker | null {
  for (const [sort, form] of sorts) {
    const found = form.exec(line)
    if (found) return { marker: found[1] as string, rest: line.slice(found[0].length), sort }
  }
  return null
}

const depths = { clause: 0, number: 0, letter: 1, dash: 1, plus: 2 } as const

export function depthOf(sort: Marker['sort'], insideClause: boolean): number {
  return sort === 'dash' && !insideClause ? 0 : depths[sort]
}

/** The parts of a law or resolution that have names of their own. */
const articles: [1 | 2 | 3 | 4, RegExp][] = [
  [1, /^(Phần\s+(?:thứ\s+\p{L}+(?:\s+\p{L}+)?|[IVXLC]+|\d+)|PHỤ LỤC(?:\s+(?:[IVXLC]+|\d+|[A-ZĐ]))?)(?=$|[\s.:])/iu],
  [2, /^(Chương\s+(?:[IVXLC]+|\d+)[a-zđ]?)(?=$|[\s.:])/iu],
  [3, /^((?:Tiểu\s+)?Mục\s+(?:\d+|[IVXLC]+)[a-zđ]?)(?=$|[\s.:])/iu],
  [4, /^(Điều\s+\d+[a-zđ]?\s*[.:])(?=$|\s|\p{L})/iu],
]

export interface Article { level: 1 | 2 | 3 | 4; name: string; rest: string }

/** Phần, Chương, Mục, Điều at the beginning of a line. Mentioned within a sentence ("Điều 5 của Luật này") it is none. */
export function articleOf(line: string): Article | null {
  if (!/^\p{Lu}/u.test(line)) return null
  for (const [level, form] of articles) {
    const name = form.exec(line)?.[1]
    if (name === undefined) continue
    const rest = line.slice(name.length).replace(/^[\s.:]+/u, '')
    // "Mục 2 Chương này quy định …" goes on in small letters.
    if (level < 4 && /^\p{Ll}/u.test(rest)) return null
    return { level, name, rest }
  }
  return null
}

/** "I.", "A.", "1.", "1.1." before the words of a heading. */
export function numberingOf(line: string): { level: 2 | 3 | 4 | 5; name: string } | null {
  const found = /^(?:([IVXLC]+|[A-ZĐ])[.)]|(\d{1,2})[.)]|(\d{1,2}\.\d{1,2})\.?|(\d{1,2}(?:\.\d{1,2}){2,3})\.?)\s+\S/u.exec(line)
  if (!found) return null
  const level = found[1] !== undefined ? 2 : found[2] !== undefined ? 3 : found[3] !== undefined ? 4 : 5
  return { level, name: (found[1] ?? found[2] ?? found[3] ?? found[4]) as string }
}
