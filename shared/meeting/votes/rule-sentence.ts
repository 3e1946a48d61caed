import type { Language } from '../../contracts/refusal.ts'
import type { VoteMatter } from './matter.ts'
import type { Threshold, VoteBase, VoteRule } from './rule.ts'

type Ruled = Pick<VoteRule, 'base' | 'threshold'> & Partial<Pick<VoteRule, 'preset'>>

const bases: Record<Language, Record<VoteBase, string>> = {
  vi: { totalMembers: 'tổng số đại biểu', present: 'số đại biểu có mặt', cast: 'số phiếu đã biểu quyết', valid: 'số phiếu hợp lệ' },
  en: { totalMembers: 'all members', present: 'those present', cast: 'the ballots cast', valid: 'the valid ballots' },
}

const everyone: Record<Language, Record<VoteBase, string>> = {
  vi: { totalMembers: 'toàn thể đại biểu', present: 'toàn thể đại biểu có mặt', cast: 'tất cả số phiếu đã biểu quyết', valid: 'tất cả số phiếu hợp lệ' },
  en: { totalMembers: 'all members', present: 'all those present', cast: 'all the ballots cast', valid: 'all the valid ballots' },
}

const fractions: Record<Language, Record<string, string>> = {
  vi: { '1/2': 'một nửa', '2/3': 'hai phần ba', '3/4': 'ba phần tư', '4/5': 'bốn phần năm' },
  en: { '1/2': 'half', '2/3': 'two thirds', '3/4': 'three quarters', '4/5': 'four fifths' },
}

/** A committee has members (thành viên), everybody else delegates (đại biểu). */
function inCommittee(words: string, { preset }: Ruled): string {
  return preset === 'committeeMajority' || preset === 'committeeSecret' ? words.replace('đại biểu', 'thành viên') : words
}

function shareWords({ numerator, denominator }: { numerator: number; denominator: number }, language: Language): string {
  return fractions[language][`${numerator}/${denominator}`] ?? `${numerator}/${denominator}`
}

/** The share in words: "quá nửa tổng số đại biểu", "ít nhất hai phần ba …", "toàn thể đại biểu có mặt". */
export function thresholdPhrase(rule: Ruled, language: Language): string {
  return inCommittee(phrase(rule.threshold, rule.base, language), rule)
}

function phrase(threshold: Threshold, base: VoteBase, language: Language): string {
  const vi = language === 'vi'
  if (threshold.kind === 'unanimity') return everyone[language][base]
  if (threshold.kind === 'relative') return vi ? 'nhiều phiếu tán thành hơn không tán thành' : 'more in favour than against'
  const of = bases[language][base]
  const share = shareWords(threshold, language)
  if (threshold.kind === 'atLeast') return vi ? `ít nhất ${share} ${of}` : `at least ${share} of ${of}`
  if (threshold.numerator * 2 === threshold.denominator) return vi ? `quá nửa ${of}` : `more than half of ${of}`
  return vi ? `hơn ${share} ${of}` : `more than ${share} of ${of}`
}

/** When it passes, what a tie means, what quorum it needs, whether ballots may be changed: the whole rule, sentence by sentence. */
export function ruleSentences(rule: VoteRule, matter: VoteMatter, language: Language): string[] {
  return [
    matter.kind === 'election' ? electedWhen(rule, matter.seats, language) : passesWhen(rule, language),
    ...(rule.tie === 'chairSide' ? [language === 'vi'
      ? 'Nếu hai bên bằng nhau thì quyết định theo phía chủ tọa biểu quyết.'
      : 'On a tie, the side on which the chair voted decides.'] : []),
    ...(rule.quorum ? [quorumSentence(rule.quorum, rule, language)] : []),
    ...(rule.changeable ? [language === 'vi'
      ? 'Có thể đổi phiếu cho đến khi kết thúc; phiếu gửi sau cùng được tính.'
      : 'A ballot may be changed until the vote closes; the last one counts.'] : []),
  ]
}

function passesWhen(rule: VoteRule, language: Language): string {
  const words = thresholdPhrase(rule, language)
  if (rule.threshold.kind === 'relative') return language === 'vi' ? `Thông qua khi có ${words}.` : `Adopted when there are ${words}.`
  if (rule.threshold.kind === 'unanimity') return language === 'vi' ? `Thông qua khi ${words} tán thành.` : `Adopted when ${words} are in favour.`
  return language === 'vi' ? `Thông qua khi có ${words} tán thành.` : `Adopted when ${words} are in favour.`
}

function electedWhen(rule: VoteRule, seats: number, language: Language): string {
  const vi = language === 'vi'
  const most = vi ? `Bầu ${seats} người, lấy người nhiều phiếu hơn` : `${seats} to be elected, those with most votes`
  if (rule.threshold.kind === 'relative') return `${most}.`
  const words = thresholdPhrase(rule, language)
  return vi ? `${most}; người trúng cử phải được ${words} bầu.` : `${most}; each needs the votes of ${words}.`
}

function quorumSentence(quorum: NonNullable<VoteRule['quorum']>, rule: VoteRule, language: Language): string {
  const share = shareWords(quorum, language)
  if (language === 'en') return `At least ${share} of all members must be present.`
  return inCommittee(`Cần có mặt ít nhất ${share} tổng số đại biểu.`, rule)
}
