import type { Paper, PaperVersion } from './state.ts'

/** Every version of a paper that can be read, newest first. */
export function versionsOf(paper: Paper): PaperVersion[] {
  return [...(paper.next ? [paper.next] : []), paper, ...paper.earlier.toReversed()]
}

/** The paper as it was in that version, or will be in the one proposed; its name, place and title are today's. Undefined: there is no such version. */
export function atVersion(paper: Paper, version: number): Paper | undefined {
  if (version === paper.version) return paper
  const found = versionsOf(paper).find((one) => one.version === version)
  return found && { ...paper, ...found }
}
