/** biểu quyết công khai (each one's choice is in the record), bỏ phiếu kín (nobody can link a person to a choice) */
export const voteMethods = ['named', 'secret'] as const
export type VoteMethod = (typeof voteMethods)[number]

/** Somebody on a list to be elected from. The label is free text, part of the list as a paper is: a candidate may be anybody. */
export interface Candidate {
  candidateId: string
  label: string
}

export interface ElectionMatter {
  kind: 'election'
  candidates: Candidate[]
  /** How many a ballot must and may name; naming nobody is to abstain. */
  least: number
  most: number
  /** How many are to be elected. */
  seats: number
}

/** What is voted on: one question, or a list of people. */
export type VoteMatter = { kind: 'question' } | ElectionMatter

/** tán thành, không tán thành, không biểu quyết (a choice, not silence) */
export const choices = ['approve', 'reject', 'abstain'] as const
export type Choice = (typeof choices)[number]

/** Whether these candidates may stand on one ballot of this list. Nobody at all: an abstention. */
export function isValidChosen({ candidates, least, most }: ElectionMatter, chosen: readonly string[]): boolean {
  if (chosen.length === 0) return true
  const known = new Set(candidates.map(({ candidateId }) => candidateId))
  return chosen.length >= least && chosen.length <= most && new Set(chosen).size === chosen.length && chosen.every((id) => known.has(id))
}
