/** Enough to judge by. */
const [fewestLetters, fewestWords] = [20, 12]

/**
 * Whether a page's text layer says nothing that a person reads there: letters without a table that tells what they are come out as control
 * signs, private ones, or other letters altogether ("+ӝL ÿӗQJ" for "Hội đồng").
 */
export function isRubbish(text: string): boolean {
  const signs = [...text.replace(/\s/gu, '')]
  if (signs.length === 0) return true
  const lost = signs.filter(sign => /[\p{Cc}\p{Co}\p{Cn}\ufffd]/u.test(sign)).length
  if (lost / signs.length > 0.3) return true
  const words = text.split(/\s+/u).filter(word => /\p{L}/u.test(word))
  if (signs.length < fewestLetters || words.length < fewestWords) return false
  return words.filter(readsAsWord).length / words.length < 0.4
}

function readsAsWord(word: string): boolean {
  const bare = word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
  if (bare.length <= 1) return true
  // One script a word; what is no Latin (Khmer, Chinese, Greek) is not for us to judge.
  if (!/\p{Script=Latin}/u.test(bare)) return true
  if (/(?!\p{Script=Latin})\p{L}/u.test(bare)) return false
  return bare.split(/[-–/.,'’&:;()\d%+]+/u).filter(Boolean).every(part => /^(?:\p{L}\p{M}*)+$/u.test(part) && caseIsUsual(part) && (part.length <= 5 || /[aeiouyæøœ]/iu.test(part.normalize('NFD'))))
}

const caseIsUsual = (part: string): boolean => /^(?:[\p{Lu}]?[\p{Ll}\p{M}]*|[\p{Lu}\p{M}]+)$/u.test(part.normalize('NFC')) || /^\p{Lu}+\p{Ll}{1,2}$|^\p{Lu}\p{Ll}+\p{Lu}\p{Ll}*$/u.test(part)
