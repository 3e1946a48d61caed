import type { Ballot } from './state.ts'

/**
 * Ballots in the order they were cast. A list, not a map by person: each ballot makes a new state, and copying a list of a few
 * hundred is nothing while copying a map is most of what a burst of ballots costs.
 */
export function ballotOf(ballots: readonly Ballot[], personId: string): Ballot | undefined {
  for (const ballot of ballots) if (ballot.personId === personId) return ballot
  return undefined
}
