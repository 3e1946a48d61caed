import type { Paper } from './state.ts'

export interface PaperFacts {
  'paper.attached': Paper
  'paper.renamed': { paperId: string; title: string }
  'paper.moved': { paperId: string; itemId: string; rank: string }
  'paper.detached': { paperId: string }
}
