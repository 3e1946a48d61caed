import { isSyllable } from './syllable.ts'
import { fromTcvn3 } from './tcvn3.ts'
import { fromVni } from './vni.ts'

/** How the letters of an old font were written. `tcvn3Capitals`: .VnTimeH and other fonts without small letters. */
export type LegacyCoding = 'tcvn3' | 'tcvn3Capitals' | 'vni'

/** The coding that a font's name promises; null for every other font. Subset marks ("ABCDEF+") do not matter. */
export function codingOfFont(name: string): LegacyCoding | null {
  const bare = name.replace(/^[A-Z]{6}\+/u, '').replace(/#20/gu, ' ').replace(/[\s._-]+/gu, ' ').trim()
  if (/^VNI /iu.test(bare)) return 'vni'
  const vn = /^Vn ?([A-Z][A-Za-z]*)/u.exec(bare)
  // "Vni…" is the other family, and there are fonts that merely begin so.
  if (!vn) return null
  return /H$/u.test(vn[1] as string) ? 'tcvn3Capitals' : 'tcvn3'
}

const decoders: Record<LegacyCoding, (text: string) => string> = {
  tcvn3: text => fromTcvn3(text),
  tcvn3Capitals: text => fromTcvn3(text, { capitals: true }),
  vni: fromVni,
}

/** Letters that only Unicode has: text with one of them is what it looks like, whatever its font is called. */
const unicodeOnly = /[ăĂđĐơƠưƯ\u0128\u0129\u0168\u0169\u1ea0-\u1ef9\u0300-\u0323]/u

/** `text` as it was meant, in composed Unicode. */
export function fromLegacy(text: string, coding: LegacyCoding): string {
  // Symbol fonts shift all their letters into the private area.
  const shifted = text.replace(/[\uf020-\uf0ff]/gu, letter => String.fromCharCode(letter.charCodeAt(0) - 0xf000))
  return unicodeOnly.test(shifted) ? text.normalize('NFC') : decoders[coding](shifted).normalize('NFC')
}

const fewestWords = 4

/**
 * The coding that `text` must have been written in, by its look alone: most words with letters beyond a–z are no Vietnamese as they stand, and
 * would be if they were read so. Null for Unicode, for other languages, and when there are too few words to tell.
 */
export function codingByLook(text: string): LegacyCoding | null {
  const words = text.split(/[\s.,;:!?()[\]{}"'“”‘’/\\|–—…+=<>*0-9-]+/u).filter(word => /[^\x00-\x7f]/u.test(word) && /[A-Za-z]/u.test(word)).slice(0, 4000)
  if (words.length < fewestWords) return null
  const share = (read: (word: string) => string) => words.filter(word => isSyllable(read(word))).length / words.length
  const asIs = share(word => word)
  if (asIs > 0.5) return null
  const best = (['tcvn3', 'vni'] as const).map(coding => ({ coding, share: share(word => fromLegacy(word, coding)) })).sort((a, b) => b.share - a.share)[0]
  return best && best.share >= 0.7 && best.share > asIs + 0.3 ? best.coding : null
}
