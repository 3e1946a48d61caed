import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldSteps } from '../../../server/meetings/meeting.ts'
import { Recent } from '../../../server/meetings/recent.ts'
import type { Fact } from '../../../shared/meeting/fact.ts'
import type { Step } from '../../../shared/meeting/project.ts'
import { emptyMeeting, type MeetingState } from '../../../shared/meeting/state.ts'

const factAt = (seq: number): Fact => ({
  seq, v: 1, at: 1_795_000_000_000 + seq, by: 'an', commandId: `command-${seq}`, type: 'meeting.recessed', data: {},
} as Fact)

/** The groups of a log from `first` on, as a host publishes them. */
function* published(sizes: number[], first: number) {
  let state: MeetingState = { ...emptyMeeting('m'), seq: first - 1 }
  for (const size of sizes) {
    const steps = foldSteps(state, Array.from({ length: size }, (_, index) => factAt(state.seq + 1 + index)))
    state = steps.at(-1)?.after ?? state
    yield steps
  }
}

/** The same facts, on the same states at both ends; comparing thousands of states would take minutes. */
function expectSame(found: Step[], wanted: Step[]): void {
  expect(found.map(({ fact }) => fact)).toEqual(wanted.map(({ fact }) => fact))
  expect(found[0]?.before).toEqual(wanted[0]?.before)
  expect(found.at(-1)?.after).toEqual(wanted.at(-1)?.after)
}

describe('the facts that a tablet missed', () => {
  it('are the steps of the log, whoever asks and whenever', () => {
    const asked = fc.array(fc.record({ size: fc.integer({ min: 1, max: 400 }), back: fc.option(fc.nat(4500)) }), { minLength: 1, maxLength: 30 })
    fc.assert(fc.property(asked, (groups) => {
      const recent = new Recent()
      const first = 41
      const all: ReturnType<typeof foldSteps> = []
      let index = 0
      for (const steps of published(groups.map(({ size }) => size), first)) {
        recent.push(steps)
        all.push(...steps)
        const back = groups[index++]?.back
        const last = all.at(-1)?.fact.seq ?? 0
        if (back === null || back === undefined) continue
        const seq = Math.max(0, last - back)
        const found = recent.since(seq)
        if (seq < first - 1) expect(found).toBeNull()
        else if (found) expectSame(found, all.slice(seq - first + 1))
        else expect(back, 'who was away for less than two thousand facts is told them').toBeGreaterThan(2000)
      }
    }), { numRuns: 40 })
  })

  it('are forgotten in the end, so that they do not fill the memory', () => {
    const recent = new Recent()
    for (const steps of published(Array.from({ length: 100 }, () => 50), 1)) recent.push(steps)
    expect(recent.since(1000)).toBeNull()
    expect(recent.since(3000)).toHaveLength(2000)
  })
})
