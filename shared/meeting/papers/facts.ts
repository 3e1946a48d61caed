import type { PaperOriginal, PaperRules, PaperVersion } from './state.ts'

/** What a file that becomes a version of a paper is known by. `proposed`: it waits for approval. */
export interface PaperFile { sha256: string; size: number; pages: number; name: string; original: PaperOriginal | null; proposed: boolean; late: PaperVersion['late'] }

export interface PaperFacts {
  'paper.attached': PaperFile & { paperId: string; itemId: string; rank: string; title: string }
  /** A new version. The ones before it stay, unless they were never approved. */
  'paper.replaced': PaperFile & { paperId: string; version: number; changedPages: number[] | null }
  /** `late`: handed in after its deadline or during the session. */
  'paper.submitted': { paperId: string; late: boolean }
  /** Approved by whoever sent the command; a proposed version takes the place of the present one. */
  'paper.approved': { paperId: string }
  'paper.returned': { paperId: string; reason: string }
  /** A proposed version was taken back. */
  'paper.withdrawn': { paperId: string }
  /** The hub has compared a version with the one before it. */
  'paper.compared': { paperId: string; version: number; changedPages: number[] }
  'paper.accessChanged': { paperId: string; access: string[] | null }
  /** Recorded only where the meeting says so. */
  'paper.opened': { paperId: string; personId: string; version: number }
  'paper.renamed': { paperId: string; title: string }
  'paper.moved': { paperId: string; itemId: string; rank: string }
  'paper.detached': { paperId: string }
  'papers.rulesSet': Partial<PaperRules>
}
