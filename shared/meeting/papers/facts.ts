import type { PaperOriginal } from './state.ts'

/** What a file that becomes a version of a paper is known by. */
export interface PaperFile { sha256: string; size: number; pages: number; name: string; original: PaperOriginal | null }

export interface PaperFacts {
  'paper.attached': PaperFile & { paperId: string; itemId: string; rank: string; title: string }
  /** A new version. The ones before it stay. */
  'paper.replaced': PaperFile & { paperId: string; version: number; changedPages: number[] | null }
  'paper.renamed': { paperId: string; title: string }
  'paper.moved': { paperId: string; itemId: string; rank: string }
  'paper.detached': { paperId: string }
}
