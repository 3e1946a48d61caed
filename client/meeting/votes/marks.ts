import type { ElectionMatter, VoteMatter } from '../../../shared/meeting/votes/matter.ts'

/** What a voter has marked so far: null nothing, [] in an election that he abstains, else a choice or candidates. */
export type Marks = readonly string[] | null

/** The list after a tap on a candidate; unchanged when it is full. */
export function tapped({ candidates, most }: ElectionMatter, marks: Marks, candidateId: string): readonly string[] | null {
  const chosen = marks ?? []
  if (chosen.includes(candidateId)) return chosen.length === 1 ? null : chosen.filter((id) => id !== candidateId)
  if (chosen.length >= most) return marks
  const next = new Set([...chosen, candidateId])
  return candidates.map((candidate) => candidate.candidateId).filter((id) => next.has(id))
}

export function isFull({ most }: ElectionMatter, marks: Marks): boolean {
  return (marks?.length ?? 0) >= most
}

/** How many must still be named before the ballot can be sent; 0 when it can. Nothing marked counts as one at least. */
export function missing(matter: VoteMatter, marks: Marks): number {
  if (matter.kind === 'question') return marks?.length === 1 ? 0 : 1
  if (marks === null) return matter.least
  return marks.length === 0 ? 0 : Math.max(0, matter.least - marks.length)
}
