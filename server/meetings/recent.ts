import type { Fact } from '../../shared/meeting/fact.ts'
import type { Step } from '../../shared/meeting/project.ts'
import type { MeetingState } from '../../shared/meeting/state.ts'
import { foldSteps } from './meeting.ts'

/** A stretch of the log with the state it begins on. */
interface Stretch { base: MeetingState; facts: Fact[] }

const stretchLength = 1000
const stretchesKept = 3
/** Steps that were asked for are kept while they are about as new as the log. */
const staleAfter = 500

/**
 * The last two or three thousand facts, for tablets that were away for a moment. Facts are kept, not the states between them: a
 * hall of voters would otherwise hold a list of ballots for every ballot. The states are folded again when somebody asks, once for all who do.
 */
export class Recent {
  #stretches: Stretch[] = []
  #folded: Step[] = []

  push(steps: readonly Step[]): void {
    for (const { before, fact } of steps) {
      let last = this.#stretches.at(-1)
      if (!last || last.facts.length >= stretchLength) this.#stretches.push((last = { base: before, facts: [] }))
      last.facts.push(fact)
    }
    if (this.#stretches.length > stretchesKept) this.#stretches = this.#stretches.slice(-stretchesKept)
    const known = this.#folded.at(-1)?.fact.seq
    if (known !== undefined && this.#lastSeq - known > staleAfter) this.#folded = []
  }

  /** The steps after `seq`, which must not be ahead of the log; null when they are no longer kept. */
  since(seq: number): Step[] | null {
    const first = this.#stretches[0]?.facts[0]
    if (!first || seq + 1 < first.seq) return null
    return this.#fold(seq + 1).slice(seq + 1 - (this.#folded[0]?.fact.seq ?? 0))
  }

  get #lastSeq(): number {
    return this.#stretches.at(-1)?.facts.at(-1)?.seq ?? 0
  }

  /** Brings what is folded up to the last fact, from the stretch on that holds `from` or an earlier one. */
  #fold(from: number): Step[] {
    const begin = this.#stretches.findLastIndex(({ facts }) => (facts[0]?.seq ?? 0) <= from)
    const stretches = this.#stretches.slice(Math.max(begin, 0))
    const wanted = stretches[0]?.facts[0]?.seq ?? 0
    const reached = this.#folded.at(-1)
    const usable = reached !== undefined && (this.#folded[0]?.fact.seq ?? 0) <= wanted
    if (!usable) this.#folded = foldSteps(stretches[0]?.base as MeetingState, stretches.flatMap(({ facts }) => facts))
    else this.#folded.push(...foldSteps(reached.after, this.#stretches.flatMap(({ facts }) => facts.filter(({ seq }) => seq > reached.fact.seq))))
    return this.#folded
  }
}
