import type { Language } from '../../contracts/refusal.ts'
import type { VoteBase, VoteRule } from './rule.ts'
import type { VoteResult } from './state.ts'

const bases: Record<Language, Record<VoteBase, string>> = {
  vi: { totalMembers: 'tổng số đại biểu', present: 'số đại biểu có mặt', cast: 'số phiếu đã biểu quyết', valid: 'số phiếu hợp lệ' },
  en: { totalMembers: 'all members', present: 'those present', cast: 'the ballots cast', valid: 'the valid ballots' },
}

const fractions: Record<Language, Record<string, string>> = {
  vi: { '1/2': 'một phần hai', '2/3': 'hai phần ba', '3/4': 'ba phần tư', '4/5': 'bốn phần năm' },
  en: { '1/2': 'one half', '2/3': 'two thirds', '3/4': 'three quarters', '4/5': 'four fifths' },
}

/** A committee has members (thành viên), everybody else delegates (đại biểu). */
function baseName({ base, preset }: Pick<VoteRule, 'base'> & Partial<Pick<VoteRule, 'preset'>>, language: Language): string {
  if (language === 'vi' && base === 'totalMembers' && preset === 'committeeMajority') return 'tổng số thành viên'
  return bases[language][base]
}

/** The share in words: "quá nửa tổng số đại biểu", "ít nhất hai phần ba …". */
export function thresholdPhrase(rule: Pick<VoteRule, 'threshold' | 'base'> & Partial<Pick<VoteRule, 'preset'>>, language: Language): string {
  const { kind, numerator, denominator } = rule.threshold
  const share = fractions[language][`${numerator}/${denominator}`] ?? `${numerator}/${denominator}`
  const of = baseName(rule, language)
  if (kind === 'moreThan' && numerator * 2 === denominator) return language === 'vi' ? `quá nửa ${of}` : `more than half of ${of}`
  if (language === 'vi') return `${kind === 'moreThan' ? 'hơn' : 'ít nhất'} ${share} ${of}`
  return `${kind === 'moreThan' ? 'more than' : 'at least'} ${share} of ${of}`
}

/** The result as everyone reads it: "Thông qua: 41/52 tán thành, quá nửa tổng số đại biểu." */
export function resultSentence(rule: VoteRule, result: VoteResult, language: Language): string {
  const { approve } = result.counts
  const rate = `${approve}/${result.base}`
  const phrase = thresholdPhrase(rule, language)
  const vi = language === 'vi'
  if (!result.quorum.met) {
    const { present, members, needed } = result.quorum
    return vi
      ? `Không thông qua: không đủ túc số, có mặt ${present}/${members}, cần ít nhất ${needed}.`
      : `Not adopted: no quorum, ${present} of ${members} present, at least ${needed} needed.`
  }
  if (result.decidedBy === 'chairSide') {
    if (vi) return `${result.passed ? 'Thông qua' : 'Không thông qua'}: ${approve} tán thành, ${result.counts.reject} không tán thành, quyết định theo phía chủ tọa.`
    return `${result.passed ? 'Adopted' : 'Not adopted'}: ${approve} in favour, ${result.counts.reject} against, decided by the side of the chair.`
  }
  if (result.passed) return vi ? `Thông qua: ${rate} tán thành, ${phrase}.` : `Adopted: ${rate} in favour, ${phrase}.`
  return vi
    ? `Không thông qua: ${rate} tán thành, chưa đạt ${phrase} (cần ${result.needed}).`
    : `Not adopted: ${rate} in favour, short of ${phrase} (${result.needed} needed).`
}
