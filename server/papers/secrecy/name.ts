import { endsCompound, leadsToCompound, levelOf, plainLevelOf, type SecrecyLevel } from './level.ts'

/**
 * The level a file name (or a PDF's own title) is marked with: "TỐI MẬT - Kế hoạch.pdf", "To trinh (MAT).pdf",
 * "Báo cáo MẬT quý I.pdf". Without diacritics "mat" is also mặt, mất and mắt, so there it counts only when set apart.
 */
export function levelInName(name: string): SecrecyLevel | null {
  const stem = name.normalize('NFC').replace(/\.\p{L}{1,4}$/u, '').replaceAll('_', ' ').trim()
  return levelInPart(stem) ?? levelAmongWords(stem)
}

function levelInPart(stem: string): SecrecyLevel | null {
  const bracketed = [...stem.matchAll(/[([{<«“"']([^)\]}>»”"']*)[)\]}>»”"']/gu)].map(match => match[1] as string)
  for (const part of bracketed) {
    const level = levelOf(part) ?? plainLevelOf(part)
    if (level) return level
  }
  for (const part of stem.split(/\s+[-–—]\s*|\s*[-–—]\s+|[,;:()[\]{}]|\s{2,}/u)) {
    const level = levelOf(part) ?? (/^[\sA-Z]+$/.test(part) ? plainLevelOf(part) : null)
    if (level && !/^\p{Ll}/u.test(part.trim())) return level
  }
  return null
}

function levelAmongWords(stem: string): SecrecyLevel | null {
  const text = stem.replace(/[-–—.,;:()[\]{}]/gu, ' ')
  if (/(?<!\p{L})tuyệt\s+mật(?!\p{L})/iu.test(text) || /(?<!\p{L})tuyet\s+mat(?!\p{L})/iu.test(text)) return 'TUYỆT MẬT'
  if (/(?<!\p{L})tối\s+mật(?!\p{L})/iu.test(text) || /(?<!\p{L})TOI\s+MAT$/u.test(text)) return 'TỐI MẬT'
  for (const word of text.matchAll(/(?<!\p{L})M[Ậậ][Tt](?!\p{L})/gu)) {
    const before = text.slice(0, word.index).trimEnd()
    const after = text.slice(word.index + word[0].length).trimStart()
    if (!leadsToCompound.test(before) && !endsCompound.test(after)) return 'MẬT'
  }
  return null
}
