/** Where something was found: UTF-16 offsets into the text as it was given, `end` not included. */
export interface TextRange {
  start: number
  end: number
}

/** Normalising is dear, and papers are made of few letters. */
const known = new Map<string, string>()
const mostKnown = 20_000

function foldCharacter(character: string): string {
  const folded = known.get(character)
  if (folded !== undefined) return folded
  const fresh = foldAnew(character)
  if (known.size < mostKnown) known.set(character, fresh)
  return fresh
}

function foldAnew(character: string): string {
  return character.normalize('NFKD').toLowerCase().normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[đð]/gu, 'd')
    .replace(/\s/gu, ' ')
}

/**
 * Text as search compares it: without diacritics and case, đ as d, any white space as a space, composed and decomposed
 * spelling alike. "Đề án" → "de an".
 */
export function foldForSearch(text: string): string {
  return text.replace(/[^\x00-\x7f]/gu, foldCharacter).toLowerCase().replace(/[^\S ]/gu, ' ')
}

interface FoldedText {
  folded: string
  /** For each UTF-16 unit of `folded`: where its character begins in the text. */
  starts: number[]
  /** And where it ends, with the combining marks that follow it. */
  ends: number[]
}

function foldWithPositions(text: string): FoldedText {
  let folded = ''
  const starts: number[] = []
  const ends: number[] = []
  let offset = 0
  for (const character of text) {
    const piece = foldCharacter(character)
    const end = offset + character.length
    if (piece === '') {
      // A combining mark belongs to the letter before it, or a highlight would cut the letter from its tone.
      const owner = starts.at(-1)
      for (let index = ends.length - 1; index >= 0 && starts[index] === owner; index--) ends[index] = end
    }
    for (let index = 0; index < piece.length; index++) {
      starts.push(offset)
      ends.push(end)
    }
    folded += piece
    offset = end
  }
  return { folded, starts, ends }
}

/** Every place where `query` occurs in `text`, from left to right, not overlapping. An empty query is found nowhere. */
export function findInText(text: string, query: string): TextRange[] {
  const needle = foldForSearch(query.trim())
  if (needle === '') return []
  const { folded, starts, ends } = foldWithPositions(text)
  const ranges: TextRange[] = []
  for (let at = folded.indexOf(needle); at !== -1; at = folded.indexOf(needle, at + needle.length)) {
    ranges.push({ start: starts[at] ?? 0, end: ends[at + needle.length - 1] ?? text.length })
  }
  return ranges
}

/** Whether every word of `query` occurs somewhere in `text`, in any order: "minh nguyen" finds "Nguyễn Văn Minh". */
export function matchesSearch(text: string, query: string): boolean {
  const folded = foldForSearch(text)
  return foldForSearch(query).split(' ').filter(Boolean).every(word => folded.includes(word))
}
