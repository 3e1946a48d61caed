/** What a Vietnamese syllable may look like: one of these beginnings, one of these rhymes, at most one tone. */
const onset = '(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?'
const rhymes = `
  a ac ach ai am an ang anh ao ap at au ay  ăc ăm ăn ăng ăp ăt ă  âc âm ân âng âp ât âu ây â
  e ec em en eng eo ep et  ê êch êm ên ênh êp êt êu êng êc
  i ich im in inh ip it iu ia iêc iêm iên iêng iêp iêt iêu  yêm yên yêng yêt yêu y ia
  o oc oi om on ong op ot oong ooc oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet oem
  ô ôc ôi ôm ôn ông ôp ôt ôông  ơ ơi ơm ơn ơp ơt ơng
  u uc ui um un ung up ut ua uôc uôi uôm uôn uông uôt uôp uân uâng uât uây uâ uê uêch uênh uêu uơ uy uya uyên uyêt uych uynh uyt uyu uyp uyn uêt uên
  ư ưc ưi ưm ưn ưng ưt ưu ưa ươc ươi ươm ươn ương ươp ươt ươu ơ`
  .trim().split(/\s+/u)

const pattern = new RegExp(`^${onset}(?:${rhymes.sort((a, b) => b.length - a.length).join('|')})$`, 'u')
const tone = /[\u0300\u0301\u0303\u0309\u0323]/gu

/** Whether `word` could be a syllable of Vietnamese, by its letters: "nghĩa" could, "nghÜa" and "street" could not. In whatever case. */
export function isSyllable(word: string): boolean {
  const apart = word.normalize('NFD')
  if ((apart.match(tone)?.length ?? 0) > 1) return false
  return pattern.test(apart.replace(tone, '').normalize('NFC').toLowerCase())
}
