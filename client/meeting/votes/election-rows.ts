import type { ElectionMatter } from '../../../shared/meeting/votes/matter.ts'
import type { ElectionResult } from '../../../shared/meeting/votes/result.ts'

/** A candidate's line in a result. */
export interface ElectionRow { candidateId: string; label: string; votes: number; standing: 'elected' | 'tied' | null }

/** Candidates by votes, those with most first; equal ones as on the list. */
export function electionRows({ candidates }: ElectionMatter, { votes, elected, tied }: ElectionResult): ElectionRow[] {
  return candidates
    .map(({ candidateId, label }): ElectionRow => ({
      candidateId, label, votes: votes[candidateId] ?? 0,
      standing: elected.includes(candidateId) ? 'elected' : tied.includes(candidateId) ? 'tied' : null,
    }))
    .sort((a, b) => b.votes - a.votes)
}
