/**
 * TCVN3 wrote ư where Latin-1 has the soft hyphen, so a converter that took it for one dropped it: "phường" came out as "phờng", "như" as
 * "nh". Puts ư back where no other reading is possible: ơ before c, ng and u stands only in ươ, and no word is "nh" or "th".
 */
export function withLostHorns(text: string): string {
  return text
    .replace(/([ơờớởỡợ])(?=(?:ng|c|u)(?!\p{L}))/giu, (letter, _vowel, at: number) =>
      (/[ưƯ]/u.test(text[at - 1] ?? '') ? letter : `${letter === letter.toLowerCase() ? 'ư' : 'Ư'}${letter}`))
    .replace(/(?<!\p{L})([nt]h)(?!\p{L})/giu, word => `${word}${word === word.toUpperCase() ? 'Ư' : 'ư'}`)
    .replace(/(?<!\p{L})(ng)ời(?!\p{L})/giu, '$1ười')
}
