/**
 * Vietnamese order of people. A name is written family name, middle names, given name ("Nguyễn Thị Bích Hà") and a list is
 * ordered by given name, then by middle names, then by family name. Letters follow the alphabet a ă â b c d đ e ê … o ô ơ … u ư,
 * tones follow it within one word: ngang, huyền, hỏi, ngã, sắc, nặng (CLDR's rules for `vi`).
 */
const collator = new Intl.Collator('vi')

/** A name taken apart. A name of one word has only a given name. */
export interface NameParts {
  family: string
  middle: string[]
  given: string
}

export function nameParts(name: string): NameParts {
  const words = name.normalize('NFC').split(/\s+/u).filter(Boolean)
  const given = words.at(-1) ?? ''
  if (words.length < 2) return { family: '', middle: [], given }
  return { family: words[0] ?? '', middle: words.slice(1, -1), given }
}

function compareWords(a: string[], b: string[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const order = collator.compare(a[index] ?? '', b[index] ?? '')
    if (order !== 0) return order
  }
  return 0
}

/** For `sort`: negative when `a` stands before `b`. Spellings that differ only in Unicode form or spacing are equal. */
export function compareByGivenName(a: string, b: string): number {
  const left = nameParts(a)
  const right = nameParts(b)
  return collator.compare(left.given, right.given)
    || compareWords(left.middle, right.middle)
    || collator.compare(left.family, right.family)
}

/** Two letters that stand for a person where there is no room for the name: given name first ("Nguyễn Văn Đức" → "ĐN"). */
export function initialsOf(name: string): string {
  const { given, family } = nameParts(name)
  return [given, family].map(word => [...word][0] ?? '').join('').toLocaleUpperCase('vi')
}
