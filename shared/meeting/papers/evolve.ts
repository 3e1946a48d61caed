import { withChange, withEntry, withoutEntry } from '../entities.ts'
import type { VisibleFact } from '../fact.ts'
import type { Paper } from './state.ts'

export function evolvePapers(papers: Record<string, Paper>, fact: VisibleFact): Record<string, Paper> {
  switch (fact.type) {
    case 'paper.attached':
      return withEntry(papers, fact.data.paperId, fact.data)
    case 'paper.renamed':
    case 'paper.moved':
      return withChange(papers, fact.data.paperId, fact.data)
    case 'paper.detached':
      return withoutEntry(papers, fact.data.paperId)
    default:
      return papers
  }
}
