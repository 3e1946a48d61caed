import { describe, expect, test } from 'vitest'
import type { ElectionMatter, VoteMatter } from '../../../shared/meeting/votes/matter.ts'
import { votePresets, type VotePreset } from '../../../shared/meeting/votes/presets.ts'
import { customRule, ruleOf, type CustomRule, type VoteRule } from '../../../shared/meeting/votes/rule.ts'
import { ruleSentences } from '../../../shared/meeting/votes/rule-sentence.ts'
import { resultSentence } from '../../../shared/meeting/votes/sentence.ts'
import { tallyElection } from '../../../shared/meeting/votes/election.ts'
import { tally } from '../../../shared/meeting/votes/tally.ts'

const question: VoteMatter = { kind: 'question' }
const labels = ['Trần Thị Lan', 'Lê Minh', 'Phạm Chi']
const list: ElectionMatter = { kind: 'election', candidates: labels.map((label, place) => ({ candidateId: `c${place}`, label })), least: 1, most: 2, seats: 2 }
const quorum = { present: 52, members: 52, needed: 35, met: true }

describe('the sentences that explain a rule', () => {
  test.each<[VotePreset, string, string]>([
    ['committeeMajority', 'Thông qua khi có quá nửa tổng số thành viên tán thành. Nếu hai bên bằng nhau thì quyết định theo phía chủ tọa biểu quyết. Cần có mặt ít nhất hai phần ba tổng số thành viên.', 'Adopted when more than half of all members are in favour. On a tie, the side on which the chair voted decides. At least two thirds of all members must be present.'],
    ['committeeSecret', 'Thông qua khi có quá nửa tổng số thành viên tán thành. Cần có mặt ít nhất hai phần ba tổng số thành viên.', 'Adopted when more than half of all members are in favour. At least two thirds of all members must be present.'],
    ['councilMajority', 'Thông qua khi có quá nửa tổng số đại biểu tán thành. Cần có mặt ít nhất hai phần ba tổng số đại biểu.', 'Adopted when more than half of all members are in favour. At least two thirds of all members must be present.'],
    ['councilTwoThirds', 'Thông qua khi có ít nhất hai phần ba tổng số đại biểu tán thành. Cần có mặt ít nhất hai phần ba tổng số đại biểu.', 'Adopted when at least two thirds of all members are in favour. At least two thirds of all members must be present.'],
    ['presentMajority', 'Thông qua khi có quá nửa số đại biểu có mặt tán thành.', 'Adopted when more than half of those present are in favour.'],
    ['presentTwoThirds', 'Thông qua khi có ít nhất hai phần ba số đại biểu có mặt tán thành.', 'Adopted when at least two thirds of those present are in favour.'],
    ['presentUnanimity', 'Thông qua khi toàn thể đại biểu có mặt tán thành. Có thể đổi phiếu cho đến khi kết thúc; phiếu gửi sau cùng được tính.', 'Adopted when all those present are in favour. A ballot may be changed until the vote closes; the last one counts.'],
    ['castMajority', 'Thông qua khi có quá nửa số phiếu đã biểu quyết tán thành.', 'Adopted when more than half of the ballots cast are in favour.'],
    ['opinion', 'Thông qua khi có nhiều phiếu tán thành hơn không tán thành. Có thể đổi phiếu cho đến khi kết thúc; phiếu gửi sau cùng được tính.', 'Adopted when there are more in favour than against. A ballot may be changed until the vote closes; the last one counts.'],
    ['electionMajority', 'Bầu 2 người, lấy người nhiều phiếu hơn; người trúng cử phải được quá nửa tổng số đại biểu bầu. Cần có mặt ít nhất hai phần ba tổng số đại biểu.', '2 to be elected, those with most votes; each needs the votes of more than half of all members. At least two thirds of all members must be present.'],
    ['electionPresent', 'Bầu 2 người, lấy người nhiều phiếu hơn; người trúng cử phải được quá nửa số đại biểu có mặt bầu.', '2 to be elected, those with most votes; each needs the votes of more than half of those present.'],
    ['electionRelative', 'Bầu 2 người, lấy người nhiều phiếu hơn.', '2 to be elected, those with most votes.'],
  ])('%s', (preset, vi, en) => {
    const matter = votePresets[preset].matter === 'election' ? list : question
    expect([ruleSentences(ruleOf(preset), matter, 'vi').join(' '), ruleSentences(ruleOf(preset), matter, 'en').join(' ')]).toEqual([vi, en])
  })

  test('a secret vote has no ballots to change, whatever its rule says', () => {
    expect(ruleSentences(ruleOf('opinion', 'secret'), question, 'vi')).toEqual(['Thông qua khi có nhiều phiếu tán thành hơn không tán thành.'])
  })
})

function judged(rule: VoteRule, [approve, reject, silent]: [number, number, number], more: { met?: boolean; invalid?: number } = {}): [string, string] {
  const { met = true, invalid = 0 } = more
  const counts = { approve, reject, abstain: 0, invalid }
  const totalMembers = approve + reject + invalid + silent
  const figures = { present: totalMembers - silent, members: totalMembers, needed: Math.ceil((totalMembers * 2) / 3), met }
  const nothing = { approve: 0, reject: 0, abstain: 0, invalid: 0 }
  const result = { ...tally(rule, counts, { totalMembers, present: totalMembers - silent }, figures, null), sources: { tablet: counts, hands: nothing, telephone: nothing }, bySite: [], revealing: null }
  return [resultSentence({ rule, matter: question, result }, 'vi'), resultSentence({ rule, matter: question, result }, 'en')]
}

const custom = (base: CustomRule['base'], threshold: CustomRule['threshold']) => customRule({ base, threshold, tie: 'rejected', quorum: 'none', changeable: false }, 'named')

describe('the sentence of a question’s result', () => {
  test.each<[VoteRule, [number, number, number], string, string]>([
    [custom('totalMembers', 'threeQuarters'), [39, 13, 0], 'Thông qua: 39/52 tán thành, ít nhất ba phần tư tổng số đại biểu.', 'Adopted: 39/52 in favour, at least three quarters of all members.'],
    [custom('present', 'fourFifths'), [35, 10, 7], 'Không thông qua: 35/45 tán thành, chưa đạt ít nhất bốn phần năm số đại biểu có mặt (cần 36).', 'Not adopted: 35/45 in favour, short of at least four fifths of those present (36 needed).'],
    [custom('present', 'unanimity'), [45, 0, 7], 'Thông qua: 45/45 tán thành, toàn thể đại biểu có mặt.', 'Adopted: 45/45 in favour, all those present.'],
    [custom('totalMembers', 'unanimity'), [51, 0, 1], 'Không thông qua: 51/52 tán thành, chưa đạt toàn thể đại biểu (cần 52).', 'Not adopted: 51/52 in favour, short of all members (52 needed).'],
    [custom('cast', 'relative'), [12, 11, 29], 'Thông qua: 12 tán thành, 11 không tán thành.', 'Adopted: 12 in favour, 11 against.'],
    [custom('cast', 'relative'), [11, 11, 30], 'Không thông qua: 11 tán thành, 11 không tán thành.', 'Not adopted: 11 in favour, 11 against.'],
    [custom('valid', 'moreThanHalf'), [20, 15, 17], 'Thông qua: 20/35 tán thành, quá nửa số phiếu hợp lệ.', 'Adopted: 20/35 in favour, more than half of the valid ballots.'],
    [ruleOf('committeeSecret'), [11, 11, 0], 'Không thông qua: 11/22 tán thành, chưa đạt quá nửa tổng số thành viên (cần 12).', 'Not adopted: 11/22 in favour, short of more than half of all members (12 needed).'],
  ])('%o %o', (rule, counts, vi, en) => {
    expect(judged(rule, counts)).toEqual([vi, en])
  })

  test('invalid ballots leave the base they are not in', () => {
    expect(judged(custom('valid', 'moreThanHalf'), [20, 15, 10], { invalid: 7 })[0]).toBe('Thông qua: 20/35 tán thành, quá nửa số phiếu hợp lệ.')
  })

  test('a quorum that was lost is the reason, whatever was cast', () => {
    expect(judged(ruleOf('councilMajority'), [34, 0, 18], { met: false })).toEqual(['Không thông qua: không đủ túc số, có mặt 34/52, cần ít nhất 35.', 'Not adopted: no quorum, 34 of 52 present, at least 35 needed.'])
  })

  test('there is none before there is a result', () => {
    expect(resultSentence({ rule: ruleOf('councilMajority'), matter: question, result: null }, 'vi')).toBe('')
  })
})

function elected(rule: VoteRule, votes: [number, number, number], more: { seats?: number; met?: boolean } = {}): [string, string] {
  const matter = { ...list, seats: more.seats ?? 2 }
  const counts = { votes: Object.fromEntries(votes.map((count, place) => [`c${place}`, count])), abstain: 0, invalid: 0 }
  const met = more.met ?? true
  const result = { ...tallyElection(rule, matter, counts, 40, { totalMembers: 52, present: met ? 52 : 30 }, { ...quorum, present: met ? 52 : 30, met }), revealing: null }
  return [resultSentence({ rule, matter, result }, 'vi'), resultSentence({ rule, matter, result }, 'en')]
}

test('the sentence of an election names who is elected, who is tied, and how many seats stay empty', () => {
  expect(elected(ruleOf('electionMajority'), [40, 27, 10])).toEqual(['Trúng cử: Trần Thị Lan (40), Lê Minh (27).', 'Elected: Trần Thị Lan (40), Lê Minh (27).'])
  expect(elected(ruleOf('electionMajority'), [40, 26, 10])).toEqual([
    'Trúng cử: Trần Thị Lan (40). Còn thiếu 1 người vì chưa đạt quá nửa tổng số đại biểu (cần 27 phiếu).',
    'Elected: Trần Thị Lan (40). 1 seat stays empty: more than half of all members was not reached (27 needed).',
  ])
  expect(elected(ruleOf('electionMajority'), [20, 10, 10])).toEqual([
    'Không có người trúng cử. Còn thiếu 2 người vì chưa đạt quá nửa tổng số đại biểu (cần 27 phiếu).',
    'Nobody is elected. 2 seats stay empty: more than half of all members was not reached (27 needed).',
  ])
  expect(elected(ruleOf('electionRelative'), [30, 12, 12])).toEqual([
    'Trúng cử: Trần Thị Lan (30). Lê Minh (12), Phạm Chi (12) bằng phiếu nhau, cần bầu lại 1 người.',
    'Elected: Trần Thị Lan (30). Lê Minh (12), Phạm Chi (12) are tied; another round is needed for 1 seat.',
  ])
  expect(elected(ruleOf('electionRelative'), [12, 12, 12])).toEqual([
    'Không có người trúng cử. Trần Thị Lan (12), Lê Minh (12), Phạm Chi (12) bằng phiếu nhau, cần bầu lại 2 người.',
    'Nobody is elected. Trần Thị Lan (12), Lê Minh (12), Phạm Chi (12) are tied; another round is needed for 2 seats.',
  ])
  expect(elected(ruleOf('electionRelative'), [12, 0, 0])).toEqual(['Trúng cử: Trần Thị Lan (12). Còn thiếu 1 người.', 'Elected: Trần Thị Lan (12). 1 seat stays empty.'])
  expect(elected(ruleOf('electionMajority'), [30, 28, 0], { met: false })).toEqual([
    'Không có người trúng cử: không đủ túc số, có mặt 30/52, cần ít nhất 35.', 'Nobody is elected: no quorum, 30 of 52 present, at least 35 needed.',
  ])
})
