import { entry, withChange, withEntry, withoutEntry } from '../entities.ts'
import type { VisibleFact } from '../fact.ts'
import type { Paper, PaperVersion } from './state.ts'

export function evolvePapers(papers: Record<string, Paper>, fact: VisibleFact): Record<string, Paper> {
  switch (fact.type) {
    case 'paper.attached':
      return withEntry(papers, fact.data.paperId, { ...fact.data, version: 1, at: fact.at, by: fact.by, earlier: [], changedPages: null })
    case 'paper.replaced': {
      const before = entry(papers, fact.data.paperId)
      if (!before) return papers
      return withEntry(papers, fact.data.paperId, { ...before, ...fact.data, at: fact.at, by: fact.by, earlier: [...before.earlier, versionOnly(before)] })
    }
    case 'paper.renamed':
    case 'paper.moved':
      return withChange(papers, fact.data.paperId, fact.data)
    case 'paper.detached':
      return withoutEntry(papers, fact.data.paperId)
    default:
      return papers
  }
}

function versionOnly({ version, sha256, size, pages, name, original, at, by, changedPages }: PaperVersion): PaperVersion {
  return { version, sha256, size, pages, name, original, at, by, changedPages }
}
