import { describe, expect, test } from 'vitest'
import { bringUpToDate, versionOf, type OldFact } from '../../../shared/meeting/versions.ts'

const old: OldFact = { seq: 7, type: 'vote.cast', v: 1, at: 1_795_000_000_000, by: 'an', commandId: 'command-1', data: { vote: 'v1', who: 'an', yes: true } }
const present = (type: string) => (type === 'vote.cast' ? 3 : 1)
const steps = {
  'vote.cast@1': (data: unknown) => {
    const { vote, who, yes } = data as { vote: string; who: string; yes: boolean }
    return { voteId: vote, personId: who, yes }
  },
  'vote.cast@2': (data: unknown) => {
    const { yes, ...rest } = data as { yes: boolean }
    return { ...rest, choice: yes ? 'approve' : 'reject' }
  },
}

describe('facts of earlier versions', () => {
  test('are brought up step by step, the envelope untouched', () => {
    expect(bringUpToDate(old, present, steps)).toEqual({ ...old, v: 3, data: { voteId: 'v1', personId: 'an', choice: 'approve' } })
    expect(bringUpToDate({ ...old, v: 2, data: { voteId: 'v1', personId: 'an', yes: false } }, present, steps)).toMatchObject({ v: 3, data: { choice: 'reject' } })
  })

  test('are never changed where they lie', () => {
    const before = structuredClone(old)
    bringUpToDate(old, present, steps)
    expect(old).toEqual(before)
  })

  test('of today’s version stay as they are', () => {
    expect(bringUpToDate({ ...old, v: 3 }, present, steps)).toEqual({ ...old, v: 3 })
    expect(bringUpToDate({ ...old, v: versionOf('vote.cast') })).toMatchObject({ v: versionOf('vote.cast'), data: old.data })
  })

  test('of a newer hub, or without a way up, stop the reading instead of being guessed', () => {
    expect(() => bringUpToDate({ ...old, v: 4 }, present, steps)).toThrow('written by a newer hub')
    expect(() => bringUpToDate(old, present, { 'vote.cast@2': steps['vote.cast@2'] })).toThrow('no way from vote.cast v1 to v2')
  })
})
