import type { Choice } from '../../../shared/meeting/votes/matter.ts'
import type { Result, VoteCounts } from '../../../shared/meeting/votes/result.ts'

/** What a named ballot on a question, or the fact that brought it, says. */
export function choiceOf(ballot: object | null | undefined): Choice | undefined {
  return ballot && 'choice' in ballot ? (ballot.choice as Choice) : undefined
}

/** The counts of a question's result. */
export function countsOf(result: Result | null | undefined): VoteCounts | undefined {
  return result?.kind === 'question' ? result.counts : undefined
}
