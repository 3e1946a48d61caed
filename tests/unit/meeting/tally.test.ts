import { describe, expect, test } from 'vitest'
import { atLeast } from '../../../shared/meeting/attendance/quorum.ts'
import { ruleOf, type Threshold, type VoteRule } from '../../../shared/meeting/votes/rule.ts'
import { approvalsNeeded, tally, type Electorate } from '../../../shared/meeting/votes/tally.ts'
import type { Choice } from '../../../shared/meeting/votes/matter.ts'
import type { QuestionCounts } from '../../../shared/meeting/votes/result.ts'

const moreThanHalf: Threshold = { kind: 'moreThan', numerator: 1, denominator: 2 }
const twoThirds: Threshold = { kind: 'atLeast', numerator: 2, denominator: 3 }
const quorum = { present: 52, members: 52, needed: 35, met: true }

interface Hall { approve: number; reject?: number; abstain?: number; presentSilent?: number; absent?: number }

/** Counts and electorate of a hall, as tally takes them. */
function hallOf({ approve, reject = 0, abstain = 0, presentSilent = 0, absent = 0 }: Hall): [QuestionCounts, Electorate] {
  const present = approve + reject + abstain + presentSilent
  return [{ approve, reject, abstain, invalid: 0 }, { totalMembers: present + absent, present }]
}

describe('approvals needed, counted by hand', () => {
  test.each<[Threshold, number, number]>([
    // "Quá nửa" is strictly more than half.
    [moreThanHalf, 52, 27],
    [moreThanHalf, 51, 26],
    [moreThanHalf, 50, 26],
    [moreThanHalf, 3, 2],
    [moreThanHalf, 2, 2],
    [moreThanHalf, 1, 1],
    [moreThanHalf, 0, 1],
    // "Ít nhất hai phần ba" may be reached exactly.
    [twoThirds, 51, 34],
    [twoThirds, 52, 35],
    [twoThirds, 53, 36],
    [twoThirds, 54, 36],
    [twoThirds, 3, 2],
    [twoThirds, 2, 2],
    [twoThirds, 1, 1],
    [twoThirds, 0, 1],
    [{ kind: 'atLeast', numerator: 3, denominator: 4 }, 52, 39],
    [{ kind: 'atLeast', numerator: 4, denominator: 5 }, 52, 42],
    [{ kind: 'atLeast', numerator: 1, denominator: 1 }, 52, 52],
    [{ kind: 'moreThan', numerator: 2, denominator: 3 }, 51, 35],
  ])('%o of %i: %i', (threshold, base, needed) => {
    expect(approvalsNeeded(threshold, base)).toBe(needed)
  })

  test('no base up to 2,000 is rounded: the number needed is enough and one less is not', () => {
    for (let base = 1; base <= 2000; base += 1) {
      const half = approvalsNeeded(moreThanHalf, base)
      expect(2 * half > base && 2 * (half - 1) <= base, `more than half of ${base}`).toBe(true)
      const thirds = approvalsNeeded(twoThirds, base)
      expect(3 * thirds >= 2 * base && 3 * (thirds - 1) < 2 * base, `two thirds of ${base}`).toBe(true)
    }
  })

  test('a quorum of two thirds is at least two thirds', () => {
    expect([[0, 0], [1, 1], [2, 2], [3, 2], [4, 3], [51, 34], [52, 35], [53, 36]].map(([total]) => [total, atLeast({ numerator: 2, denominator: 3 }, total as number)]))
      .toEqual([[0, 0], [1, 1], [2, 2], [3, 2], [4, 3], [51, 34], [52, 35], [53, 36]])
  })
})

type Example = [name: string, rule: VoteRule, hall: Hall, chair: Choice | null, expected: { base: number; needed: number; passed: boolean; decidedBy?: 'chairSide' }]

describe('votes counted by hand', () => {
  test.each<Example>([
    ['26 of 51 members is more than half', ruleOf('councilMajority'), { approve: 26, reject: 20, absent: 5 }, null, { base: 51, needed: 26, passed: true }],
    ['25 of 51 is not', ruleOf('councilMajority'), { approve: 25, reject: 20, absent: 6 }, null, { base: 51, needed: 26, passed: false }],
    ['26 of 52 is exactly half, which is not more than half', ruleOf('councilMajority'), { approve: 26, reject: 20, absent: 6 }, null, { base: 52, needed: 27, passed: false }],
    ['27 of 52 is', ruleOf('councilMajority'), { approve: 27, reject: 25 }, null, { base: 52, needed: 27, passed: true }],
    ['34 of 51 is exactly two thirds, which is enough', ruleOf('councilTwoThirds'), { approve: 34, reject: 17 }, null, { base: 51, needed: 34, passed: true }],
    ['33 of 51 is not', ruleOf('councilTwoThirds'), { approve: 33, reject: 18 }, null, { base: 51, needed: 34, passed: false }],
    ['34 of 52 is not two thirds', ruleOf('councilTwoThirds'), { approve: 34, absent: 18 }, null, { base: 52, needed: 35, passed: false }],
    ['35 of 52 is', ruleOf('councilTwoThirds'), { approve: 35, absent: 17 }, null, { base: 52, needed: 35, passed: true }],
    ['those who are silent weigh against a majority of all members', ruleOf('councilMajority'), { approve: 26, presentSilent: 26 }, null, { base: 52, needed: 27, passed: false }],
    ['of those present, silence counts', ruleOf('presentMajority'), { approve: 10, reject: 5, presentSilent: 5, absent: 30 }, null, { base: 20, needed: 11, passed: false }],
    ['of those present, the absent do not', ruleOf('presentMajority'), { approve: 11, reject: 5, presentSilent: 4, absent: 30 }, null, { base: 20, needed: 11, passed: true }],
    ['of the ballots cast, abstaining counts and silence does not', ruleOf('castMajority'), { approve: 10, reject: 5, abstain: 5, presentSilent: 10 }, null, { base: 20, needed: 11, passed: false }],
    ['of the ballots cast, 11 of 20', ruleOf('castMajority'), { approve: 11, reject: 4, abstain: 5, presentSilent: 10 }, null, { base: 20, needed: 11, passed: true }],
    ['of the valid ballots, an abstention is a valid choice', { ...ruleOf('castMajority'), base: 'valid' }, { approve: 10, abstain: 10 }, null, { base: 20, needed: 11, passed: false }],
    ['a tie fails where the rule says so, whatever the chair cast', ruleOf('councilMajority'), { approve: 26, reject: 26 }, 'approve', { base: 52, needed: 27, passed: false }],
    ['a tie follows the chair who approved', ruleOf('committeeMajority'), { approve: 26, reject: 26 }, 'approve', { base: 52, needed: 27, passed: true, decidedBy: 'chairSide' }],
    ['a tie follows the chair who rejected', ruleOf('committeeMajority'), { approve: 26, reject: 26 }, 'reject', { base: 52, needed: 27, passed: false, decidedBy: 'chairSide' }],
    ['a tie below half follows the chair all the same', ruleOf('committeeMajority'), { approve: 20, reject: 20, abstain: 12 }, 'approve', { base: 52, needed: 27, passed: true, decidedBy: 'chairSide' }],
    ['a tie with a silent chair is decided by the threshold', ruleOf('committeeMajority'), { approve: 26, reject: 26 }, null, { base: 52, needed: 27, passed: false }],
    ['a tie with an abstaining chair too', ruleOf('committeeMajority'), { approve: 26, reject: 25, abstain: 1 }, 'abstain', { base: 52, needed: 27, passed: false }],
    ['nobody for and nobody against is not a tie', ruleOf('committeeMajority'), { approve: 0, abstain: 52 }, 'abstain', { base: 52, needed: 27, passed: false }],
    ['no ballots at all', ruleOf('castMajority'), { approve: 0, presentSilent: 52 }, null, { base: 0, needed: 1, passed: false }],
    ['nobody present', ruleOf('presentMajority'), { approve: 0, absent: 52 }, null, { base: 0, needed: 1, passed: false }],
    ['one member alone', ruleOf('councilMajority'), { approve: 1 }, 'approve', { base: 1, needed: 1, passed: true }],
  ])('%s', (_name, rule, hall, chair, { base, needed, passed, decidedBy = 'threshold' }) => {
    expect(tally(rule, ...hallOf(hall), quorum, chair)).toMatchObject({ base, needed, passed, decidedBy })
  })

  test('every number of the result is counted', () => {
    expect(tally(ruleOf('councilMajority'), ...hallOf({ approve: 20, reject: 7, abstain: 3, presentSilent: 2, absent: 20 }), quorum, null)).toEqual({
      kind: 'question', counts: { approve: 20, reject: 7, abstain: 3, invalid: 0, silent: 22 },
      totalMembers: 52, present: 32, cast: 30, valid: 30, base: 52, needed: 27, passed: false, decidedBy: 'threshold', quorum,
    })
  })

  test('without its quorum nothing passes, unanimous or by the chair', () => {
    const failed = { present: 34, members: 52, needed: 35, met: false }
    expect(tally(ruleOf('councilMajority'), ...hallOf({ approve: 34, absent: 18 }), failed, null).passed).toBe(false)
    expect(tally(ruleOf('committeeMajority'), ...hallOf({ approve: 17, reject: 17, absent: 18 }), failed, 'approve').passed).toBe(false)
  })
})
