import type { Language } from '../../contracts/refusal.ts'
import type { VoteMatter } from './matter.ts'
import type { ElectionResult, Result, VoteResult } from './result.ts'
import type { VoteRule } from './rule.ts'
import { thresholdPhrase } from './rule-sentence.ts'

/** The result as everyone reads it: "Thông qua: 41/52 tán thành, quá nửa tổng số đại biểu." Empty while there is none. */
export function resultSentence({ rule, matter, result }: { rule: VoteRule; matter: VoteMatter; result: Result | null }, language: Language): string {
  if (!result) return ''
  if (result.kind === 'question') return questionSentence(rule, result, language)
  return electionSentence(rule, matter, result, language)
}

function questionSentence(rule: VoteRule, result: VoteResult, language: Language): string {
  const vi = language === 'vi'
  const verdict = result.passed ? (vi ? 'Thông qua' : 'Adopted') : vi ? 'Không thông qua' : 'Not adopted'
  if (!result.quorum.met) return `${verdict}: ${noQuorum(result, language)}.`
  const { approve, reject } = result.counts
  const sides = vi ? `${approve} tán thành, ${reject} không tán thành` : `${approve} in favour, ${reject} against`
  if (result.decidedBy === 'chairSide') return `${verdict}: ${sides}, ${vi ? 'quyết định theo phía chủ tọa' : 'decided by the side of the chair'}.`
  if (rule.threshold.kind === 'relative') return `${verdict}: ${sides}.`
  const rate = vi ? `${approve}/${result.base} tán thành` : `${approve}/${result.base} in favour`
  const phrase = thresholdPhrase(rule, language)
  if (result.passed) return `${verdict}: ${rate}, ${phrase}.`
  return vi ? `${verdict}: ${rate}, chưa đạt ${phrase} (cần ${result.needed}).` : `${verdict}: ${rate}, short of ${phrase} (${result.needed} needed).`
}

function noQuorum({ quorum: { present, members, needed } }: Result, language: Language): string {
  return language === 'vi'
    ? `không đủ túc số, có mặt ${present}/${members}, cần ít nhất ${needed}`
    : `no quorum, ${present} of ${members} present, at least ${needed} needed`
}

function electionSentence(rule: VoteRule, matter: VoteMatter, result: ElectionResult, language: Language): string {
  const vi = language === 'vi'
  const nobody = vi ? 'Không có người trúng cử' : 'Nobody is elected'
  if (!result.quorum.met) return `${nobody}: ${noQuorum(result, language)}.`
  const labels = new Map(matter.kind === 'election' ? matter.candidates.map(({ candidateId, label }) => [candidateId, label]) : [])
  const named = (ids: readonly string[]) => ids.map((id) => `${labels.get(id) ?? id} (${result.votes[id] ?? 0})`).join(', ')
  const elected = result.elected.length > 0 ? `${vi ? 'Trúng cử' : 'Elected'}: ${named(result.elected)}.` : `${nobody}.`
  const short = result.seats - result.elected.length
  const seats = `${short} seat${short === 1 ? '' : 's'}`
  if (result.tied.length > 0) {
    return `${elected} ${named(result.tied)} ${vi ? `bằng phiếu nhau, cần bầu lại ${short} người` : `are tied; another round is needed for ${seats}`}.`
  }
  if (short === 0) return elected
  const empty = vi ? `Còn thiếu ${short} người` : `${seats} ${short === 1 ? 'stays' : 'stay'} empty`
  if (rule.threshold.kind === 'relative') return `${elected} ${empty}.`
  const phrase = thresholdPhrase(rule, language)
  return `${elected} ${empty}${vi ? ` vì chưa đạt ${phrase} (cần ${result.needed} phiếu)` : `: ${phrase} was not reached (${result.needed} needed)`}.`
}
