import type { QuorumFigures } from '../attendance/quorum.ts'
import { isValidChosen, type ElectionMatter } from './matter.ts'
import type { ElectionTally } from './result.ts'
import type { VoteRule } from './rule.ts'
import { approvalsNeeded, basesOf, type Electorate } from './tally.ts'

export interface ElectionCounts {
  /** By candidate id. */
  votes: Record<string, number>
  abstain: number
  invalid: number
}

/** Counts ballots of a list: naming nobody abstains; too many, too few or somebody unknown makes a ballot invalid. */
export function countChosen(matter: ElectionMatter, ballots: readonly (readonly string[])[]): ElectionCounts {
  const counts: ElectionCounts = { votes: Object.fromEntries(matter.candidates.map(({ candidateId }) => [candidateId, 0])), abstain: 0, invalid: 0 }
  for (const chosen of ballots) {
    if (!isValidChosen(matter, chosen)) counts.invalid += 1
    else if (chosen.length === 0) counts.abstain += 1
    else for (const id of chosen) counts.votes[id] = (counts.votes[id] ?? 0) + 1
  }
  return counts
}

/**
 * Who is elected: the candidates with most votes, as many as there are seats, of those who reach the threshold. Where the last
 * seats fall to candidates with equal votes, more of them than seats, none of these is elected: another round decides.
 * @param cast how many ballots there were
 */
export function tallyElection(
  rule: VoteRule, matter: ElectionMatter, counts: ElectionCounts, cast: number, electorate: Electorate, quorum: QuorumFigures,
): ElectionTally {
  const bases = basesOf(electorate, cast, counts.invalid)
  const base = bases[rule.base]
  const needed = approvalsNeeded(rule.threshold, base)
  const votes = Object.fromEntries(matter.candidates.map(({ candidateId }) => [candidateId, counts.votes[candidateId] ?? 0]))
  const of = (id: string) => votes[id] ?? 0
  // A stable sort: equals stay in the order of the list.
  const reaching = Object.keys(votes).filter((id) => quorum.met && base > 0 && of(id) >= needed).sort((a, b) => of(b) - of(a))
  const last = reaching[matter.seats - 1]
  const next = reaching[matter.seats]
  const boundary = last !== undefined && next !== undefined && of(last) === of(next) ? of(last) : null
  const elected = boundary === null ? reaching.slice(0, matter.seats) : reaching.filter((id) => of(id) > boundary)
  return {
    kind: 'election',
    votes,
    abstain: counts.abstain,
    invalid: counts.invalid,
    silent: bases.totalMembers - bases.cast,
    ...bases,
    base,
    needed,
    seats: matter.seats,
    elected,
    tied: boundary === null ? [] : reaching.filter((id) => of(id) === boundary),
    passed: elected.length > 0,
    quorum,
  }
}
