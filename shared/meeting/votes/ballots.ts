import type { Ballot } from './state.ts'

/**
 * Ballots in the order they were first cast. A list, not a map by person: each ballot makes a new state, and copying a list of a few
 * hundred is nothing while copying a map is most of what a burst of ballots costs.
 */
export function ballotOf(ballots: readonly Ballot[], personId: string): Ballot | undefined {
  for (const ballot of ballots) if (ballot.personId === personId) return ballot
  return undefined
}

/** With one more ballot, in the place of the same person's earlier one when `replacing`. */
export function withBallot(ballots: readonly Ballot[], ballot: Ballot, replacing: boolean): readonly Ballot[] {
  const place = replacing ? ballots.findIndex(({ personId }) => personId === ballot.personId) : -1
  return place < 0 ? [...ballots, ballot] : ballots.with(place, ballot)
}
