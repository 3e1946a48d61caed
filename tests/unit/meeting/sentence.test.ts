import { expect, test } from 'vitest'
import { votePresets, type VotePreset } from '../../../shared/meeting/votes/presets.ts'
import { ruleOf, type VoteRule } from '../../../shared/meeting/votes/rule.ts'
import { thresholdPhrase } from '../../../shared/meeting/votes/rule-sentence.ts'
import { resultSentence } from '../../../shared/meeting/votes/sentence.ts'
import type { Choice } from '../../../shared/meeting/votes/matter.ts'
import { tally } from '../../../shared/meeting/votes/tally.ts'

const none = { approve: 0, reject: 0, abstain: 0, invalid: 0 }

function sentences(rule: VoteRule, [approve, reject, silent]: [number, number, number], met = true, chair: Choice | null = null): [string, string] {
  const totalMembers = approve + reject + silent
  const counts = { approve, reject, abstain: 0, invalid: 0 }
  const tallied = tally(rule, counts, { totalMembers, present: approve + reject }, { present: approve + reject, members: totalMembers, needed: 35, met }, chair)
  const result = { ...tallied, sources: { tablet: counts, hands: none, telephone: none }, bySite: [], revealing: null }
  const vote = { rule, matter: { kind: 'question' }, result } as const
  return [resultSentence(vote, 'vi'), resultSentence(vote, 'en')]
}

test('a result is one plain sentence in both languages', () => {
  expect(sentences(ruleOf('councilMajority'), [41, 5, 6])).toEqual([
    'Thông qua: 41/52 tán thành, quá nửa tổng số đại biểu.',
    'Adopted: 41/52 in favour, more than half of all members.',
  ])
  expect(sentences(ruleOf('councilTwoThirds'), [34, 18, 0])).toEqual([
    'Không thông qua: 34/52 tán thành, chưa đạt ít nhất hai phần ba tổng số đại biểu (cần 35).',
    'Not adopted: 34/52 in favour, short of at least two thirds of all members (35 needed).',
  ])
  expect(sentences(ruleOf('committeeMajority'), [26, 26, 0], true, 'reject')).toEqual([
    'Không thông qua: 26 tán thành, 26 không tán thành, quyết định theo phía chủ tọa.',
    'Not adopted: 26 in favour, 26 against, decided by the side of the chair.',
  ])
  expect(sentences(ruleOf('committeeMajority'), [26, 26, 0], true, 'approve')).toEqual([
    'Thông qua: 26 tán thành, 26 không tán thành, quyết định theo phía chủ tọa.',
    'Adopted: 26 in favour, 26 against, decided by the side of the chair.',
  ])
  expect(sentences(ruleOf('councilMajority'), [34, 0, 18], false)).toEqual([
    'Không thông qua: không đủ túc số, có mặt 34/52, cần ít nhất 35.',
    'Not adopted: no quorum, 34 of 52 present, at least 35 needed.',
  ])
})

test('every preset has its phrase in words', () => {
  const phrases = Object.fromEntries((Object.keys(votePresets) as VotePreset[]).map((preset) => [preset, [thresholdPhrase(ruleOf(preset), 'vi'), thresholdPhrase(ruleOf(preset), 'en')]]))
  expect(phrases).toEqual({
    committeeMajority: ['quá nửa tổng số thành viên', 'more than half of all members'],
    committeeSecret: ['quá nửa tổng số thành viên', 'more than half of all members'],
    councilMajority: ['quá nửa tổng số đại biểu', 'more than half of all members'],
    councilTwoThirds: ['ít nhất hai phần ba tổng số đại biểu', 'at least two thirds of all members'],
    presentMajority: ['quá nửa số đại biểu có mặt', 'more than half of those present'],
    presentTwoThirds: ['ít nhất hai phần ba số đại biểu có mặt', 'at least two thirds of those present'],
    presentUnanimity: ['toàn thể đại biểu có mặt', 'all those present'],
    castMajority: ['quá nửa số phiếu đã biểu quyết', 'more than half of the ballots cast'],
    opinion: ['nhiều phiếu tán thành hơn không tán thành', 'more in favour than against'],
    electionMajority: ['quá nửa tổng số đại biểu', 'more than half of all members'],
    electionPresent: ['quá nửa số đại biểu có mặt', 'more than half of those present'],
    electionRelative: ['nhiều phiếu tán thành hơn không tán thành', 'more in favour than against'],
  })
})

test('other shares are said too', () => {
  expect(thresholdPhrase({ threshold: { kind: 'atLeast', numerator: 3, denominator: 4 }, base: 'valid' }, 'vi')).toBe('ít nhất ba phần tư số phiếu hợp lệ')
  expect(thresholdPhrase({ threshold: { kind: 'moreThan', numerator: 4, denominator: 5 }, base: 'present' }, 'en')).toBe('more than four fifths of those present')
  expect(thresholdPhrase({ threshold: { kind: 'atLeast', numerator: 5, denominator: 7 }, base: 'cast' }, 'vi')).toBe('ít nhất 5/7 số phiếu đã biểu quyết')
})
