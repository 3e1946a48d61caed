/**
 * VNI for Windows, the coding of VNI-Times, VNI-Helve and their sisters: a plain vowel followed by a sign for its marks, and a few letters
 * of their own, read by everybody else as Latin-1: "Coäng hoøa" is "Cộng hòa".
 */
const tones = { ø: '\u0300', û: '\u0309', õ: '\u0303', ù: '\u0301', ï: '\u0323' }
const hats = { â: '\u0302', à: '\u0302\u0300', å: '\u0302\u0309', ã: '\u0302\u0303', á: '\u0302\u0301', ä: '\u0302\u0323' }
const bowls = { ê: '\u0306', è: '\u0306\u0300', ú: '\u0306\u0309', ü: '\u0306\u0303', é: '\u0306\u0301', ë: '\u0306\u0323' }

const marks: Record<string, Record<string, string>> = {
  a: { ...tones, ...hats, ...bowls }, e: { ...tones, ...hats }, o: { ...tones, ...hats }, u: tones, y: tones, ô: tones, ö: tones,
}
const alone: Record<string, string> = { ì: 'ì', æ: 'ỉ', ó: 'ĩ', í: 'í', ò: 'ị', î: 'ỵ', ô: 'ơ', ö: 'ư', ñ: 'đ' }

/** Every pair and sign of the coding, small and capital: as it is read by mistake → as it was meant. */
export const vniLetters: ReadonlyMap<string, string> = letters()

function letters(): Map<string, string> {
  const all = new Map<string, string>()
  for (const [sign, letter] of Object.entries(alone)) all.set(sign, letter).set(sign.toUpperCase(), letter.toUpperCase())
  for (const [vowel, signs] of Object.entries(marks)) {
    for (const [sign, mark] of Object.entries(signs)) {
      const letter = ((alone[vowel] ?? vowel) + mark).normalize('NFC')
      const capital = letter.toUpperCase()
      all.set(vowel + sign, letter).set(vowel.toUpperCase() + sign.toUpperCase(), capital)
      // Whoever typed one capital at the head of a word often left its sign small.
      all.set(vowel.toUpperCase() + sign, capital)
    }
  }
  return all
}

/** "Coäng hoøa" → "Cộng hòa". What is no VNI letter stays. */
export function fromVni(text: string): string {
  let written = ''
  for (let at = 0; at < text.length; at++) {
    const pair = vniLetters.get(text.slice(at, at + 2))
    written += pair ?? vniLetters.get(text[at] as string) ?? text[at]
    if (pair !== undefined && at + 1 < text.length) at++
  }
  return written
}
